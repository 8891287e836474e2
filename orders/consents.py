"""The ledger of consents: who agreed to what, when, in which words, on which call."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from voiceapp import clock
from voiceapp.db import Base, Sealed, uuid_key


class Consent(Base):
    """One agreement of a customer's. Never changed, only withdrawn."""

    __tablename__ = "consents"

    id: Mapped[uuid.UUID] = uuid_key()
    customer_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("customers.id"), index=True)
    relative_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("relatives.id"))
    to_what: Mapped[str] = mapped_column(sa.String(80))
    words: Mapped[str] = mapped_column(Sealed)
    call_id: Mapped[uuid.UUID | None]
    clerk_id: Mapped[uuid.UUID | None]
    given_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]
