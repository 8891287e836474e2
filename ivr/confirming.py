"""The call back: placed to the number on file, until the order is confirmed or a person has it."""

from datetime import timedelta
from functools import partial

from sqlalchemy.orm import Session

from ivr import calls
from ivr.calls import Call, orders_of
from ivr.dialling import attempt, not_before
from ivr.telephony import Dialler, Placement
from orders import deadlines, history
from orders.customers import Pace, household
from orders.errands import Work
from orders.escalations import Reason
from orders.lifecycle import Event, State
from orders.order import Order
from orders.people import FIRM, ROBOT
from voiceapp import clock
from voiceapp.config import Settings
from voiceapp.phone import Phone

RINGS = 3
"""So many call backs are tried; then a person looks after it."""

NEXT_RING = (timedelta(0), timedelta(minutes=10), timedelta(minutes=40))
"""Wait before the next call back after none, one and two that nobody answered."""


def ring_back(work: Work, telephony: Dialler, settings: Settings) -> None:
    """Errand: read a caller's drafts over to her. They are confirming from the claim on."""
    claim = partial(_claim, work, settings)
    attempt(work, telephony, claim, never_made=take_back_uncounted, refused=_no_such_number)


def _claim(work: Work, settings: Settings, session: Session) -> Placement | None:
    order = session.get_one(Order, work.subject)
    if order.state is not State.DRAFT or deadlines.window_gone(session, order):
        work.finish(session, "not_needed")
        return None
    phone = _number_on_file(session, order)
    if phone is None or not phone.rings_at(settings.allowed_prefixes):
        known = order.customer_id is not None
        reason = Reason.NO_NUMBER if known else Reason.UNKNOWN_CALLER
        deadlines.hand_over(session, order, reason)
        work.finish(session)
        return None
    later = not_before(session, phone, settings)
    if later > clock.now():
        # The errand keeps the time; the sweeper need not write another one sooner.
        order.due_at = later + timedelta(minutes=1)
        work.put_off(session, later)
        return None
    return _claim_drafts(session, order, phone)


def _claim_drafts(session: Session, order: Order, phone: Phone) -> Placement:
    drafts = history.drafts_of(session, order, (State.DRAFT,))
    talk = {
        "step": "answered",
        "memory": {"start": "proceed"},
        "orders": [str(draft.id) for draft in drafts],
        "slow": order.customer is not None and order.customer.pace is Pace.SLOW,
    }
    call = calls.claim(session, phone, "confirm", order.id, order.customer_id, talk)
    for draft in drafts:
        draft.move(Event.RUNG, ROBOT, call=str(call.id))
    return Placement(call.id, phone)


def _number_on_file(session: Session, order: Order) -> Phone | None:
    if order.customer is not None:
        return order.customer.phone
    phone = Phone(order.number) if order.number else None
    # A shared line is on file though nobody has said yet which of them it is.
    return phone if phone and household(session, phone) else None


def _no_such_number(session: Session, call: Call) -> None:
    for order in orders_of(session, call):
        deadlines.hand_over(session, order, Reason.NO_NUMBER)


def take_back(session: Session, call: Call) -> None:
    """A call back has ended: orders it did not confirm are drafts again, or a person's."""
    for order in orders_of(session, call):
        if order.state is State.CONFIRMING:
            order.rings += 1
            _put_back(session, order, call)


def take_back_uncounted(session: Session, call: Call) -> None:
    """A call back that never rang leaves its orders as they were."""
    for order in orders_of(session, call):
        if order.state is State.CONFIRMING:
            _put_back(session, order, call)


def _put_back(session: Session, order: Order, call: Call) -> None:
    if order.rings >= RINGS:
        deadlines.hand_over(session, order, Reason.NOBODY_ANSWERS)
        return
    order.move(Event.UNANSWERED, FIRM, call=str(call.id), ring=order.rings)
    order.due_at = clock.now() + NEXT_RING[order.rings]
