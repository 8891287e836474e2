"""A day's bill of the firm's against our own books."""

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from family_link.gateway import FirmNotices, Traded
from family_link.payments import Attempt, AttemptState
from orders.escalations import Reason, Subject, escalate
from voiceapp import clock
from voiceapp.config import Settings
from voiceapp.db import Database
from voiceapp.money import Fen

TRADE = re.compile(r"[0-9a-f]{32}")
"""How an attempt of ours is named at the firm."""


class Differs(StrEnum):
    """In what way a trade differs."""

    NOT_IN_OURS = "not_in_ours"
    NOT_AT_FIRM = "not_at_firm"
    AMOUNT = "amount"


@dataclass(frozen=True)
class Difference:
    """One trade that the two sides tell differently."""

    trade: str
    how: Differs
    ours: Fen | None
    theirs: Fen | None


def reconcile(
    db: Database, firm: FirmNotices, settings: Settings, day: date
) -> list[Difference]:
    """Compare a day where the community lives; each difference that is ours goes to a person.

    The firm counts a payment on the day it was made, we on the day we heard of it: one of shortly
    before midnight is looked for on both days.
    """
    theirs = {row.trade: row for row in firm.day_bill(day)}
    with db.reading() as session:
        ours = _paid_on(session, settings, day) | _known(session, theirs)
    if ours.keys() - theirs.keys():
        before = {row.trade: row for row in firm.day_bill(day - timedelta(days=1))}
        theirs |= {trade: row for trade, row in before.items() if trade in ours}
    found = compare(ours, theirs)
    with db.begin() as session:
        for each in found:
            attempt = ours.get(each.trade)
            if attempt is not None:
                escalate(session, Subject.PAYMENT, attempt.payment_id, Reason.WRONG_AMOUNT)
    return found


def _paid_on(session: Session, settings: Settings, day: date) -> dict[str, Attempt]:
    start, end = (
        datetime.combine(each, time(), settings.timezone).astimezone(clock.now().tzinfo)
        for each in (day, day + timedelta(days=1))
    )
    rows = session.scalars(
        sa.select(Attempt).where(
            Attempt.state.in_((AttemptState.PAID, AttemptState.WRONG)),
            Attempt.ended_at >= start,
            Attempt.ended_at < end,
        )
    )
    return {row.trade: row for row in rows}


def _known(session: Session, theirs: Iterable[str]) -> dict[str, Attempt]:
    ids = [uuid.UUID(hex=trade) for trade in theirs if TRADE.fullmatch(trade)]
    rows = session.scalars(sa.select(Attempt).where(Attempt.id.in_(ids)))
    return {row.trade: row for row in rows}


def compare(ours: Mapping[str, Attempt], theirs: Mapping[str, Traded]) -> list[Difference]:
    """What one side has and the other has not, or has otherwise."""
    found = []
    for trade in sorted(ours.keys() | theirs.keys()):
        here = ours[trade].received_fen if trade in ours else None
        there = theirs[trade].fen if trade in theirs else None
        if here != there:
            how = Differs.AMOUNT
            if here is None:
                how = Differs.NOT_IN_OURS
            elif there is None:
                how = Differs.NOT_AT_FIRM
            found.append(Difference(trade, how, here, there))
    return found
