"""Linking with consent: a child asks, the parent is rung, her code and her yes make the link."""

import uuid
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from voiceapp import clock
from voiceapp.db import Base, Name, uuid_key

CODE_LASTS = timedelta(hours=24)
"""The parent may be rung so long after the child asked."""

CALLS_A_WEEK = 2
"""At most so many consent calls a parent in seven days."""

OPENS_AFTER = timedelta(hours=24)
"""Address, audio and ordering open after this, or when somebody vouches sooner."""


class RequestState(StrEnum):
    """What came of a child's wish to be linked."""

    WAITING = "waiting"
    LINKED = "linked"
    REFUSED = "refused"
    WRONG_CODE = "wrong_code"
    UNANSWERED = "unanswered"


class LinkRequest(Base):
    """A child's wish to be linked to the parent with a number.

    Without a customer the number is nobody's: the row only counts against the asking child.
    """

    __tablename__ = "link_requests"

    id: Mapped[uuid.UUID] = uuid_key()
    relative_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("relatives.id"), index=True)
    customer_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("customers.id"), index=True
    )
    relation: Mapped[str] = mapped_column(sa.String(16))
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    state: Mapped[RequestState] = mapped_column(
        Name(RequestState), default=RequestState.WAITING
    )
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    link_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("links.id"))
