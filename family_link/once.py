"""What is done once only: the firm's notices that were seen, and answers kept for repeats."""

import uuid
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from voiceapp import clock
from voiceapp.db import Base, Sealed, uuid_key


class NoticeSeen(Base):
    """A firm's notice by the firm's own id."""

    __tablename__ = "notices_seen"

    firm: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    notice: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)


class KeptAnswer(Base):
    """The answer to a POST under its Idempotency-Key, given again to a repeat.

    `asked` is a digest of what was asked: the same key for something else is refused.
    """

    __tablename__ = "kept_answers"
    __table_args__ = (sa.UniqueConstraint("relative_id", "key_index"),)

    id: Mapped[uuid.UUID] = uuid_key()
    relative_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("relatives.id"), index=True)
    key_index: Mapped[str] = mapped_column(sa.String(64))
    asked: Mapped[str] = mapped_column(sa.String(64))
    status: Mapped[int]
    body: Mapped[str] = mapped_column(Sealed)
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)

    fresh = False
    """Whether this request is the first with its key."""


KEPT_FOR = timedelta(days=2)
"""The firm repeats a notice for 24 hours, a mini-program a request for less."""

IN_HAND = 0
"""The status of a first request that has not been answered yet."""


def keep(session: Session, relative_id: uuid.UUID, key_index: str, asked: str) -> KeptAnswer:
    """The row of a key, made where there is none. Of two at once one gets an IntegrityError."""
    old = clock.now() - KEPT_FOR
    session.execute(
        sa.delete(KeptAnswer).where(KeptAnswer.relative_id == relative_id, KeptAnswer.at < old)
    )
    row = session.scalar(
        sa.select(KeptAnswer).where(
            KeptAnswer.relative_id == relative_id, KeptAnswer.key_index == key_index
        )
    )
    if row is None:
        row = KeptAnswer(
            relative_id=relative_id, key_index=key_index, asked=asked, status=IN_HAND, body=""
        )
        row.fresh = True
        session.add(row)
        session.flush()
    return row


def first_time(session: Session, firm: str, notice: str) -> bool:
    """Remember a notice; False where it was seen before."""
    if session.get(NoticeSeen, (firm, notice)) is not None:
        return False
    session.execute(sa.delete(NoticeSeen).where(NoticeSeen.at < clock.now() - KEPT_FOR))
    session.add(NoticeSeen(firm=firm, notice=notice))
    session.flush()
    return True
