"""Clocks: what is looked after when an order has waited too long."""

import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Session

from orders import errands
from orders.escalations import Reason, Subject, escalate, is_open
from orders.lifecycle import TRANSITIONS, Event, State
from orders.order import Order
from orders.people import ROBOT
from voiceapp import clock

WHEN_DUE: dict[State, Event | str] = {
    State.HEARD: Event.HANDED_OVER,
    State.DRAFT: "ring_back",
    State.CONFIRMING: Event.UNANSWERED,
    State.AWAITING_APPROVAL: "climb_ladder",
    State.AWAITING_PAYMENT: "remind_payment",
}
"""What follows when patience is spent: a move, or an errand. Other states ask for a person."""


def due(session: Session, limit: int = 100) -> list[uuid.UUID]:
    """Orders whose time has come. An open escalation stops an order's clocks."""
    return list(
        session.scalars(
            sa.select(Order.id)
            .where(Order.due_at <= clock.now(), ~is_open(Order.id))
            .order_by(Order.due_at)
            .limit(limit)
        )
    )


def look_after(session: Session, order_id: uuid.UUID) -> None:
    """Do what follows for one due order. An order that moved on meanwhile is left alone."""
    order = session.get(Order, order_id, with_for_update=True)
    if order is None or order.due_at is None or order.due_at > clock.now():
        return
    if window_gone(session, order):
        return
    follows = WHEN_DUE.get(order.state)
    if isinstance(follows, Event):
        order.move(follows, ROBOT)
        if follows is Event.HANDED_OVER:
            needs_person(session, order, Reason.PATIENCE_SPENT)
    elif follows is not None:
        errands.write(session, follows, order.id, key=f"{follows} {order.id} {order.due_at}")
        order.due_at = order.deadline(clock.now())
    else:
        needs_person(session, order, Reason.PATIENCE_SPENT)


def window_gone(session: Session, order: Order) -> bool:
    """Whether the wished time is lost; if so a person is asked to agree on another."""
    if order.state is State.DISPATCHED or not order.window_lost(clock.now()):
        return False
    if order.state in (State.HEARD, State.DRAFT, State.CONFIRMING):
        hand_over(session, order, Reason.WINDOW_LOST)
    else:
        needs_person(session, order, Reason.WINDOW_LOST)
    return True


def needs_person(session: Session, order: Order, reason: Reason) -> None:
    """Put an order before the desk without changing its state."""
    escalate(session, Subject.ORDER, order.id, reason, order.customer_id)


def hand_over(session: Session, order: Order, reason: Reason) -> None:
    """Give an unconfirmed order to the desk. One that is there already only gets the reason."""
    if (order.state, Event.HANDED_OVER) in TRANSITIONS:
        order.move(Event.HANDED_OVER, ROBOT, reason=reason.value)
    needs_person(session, order, reason)
