"""Visits: somebody sets out, arrives and is done. An order has one for each time wished."""

import uuid
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from orders.errands import Work
from orders.escalations import Reason, Subject, escalate
from orders.lifecycle import Event, State
from orders.order import Order, OrderLine
from orders.people import Author
from voiceapp import clock
from voiceapp.db import Base, Name, Sealed, uuid_key
from voiceapp.errors import NotAllowed


class VisitState(StrEnum):
    """Where a visit stands."""

    WAITING = "waiting"
    SENT = "sent"
    DONE = "done"
    FAILED = "failed"


class Visit(Base):
    """One trip to the caller's door, for all lines of one kind and one wished time."""

    __tablename__ = "visits"

    id: Mapped[uuid.UUID] = uuid_key()
    order_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    state: Mapped[VisitState] = mapped_column(Name(VisitState), default=VisitState.WAITING)
    worker: Mapped[str] = mapped_column(Sealed, default="")
    window_start: Mapped[datetime | None]
    window_end: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    order: Mapped[Order] = relationship()
    lines: Mapped[list[OrderLine]] = relationship(
        back_populates="visit", order_by=OrderLine.position
    )

    __mapper_args__ = {"version_id_col": version}


def of_order(session: Session, order_id: uuid.UUID) -> list[Visit]:
    """An order's visits in the order of their times."""
    rows = session.scalars(sa.select(Visit).where(Visit.order_id == order_id))
    return sorted(rows, key=lambda visit: (visit.window_start or visit.created_at, visit.id))


def plan(session: Session, order: Order) -> list[Visit]:
    """The visits of a ready order: lines that share a kind and a time share a trip.

    Planning again adds only what has no visit yet.
    """
    trips: dict[tuple[bool, datetime | None, datetime | None], Visit] = {}
    for line in order.lines:
        if line.visit_id is not None:
            continue
        key = (line.product.is_service, line.window_start, line.window_end)
        visit = trips.get(key)
        if visit is None:
            visit = Visit(
                order=order, window_start=line.window_start, window_end=line.window_end
            )
            session.add(visit)
            session.flush()
            trips[key] = visit
        line.visit = visit
    session.flush()
    return of_order(session, order.id)


def send(session: Session, visit: Visit, worker: str, by: Author) -> None:
    """Somebody sets out; the order is dispatched with the first. Sending twice changes nothing."""
    if visit.state is VisitState.SENT:
        return
    if visit.state is not VisitState.WAITING:
        raise NotAllowed(f"a visit that is {visit.state} cannot set out")
    if visit.order.state is State.READY:
        visit.order.move(Event.DISPATCHED, by, visit=str(visit.id))
    elif visit.order.state is not State.DISPATCHED:
        raise NotAllowed(f"an order that is {visit.order.state} cannot be dispatched")
    visit.state, visit.worker, visit.sent_at = VisitState.SENT, worker, clock.now()


def arrive(visit: Visit) -> None:
    """The worker is at the door. Arriving twice changes nothing."""
    if visit.state is not VisitState.SENT:
        raise NotAllowed(f"a visit that is {visit.state} cannot arrive")
    visit.arrived_at = visit.arrived_at or clock.now()


def finish(session: Session, visit: Visit, by: Author) -> None:
    """Done at the door; the order is delivered with the last. Finishing twice changes nothing."""
    if visit.state is VisitState.DONE:
        return
    if visit.state is not VisitState.SENT:
        raise NotAllowed(f"a visit that is {visit.state} cannot be done")
    visit.state, visit.done_at = VisitState.DONE, clock.now()
    session.flush()
    if all(each.state is VisitState.DONE for each in of_order(session, visit.order_id)):
        visit.order.move(Event.DELIVERED, by, visit=str(visit.id))


def fail(session: Session, visit: Visit, by: Author) -> None:
    """Nobody home, out of stock: the visit waits for a new time and the desk sees it."""
    if visit.state is not VisitState.SENT:
        raise NotAllowed(f"a visit that is {visit.state} cannot fail")
    visit.state, visit.sent_at, visit.arrived_at = VisitState.WAITING, None, None
    session.flush()
    others = [each for each in of_order(session, visit.order_id) if each is not visit]
    if all(each.state is VisitState.WAITING for each in others):
        visit.order.move(Event.RETURNED, by, visit=str(visit.id))
    escalate(session, Subject.VISIT, visit.id, Reason.VISIT_FAILED, visit.order.customer_id)


def plan_visits(work: Work) -> None:
    """Errand: give a ready order its visits."""
    with work.db.begin() as session:
        order = session.get_one(Order, work.subject)
        if order.state in (State.READY, State.DISPATCHED):
            plan(session, order)
        work.finish(session)
