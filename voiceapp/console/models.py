"""The desk's tables: who works there, who waits, what was written down, what was learned."""

import uuid
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from orders.escalations import Subject
from voiceapp import clock
from voiceapp.console.rights import DeskRole
from voiceapp.db import Base, Name, Sealed, uuid_key
from voiceapp.money import Fen


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


class Duty(Base):
    """One shift: a clerk may be rung from `since` until `until`."""

    __tablename__ = "duties"

    id: Mapped[uuid.UUID] = uuid_key()
    clerk_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("clerks.id"), index=True)
    since: Mapped[datetime] = mapped_column(default=clock.now)
    until: Mapped[datetime | None] = mapped_column(index=True)


class Left(StrEnum):
    """How a caller came out of the queue."""

    BRIDGED = "bridged"
    HUNG_UP = "hung_up"
    CALL_BACK = "call_back"
    FAILED = "failed"


class Waiting(Base):
    """One caller who waits for a person, on the line or for a call back that keeps her place.

    `promised_at` is when she was told that we ring; `offered_to` the clerk whose telephone rings.
    """

    __tablename__ = "waiting"
    __table_args__ = (sa.Index("ix_waiting_open", "left_at", "priority", "enqueued_at"),)

    id: Mapped[uuid.UUID] = uuid_key()
    call_id: Mapped[uuid.UUID] = mapped_column(index=True)
    customer_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("customers.id"))
    escalation_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("escalations.id"))
    priority: Mapped[int]
    enqueued_at: Mapped[datetime] = mapped_column(default=clock.now)
    on_line: Mapped[bool] = mapped_column(default=True)
    promised_at: Mapped[datetime | None]
    offered_to: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("clerks.id"))
    offered_at: Mapped[datetime | None]
    answered_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("clerks.id"))
    answered_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    left: Mapped[Left | None] = mapped_column(Name(Left))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class DeskCall(Base):
    """A call that a clerk has placed to a number on file, recorded: the clerk's telephone rings
    first, then the caller's. Only on such a call does a clerk take a yes."""

    __tablename__ = "desk_calls"

    id: Mapped[uuid.UUID] = uuid_key()
    clerk_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("clerks.id"), index=True)
    customer_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("customers.id"), index=True)
    order_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    call_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    answered_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


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


class WordState(StrEnum):
    """What became of a word that many callers use."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class CommonWord(Base):
    """A word that several callers use for one product, and whether everybody may."""

    __tablename__ = "common_words"
    __table_args__ = (sa.UniqueConstraint("spoken_index", "sku"),)

    id: Mapped[uuid.UUID] = uuid_key()
    spoken: Mapped[str] = mapped_column(Sealed)
    spoken_index: Mapped[str] = mapped_column(sa.String(64))
    sku: Mapped[str] = mapped_column(sa.ForeignKey("products.sku"))
    callers: Mapped[int]
    state: Mapped[WordState] = mapped_column(Name(WordState), default=WordState.PROPOSED)
    proposed_at: Mapped[datetime] = mapped_column(default=clock.now)
    ruled_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("clerks.id"))
    ruled_at: Mapped[datetime | None]


class CaseKind(StrEnum):
    """What a case is about."""

    COMPLAINT = "complaint"
    INCIDENT = "incident"
    EMERGENCY = "emergency"


class Case(Base):
    """A complaint or an incident, from its opening to a clerk's ruling.

    `due_at` is when a supervisor sees it as late. `refund` is what the ruling gives back.
    """

    __tablename__ = "cases"
    __table_args__ = (sa.Index("ix_cases_open", "closed_at", "due_at"),)

    id: Mapped[uuid.UUID] = uuid_key()
    kind: Mapped[CaseKind] = mapped_column(Name(CaseKind))
    subject_kind: Mapped[Subject] = mapped_column(Name(Subject))
    subject_id: Mapped[uuid.UUID] = mapped_column(index=True)
    escalation_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("escalations.id"), unique=True
    )
    customer_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("customers.id"), index=True)
    order_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    owner: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("clerks.id"))
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    due_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    ruling: Mapped[str | None] = mapped_column(sa.String(40))
    words: Mapped[str] = mapped_column(Sealed, default="")
    refund: Mapped[Fen] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class CaseEntry(Base):
    """One thing done or learned in a case, in the clerk's words or as an id of evidence."""

    __tablename__ = "case_entries"

    id: Mapped[uuid.UUID] = uuid_key()
    case_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cases.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    clerk_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("clerks.id"))
    what: Mapped[str] = mapped_column(sa.String(40))
    words: Mapped[str] = mapped_column(Sealed, default="")


class Worker(Base):
    """Somebody whom a provider sends: a rider, a plumber."""

    __tablename__ = "workers"

    id: Mapped[uuid.UUID] = uuid_key()
    name: Mapped[str] = mapped_column(Sealed)
    number: Mapped[str] = mapped_column(Sealed, default="")
    provider: Mapped[str] = mapped_column(sa.String(40), default="")
    services: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
