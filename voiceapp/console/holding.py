"""Who has what in hand: of two clerks on one order the second is refused."""

import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Session

from orders import cases
from orders.escalations import Escalation, Reason, Subject, escalate
from orders.lifecycle import TRANSITIONS, Event
from orders.order import Order
from orders.people import Author
from orders.visits import Visit
from voiceapp import clock
from voiceapp.errors import Conflict


def order_of(session: Session, row: Escalation) -> uuid.UUID | None:
    """The order that an escalation is about, directly or by one of its visits."""
    if row.subject_kind is Subject.ORDER:
        return row.subject_id
    if row.subject_kind is Subject.VISIT:
        return session.get_one(Visit, row.subject_id).order_id
    return None


def open_on(session: Session, order_id: uuid.UUID) -> list[Escalation]:
    """The open escalations of an order and its visits, most pressing first."""
    visits = sa.select(Visit.id).where(Visit.order_id == order_id)
    return list(
        session.scalars(
            sa.select(Escalation)
            .where(
                sa.or_(Escalation.subject_id == order_id, Escalation.subject_id.in_(visits)),
                Escalation.closed_at.is_(None),
            )
            .order_by(Escalation.priority, Escalation.opened_at)
            .with_for_update()
        )
    )


def claim(session: Session, row: Escalation, by: Author) -> None:
    """Take one in hand, and with it everything else that its order needs a person for."""
    order_id = order_of(session, row)
    row.claim(by)
    for other in open_on(session, order_id) if order_id else []:
        other.claim(by)


def release(session: Session, row: Escalation, by: Author) -> None:
    """Put it back, with everything else of its order."""
    order_id = order_of(session, row)
    row.release(by)
    for other in open_on(session, order_id) if order_id else []:
        if other.claimed_by == by.id:
            other.release(by)


def hold(session: Session, order: Order, by: Author, version: int) -> None:
    """Make sure that this clerk alone works on the order, as she saw it.

    Raises Conflict where another has it in hand, or it changed since the page was shown.
    """
    if order.version != version:
        raise Conflict("the order changed since you looked at it")
    for row in open_on(session, order.id):
        row.claim(by)


def take_over(session: Session, order: Order, by: Author) -> None:
    """Take an unconfirmed order from the robot. One that is at the desk is only claimed."""
    if (order.state, Event.HANDED_OVER) in TRANSITIONS:
        order.move(Event.HANDED_OVER, by)
        escalate(
            session, Subject.ORDER, order.id, Reason.ASKED_FOR_PERSON, order.customer_id
        ).claim(by)


def close_all(session: Session, order: Order, by: Author, ruling: str) -> None:
    """Rule alike on all that the order needed a person for. A case goes on by itself."""
    for row in open_on(session, order.id):
        cases.open_case(session, row)
        row.close(by, ruling)


def touched(order: Order) -> None:
    """Its lines changed: the clock starts anew, and with it the order's version counts up."""
    order.due_at = order.deadline(clock.now())
