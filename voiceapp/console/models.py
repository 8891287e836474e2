"""The desk's tables: who works there, who waits, what was written down, what was learned."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import ivr.waiting
import orders.care
import orders.cases
import orders.common_words
import orders.duty
from voiceapp import clock
from voiceapp.console.rights import DeskRole
from voiceapp.db import Base, Name, Sealed, uuid_key

__all__ = ["ivr", "orders"]


class Clerk(Base):
    """Somebody who works at the desk. `totp_step` is the last time step whose code was used, so
    that a code seen over a shoulder works once (RFC 6238, section 5.2)."""

    __tablename__ = "clerks"

    id: Mapped[uuid.UUID] = uuid_key()
    login: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[str] = mapped_column(Sealed)
    number: Mapped[str | None] = mapped_column(Sealed)
    password: Mapped[str] = mapped_column(sa.String(255))
    role: Mapped[DeskRole] = mapped_column(Name(DeskRole))
    totp_secret: Mapped[str | None] = mapped_column(Sealed)
    totp_step: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class ClerkSession(Base):
    """One login. Only a hash of the cookie's token is kept; a closed row is dead for good."""

    __tablename__ = "clerk_sessions"

    id: Mapped[uuid.UUID] = uuid_key()
    clerk_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("clerks.id"), index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    ends_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Note(Base):
    """What a clerk wrote down about a customer, or about one order of hers."""

    __tablename__ = "desk_notes"

    id: Mapped[uuid.UUID] = uuid_key()
    customer_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("customers.id"), index=True)
    order_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    clerk_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("clerks.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    words: Mapped[str] = mapped_column(Sealed)


class NumberChange(Base):
    """A number put on file or taken off, by whom and on what ground: a call to the old number
    (`call_id`), or a supervisor's word (none)."""

    __tablename__ = "number_changes"

    id: Mapped[uuid.UUID] = uuid_key()
    customer_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("customers.id"), index=True)
    clerk_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("clerks.id"))
    desk_call_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("desk_calls.id"))
    before: Mapped[str] = mapped_column(Sealed, default="")
    after: Mapped[str] = mapped_column(Sealed, default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)


class Correction(Base):
    """One thing misheard that a clerk put right. `heard_index` finds equal words unread."""

    __tablename__ = "corrections"

    id: Mapped[uuid.UUID] = uuid_key()
    order_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    customer_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("customers.id"))
    clerk_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("clerks.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    heard: Mapped[str] = mapped_column(Sealed)
    heard_index: Mapped[str] = mapped_column(sa.String(64), index=True)
    sku_before: Mapped[str | None] = mapped_column(sa.String(64))
    sku: Mapped[str] = mapped_column(sa.ForeignKey("products.sku"))


class Worker(Base):
    """Somebody whom a provider sends: a rider, a plumber."""

    __tablename__ = "workers"

    id: Mapped[uuid.UUID] = uuid_key()
    name: Mapped[str] = mapped_column(Sealed)
    provider: Mapped[str] = mapped_column(sa.String(40), default="")
    active: Mapped[bool] = mapped_column(default=True)
