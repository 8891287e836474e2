"""An emergency: a case, the family one after the other, and a lost line rung back at once."""

import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ivr.calls import Call
from ivr.waiting import Waiting
from orders import cases, relatives
from orders.errands import Work
from orders.escalations import Escalation, Reason, open_for
from orders.wanted_calls import Outcome, Purpose, WantedCall, want_call


def raise_alarm(session: Session, row: Escalation) -> None:
    """Open the case of an emergency and ring the first of the family. Twice changes nothing."""
    if row.reason is not Reason.EMERGENCY:
        raise ValueError("only an emergency is an alarm")
    cases.open_case(session, row)
    if row.customer_id is not None:
        _ring_next(session, row.customer_id, row.id, after=0)


def _ring_next(
    session: Session, customer_id: uuid.UUID, escalation_id: uuid.UUID, after: int
) -> None:
    for link in relatives.standing(session, customer_id):
        if link.rank > after:
            want_call(
                session,
                Purpose.EMERGENCY,
                customer_id,
                escalation_id,
                number=link.relative.number,
                then="climb_alarm",
                rank=link.rank,
            )
            return


def climb_alarm(work: Work) -> None:
    """Errand: a call to one of the family has ended. Whoever was not reached, the next is rung."""
    with work.db.begin() as session:
        wish = session.get_one(WantedCall, work.subject)
        row = session.get(Escalation, wish.subject)
        if wish.outcome is Outcome.UNANSWERED and row is not None and row.closed_at is None:
            _ring_next(session, wish.customer_id, row.id, after=int(wish.facts["rank"]))
        work.finish(session)


def ring_lost_line(session: Session, call: Call) -> None:
    """A line with an emergency on it was lost: it is rung back at once, whatever the hour."""
    if call.customer_id is not None:
        want_call(session, Purpose.LINE_LOST, call.customer_id, call.id)


def line_ended(session: Session, call: Call) -> None:
    """A caller's line has ended. An emergency that nobody had been put through to is rung back."""
    if call.customer_id is None:
        return
    place = session.scalar(sa.select(Waiting.id).where(Waiting.call_id == call.id))
    for row in open_for(session, call.customer_id):
        if row.reason is Reason.EMERGENCY and row.opened_at >= call.began_at and place is None:
            raise_alarm(session, row)
            ring_lost_line(session, call)
