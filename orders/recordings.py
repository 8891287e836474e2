"""What was said, as audio and as text. Both are personal and both have an end."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from voiceapp import clock
from voiceapp.db import Base, Sealed, SealedJson, uuid_key


class Recording(Base):
    """One recording of one turn, or of a whole call that we placed.

    `firm_sid` is the telephone firm's name for it, `stored_as` ours in the recordings' folder or
    bucket (empty until fetched, and again once deleted). `transcript` is what the transcriber
    wrote, with its words, times and probabilities.
    """

    __tablename__ = "recordings"

    id: Mapped[uuid.UUID] = uuid_key()
    call_id: Mapped[uuid.UUID] = mapped_column(index=True)
    firm_sid: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    whole_call: Mapped[bool] = mapped_column(default=False)
    stored_as: Mapped[str] = mapped_column(sa.String(120), default="")
    seconds: Mapped[float] = mapped_column(default=0.0)
    text: Mapped[str] = mapped_column(Sealed, default="")
    transcript: Mapped[dict[str, Any] | None] = mapped_column(SealedJson)
    received_at: Mapped[datetime] = mapped_column(default=clock.now)
    heard_at: Mapped[datetime | None]
    deleted_at_firm: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]


def by_firm_sid(session: Session, firm_sid: str) -> Recording | None:
    """The recording that the firm calls so."""
    return session.scalar(sa.select(Recording).where(Recording.firm_sid == firm_sid))
