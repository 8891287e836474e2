"""Calls that somebody wants placed: the words in which the two sides of the product talk.

The family, the desk or a rule writes that it wants a call for a purpose; the telephone has one
script for each purpose, places the call, keeps what came of it here, and writes the errand that
whoever asked left in `then`.
"""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from orders import errands
from voiceapp import clock
from voiceapp.db import Base, Name, Sealed, uuid_key
from voiceapp.errors import NotAllowed


class Purpose(StrEnum):
    """What a call is for. `subject` and `facts` of the wish are named beside each."""

    DECLINED = "declined"
    """Tell her kindly that the family declined. Subject: the order; facts: reason."""
    MORE_DECLINED = "more_declined"
    """Tell her that the family declined a supplement and the rest stays. Subject: the order;
    facts: reason."""
    TRIMMED = "trimmed"
    """Tell her that the family took lines out. Subject: the order."""
    COMING = "coming"
    """Tell her who comes and when. Subject: the visit."""
    PLACED = "placed"
    """Tell her what a child ordered; she may object. Subject: the order."""
    RATING = "rating"
    """Ask how it was. Subject: the visit."""
    CONSENT = "consent"
    """A child asks to be linked: code by keys and a whole yes. Subject: the request; facts:
    relation. The child's number and the code's hash stay with the request."""
    REVOKED = "revoked"
    """Tell her that a link has ended. Subject: the link."""
    SUPPLEMENT = "supplement"
    """Tell her that more is to be paid, and take her yes. Subject: the order; facts: fen."""
    ANSWER = "answer"
    """Answer what she asked before she hung up. Subject: the order that her words are on."""
    CANCEL = "cancel"
    """Ask which order is to be cancelled, and take her yes. Subject: the customer."""
    UNDO = "undo"
    """Take back what the family may do, after her yes. Subject: what asked for it, her words' order
    or the call; facts: about (`links`, `alerts`, empty where she is asked), relation; then link."""
    PROMISED = "promised"
    """Ring back as promised and connect a clerk. Subject: the call; `number` is the one that
    rang."""
    NOTICE = "notice"
    """Tell a child what a message said that still waits for an answer. Subject: the message;
    `number` is the child's; facts: order and the state in which it waits."""
    OUTCOME = "outcome"
    """Tell her how a case ended. Subject: the case; facts: ruling."""
    EMERGENCY = "emergency"
    """Tell a relative of an emergency. Subject: the customer; `number` is the relative's."""
    ALL_HANDS = "all_hands"
    """Tell a clerk on duty of an emergency that a colleague raised. Subject: her shift; facts:
    escalation; `number` is where she is rung."""
    LINE_LOST = "line_lost"
    """Ring a lost emergency back and connect it. Subject: the call; `number` is the one that
    rang."""


TO_STRANGERS = frozenset({Purpose.PROMISED, Purpose.LINE_LOST})
"""The only calls to a number that nobody has on file: straight to a person, and told nothing."""


class Outcome(StrEnum):
    """What came of a call."""

    TOLD = "told"
    YES = "yes"
    NO = "no"
    WRONG_CODE = "wrong_code"
    UNANSWERED = "unanswered"
    NOT_HERSELF = "not_herself"


class WantedCall(Base):
    """One wish for one call, and what came of it.

    `number` overrides the number on file (a relative who must be told of an emergency, the line
    that rang us). A stranger's wish has no customer.
    """

    __tablename__ = "wanted_calls"

    id: Mapped[uuid.UUID] = uuid_key()
    purpose: Mapped[Purpose] = mapped_column(Name(Purpose))
    customer_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("customers.id"), index=True
    )
    subject: Mapped[uuid.UUID] = mapped_column(index=True)
    number: Mapped[str | None] = mapped_column(Sealed)
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    then: Mapped[str | None] = mapped_column(sa.String(40))
    wanted_at: Mapped[datetime] = mapped_column(default=clock.now)
    rings: Mapped[int] = mapped_column(default=0)
    outcome: Mapped[Outcome | None] = mapped_column(Name(Outcome))
    keys: Mapped[str] = mapped_column(Sealed, default="")
    words: Mapped[str] = mapped_column(Sealed, default="")
    call_id: Mapped[uuid.UUID | None]
    done_at: Mapped[datetime | None]

    def finish(
        self,
        session: Session,
        outcome: Outcome,
        call_id: uuid.UUID | None = None,
        words: str = "",
    ) -> None:
        """Keep what came of it and leave the errand for whoever asked. Twice changes nothing."""
        if self.done_at is None:
            self.outcome, self.call_id, self.words = outcome, call_id, words
            self.done_at = clock.now()
            if self.then is not None:
                errands.write(session, self.then, self.id, key=f"{self.then} {self.id}")


def want_call(
    session: Session,
    purpose: Purpose,
    customer_id: uuid.UUID | None,
    subject: uuid.UUID,
    *,
    at: datetime | None = None,
    number: str | None = None,
    then: str | None = None,
    **facts: str | int,
) -> WantedCall:
    """Ask for a call. One unfinished wish for a purpose and subject: asking again gives it.

    Raises NotAllowed where a stranger would be rung for anything but TO_STRANGERS.
    """
    if customer_id is None and (purpose not in TO_STRANGERS or number is None):
        raise NotAllowed("nobody who is not on file is rung for this")
    existing = session.scalar(
        sa.select(WantedCall).where(
            WantedCall.purpose == purpose,
            WantedCall.subject == subject,
            WantedCall.customer_id == customer_id,
            WantedCall.done_at.is_(None),
        )
    )
    if existing is not None:
        return existing
    wish = WantedCall(
        purpose=purpose,
        customer_id=customer_id,
        subject=subject,
        number=number,
        facts=facts,
        then=then,
    )
    session.add(wish)
    session.flush()
    errands.write(session, "ring", wish.id, at=at, key=f"ring {wish.id}")
    return wish


def still_wanted(
    session: Session, purpose: Purpose, customer_id: uuid.UUID | None
) -> WantedCall | None:
    """The oldest unfinished wish for a purpose and a customer."""
    return session.scalar(
        sa.select(WantedCall)
        .where(
            WantedCall.purpose == purpose,
            WantedCall.customer_id == customer_id,
            WantedCall.done_at.is_(None),
        )
        .order_by(WantedCall.wanted_at)
        .limit(1)
    )
