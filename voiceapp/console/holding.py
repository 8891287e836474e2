"""Who has what in hand: of two clerks on one order the second is refused."""

import uuid
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from family_link.payments import Payment
from orders import cases, duty, errands
from orders.cases import Case
from orders.escalations import Escalation, Reason, Subject, escalate
from orders.lifecycle import TRANSITIONS, Event
from orders.order import Order
from orders.people import Author, clerk
from orders.visits import Visit
from voiceapp import clock
from voiceapp.errors import Conflict, NotAllowed

PARTS: dict[Subject, type[Visit] | type[Payment]] = {
    Subject.VISIT: Visit,
    Subject.PAYMENT: Payment,
}
"""What belongs to an order and may need a person by itself."""


def orders_of(
    session: Session, rows: Sequence[Escalation]
) -> dict[uuid.UUID, uuid.UUID | None]:
    """The order that each escalation is about, directly or by a visit or a payment, by its id."""
    found: dict[uuid.UUID, uuid.UUID | None] = {}
    for kind, part in PARTS.items():
        ids = {row.subject_id for row in rows if row.subject_kind is kind}
        parts = session.execute(sa.select(part.id, part.order_id).where(part.id.in_(ids)))
        found.update((each.id, each.order_id) for each in parts)
    return {
        row.id: row.subject_id
        if row.subject_kind is Subject.ORDER
        else found.get(row.subject_id)
        for row in rows
    }


def order_of(session: Session, row: Escalation) -> uuid.UUID | None:
    """The order that one escalation is about."""
    return orders_of(session, [row])[row.id]


def open_on(session: Session, order_id: uuid.UUID) -> list[Escalation]:
    """The open escalations of an order and its parts, most pressing first."""
    parts = [
        Escalation.subject_id.in_(sa.select(part.id).where(part.order_id == order_id))
        for part in PARTS.values()
    ]
    return list(
        session.scalars(
            sa.select(Escalation)
            .where(
                sa.or_(Escalation.subject_id == order_id, *parts),
                Escalation.closed_at.is_(None),
            )
            .order_by(Escalation.priority, Escalation.opened_at)
            .with_for_update()
        )
    )


def claim(session: Session, row: Escalation, by: Author) -> None:
    """Take one in hand, and with it everything else that its order needs a person for.

    What needs more than a look is opened as a case, of whoever claims it first.
    """
    for each in _together(session, row):
        each.claim(by)
        case = _open_case(session, each)
        if case is not None and case.owner is None:
            case.own(by)


def _open_case(session: Session, row: Escalation) -> Case | None:
    """Its case, put to the order that it belongs to: a payment names no caller by itself."""
    case, order_id = cases.open_case(session, row), order_of(session, row)
    if case is not None and case.order_id is None and order_id is not None:
        case.order_id = order_id
        case.customer_id = case.customer_id or session.get_one(Order, order_id).customer_id
    return case


def release(session: Session, row: Escalation, by: Author) -> None:
    """Put it back, with everything else of its order, and its cases."""
    if row.claimed_by != by.id:
        raise Conflict("this one is not in your hand")
    for each in _together(session, row):
        if each.claimed_by == by.id:
            each.release(by)
        _release_case(session, each, by)


def take_from(session: Session, row: Escalation, by: Author) -> None:
    """Take it out of a colleague's hand, who is away or may not do what it needs."""
    for each in _together(session, row):
        if each.claimed_by not in (None, by.id):
            each.release(clerk(each.claimed_by))
        case = cases.open_case(session, each)
        if case is not None and case.owner not in (None, by.id):
            case.release(clerk(case.owner))
    claim(session, row, by)


def go_home(session: Session, clerk_id: uuid.UUID) -> None:
    """Off duty: what is in hand goes back to the queue, but for cases, which keep their owner.

    Raises NotAllowed with an emergency in hand: somebody must have it.
    """
    by = clerk(clerk_id)
    for row in _in_hand(session, by):
        if row.reason is Reason.EMERGENCY:
            raise NotAllowed("an emergency is in your hand: hand it over first")
        if row.reason not in cases.KINDS:
            row.release(by)
    duty.end(session, clerk_id)


def leave_the_desk(session: Session, clerk_id: uuid.UUID) -> None:
    """Somebody works here no more: rung no more, and nothing stays in her hand."""
    by = clerk(clerk_id)
    for row in _in_hand(session, by):
        row.release(by)
        _release_case(session, row, by)
    duty.end(session, clerk_id)


def _together(session: Session, row: Escalation) -> list[Escalation]:
    order_id = order_of(session, row)
    others = open_on(session, order_id) if order_id else []
    return [row, *(each for each in others if each.id != row.id)]


def _release_case(session: Session, row: Escalation, by: Author) -> None:
    case = cases.open_case(session, row)
    if case is not None and case.owner == by.id:
        case.release(by)


def _in_hand(session: Session, by: Author) -> list[Escalation]:
    return list(
        session.scalars(
            sa.select(Escalation)
            .where(Escalation.claimed_by == by.id, Escalation.closed_at.is_(None))
            .with_for_update()
        )
    )


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
        close(session, row, by, ruling)


AFTER_RULING = {Reason.DISTRESS: "distress_ruled"}
"""The errand that a ruling leaves, for reasons that somebody else waits to hear of."""


def close(session: Session, row: Escalation, by: Author, ruling: str) -> None:
    """Rule on one thing; whoever waits to hear of it is told."""
    row.close(by, ruling)
    follows = AFTER_RULING.get(row.reason)
    if follows is not None:
        errands.write(session, follows, row.id, key=f"{follows} {row.id}")


def touched(order: Order) -> None:
    """Its lines changed: the clock starts anew, and with it the order's version counts up."""
    order.due_at = order.deadline(clock.now())
