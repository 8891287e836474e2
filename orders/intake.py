"""Where orders are born: a recording that arrived, a child's cart, a clerk's form."""

import uuid

from sqlalchemy.orm import Session

from orders.customers import Customer, household
from orders.lifecycle import Event
from orders.order import Order
from orders.people import Author, caller
from orders.recordings import Recording
from voiceapp.crypto import keys
from voiceapp.phone import Phone


def hear(session: Session, recording: Recording, phone: Phone | None) -> Order:
    """An order for a recording: it has an id before anybody knows what was said.

    Whose it is, is known where the number is one person's; on a shared line the call back asks.
    """
    known = household(session, phone) if phone else []
    only = known[0] if len(known) == 1 else None
    return Order.born(
        session,
        Event.HEARD,
        caller(only.id if only else None),
        customer=only,
        number=phone.e164 if phone else None,
        number_index=keys().index(phone.e164) if phone else None,
        recording_id=recording.id,
    )


def take(
    session: Session, customer: Customer, by: Author, placed_by: uuid.UUID | None = None
) -> Order:
    """An empty order that somebody else writes for a customer: a clerk, or a child who may."""
    phone = customer.phone
    return Order.born(
        session,
        Event.TAKEN if placed_by is None else Event.PLACED,
        by,
        customer=customer,
        number=phone.e164 if phone else None,
        number_index=keys().index(phone.e164) if phone else None,
        placed_by=placed_by,
    )
