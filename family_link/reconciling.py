"""A day's bill of the firm's against our own books."""

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
    """Compare a day where the community lives; each difference that is ours goes to a person."""
    theirs = {row.trade: row for row in firm.day_bill(day)}
    with db.begin() as session:
        ours = _paid_on(session, settings, day)
        found = compare({row.trade: row for row in ours}, theirs)
        for each in found:
            attempt = next((row for row in ours if row.trade == each.trade), None)
            if attempt is not None:
                escalate(session, Subject.PAYMENT, attempt.payment_id, Reason.WRONG_AMOUNT)
    return found


def _paid_on(session: Session, settings: Settings, day: date) -> list[Attempt]:
    start = datetime.combine(day, time(), settings.timezone).astimezone(clock.now().tzinfo)
    return list(
        session.scalars(
            sa.select(Attempt).where(
                Attempt.state.in_((AttemptState.PAID, AttemptState.WRONG)),
                Attempt.ended_at >= start,
                Attempt.ended_at < start + timedelta(days=1),
            )
        )
    )


def compare(ours: dict[str, Attempt], theirs: dict[str, Traded]) -> list[Difference]:
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
