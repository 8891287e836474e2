"""A day's bill of the firm's against our own books: what was paid, and what was given back."""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from family_link.gateway import DayBill, FirmNotices
from family_link.payments import Attempt, AttemptState
from family_link.refunds import Refund, RefundState
from orders.escalations import Reason, Subject, escalate
from voiceapp import clock
from voiceapp.config import Settings
from voiceapp.db import Database
from voiceapp.money import Fen

OURS = re.compile(r"[0-9a-f]{32}")
"""How an attempt and a refund of ours are named at the firm."""

EARLIER = timedelta(days=7)
"""So far back a refund is looked for that the firm worked on for days."""


class What(StrEnum):
    """What a difference is about."""

    PAYMENT = "payment"
    REFUND = "refund"


class Differs(StrEnum):
    """In what way the two sides differ."""

    NOT_IN_OURS = "not_in_ours"
    NOT_AT_FIRM = "not_at_firm"
    AMOUNT = "amount"


@dataclass(frozen=True)
class Difference:
    """One payment or refund that the two sides tell differently. `number` is what both call it."""

    what: What
    number: str
    how: Differs
    ours: Fen | None
    theirs: Fen | None


@dataclass(frozen=True)
class Sum:
    """One sum in our books (None: it never moved), the payment that it belongs to, and the first
    day on which the firm may have it."""

    fen: Fen | None
    payment_id: uuid.UUID
    since: date


@dataclass
class Sides:
    """What both sides say of one kind of thing, by its number. `touched` is our payment that an
    entry of theirs is about, also where the entry itself is none of ours."""

    what: What
    ours: dict[str, Sum]
    theirs: dict[str, Fen]
    touched: dict[str, uuid.UUID]

    def alone(self) -> list[Sum]:
        """What moved by our books and is not in theirs."""
        rows = self.ours.items()
        return [row for number, row in rows if row.fen is not None and number not in self.theirs]

    def look_up(self, bill: DayBill) -> None:
        """Find some of it in the bill of another day."""
        for number, fen in _entries(self.what, bill).items():
            if number in self.ours:
                self.theirs.setdefault(number, fen)


def reconcile(
    db: Database, firm: FirmNotices, settings: Settings, day: date
) -> list[Difference]:
    """Compare a day where the community lives; each difference about a payment of ours goes to a
    person.

    The firm counts a payment on the day it was made and a refund on the day it was asked for, we
    both on the day we heard of it: what stands in our books alone is looked for on the days before.
    """
    bill = firm.day_bill(day)
    with db.reading() as session:
        both = [_paid(session, settings, day, bill), _given_back(session, settings, day, bill)]
    for earlier in _days(day, [row.since for sides in both for row in sides.alone()]):
        other = firm.day_bill(earlier)
        for sides in both:
            sides.look_up(other)
    found = []
    with db.begin() as session:
        for sides in both:
            for each in compare(sides):
                found.append(each)
                row = sides.ours.get(each.number)
                payment_id = row.payment_id if row else sides.touched.get(each.number)
                if payment_id is not None:
                    escalate(session, Subject.PAYMENT, payment_id, Reason.WRONG_AMOUNT)
    return found


def compare(sides: Sides) -> list[Difference]:
    """What one side has and the other has not, or has otherwise."""
    found = []
    for number in sorted(sides.ours.keys() | sides.theirs.keys()):
        here = sides.ours[number].fen if number in sides.ours else None
        there = sides.theirs.get(number)
        if here != there:
            how = Differs.AMOUNT
            if here is None:
                how = Differs.NOT_IN_OURS
            elif there is None:
                how = Differs.NOT_AT_FIRM
            found.append(Difference(sides.what, number, how, here, there))
    return found


def _entries(what: What, bill: DayBill) -> dict[str, Fen]:
    if what is What.PAYMENT:
        return {row.trade: row.fen for row in bill.traded}
    return {row.number: row.fen for row in bill.given_back if not row.failed}


def _days(day: date, since: Iterable[date]) -> list[date]:
    first = min(since, default=day)
    return [day - timedelta(days=n) for n in range(1, (day - first).days + 1)]


def _span(settings: Settings, day: date) -> tuple[datetime, datetime]:
    start, end = (
        datetime.combine(each, time(), settings.timezone).astimezone(clock.now().tzinfo)
        for each in (day, day + timedelta(days=1))
    )
    return start, end


def _ids(numbers: Iterable[str]) -> list[uuid.UUID]:
    return [uuid.UUID(hex=number) for number in numbers if OURS.fullmatch(number)]


def _paid(session: Session, settings: Settings, day: date, bill: DayBill) -> Sides:
    start, end = _span(settings, day)
    that_day = sa.and_(
        Attempt.state.in_((AttemptState.PAID, AttemptState.WRONG)),
        Attempt.ended_at >= start,
        Attempt.ended_at < end,
    )
    theirs = _entries(What.PAYMENT, bill)
    rows = session.scalars(
        sa.select(Attempt).where(sa.or_(that_day, Attempt.id.in_(_ids(theirs))))
    )
    before = day - timedelta(days=1)
    ours = {row.trade: Sum(row.received_fen, row.payment_id, before) for row in rows}
    return Sides(What.PAYMENT, ours, theirs, {})


def _given_back(session: Session, settings: Settings, day: date, bill: DayBill) -> Sides:
    start, end = _span(settings, day)
    that_day = sa.and_(
        Refund.state == RefundState.DONE, Refund.done_at >= start, Refund.done_at < end
    )
    theirs = _entries(What.REFUND, bill)
    rows = session.scalars(
        sa.select(Refund).where(
            Refund.attempt_id.is_not(None),
            sa.or_(that_day, Refund.id.in_(_ids(theirs))),
        )
    )
    ours = {}
    for row in rows:
        assert row.attempt is not None, "what was taken off a tab or the cash moved no money"
        fen = None if row.state is RefundState.FAILED else row.fen
        wanted = row.wanted_at.astimezone(settings.timezone).date()
        since = max(min(wanted, day), day - EARLIER)
        ours[row.id.hex] = Sum(fen, row.attempt.payment_id, since)
    made = session.scalars(
        sa.select(Attempt).where(Attempt.id.in_(_ids(row.trade for row in bill.given_back)))
    )
    payments = {attempt.trade: attempt.payment_id for attempt in made}
    touched = {
        row.number: payments[row.trade] for row in bill.given_back if row.trade in payments
    }
    return Sides(What.REFUND, ours, theirs, touched)
