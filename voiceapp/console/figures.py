"""The desk's figures: counted from rows, naming nobody."""

import math
import uuid
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ivr.calls import Call
from ivr.waiting import Left, Waiting
from orders.cases import KINDS
from orders.escalations import Escalation, Reason
from orders.lifecycle import Event
from orders.order import OrderEvent
from voiceapp import clock
from voiceapp.console.models import Correction
from voiceapp.money import Fen

PROMPT = timedelta(seconds=20)
"""Answered within so long is answered promptly: the usual measure of a call centre."""

AGAIN = timedelta(days=7)
"""Who needs a person again within so long was not served at the first."""

WAITS = (10, 20, 40, 60, 120, 300)
"""Upper ends in seconds of the groups that waits are counted in; the last group is open."""

IN_HAND_AT_MOST = timedelta(minutes=30)
"""Of a clerk's time that one thing is reckoned at: it may lie in her hand overnight."""

NOT_THE_ROBOTS = frozenset(
    {*KINDS, Reason.DISTRESS, Reason.PARENT_OBJECTS, Reason.CASH_TO_RETURN}
)
"""Reasons that are no failure of the robot's: somebody is unwell, unhappy or owed money."""

TOP = 12
"""Words shown of those most often corrected."""


@dataclass(frozen=True)
class Prices:
    """What the operator pays, as typed on the page: fen a call minute, and a clerk's hour."""

    call_minute: Fen = 30
    clerk_hour: Fen = 4000


@dataclass(frozen=True)
class Figures:
    """Everything on the page of figures, of one span of days."""

    days: tuple[date, ...]
    waits: tuple[int, ...]
    answered: int
    prompt: int
    abandoned: int
    promised: int
    ruled: int
    once: int
    reasons: tuple[tuple[Reason, int], ...]
    by_day: dict[date, Counter[Reason]]
    corrected: tuple[tuple[str, int], ...]
    orders: int
    call_minutes: int
    clerk_minutes: int

    def cost_per_order(self, prices: Prices) -> Fen | None:
        """Calls and clerks' time by delivered order; None where none was delivered."""
        if not self.orders:
            return None
        calls = self.call_minutes * prices.call_minute
        return round((calls + self.clerk_minutes * prices.clerk_hour / 60) / self.orders)


def gather(session: Session, days: int, zone: ZoneInfo) -> Figures:
    """The figures of the last `days` days, today included."""
    today = clock.now().astimezone(zone).date()
    span = tuple(today - timedelta(days=back) for back in reversed(range(days)))
    since = datetime(span[0].year, span[0].month, span[0].day, tzinfo=zone)
    places = session.scalars(sa.select(Waiting).where(Waiting.enqueued_at >= since)).all()
    waited = [row.answered_at - row.enqueued_at for row in places if row.answered_at]
    opened = session.scalars(sa.select(Escalation).where(Escalation.opened_at >= since)).all()
    ruled, once = _served_at_once(session, since)
    gave_up = [row for row in opened if row.reason not in NOT_THE_ROBOTS]
    by_day: dict[date, Counter[Reason]] = {day: Counter() for day in span}
    for row in gave_up:
        by_day[row.opened_at.astimezone(zone).date()][row.reason] += 1
    return Figures(
        days=span,
        waits=_grouped(waited),
        answered=len(waited),
        prompt=sum(each <= PROMPT for each in waited),
        abandoned=sum(row.left is Left.HUNG_UP for row in places),
        promised=sum(row.promised_for is not None for row in places),
        ruled=ruled,
        once=once,
        reasons=tuple(Counter(row.reason for row in gave_up).most_common()),
        by_day=by_day,
        corrected=_corrected(session, since),
        orders=_delivered(session, since),
        call_minutes=_call_minutes(session, since),
        clerk_minutes=_clerk_minutes(opened),
    )


def _grouped(waited: Sequence[timedelta]) -> tuple[int, ...]:
    counts = [0] * (len(WAITS) + 1)
    for each in waited:
        place = next((i for i, end in enumerate(WAITS) if each.total_seconds() <= end), len(WAITS))
        counts[place] += 1
    return tuple(counts)


def _served_at_once(session: Session, since: datetime) -> tuple[int, int]:
    rows = session.scalars(
        sa.select(Escalation).where(
            Escalation.closed_at >= since, Escalation.customer_id.is_not(None)
        )
    ).all()
    opened: dict[uuid.UUID | None, list[datetime]] = defaultdict(list)
    for customer_id, at in session.execute(
        sa.select(Escalation.customer_id, Escalation.opened_at).where(Escalation.opened_at >= since)
    ):
        opened[customer_id].append(at)
    once = sum(
        not any(
            row.closed_at < at <= row.closed_at + AGAIN
            for at in opened[row.customer_id]
            if row.closed_at is not None
        )
        for row in rows
    )
    return len(rows), once


def _corrected(session: Session, since: datetime) -> tuple[tuple[str, int], ...]:
    rows = session.scalars(sa.select(Correction).where(Correction.at >= since))
    return tuple(Counter(row.heard for row in rows).most_common(TOP))


def _delivered(session: Session, since: datetime) -> int:
    count = sa.select(sa.func.count()).where(
        OrderEvent.name == Event.DELIVERED, OrderEvent.at >= since
    )
    return session.scalar(count) or 0


def _call_minutes(session: Session, since: datetime) -> int:
    rows = session.execute(
        sa.select(Call.answered_at, Call.ended_at).where(
            Call.began_at >= since, Call.answered_at.is_not(None), Call.ended_at.is_not(None)
        )
    )
    # The firm counts every minute that was begun.
    spans = ((row.ended_at - row.answered_at).total_seconds() for row in rows)
    return sum(math.ceil(seconds / 60) for seconds in spans)


def _clerk_minutes(opened: Sequence[Escalation]) -> int:
    spans = (row.closed_at - row.claimed_at for row in opened if row.closed_at and row.claimed_at)
    seconds = sum(min(each, IN_HAND_AT_MOST).total_seconds() for each in spans)
    return int(seconds) // 60
