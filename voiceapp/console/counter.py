"""An order that a clerk, a community worker or a volunteer takes down for somebody."""

from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

import nlu
from orders import drafting, intake, vocabulary
from orders.consents import Consent
from orders.customers import Customer
from orders.order import Order
from orders.people import Author
from voiceapp import clock
from voiceapp.errors import NotAllowed

TO_ORDER = "order_taken_for_me"
"""What she agrees to: that somebody at the desk writes her order down."""


def take(
    session: Session, person: Customer, said: str, consent: str, by: Author, zone: ZoneInfo
) -> Order:
    """A draft of what she says, in her words, with the consent that it rests on.

    What is not plain becomes an open question. The yes to the order itself is hers, on the call
    back to her number. Raises NotAllowed without a consent or with nothing understood.
    """
    if not consent.strip():
        raise NotAllowed("write down how she agreed")
    moment = clock.now().astimezone(zone)
    heard = nlu.Heard(text=said.strip(), now=moment)
    understood = nlu.parse(heard, vocabulary.of_caller(session, person.id))
    if not understood.items and not understood.clarify:
        raise NotAllowed("nothing to order was understood; write it as she would say it")
    order = intake.take(session, person, by)
    drafting.draft(session, order, understood)
    order.due_at = order.deadline(moment)
    session.add(
        Consent(customer_id=person.id, to_what=TO_ORDER, words=consent.strip(), clerk_id=by.id)
    )
    return order
