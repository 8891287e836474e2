"""What the desk's pages show, read in few queries and given as plain rows."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from ivr.calls import Call
from orders import duty
from orders.catalogue import Product
from orders.escalations import Escalation, Subject
from orders.lifecycle import State
from orders.order import LineQuestion, Order, OrderEvent
from orders.recordings import Recording
from orders.visits import Visit
from voiceapp import clock
from voiceapp.console import money
from voiceapp.console.models import Clerk, Note, Worker
from voiceapp.console.words import masked
from voiceapp.money import Fen

MOST_ROWS = 300
"""Rows of the queue that one page shows; the rest wait below, less pressing."""


def clerk_names(session: Session, ids: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, str]:
    """Names of clerks by id; ids of nobody are passed over."""
    wanted = {each for each in ids if each is not None}
    rows = session.execute(sa.select(Clerk.id, Clerk.name).where(Clerk.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def on_duty(session: Session) -> list[str]:
    """Names of those who may be rung at present, longest on duty first."""
    shifts = duty.present(session)
    names = clerk_names(session, (shift.clerk_id for shift in shifts))
    return [names[shift.clerk_id] for shift in shifts if shift.clerk_id in names]


def colleagues(session: Session, clerk_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """Who else is on duty, for handing something over."""
    shifts = duty.present(session)
    return clerk_names(session, (row.clerk_id for row in shifts if row.clerk_id != clerk_id))


def recordings_of(session: Session, order: Order) -> list[Recording]:
    """Everything recorded about an order: its call, its call backs; oldest first."""
    return recordings_on(session, calls_of(session, order))


def calls_of(session: Session, order: Order | None) -> list[uuid.UUID | None]:
    """The calls of an order: the one that it was heard on, and the one it was read over on."""
    if order is None:
        return []
    first = session.get(Recording, order.recording_id) if order.recording_id else None
    return [first.call_id if first else None, order.read_call_id]


AROUND = timedelta(minutes=30)
"""A call of hers that began so long before something needed a person is what it began on."""


def calls_behind(session: Session, row: Escalation) -> list[uuid.UUID]:
    """The calls on which something was said that needs a person: the one it is about, or hers of
    that time."""
    if row.subject_kind is Subject.CALL:
        return [row.subject_id]
    if row.subject_kind is not Subject.CUSTOMER:
        return []
    return list(
        session.scalars(
            sa.select(Call.id).where(
                Call.customer_id == row.subject_id,
                Call.began_at >= row.opened_at - AROUND,
                Call.began_at <= row.opened_at + AROUND,
            )
        )
    )


def number_of(session: Session, row: Escalation) -> str:
    """The number that rang, of a call that needs a person; empty where none is concerned."""
    call = session.get(Call, row.subject_id) if row.subject_kind is Subject.CALL else None
    return (call.number if call else None) or ""


def recordings_on(session: Session, calls: Iterable[uuid.UUID | None]) -> list[Recording]:
    """Everything recorded on these calls, oldest first."""
    wanted = {each for each in calls if each is not None}
    return list(
        session.scalars(
            sa.select(Recording)
            .where(Recording.call_id.in_(wanted), Recording.deleted_at.is_(None))
            .order_by(Recording.received_at)
        )
    )


def last_orders(session: Session, order: Order, most: int = 5) -> list[Order]:
    """The caller's orders before this one, newest first."""
    if order.customer_id is None:
        return []
    return list(
        session.scalars(
            sa.select(Order)
            .where(Order.customer_id == order.customer_id, Order.id != order.id)
            .options(selectinload(Order.all_lines))
            .order_by(Order.created_at.desc())
            .limit(most)
        )
    )


def notes_about(session: Session, order: Order) -> list[Note]:
    """What clerks wrote about this order and about its caller, newest first."""
    about = [Note.order_id == order.id]
    if order.customer_id is not None:
        about.append(Note.customer_id == order.customer_id)
    newest = sa.select(Note).where(sa.or_(*about)).order_by(Note.at.desc())
    return list(session.scalars(newest.limit(MOST_NOTES)))


def events_of(session: Session, order_id: uuid.UUID) -> list[OrderEvent]:
    """The story of an order, oldest first."""
    return list(
        session.scalars(
            sa.select(OrderEvent).where(OrderEvent.order_id == order_id).order_by(OrderEvent.at)
        )
    )


def product_names(session: Session, order: Order) -> dict[str, str]:
    """Names of the products that the order's open questions offer, by sku."""
    skus = {sku for question in order.open_questions for sku in _offered(question)}
    rows = session.execute(
        sa.select(Product.sku, Product.name, Product.spec, Product.unit).where(
            Product.sku.in_(skus)
        )
    )
    return {row.sku: f"{row.name} {row.spec}/{row.unit}" for row in rows}


def _offered(question: LineQuestion) -> set[str]:
    return {*question.row.get("options", ()), question.row.get("sku") or ""}


def notes_of(session: Session, customer_id: uuid.UUID) -> list[Note]:
    """What clerks wrote about a customer, with any of her orders, newest first."""
    newest = sa.select(Note).where(Note.customer_id == customer_id).order_by(Note.at.desc())
    return list(session.scalars(newest.limit(MOST_NOTES)))


MOST_NOTES = 50
"""Notes on one page, the newest."""


@dataclass(frozen=True)
class BoardRow:
    """One order on the board with its visits, whether it is late, and what to take in cash."""

    order: Order
    who: str
    visits: list[Visit]
    late: bool
    cash: Fen


def board(session: Session) -> list[BoardRow]:
    """Orders that are ready or on their way, the soonest wished time first."""
    orders = session.scalars(
        sa.select(Order)
        .where(Order.state.in_((State.READY, State.DISPATCHED)))
        .options(selectinload(Order.all_lines), selectinload(Order.customer))
        .order_by(Order.created_at)
        .limit(MOST_ROWS)
    ).all()
    visits: dict[uuid.UUID, list[Visit]] = {order.id: [] for order in orders}
    for visit in session.scalars(sa.select(Visit).where(Visit.order_id.in_(visits))):
        visits[visit.order_id].append(visit)
    moment, cash = clock.now(), money.cash_due(session, visits)
    rows = []
    for order in orders:
        mine = sorted(visits[order.id], key=lambda each: each.window_start or each.created_at)
        late = any(_is_late(visit, moment) for visit in mine)
        who = masked(order.customer.name) if order.customer else ""
        rows.append(BoardRow(order, who, mine, late, cash.get(order.id, 0)))
    return sorted(rows, key=_soonest)


def _soonest(row: BoardRow) -> tuple[bool, datetime]:
    starts = [visit.window_start for visit in row.visits if visit.window_start]
    return not row.late, min(starts, default=row.order.created_at)


SET_OUT = timedelta(minutes=30)
"""A worker who has not set out so long before the wished time ends will be late."""


def _is_late(visit: Visit, moment: datetime) -> bool:
    if visit.window_end is None or visit.done_at is not None:
        return False
    if visit.sent_at is None:
        return moment > visit.window_end - SET_OUT
    return visit.arrived_at is None and moment > visit.window_end


def workers(session: Session) -> list[Worker]:
    """Whom the providers can send."""
    return list(session.scalars(sa.select(Worker).where(Worker.active).order_by(Worker.provider)))
