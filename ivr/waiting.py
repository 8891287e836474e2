"""Callers who wait for a person, and calls that a clerk has us place: the desk line's rows."""

import uuid
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from orders.escalations import Escalation
from voiceapp import clock
from voiceapp.db import Base, Name, Sealed, uuid_key


class Left(StrEnum):
    """How a caller came out of the queue."""

    BRIDGED = "bridged"
    HUNG_UP = "hung_up"
    PROMISED = "promised"
    UNREACHED = "unreached"


class Waiting(Base):
    """One caller in the queue, on the line or with a call back that keeps her place.

    `promised_for` is when she was told that we ring; `answered_by` the clerk who took the call.
    """

    __tablename__ = "waiting"
    __table_args__ = (sa.Index("ix_waiting_open", "left_at", "priority", "enqueued_at"),)

    id: Mapped[uuid.UUID] = uuid_key()
    call_id: Mapped[uuid.UUID] = mapped_column(index=True)
    customer_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("customers.id"))
    escalation_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("escalations.id"))
    priority: Mapped[int]
    enqueued_at: Mapped[datetime] = mapped_column(default=clock.now)
    on_line: Mapped[bool] = mapped_column(default=True)
    promised_for: Mapped[datetime | None]
    offers: Mapped[int] = mapped_column(default=0)
    answered_by: Mapped[uuid.UUID | None]
    answered_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    left: Mapped[Left | None] = mapped_column(Name(Left))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    def leave(self, how: Left) -> None:
        """Out of the queue. Leaving twice changes nothing."""
        if self.left_at is None:
            self.left, self.left_at = how, clock.now()


class DeskCall(Base):
    """A call that a clerk has us place, recorded: her telephone rings first, then the other.

    Only on such a call, to the number on file, does a clerk take a yes.
    """

    __tablename__ = "desk_calls"

    id: Mapped[uuid.UUID] = uuid_key()
    clerk_id: Mapped[uuid.UUID] = mapped_column(index=True)
    customer_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("customers.id"), index=True)
    order_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    number: Mapped[str] = mapped_column(Sealed)
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    call_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    answered_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


def in_queue(session: Session) -> list[Waiting]:
    """Everybody who waits and whom nobody has answered, most pressing first."""
    return list(
        session.scalars(
            sa.select(Waiting)
            .where(Waiting.left_at.is_(None), Waiting.answered_at.is_(None))
            .order_by(Waiting.priority, Waiting.enqueued_at)
        )
    )


def of_call(session: Session, call_id: uuid.UUID) -> Waiting | None:
    """The open place of a call."""
    return session.scalar(
        sa.select(Waiting).where(Waiting.call_id == call_id, Waiting.left_at.is_(None))
    )


def join(session: Session, call_id: uuid.UUID, row: Escalation) -> Waiting:
    """A place in the queue for a call; the same one where it has one already."""
    place = of_call(session, call_id)
    if place is None:
        place = Waiting(
            call_id=call_id,
            customer_id=row.customer_id,
            escalation_id=row.id,
            priority=row.priority,
        )
        session.add(place)
        session.flush()
    elif row.priority < place.priority:
        place.priority, place.escalation_id = row.priority, row.id
    return place
