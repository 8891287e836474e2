"""Cases: complaints, incidents and emergencies, each with an owner, a clock and a ruling."""

import uuid
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from orders.escalations import Escalation, Reason, Subject
from orders.people import Author
from orders.visits import Visit
from voiceapp import clock
from voiceapp.db import Base, Name, Sealed, uuid_key
from voiceapp.errors import Conflict, NotAllowed
from voiceapp.money import Fen


class CaseKind(StrEnum):
    """What a case is about."""

    COMPLAINT = "complaint"
    INCIDENT = "incident"
    EMERGENCY = "emergency"


K = CaseKind
KINDS: dict[Reason, CaseKind] = {
    Reason.EMERGENCY: K.EMERGENCY,
    Reason.COMPLAINT: K.COMPLAINT,
    Reason.LOW_RATING: K.COMPLAINT,
    Reason.VISIT_FAILED: K.INCIDENT,
    Reason.CASH_NOT_COLLECTED: K.INCIDENT,
    Reason.WRONG_AMOUNT: K.INCIDENT,
}
"""What needs more than a look: the reasons that open a case."""

PATIENCE: dict[CaseKind, timedelta] = {
    K.EMERGENCY: timedelta(minutes=30),
    K.COMPLAINT: timedelta(hours=24),
    K.INCIDENT: timedelta(hours=48),
}
"""How long a case may be open before a supervisor sees it as late."""


class Case(Base):
    """One matter from its opening to a clerk's ruling. `refund` is what the ruling gives back."""

    __tablename__ = "cases"
    __table_args__ = (sa.Index("ix_cases_open", "closed_at", "due_at"),)

    id: Mapped[uuid.UUID] = uuid_key()
    kind: Mapped[CaseKind] = mapped_column(Name(CaseKind))
    escalation_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("escalations.id"), unique=True)
    customer_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("customers.id"), index=True)
    order_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    call_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    owner: Mapped[uuid.UUID | None]
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    due_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    ruling: Mapped[str | None] = mapped_column(sa.String(40))
    refund: Mapped[Fen] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    def own(self, by: Author) -> None:
        """Take it in hand. Raises Conflict where another has it."""
        if self.owner not in (None, by.id):
            raise Conflict("somebody else has this case in hand")
        self.owner = by.id

    def release(self, by: Author) -> None:
        """Put it back for somebody else. Only who has it may."""
        if self.owner != by.id:
            raise Conflict("this case is not in your hand")
        self.owner = None


class CaseEntry(Base):
    """One thing done or learned in a case, in a clerk's words."""

    __tablename__ = "case_entries"

    id: Mapped[uuid.UUID] = uuid_key()
    case_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cases.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    clerk_id: Mapped[uuid.UUID | None]
    what: Mapped[str] = mapped_column(sa.String(40))
    words: Mapped[str] = mapped_column(Sealed, default="")


def open_case(session: Session, row: Escalation) -> Case | None:
    """The case of an escalation; a new one where its reason needs one. Its clock starts when the
    escalation was opened, whoever looks first."""
    existing = session.scalar(sa.select(Case).where(Case.escalation_id == row.id))
    kind = KINDS.get(row.reason)
    if existing is not None or kind is None:
        return existing
    case = Case(
        kind=kind,
        escalation_id=row.id,
        customer_id=row.customer_id,
        order_id=_order(session, row),
        call_id=row.subject_id if row.subject_kind is Subject.CALL else None,
        opened_at=row.opened_at,
        due_at=row.opened_at + PATIENCE[kind],
    )
    session.add(case)
    session.flush()
    return case


def _order(session: Session, row: Escalation) -> uuid.UUID | None:
    if row.subject_kind is Subject.VISIT:
        return session.get_one(Visit, row.subject_id).order_id
    return row.subject_id if row.subject_kind is Subject.ORDER else None


def write_entry(session: Session, case: Case, by: Author, what: str, words: str = "") -> CaseEntry:
    """Write down what was done or learned."""
    entry = CaseEntry(case_id=case.id, clerk_id=by.id, what=what, words=words)
    session.add(entry)
    return entry


def rule(
    session: Session, case: Case, by: Author, ruling: str, words: str = "", refund: Fen = 0
) -> None:
    """Close a case, and the escalation behind it. Raises NotAllowed where it is closed or
    another's."""
    if case.closed_at is not None:
        raise NotAllowed("this case is closed")
    case.own(by)
    case.ruling, case.refund, case.closed_at = ruling, refund, clock.now()
    write_entry(session, case, by, "ruled", words)
    session.get_one(Escalation, case.escalation_id).close(by, ruling)
