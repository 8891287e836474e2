"""An emergency: a case, the family one after the other, and a lost line rung back at once."""

import uuid
from datetime import timedelta
from functools import partial

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ivr import waiting
from ivr.calls import Call
from ivr.waiting import Left, Waiting
from orders import cases, relatives
from orders.customers import household
from orders.errands import Work
from orders.escalations import Escalation, Reason, Subject, escalate
from orders.wanted_calls import Outcome, Purpose, WantedCall, want_call
from voiceapp import clock

RING_BACKS = 3
"""How often the lines of one emergency are rung back; who hangs up every time means it."""

LAPS = 3
"""How often the whole family is tried, one after the other."""

NEXT_LAP = timedelta(minutes=2)


def declare(session: Session, call: Call) -> Escalation:
    """Somebody on this call is in danger. An order's state is not touched.

    Of two on one line it is the first of them, until a clerk knows better: they live together.
    """
    known = call.customer_id or _first_at_home(session, call)
    subject = (Subject.CUSTOMER, known) if known else (Subject.CALL, call.id)
    row = escalate(session, *subject, Reason.EMERGENCY, known)
    call.remember(emergency=str(row.id))
    return row


def _first_at_home(session: Session, call: Call) -> uuid.UUID | None:
    people = household(session, call.phone) if call.phone else []
    return people[0].id if people else None


def on_call(session: Session, call: Call) -> Escalation | None:
    """The emergency on this call, or on the lost one that it rings back, if it is still open."""
    wish = session.get(WantedCall, call.subject) if call.subject else None
    if wish is not None and wish.purpose is Purpose.LINE_LOST:
        call = session.get_one(Call, wish.subject)
    declared = call.talk.get("emergency")
    row = session.get(Escalation, uuid.UUID(declared)) if declared else None
    return row if row is not None and row.closed_at is None else None


def raise_alarm(session: Session, row: Escalation) -> None:
    """Open the case of an emergency and ring the first of the family. Twice changes nothing."""
    if row.reason is not Reason.EMERGENCY:
        raise ValueError("only an emergency is an alarm")
    cases.open_case(session, row)
    if row.customer_id is not None:
        _ring_next(session, row.customer_id, row.id, after=0, lap=1)


def _ring_next(
    session: Session, customer_id: uuid.UUID, escalation_id: uuid.UUID, after: int, lap: int
) -> bool:
    for link in relatives.standing(session, customer_id):
        if link.rank > after:
            want_call(
                session,
                Purpose.EMERGENCY,
                customer_id,
                escalation_id,
                at=None if after or lap == 1 else clock.now() + NEXT_LAP,
                number=link.relative.number,
                then="climb_alarm",
                rank=link.rank,
                lap=lap,
            )
            return True
    return False


def climb_alarm(work: Work) -> None:
    """Errand: a call to one of the family has ended. Whoever was not reached, the next is rung at
    once; after the last it begins again, LAPS in all."""
    with work.db.begin() as session:
        wish = session.get_one(WantedCall, work.subject)
        row = session.get(Escalation, wish.subject)
        still_open = row is not None and row.closed_at is None
        if wish.outcome is Outcome.UNANSWERED and still_open and wish.customer_id is not None:
            climb = partial(_ring_next, session, wish.customer_id, wish.subject)
            rank, lap = int(wish.facts["rank"]), int(wish.facts["lap"])
            if not climb(after=rank, lap=lap) and lap < LAPS:
                climb(after=0, lap=lap + 1)
        work.finish(session)


def line_ended(session: Session, call: Call) -> None:
    """A caller's line has ended: she waits no longer. An emergency that nobody had been put
    through to is rung back, once for each line."""
    place = waiting.of_call(session, call.id)
    if place is not None and place.on_line and place.answered_at is None:
        place.leave(Left.HUNG_UP)
    row = on_call(session, call)
    if row is not None and not _looked_after(session, call, row):
        raise_alarm(session, row)
        _ring_back(session, call, row)


def _looked_after(session: Session, call: Call, row: Escalation) -> bool:
    """Whether somebody was put through to this line, or it was promised a call back."""
    places = session.scalars(
        sa.select(Waiting).where(
            sa.or_(Waiting.call_id == call.id, Waiting.escalation_id == row.id),
            Waiting.enqueued_at >= call.began_at,
        )
    )
    return any(place.left is not Left.HUNG_UP for place in places)


def _ring_back(session: Session, call: Call, row: Escalation) -> None:
    emergency = str(row.id)
    lost = sa.select(WantedCall).where(
        WantedCall.purpose == Purpose.LINE_LOST, WantedCall.wanted_at >= row.opened_at
    )
    wishes = [each for each in session.scalars(lost) if each.facts.get("emergency") == emergency]
    again = len(wishes) >= RING_BACKS or any(each.subject == call.id for each in wishes)
    if call.number is None or call.answered_at is None or again:
        return
    want_call(
        session,
        Purpose.LINE_LOST,
        call.customer_id,
        call.id,
        number=call.number,
        emergency=emergency,
    )
