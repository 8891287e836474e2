"""Short messages and WeChat notices as rows: claimed before they are sent, sent once."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from orders import errands
from voiceapp import clock
from voiceapp.db import Base, Name, Sealed, SealedJson, uuid_key


class Channel(StrEnum):
    """How a message goes out."""

    SMS = "sms"
    WECHAT = "wechat"


class Message(Base):
    """One message to one person. `claimed_at` is written before the firm is spoken to: a claim
    without `firm_id` is not sent again by the same attempt."""

    __tablename__ = "messages"

    id: Mapped[uuid.UUID] = uuid_key()
    channel: Mapped[Channel] = mapped_column(Name(Channel))
    to: Mapped[str] = mapped_column(Sealed)
    template: Mapped[str] = mapped_column(sa.String(40))
    content: Mapped[dict[str, Any]] = mapped_column(SealedJson)
    key: Mapped[str | None] = mapped_column(sa.String(120), unique=True)
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    firm_id: Mapped[str | None] = mapped_column(sa.String(64))


def leave_message(
    session: Session,
    channel: Channel,
    to: str,
    template: str,
    content: dict[str, Any],
    *,
    key: str | None = None,
    at: datetime | None = None,
) -> Message | None:
    """Leave a message to be sent. None where its key was written before: each notice once."""
    if key is not None and session.scalar(sa.select(Message.id).where(Message.key == key)):
        return None
    message = Message(channel=channel, to=to, template=template, content=content, key=key)
    session.add(message)
    session.flush()
    errands.write(session, "send_message", message.id, at=at, key=f"send {message.id}")
    return message
