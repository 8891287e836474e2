"""Ratings: what the parent and the child thought of a visit. The parent's counts."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from orders.escalations import Reason, Subject, escalate
from orders.people import Author, Role
from orders.visits import Visit
from voiceapp import clock
from voiceapp.db import Base, Name, Sealed, uuid_key

LOW = 2
"""At most so many stars open a case at the desk."""


class Rating(Base):
    """One to five stars for one visit, by the parent or by a child on their behalf."""

    __tablename__ = "ratings"
    __table_args__ = (sa.UniqueConstraint("visit_id", "role"),)

    id: Mapped[uuid.UUID] = uuid_key()
    visit_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("visits.id"), index=True)
    role: Mapped[Role] = mapped_column(Name(Role))
    author: Mapped[uuid.UUID | None]
    stars: Mapped[int]
    words: Mapped[str] = mapped_column(Sealed, default="")
    call_id: Mapped[uuid.UUID | None]
    at: Mapped[datetime] = mapped_column(default=clock.now)


def rate(
    session: Session,
    visit: Visit,
    by: Author,
    stars: int,
    words: str = "",
    call_id: uuid.UUID | None = None,
) -> Rating:
    """Keep a rating; the first one of a role stands. A low one opens a case at the desk."""
    if not 1 <= stars <= 5:
        raise ValueError("a rating is 1 to 5")
    existing = session.scalar(
        sa.select(Rating).where(Rating.visit_id == visit.id, Rating.role == by.role)
    )
    if existing is not None:
        return existing
    row = Rating(
        visit_id=visit.id, role=by.role, author=by.id, stars=stars, words=words, call_id=call_id
    )
    session.add(row)
    if stars <= LOW:
        escalate(session, Subject.VISIT, visit.id, Reason.LOW_RATING, visit.order.customer_id)
    session.flush()
    return row


def of_visit(session: Session, visit_id: uuid.UUID) -> Rating | None:
    """The rating that counts: the parent's, else a child's."""
    rows = {
        row.role: row
        for row in session.scalars(sa.select(Rating).where(Rating.visit_id == visit_id))
    }
    return rows.get(Role.CALLER) or next(iter(rows.values()), None)
