"""Errands: what must still be done, as rows. The row is the truth, the queue is not.

An errand is due when `next_try_at` has come and nobody holds its lease. The relay leases what is
due and hands the id to a worker; only the job sets `done_at`, in the transaction that stores its
result. A worker that dies lets the lease run out, and the errand is handed out again.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from voiceapp import clock
from voiceapp.db import Base, Database, uuid_key

LEASE = timedelta(minutes=2)
"""How long a worker may keep an errand before it is handed out again."""

BACK_OFF = tuple(timedelta(seconds=s) for s in (5, 15, 60, 300, 900, 3600))
"""Waits after each failed attempt; when they are spent, a person is asked."""


class Errand(Base):
    """One thing to do about one subject.

    `cause` is the order event that it reacts to, where it is a reaction. `key` makes writing it
    twice harmless.
    """

    __tablename__ = "errands"
    __table_args__ = (sa.Index("ix_errands_due", "done_at", "next_try_at"),)

    id: Mapped[uuid.UUID] = uuid_key()
    name: Mapped[str] = mapped_column(sa.String(40))
    subject: Mapped[uuid.UUID] = mapped_column(index=True)
    cause: Mapped[uuid.UUID | None]
    key: Mapped[str | None] = mapped_column(sa.String(120), unique=True)
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    next_try_at: Mapped[datetime] = mapped_column(default=clock.now)
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(sa.String(16))

    def finish(self, outcome: str = "done") -> None:
        """There is nothing left to do. Finishing twice changes nothing."""
        if self.done_at is None:
            self.done_at, self.outcome, self.leased_until = clock.now(), outcome, None

    def put_off(self, until: datetime) -> None:
        """Not now: try at this moment, without counting an attempt."""
        self.next_try_at, self.leased_until = until, None
        self.attempts = max(0, self.attempts - 1)

    def fail(self) -> bool:
        """One attempt failed. True where another one will follow, False where all are spent."""
        if self.attempts > len(BACK_OFF):
            self.finish("gave_up")
            return False
        self.next_try_at = clock.now() + BACK_OFF[self.attempts - 1]
        self.leased_until = None
        return True


@dataclass(frozen=True)
class Work:
    """What a job is given: the database, and which errand it does about which subject."""

    db: Database
    errand_id: uuid.UUID
    subject: uuid.UUID
    cause: uuid.UUID | None = None

    def finish(self, session: Session, outcome: str = "done") -> None:
        """Mark the errand done, in the transaction that stores its result."""
        session.get_one(Errand, self.errand_id).finish(outcome)

    def put_off(self, session: Session, until: datetime) -> None:
        """Try again at a moment, without counting this attempt."""
        session.get_one(Errand, self.errand_id).put_off(until)


@dataclass(frozen=True)
class Leased:
    """An errand that the relay has in hand."""

    id: uuid.UUID
    name: str


def write(
    session: Session,
    name: str,
    subject: uuid.UUID,
    at: datetime | None = None,
    key: str | None = None,
    cause: uuid.UUID | None = None,
) -> Errand | None:
    """Leave an errand, due at once or `at` a moment. None where its key was written before."""
    if key is not None and session.scalar(sa.select(Errand.id).where(Errand.key == key)):
        return None
    errand = Errand(name=name, subject=subject, key=key, cause=cause)
    if at is not None:
        errand.next_try_at = at
    session.add(errand)
    session.flush()
    return errand


def lease_due(session: Session, limit: int = 100) -> list[Leased]:
    """Take what is due, oldest first, and count the attempt.

    One conditional UPDATE: of two relays each errand goes to one of them.
    """
    moment = clock.now()
    free = sa.or_(Errand.leased_until.is_(None), Errand.leased_until < moment)
    due = sa.and_(Errand.done_at.is_(None), Errand.next_try_at <= moment, free)
    oldest = sa.select(Errand.id).where(due).order_by(Errand.next_try_at).limit(limit)
    rows = session.execute(
        sa.update(Errand)
        .where(Errand.id.in_(oldest), due)
        .values(leased_until=moment + LEASE, attempts=Errand.attempts + 1)
        .returning(Errand.id, Errand.name)
        .execution_options(synchronize_session=False)
    )
    return [Leased(row.id, row.name) for row in rows]


def lag(session: Session) -> timedelta:
    """How long the most overdue errand has been waiting; zero where nothing waits."""
    oldest = session.scalar(
        sa.select(sa.func.min(Errand.next_try_at)).where(Errand.done_at.is_(None))
    )
    return max(timedelta(0), clock.now() - oldest) if oldest else timedelta(0)
