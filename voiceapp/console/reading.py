"""What the desk's pages show, read in few queries and given as plain rows."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from orders import duty
from orders.catalogue import Product
from orders.customers import Customer
from orders.escalations import Escalation, Reason, Subject
from orders.lifecycle import State
from orders.order import LineQuestion, Order, OrderEvent
from orders.recordings import Recording
from orders.visits import Visit
from voiceapp import clock
from voiceapp.console.models import Clerk, Note, Worker
from voiceapp.console.words import masked

MOST_ROWS = 300
"""Rows of the queue that one page shows; the rest wait below, less pressing."""


@dataclass(frozen=True)
class Asking:
    """One row of the queue. `order_id` is empty where no order is concerned."""

    id: uuid.UUID
    reason: Reason
    priority: int
    opened_at: datetime
    waited: timedelta
    kind: Subject
    order_id: uuid.UUID | None
    code: str
    state: State | None
    who: str
    claimed_by: uuid.UUID | None
    claimed_name: str


def queue(session: Session) -> list[Asking]:
    """All that needs a person, most pressing first, then longest waiting."""
    rows = session.scalars(
        sa.select(Escalation)
        .where(Escalation.closed_at.is_(None))
        .order_by(Escalation.priority, Escalation.opened_at, Escalation.id)
        .limit(MOST_ROWS)
    ).all()
    visit_ids = {row.subject_id for row in rows if row.subject_kind is Subject.VISIT}
    visits = {
        row.id: row.order_id
        for row in session.execute(
            sa.select(Visit.id, Visit.order_id).where(Visit.id.in_(visit_ids))
        )
    }
    about = {
        row.id: visits.get(row.subject_id)
        if row.subject_kind is Subject.VISIT
        else row.subject_id
        if row.subject_kind is Subject.ORDER
        else None
        for row in rows
    }
    orders = {
        row.id: row
        for row in session.execute(
            sa.select(Order.id, Order.code, Order.state, Order.customer_id).where(
                Order.id.in_({order_id for order_id in about.values() if order_id})
            )
        )
    }
    people = {row.customer_id for row in rows} | {row.customer_id for row in orders.values()}
    names = {
        row.id: masked(row.name)
        for row in session.execute(
            sa.select(Customer.id, Customer.name).where(Customer.id.in_(people - {None}))
        )
    }
    clerks = clerk_names(session, (row.claimed_by for row in rows))
    moment = clock.now()
    asking = []
    for row in rows:
        order = orders.get(about[row.id]) if about[row.id] else None
        customer_id = row.customer_id or (order.customer_id if order else None)
        asking.append(
            Asking(
                id=row.id,
                reason=row.reason,
                priority=row.priority,
                opened_at=row.opened_at,
                waited=moment - row.opened_at,
                kind=row.subject_kind,
                order_id=order.id if order else None,
                code=order.code if order else "",
                state=order.state if order else None,
                who=names.get(customer_id, "") if customer_id else "",
                claimed_by=row.claimed_by,
                claimed_name=clerks.get(row.claimed_by, "") if row.claimed_by else "",
            )
        )
    return asking


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
    return list(session.scalars(sa.select(Note).where(sa.or_(*about)).order_by(Note.at.desc())))


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


@dataclass(frozen=True)
class BoardRow:
    """One order on the board with its visits, and whether it is late."""

    order: Order
    who: str
    visits: list[Visit]
    late: bool


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
    moment = clock.now()
    rows = []
    for order in orders:
        mine = sorted(visits[order.id], key=lambda each: each.window_start or each.created_at)
        late = any(_is_late(visit, moment) for visit in mine)
        who = masked(order.customer.name) if order.customer else ""
        rows.append(BoardRow(order, who, mine, late))
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
