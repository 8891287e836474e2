"""Who looked at what: one row for each look at personal data."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from orders.people import Author, Role
from voiceapp import clock
from voiceapp.db import Base, Name, uuid_key


class Look(Base):
    """One look by one person at one thing. Holds ids and the kind of thing, never the data."""

    __tablename__ = "access_log"

    id: Mapped[uuid.UUID] = uuid_key()
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    role: Mapped[Role] = mapped_column(Name(Role))
    who: Mapped[uuid.UUID | None] = mapped_column(index=True)
    what: Mapped[str] = mapped_column(sa.String(40))
    subject: Mapped[uuid.UUID] = mapped_column(index=True)


def note_look(session: Session, by: Author, what: str, subject: uuid.UUID) -> None:
    """Write down that somebody looks at `what` (audio, address, transcript…) of a subject."""
    session.add(Look(role=by.role, who=by.id, what=what, subject=subject))
