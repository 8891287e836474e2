"""Who is on duty at the desk, and where each of them is rung."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from voiceapp import clock
from voiceapp.db import Base, Sealed, uuid_key
from voiceapp.phone import Phone


class Duty(Base):
    """One shift: a clerk may be rung at `number` from `since` until `until`."""

    __tablename__ = "duties"

    id: Mapped[uuid.UUID] = uuid_key()
    clerk_id: Mapped[uuid.UUID] = mapped_column(index=True)
    number: Mapped[str] = mapped_column(Sealed)
    since: Mapped[datetime] = mapped_column(default=clock.now)
    until: Mapped[datetime | None] = mapped_column(index=True)

    @property
    def phone(self) -> Phone:
        """Where this clerk is rung."""
        return Phone(self.number)


def present(session: Session) -> list[Duty]:
    """Everybody on duty, longest first."""
    return list(session.scalars(sa.select(Duty).where(Duty.until.is_(None)).order_by(Duty.since)))


def of_clerk(session: Session, clerk_id: uuid.UUID) -> Duty | None:
    """A clerk's present shift."""
    return session.scalar(sa.select(Duty).where(Duty.clerk_id == clerk_id, Duty.until.is_(None)))


def begin(session: Session, clerk_id: uuid.UUID, phone: Phone) -> Duty:
    """A clerk goes on duty; one who is already is rung at the new number."""
    shift = of_clerk(session, clerk_id)
    if shift is None:
        shift = Duty(clerk_id=clerk_id, number=phone.e164)
        session.add(shift)
    shift.number = phone.e164
    session.flush()
    return shift


def end(session: Session, clerk_id: uuid.UUID) -> None:
    """A clerk goes off duty. Ending twice changes nothing."""
    shift = of_clerk(session, clerk_id)
    if shift is not None:
        shift.until = clock.now()
