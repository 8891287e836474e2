"""The ledger of granted messages: one tap of a child's grants one WeChat message.

WeChat has no API that shows what is left, so each grant is a row here and is spent once.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from voiceapp import clock
from voiceapp.db import Base, uuid_key

MOST_LEFT = 50
"""So many unspent grants of a child's are kept: more messages than an order brings in a month."""

SPENT_KEPT = timedelta(days=90)
"""What was spent longer ago is of no use to anybody."""


class Grant(Base):
    """One message that a child lets us send; `template` is WeChat's own id of it."""

    __tablename__ = "wechat_grants"
    __table_args__ = (sa.Index("ix_wechat_grants_left", "relative_id", "template", "spent_at"),)

    id: Mapped[uuid.UUID] = uuid_key()
    relative_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("relatives.id"))
    template: Mapped[str] = mapped_column(sa.String(64))
    granted_at: Mapped[datetime] = mapped_column(default=clock.now)
    spent_at: Mapped[datetime | None]


def keep(session: Session, relative_id: uuid.UUID, templates: Iterable[str], ours: str) -> None:
    """Keep one tap: a grant of our template, if she allowed that one.

    A template that we never send, and what goes beyond MOST_LEFT, is not kept.
    """
    old = sa.and_(Grant.relative_id == relative_id, Grant.spent_at < clock.now() - SPENT_KEPT)
    session.execute(sa.delete(Grant).where(old))
    if ours and ours in templates and left(session, relative_id, ours) < MOST_LEFT:
        grant(session, relative_id, ours)


def grant(session: Session, relative_id: uuid.UUID, template: str) -> Grant:
    """One more message may be sent."""
    row = Grant(relative_id=relative_id, template=template)
    session.add(row)
    session.flush()
    return row


def left(session: Session, relative_id: uuid.UUID, template: str) -> int:
    """How many messages of a template may still be sent to a child."""
    unspent = sa.and_(
        Grant.relative_id == relative_id, Grant.template == template, Grant.spent_at.is_(None)
    )
    return session.scalar(sa.select(sa.func.count()).select_from(Grant).where(unspent)) or 0


def of_relative(
    session: Session, relative_id: uuid.UUID, page: int, size: int
) -> tuple[list[Grant], int]:
    """One page of a child's grants, newest first, and how many there are."""
    hers = sa.select(Grant).where(Grant.relative_id == relative_id)
    total = session.scalar(sa.select(sa.func.count()).select_from(hers.subquery())) or 0
    newest = hers.order_by(Grant.granted_at.desc(), Grant.id)
    return list(session.scalars(newest.limit(size).offset((page - 1) * size))), total


def spend(session: Session, relative_id: uuid.UUID, template: str) -> bool:
    """Use up the oldest grant of a template; False where none is left."""
    row = session.scalar(
        sa.select(Grant)
        .where(
            Grant.relative_id == relative_id,
            Grant.template == template,
            Grant.spent_at.is_(None),
        )
        .order_by(Grant.granted_at)
        .limit(1)
        .with_for_update()
    )
    if row is None:
        return False
    row.spent_at = clock.now()
    return True
