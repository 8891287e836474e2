"""Short messages and WeChat notices as rows: claimed before they are sent, sent once."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from orders import errands
from orders.relatives import Link, Scope
from voiceapp import clock
from voiceapp.db import Base, Name, Sealed, SealedJson, uuid_key


class Channel(StrEnum):
    """How a message goes out."""

    SMS = "sms"
    WECHAT = "wechat"


class Message(Base):
    """One message to one person. `claimed_at` is written before the firm is spoken to: a claim
    without `firm_id` is not sent again by the same attempt.

    What is about a parent names the `link` that it rests on, and the `scope` of it that the child
    needs: a message may wait for a morning, and she may have lost it by then.
    """

    __tablename__ = "messages"

    id: Mapped[uuid.UUID] = uuid_key()
    channel: Mapped[Channel] = mapped_column(Name(Channel))
    to: Mapped[str] = mapped_column(Sealed)
    template: Mapped[str] = mapped_column(sa.String(40))
    content: Mapped[dict[str, Any]] = mapped_column(SealedJson)
    key: Mapped[str | None] = mapped_column(sa.String(120), unique=True)
    link_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("links.id"), index=True)
    scope: Mapped[Scope | None] = mapped_column(Name(Scope))
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    firm_id: Mapped[str | None] = mapped_column(sa.String(64))

    link: Mapped[Link | None] = relationship()

    @property
    def still_hers(self) -> bool:
        """Whether whom it goes to may still be told."""
        if self.link is None or self.scope is None:
            return True
        return self.link.allows(self.scope)

    def take_back(self) -> None:
        """It is not to be sent any more. One that was sent stays sent."""
        if self.claimed_at is None:
            self.claimed_at = clock.now()
            self.to, self.content = "", {}


def leave_message(
    session: Session,
    channel: Channel,
    to: str,
    template: str,
    content: dict[str, Any],
    *,
    key: str | None = None,
    at: datetime | None = None,
    link: Link | None = None,
    scope: Scope | None = None,
) -> Message | None:
    """Leave a message to be sent. None where its key was written before: each notice once."""
    if key is not None and session.scalar(sa.select(Message.id).where(Message.key == key)):
        return None
    message = Message(
        channel=channel,
        to=to,
        template=template,
        content=content,
        key=key,
        link=link,
        scope=scope,
    )
    session.add(message)
    session.flush()
    errands.write(session, "send_message", message.id, at=at, key=f"send {message.id}")
    return message


def take_back_unsent(session: Session, link_id: uuid.UUID, template: str) -> None:
    """Whatever of this kind still waits to go out about this link is not sent any more."""
    waiting = sa.and_(
        Message.link_id == link_id, Message.template == template, Message.claimed_at.is_(None)
    )
    for message in session.scalars(sa.select(Message).where(waiting).with_for_update()):
        message.take_back()
