"""Needing a person is a row. The desk's queue is the rows that are open."""

import uuid
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from orders.people import Author
from voiceapp import clock
from voiceapp.db import Base, Name, uuid_key
from voiceapp.errors import Conflict


class Subject(StrEnum):
    """What kind of thing needs a person."""

    ORDER = "order"
    CALL = "call"
    VISIT = "visit"
    PAYMENT = "payment"
    CUSTOMER = "customer"
    ERRAND = "errand"


class Reason(StrEnum):
    """Why a person is needed."""

    EMERGENCY = "emergency"
    ASKED_FOR_PERSON = "asked_for_person"
    COMPLAINT = "complaint"
    UNKNOWN_CALLER = "unknown_caller"
    NOT_UNDERSTOOD = "not_understood"
    NOT_AUDIBLE = "not_audible"
    NOTHING_SAID = "nothing_said"
    OTHER_WISH = "other_wish"
    MISSED_TOO_OFTEN = "missed_too_often"
    NOBODY_ANSWERS = "nobody_answers"
    WINDOW_LOST = "window_lost"
    PATIENCE_SPENT = "patience_spent"
    ERRAND_FAILED = "errand_failed"
    NO_NUMBER = "no_number"
    CASH_NOT_COLLECTED = "cash_not_collected"
    CASH_TO_RETURN = "cash_to_return"
    WRONG_AMOUNT = "wrong_amount"
    LOW_RATING = "low_rating"
    VISIT_FAILED = "visit_failed"
    PARENT_OBJECTS = "parent_objects"
    DISTRESS = "distress"


PRIORITY: dict[Reason, int] = {
    Reason.EMERGENCY: 0,
    Reason.DISTRESS: 1,
    Reason.ASKED_FOR_PERSON: 2,
    Reason.WINDOW_LOST: 2,
    Reason.COMPLAINT: 3,
}
"""Lower is sooner; a reason that is not here has ORDINARY."""

ORDINARY = 5


class Escalation(Base):
    """One thing that needs a person, until somebody rules on it."""

    __tablename__ = "escalations"
    __table_args__ = (
        sa.Index("ix_escalations_open", "closed_at", "priority", "opened_at"),
        sa.Index("ix_escalations_subject", "subject_kind", "subject_id"),
    )

    id: Mapped[uuid.UUID] = uuid_key()
    subject_kind: Mapped[Subject] = mapped_column(Name(Subject))
    subject_id: Mapped[uuid.UUID]
    customer_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("customers.id"))
    reason: Mapped[Reason] = mapped_column(Name(Reason))
    priority: Mapped[int]
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    claimed_by: Mapped[uuid.UUID | None]
    claimed_at: Mapped[datetime | None]
    closed_by: Mapped[uuid.UUID | None]
    closed_at: Mapped[datetime | None]
    ruling: Mapped[str | None] = mapped_column(sa.String(40))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    def claim(self, by: Author) -> None:
        """Take it in hand. Claiming one's own again changes nothing; another's raises Conflict."""
        if self.claimed_by not in (None, by.id):
            raise Conflict("somebody else has this one in hand")
        if self.claimed_by is None:
            self.claimed_by, self.claimed_at = by.id, clock.now()

    def release(self, by: Author) -> None:
        """Put it back for somebody else. Only who holds it may."""
        if self.claimed_by != by.id:
            raise Conflict("this one is not in your hand")
        self.claimed_by = self.claimed_at = None

    def close(self, by: Author, ruling: str) -> None:
        """Rule on it. Closing a closed one changes nothing."""
        if self.closed_at is None:
            self.closed_by, self.closed_at, self.ruling = by.id, clock.now(), ruling


def escalate(
    session: Session,
    kind: Subject,
    subject_id: uuid.UUID,
    reason: Reason,
    customer_id: uuid.UUID | None = None,
) -> Escalation:
    """Ask for a person. One open row a subject and reason: asking again gives the same row."""
    existing = session.scalar(
        sa.select(Escalation).where(
            Escalation.subject_kind == kind,
            Escalation.subject_id == subject_id,
            Escalation.reason == reason,
            Escalation.closed_at.is_(None),
        )
    )
    if existing is not None:
        return existing
    row = Escalation(
        subject_kind=kind,
        subject_id=subject_id,
        customer_id=customer_id,
        reason=reason,
        priority=PRIORITY.get(reason, ORDINARY),
    )
    session.add(row)
    session.flush()
    return row


def is_open(subject_id: sa.SQLColumnExpression[uuid.UUID] | uuid.UUID) -> sa.ColumnElement[bool]:
    """SQL condition: a person has yet to rule on something of this subject."""
    return sa.exists().where(
        Escalation.subject_id == subject_id, Escalation.closed_at.is_(None)
    )


def open_for(session: Session, subject_id: uuid.UUID) -> list[Escalation]:
    """The open escalations of one subject, most pressing first."""
    return list(
        session.scalars(
            sa.select(Escalation)
            .where(Escalation.subject_id == subject_id, Escalation.closed_at.is_(None))
            .order_by(Escalation.priority, Escalation.opened_at)
        )
    )
