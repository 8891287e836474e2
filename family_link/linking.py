"""Linking with consent: a child asks, the parent is rung, her code and her yes make the link."""

import hmac
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from family_link.alerts import Alert, raise_alert
from orders import errands
from orders.customers import household
from orders.relatives import Relative, link_between
from orders.wanted_calls import Purpose, want_call
from voiceapp import clock
from voiceapp.config import Settings
from voiceapp.crypto import keys
from voiceapp.db import Base, Name, uuid_key
from voiceapp.phone import Phone

CODE_LASTS = timedelta(hours=24)
"""The parent may be rung so long after the child asked."""

WISHES_A_DAY = 3
"""A child may ask so often in a day, whoever she asks for."""

RELATIONS = ("女儿", "儿子", "儿媳", "女婿", "孙女", "孙子", "亲戚")
"""What a child may say she is: the parent is told it on the telephone."""


class RequestState(StrEnum):
    """What came of a child's wish to be linked."""

    WAITING = "waiting"
    LINKED = "linked"
    REFUSED = "refused"
    WRONG_CODE = "wrong_code"
    UNANSWERED = "unanswered"


class LinkRequest(Base):
    """A child's wish to be linked to the parent with a number.

    Without a customer the number is nobody's: the row only counts against the asking child.
    """

    __tablename__ = "link_requests"

    id: Mapped[uuid.UUID] = uuid_key()
    relative_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("relatives.id"), index=True)
    customer_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("customers.id"), index=True
    )
    relation: Mapped[str] = mapped_column(sa.String(16))
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    state: Mapped[RequestState] = mapped_column(
        Name(RequestState), default=RequestState.WAITING
    )
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]
    link_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("links.id"))

    def takes(self, code: str) -> bool:
        """Whether this is the code that the child was given, and still in time."""
        in_time = clock.now() - self.made_at < CODE_LASTS
        return hmac.compare_digest(self.code_hash, _hash(self.id, code)) and in_time


@dataclass(frozen=True)
class Asked:
    """What the child is shown, whoever the number belongs to."""

    request: uuid.UUID
    code: str


def _hash(request_id: uuid.UUID, code: str) -> str:
    return keys().index(f"{request_id} {code}")


def ask_for_link(
    session: Session, settings: Settings, relative: Relative, parent: Phone, relation: str
) -> Asked | None:
    """A child wants to be linked. None where she asked too often today.

    The answer is the same whether the number is on file, linked already, or was rung too often this
    week (the telephone knows that, see `ivr.calling`): a stranger learns nothing.
    """
    if relation not in RELATIONS:
        raise ValueError("a relation that the parent cannot be told")
    if _asked_today(session, relative) >= WISHES_A_DAY:
        return None
    customer = next(iter(household(session, parent)), None)
    code = f"{secrets.randbelow(10_000):04d}"
    request = LinkRequest(
        id=uuid.uuid4(), relative_id=relative.id, relation=relation, customer_id=None
    )
    request.code_hash = _hash(request.id, code)
    if customer is not None:
        request.customer_id = customer.id
    session.add(request)
    session.flush()
    at = request.made_at + CODE_LASTS
    errands.write(session, "end_wish", request.id, at=at, key=f"end_wish {request.id}")
    if customer is not None and link_between(session, relative.id, customer.id) is None:
        raise_alert(session, settings, customer.id, Alert.STRANGER, str(request.id))
        want_call(
            session,
            Purpose.CONSENT,
            customer.id,
            request.id,
            then="consent_answered",
            relation=relation,
            tail=relative.number[-4:],
        )
    return Asked(request.id, code)


def _asked_today(session: Session, relative: Relative) -> int:
    theirs = LinkRequest.relative_id == relative.id
    today = LinkRequest.made_at > clock.now() - timedelta(days=1)
    rows = sa.select(sa.func.count()).select_from(LinkRequest)
    return session.scalar(rows.where(theirs, today)) or 0
