"""Calls that a clerk has us place, and the yes that only such a call can carry."""

import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ivr import alarm
from ivr.waiting import DeskCall
from orders import drafting, duty, errands
from orders.customers import Customer
from orders.escalations import Escalation, Reason, Subject, escalate
from orders.lifecycle import Event, State
from orders.order import Order
from orders.people import Author
from orders.wanted_calls import Purpose, want_call
from voiceapp import clock
from voiceapp.console import holding
from voiceapp.console.numbers import FRESH
from voiceapp.errors import NotAllowed


def ask_for(
    session: Session,
    by: Author,
    customer: Customer | None,
    order: Order | None = None,
    rang_from: str | None = None,
) -> DeskCall:
    """Have the clerk's telephone rung and then the caller's, on the number on file.

    Of somebody whom nobody has on file it is the number that rang, her order's or `rang_from`.
    Raises NotAllowed for a clerk who is not on duty, or with no number to ring.
    """
    phone = customer.phone if customer else None
    number = phone.e164 if phone else order.number if order else rang_from
    if by.id is None or duty.of_clerk(session, by.id) is None:
        raise NotAllowed("go on duty first, so that we know where to ring you")
    if number is None:
        raise NotAllowed("there is no number to ring")
    row = DeskCall(
        clerk_id=by.id,
        customer_id=customer.id if customer else None,
        order_id=order.id if order else None,
        number=number,
    )
    session.add(row)
    session.flush()
    errands.write(session, "ring_clerk", row.id, key=f"ring_clerk {row.id}")
    return row


def call_for(session: Session, order: Order, clerk_id: uuid.UUID) -> DeskCall | None:
    """The clerk's own fresh call about an order, answered at the caller's number on file."""
    phone = order.customer.phone if order.customer else None
    rows = session.scalars(
        sa.select(DeskCall)
        .where(
            DeskCall.order_id == order.id,
            DeskCall.clerk_id == clerk_id,
            DeskCall.answered_at > clock.now() - FRESH,
        )
        .order_by(DeskCall.answered_at.desc())
    )
    return next((row for row in rows if phone is not None and row.number == phone.e164), None)


def confirm(session: Session, order: Order, by: Author, words: str) -> None:
    """She said yes to the clerk, on a recorded call that we placed to her number on file.

    Raises NotAllowed without such a call, without her words, or with an open question.
    """
    call = call_for(session, order, by.id) if by.id else None
    if call is None or call.call_id is None:
        raise NotAllowed("only on a call from the desk to the number on file")
    if not words.strip() or not order.lines:
        raise NotAllowed("write down what she said to the order")
    if order.state is State.WITH_STAFF:
        order.move(Event.REDRAFTED, by)
    order.read_digest, order.read_call_id = drafting.digest([order]), call.call_id
    order.move(Event.RUNG, by, call=str(call.call_id))
    order.confirmed_words, order.confirmed_at = words.strip(), clock.now()
    order.move(Event.CONFIRMED, by, call=str(call.call_id), digest=order.read_digest)
    holding.close_all(session, order, by, "called_back")


def raise_emergency(session: Session, person: Customer, by: Author) -> Escalation:
    """A clerk hears that something is wrong: the family is rung, and every other clerk on duty.

    She takes it in hand where nobody has it. Whoever is being rung is not rung twice.
    """
    row = escalate(session, Subject.CUSTOMER, person.id, Reason.EMERGENCY, person.id)
    alarm.raise_alarm(session, row)
    if row.claimed_by is None:
        holding.claim(session, row, by)
    for shift in duty.present(session):
        if shift.clerk_id != by.id:
            want_call(
                session,
                Purpose.ALL_HANDS,
                person.id,
                shift.id,
                number=shift.number,
                escalation=str(row.id),
            )
    return row
