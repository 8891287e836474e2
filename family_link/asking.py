"""Who was asked about an order, and when the next one's turn comes."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from voiceapp import clock
from voiceapp.db import Base, uuid_key


class Asking(Base):
    """One rung of the ladder that was climbed: a child, or (no link) the desk.

    `round_id` is the event that began the asking: a supplement is asked about anew.
    """

    __tablename__ = "askings"
    __table_args__ = (sa.UniqueConstraint("round_id", "rung"),)

    id: Mapped[uuid.UUID] = uuid_key()
    order_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    round_id: Mapped[uuid.UUID] = mapped_column(index=True)
    rung: Mapped[int]
    link_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("links.id"))
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    until: Mapped[datetime]


def of_order(session: Session, order_id: uuid.UUID) -> list[Asking]:
    """Everybody who was asked about an order, first asked first."""
    rows = session.scalars(
        sa.select(Asking).where(Asking.order_id == order_id).order_by(Asking.asked_at, Asking.rung)
    )
    return list(rows)


def begun(session: Session, round_id: uuid.UUID) -> bool:
    """Whether anybody was asked in this round."""
    asked = sa.select(Asking.id).where(Asking.round_id == round_id).limit(1)
    return session.scalar(asked) is not None


def this_round(session: Session, order_id: uuid.UUID) -> list[Asking]:
    """Everybody who was asked about what is to be decided now."""
    rows = of_order(session, order_id)
    return [row for row in rows if row.round_id == rows[-1].round_id]


def latest(session: Session, order_id: uuid.UUID) -> Asking | None:
    """The rung that an order stands on."""
    rows = of_order(session, order_id)
    return rows[-1] if rows else None
