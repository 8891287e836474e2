"""Supplements: more to be paid than was confirmed, found on the visit."""

import uuid
from datetime import datetime
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from orders import visits
from orders.errands import Work
from orders.lifecycle import Event, State
from orders.order import Order
from orders.people import ROBOT, Author, Role
from orders.visits import VisitState
from orders.wanted_calls import Outcome, Purpose, WantedCall
from voiceapp import clock
from voiceapp.db import Base, Name, Sealed, uuid_key
from voiceapp.errors import NotAllowed
from voiceapp.money import Fen


class PhotoStore(Protocol):
    """Where photos lie, beside the recordings."""

    def delete(self, name: str) -> None:
        """Deleting what is gone changes nothing."""
        ...


class Supplement(Base):
    """So much more, and why. The work waits until it is ruled on; refused, it goes on without.

    `leg` is its payment's; `photo` is a JPEG's name in the recordings' store, empty without one.
    """

    __tablename__ = "supplements"
    __table_args__ = (sa.UniqueConstraint("order_id", "leg"),)

    id: Mapped[uuid.UUID] = uuid_key()
    order_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    leg: Mapped[int]
    fen: Mapped[Fen]
    reason: Mapped[str] = mapped_column(Sealed)
    photo: Mapped[str] = mapped_column(sa.String(120), default="")
    asked_role: Mapped[Role] = mapped_column(Name(Role))
    asked_by: Mapped[uuid.UUID | None]
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    agreed: Mapped[bool | None]
    ruled_at: Mapped[datetime | None]


def of_order(session: Session, order_id: uuid.UUID) -> list[Supplement]:
    """All supplements of an order, first asked first."""
    rows = session.scalars(
        sa.select(Supplement).where(Supplement.order_id == order_id).order_by(Supplement.leg)
    )
    return list(rows)


def waiting(session: Session, order_id: uuid.UUID) -> Supplement | None:
    """The supplement that nobody has ruled on yet."""
    return next((row for row in of_order(session, order_id) if row.agreed is None), None)


def ask_for_more(
    session: Session, order: Order, fen: Fen, reason: str, by: Author, photo: str = ""
) -> Supplement:
    """More is needed than was confirmed: the order waits for approval of the difference.

    Raises NotAllowed for no reason, no amount, or a second one while the first waits.
    """
    if fen <= 0 or not reason.strip():
        raise NotAllowed("a supplement needs an amount and a reason")
    if waiting(session, order.id) is not None:
        raise NotAllowed("a supplement of this order is waiting already")
    row = Supplement(
        order_id=order.id,
        leg=1 + len(of_order(session, order.id)),
        fen=fen,
        reason=reason.strip(),
        photo=photo,
        asked_role=by.role,
        asked_by=by.id,
    )
    session.add(row)
    order.move(Event.REAPPROVAL_NEEDED, by, supplement=str(row.id), fen=fen)
    session.flush()
    return row


def rule_on(row: Supplement, agreed: bool) -> None:
    """Somebody who may has decided."""
    row.agreed, row.ruled_at = agreed, clock.now()


def she_agrees(session: Session, row: Supplement) -> bool:
    """Whether the parent said yes to it on the telephone."""
    told = sa.and_(
        WantedCall.purpose == Purpose.SUPPLEMENT,
        WantedCall.subject == row.order_id,
        WantedCall.wanted_at >= row.asked_at,
        WantedCall.outcome == Outcome.YES,
    )
    return session.scalar(sa.select(WantedCall.id).where(told).limit(1)) is not None


def delete_photo(work: Work, store: PhotoStore) -> None:
    """Errand: the promised days are over; the photo goes."""
    with work.db.reading() as session:
        name = session.get_one(Supplement, work.subject).photo
    if name:
        store.delete(name)
    with work.db.begin() as session:
        session.get_one(Supplement, work.subject).photo = ""
        work.finish(session)


def resume_visit(work: Work) -> None:
    """Errand: a supplement was ruled on while somebody was at the door; the work goes on."""
    with work.db.begin() as session:
        order = session.get_one(Order, work.subject)
        under_way = [
            row for row in visits.of_order(session, order.id) if row.state is VisitState.SENT
        ]
        if order.state is State.READY and under_way:
            order.move(Event.RESUMED, ROBOT, visit=str(under_way[0].id))
        work.finish(session)
