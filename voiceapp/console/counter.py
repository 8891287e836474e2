"""An order that a clerk, a community worker or a volunteer takes down for somebody."""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

import nlu
from orders import drafting, intake, vocabulary
from orders.consents import Consent
from orders.customers import Customer
from orders.lifecycle import Event, State
from orders.order import Order, OrderEvent
from orders.people import Author
from voiceapp import clock
from voiceapp.errors import NotAllowed

TO_ORDER = "order_taken_for_me"
"""What she agrees to: that somebody at the desk writes her order down."""

AGAIN = timedelta(minutes=2)
"""The same order by the same clerk within so long is a button that was pressed twice."""


def take(
    session: Session, person: Customer, said: str, consent: str, by: Author, zone: ZoneInfo
) -> Order:
    """A draft of what she says, in her words, with the consent that it rests on.

    What is not plain becomes an open question. The yes to the order itself is hers, on the call
    back to her number. What the same clerk wrote down a moment ago, and nobody has touched, is
    not written twice. Raises NotAllowed without a consent or with nothing understood.
    """
    if not consent.strip():
        raise NotAllowed("write down how she agreed")
    moment = clock.now().astimezone(zone)
    heard = nlu.Heard(text=said.strip(), now=moment)
    understood = nlu.parse(heard, vocabulary.of_caller(session, person.id))
    if not understood.items and not understood.clarify:
        raise NotAllowed("nothing to order was understood; write it as she would say it")
    # Of a button that was pressed twice the second waits here, and finds what the first wrote.
    session.execute(sa.select(Customer.id).where(Customer.id == person.id).with_for_update())
    attempt = session.begin_nested()
    order = intake.take(session, person, by)
    drafting.draft(session, order, understood)
    session.flush()
    written = _written_before(session, order, by)
    if written is not None:
        attempt.rollback()
        return written
    attempt.commit()
    order.due_at = order.deadline(moment)
    session.add(
        Consent(customer_id=person.id, to_what=TO_ORDER, words=consent.strip(), clerk_id=by.id)
    )
    return order


Wish = tuple[str, Decimal, datetime | None, datetime | None]


def _written_before(session: Session, order: Order, by: Author) -> Order | None:
    mine = sa.exists().where(
        OrderEvent.order_id == Order.id,
        OrderEvent.name == Event.TAKEN,
        OrderEvent.author == by.id,
    )
    fresh = sa.select(Order).where(
        Order.customer_id == order.customer_id,
        Order.id != order.id,
        Order.state == State.DRAFT,
        Order.created_at > clock.now() - AGAIN,
        mine,
    )
    same = (each for each in session.scalars(fresh) if _wishes(each) == _wishes(order))
    return next(same, None)


def _wishes(order: Order) -> tuple[set[Wish], set[str]]:
    lines = {
        (line.sku, line.quantity, line.window_start, line.window_end) for line in order.lines
    }
    return lines, {str(question.row.get("heard")) for question in order.open_questions}
