"""The ledger of granted messages: one tap of a child's grants one WeChat message.

WeChat has no API that shows what is left, so each grant is a row here and is spent once.
"""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from voiceapp import clock
from voiceapp.db import Base, uuid_key


class Grant(Base):
    """One message that a child lets us send; `template` is WeChat's own id of it."""

    __tablename__ = "wechat_grants"
    __table_args__ = (sa.Index("ix_wechat_grants_left", "relative_id", "template", "spent_at"),)

    id: Mapped[uuid.UUID] = uuid_key()
    relative_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("relatives.id"))
    template: Mapped[str] = mapped_column(sa.String(64))
    granted_at: Mapped[datetime] = mapped_column(default=clock.now)
    spent_at: Mapped[datetime | None]


def grant(session: Session, relative_id: uuid.UUID, template: str) -> Grant:
    """Keep one tap."""
    row = Grant(relative_id=relative_id, template=template)
    session.add(row)
    session.flush()
    return row


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
