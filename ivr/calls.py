"""Calls, in and out, and the turns of each: what was heard and what we answered."""

import uuid
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from orders.order import Order
from voiceapp import clock
from voiceapp.crypto import keys
from voiceapp.db import Base, Name, Sealed, SealedJson, uuid_key
from voiceapp.phone import Phone

LATE = timedelta(hours=1)
"""A turn of a call that ended longer ago is refused: Twilio's signature has no time."""

STALE = timedelta(hours=2)
"""A call without an end for so long has ended unheard; no call of ours lasts longer."""

SPACING = timedelta(seconds=20)
"""Between two calls of ours to one number; carriers refuse repeated calls of one pair."""


NOT_DIALLED = ("never_dialled", "refused")
"""Ends of calls that we claimed and that never rang."""


class Direction(StrEnum):
    """Who rang whom."""

    IN = "in"
    OUT = "out"


class Call(Base):
    """One telephone call.

    `talk` is where the conversation stands (step, misses, what must be remembered). A call of
    ours is claimed before it is dialled; `line` holds the number's hash while it lives, so that
    the database itself allows one call of ours to a number at a time.
    """

    __tablename__ = "calls"

    id: Mapped[uuid.UUID] = uuid_key()
    direction: Mapped[Direction] = mapped_column(Name(Direction))
    purpose: Mapped[str] = mapped_column(sa.String(20))
    subject: Mapped[uuid.UUID | None] = mapped_column(index=True)
    customer_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("customers.id"))
    number: Mapped[str | None] = mapped_column(Sealed)
    number_index: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    line: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    firm_sid: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    talk: Mapped[dict[str, Any]] = mapped_column(SealedJson, default=dict)
    turns: Mapped[int] = mapped_column(default=0)
    began_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None] = mapped_column(sa.String(24))
    ended_at: Mapped[datetime | None]
    end: Mapped[str | None] = mapped_column(sa.String(16))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @property
    def phone(self) -> Phone | None:
        """The other end; None where it was withheld."""
        return Phone(self.number) if self.number else None

    def remember(self, **facts: Any) -> None:
        """Change what the call remembers; the column sees only a new value."""
        self.talk = {**self.talk, **facts}

    def over(self, end: str) -> bool:
        """The call has ended. False where that was known already."""
        if self.ended_at is not None:
            return False
        self.ended_at, self.end, self.line = clock.now(), end, None
        return True


class CallTurn(Base):
    """One webhook of a call and the answer it got, so that a repeat gets the same again."""

    __tablename__ = "call_turns"

    call_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("calls.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    step: Mapped[str] = mapped_column(sa.String(24))
    keys: Mapped[str] = mapped_column(Sealed, default="")
    words: Mapped[str] = mapped_column(Sealed, default="")
    answer: Mapped[str] = mapped_column(Sealed)
    at: Mapped[datetime] = mapped_column(default=clock.now)


def by_firm_sid(session: Session, sid: str, lock: bool = False) -> Call | None:
    """The call that the firm calls so; locked, it waits for whoever is changing it."""
    rows = sa.select(Call).where(Call.firm_sid == sid)
    return session.scalar(rows.with_for_update() if lock else rows)


def open_call(
    session: Session, sid: str, phone: Phone | None, customer_id: uuid.UUID | None
) -> Call:
    """Somebody rings us."""
    call = Call(
        direction=Direction.IN,
        purpose="incoming",
        firm_sid=sid,
        customer_id=customer_id,
        number=phone.e164 if phone else None,
        number_index=keys().index(phone.e164) if phone else None,
        answered_at=clock.now(),
        talk={},
    )
    session.add(call)
    session.flush()
    return call


def claim(
    session: Session,
    phone: Phone,
    purpose: str,
    subject: uuid.UUID,
    customer_id: uuid.UUID | None,
    talk: dict[str, Any],
) -> Call:
    """Claim one attempt to ring somebody, before it is dialled.

    Raises sqlalchemy.exc.IntegrityError where another call of ours to that number lives.
    """
    index = keys().index(phone.e164)
    call = Call(
        direction=Direction.OUT,
        purpose=purpose,
        subject=subject,
        customer_id=customer_id,
        number=phone.e164,
        number_index=index,
        line=index,
        talk=talk,
    )
    session.add(call)
    session.flush()
    return call


def live_call(session: Session, phone: Phone) -> Call | None:
    """A call with this number that has not ended, whoever rang."""
    return session.scalar(
        sa.select(Call)
        .where(
            Call.number_index == keys().index(phone.e164),
            Call.ended_at.is_(None),
            Call.began_at > clock.now() - STALE,
        )
        .order_by(Call.began_at.desc())
        .limit(1)
    )


def rings_since(session: Session, phone: Phone, purpose: str, since: datetime) -> int:
    """How often we have rung this number for a purpose; what was never dialled is no ring."""
    rung = sa.or_(Call.end.is_(None), Call.end.not_in(NOT_DIALLED))
    rows = sa.select(sa.func.count()).select_from(Call)
    return (
        session.scalar(
            rows.where(
                Call.number_index == keys().index(phone.e164),
                Call.direction == Direction.OUT,
                Call.purpose == purpose,
                Call.began_at > since,
                rung,
            )
        )
        or 0
    )


def free_at(session: Session, phone: Phone) -> datetime:
    """When we may ring this number: now, or later where we rang it only just before."""
    last = session.scalar(
        sa.select(sa.func.max(Call.ended_at)).where(
            Call.number_index == keys().index(phone.e164), Call.direction == Direction.OUT
        )
    )
    return max(clock.now(), last + SPACING) if last else clock.now()


def unwritten_claim(session: Session, subject: uuid.UUID) -> Call | None:
    """A call about this subject that was claimed and whose dialling nobody wrote down."""
    return session.scalar(
        sa.select(Call).where(
            Call.subject == subject,
            Call.direction == Direction.OUT,
            Call.firm_sid.is_(None),
            Call.ended_at.is_(None),
        )
    )


def orders_of(session: Session, call: Call) -> list[Order]:
    """The orders that this call reads as one."""
    ids = [uuid.UUID(text) for text in call.talk.get("orders", ())]
    rows = [session.get(Order, order_id) for order_id in ids]
    return [order for order in rows if order is not None]
