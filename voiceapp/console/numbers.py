"""Numbers on file: changed on the ground of a call to the old one, or by a supervisor."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ivr.waiting import DeskCall
from orders.customers import Customer, CustomerNumber
from voiceapp import clock
from voiceapp.console.models import NumberChange
from voiceapp.console.rights import DeskRole, Right, may
from voiceapp.crypto import keys
from voiceapp.errors import NotAllowed
from voiceapp.phone import Phone

FRESH = timedelta(hours=1)
"""A call to the old number carries a change for so long."""


@dataclass(frozen=True)
class Ground:
    """On what a change rests: a call to the old number, or (None) a supervisor's word."""

    desk_call_id: uuid.UUID | None


def answered_call(session: Session, customer_id: uuid.UUID, clerk_id: uuid.UUID) -> DeskCall | None:
    """The clerk's own fresh call to the caller's number on file that was answered."""
    return session.scalar(
        sa.select(DeskCall)
        .where(
            DeskCall.customer_id == customer_id,
            DeskCall.clerk_id == clerk_id,
            DeskCall.answered_at > clock.now() - FRESH,
        )
        .order_by(DeskCall.answered_at.desc())
        .limit(1)
    )


def ground(
    session: Session, person: Customer, clerk_id: uuid.UUID, role: DeskRole
) -> Ground | None:
    """On what this clerk may change a number at present; None where on nothing."""
    if may(role, Right.NUMBERS):
        return Ground(None)
    call = answered_call(session, person.id, clerk_id)
    return Ground(call.id) if call else None


def need_ground(session: Session, person: Customer, clerk_id: uuid.UUID, role: DeskRole) -> Ground:
    """The same. Raises NotAllowed where there is none."""
    found = ground(session, person, clerk_id, role)
    if found is None:
        raise NotAllowed("ring her on the number on file first, or ask a supervisor")
    return found


def put(
    session: Session,
    person: Customer,
    phone: Phone,
    instead_of: str,
    clerk_id: uuid.UUID,
    on: Ground,
) -> None:
    """Add a number, or put it in place of an old one (its id); kept in the book of changes."""
    if any(row.number == phone.e164 for row in person.numbers):
        raise NotAllowed("this number is on file already")
    index, before = keys().index(phone.e164), ""
    if instead_of:
        row = next((each for each in person.numbers if str(each.id) == instead_of), None)
        if row is None:
            raise NotAllowed("the old number is no longer on file")
        before, row.number, row.number_index = row.number, phone.e164, index
    else:
        rank = len(person.numbers)
        person.numbers.append(CustomerNumber(number=phone.e164, number_index=index, rank=rank))
    session.add(
        NumberChange(
            customer_id=person.id,
            clerk_id=clerk_id,
            desk_call_id=on.desk_call_id,
            before=before,
            after=phone.e164,
        )
    )
