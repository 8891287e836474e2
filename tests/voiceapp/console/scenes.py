"""Orders in the states that the desk meets them in."""

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

import nlu
from orders import catalogue, drafting, intake, visits
from orders.customers import household
from orders.deadlines import hand_over
from orders.escalations import Escalation, Reason, Subject, escalate
from orders.lifecycle import Event
from orders.order import Order
from orders.people import ROBOT, Author, clerk
from orders.recordings import Recording
from tests.conftest import MEI
from voiceapp import clock
from voiceapp.console.clerks import by_login
from voiceapp.phone import Phone

SAID = "给我来两斤洋柿子一桶花生油"


class Shelf:
    """Recordings as the store keeps them, in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def write(self, name: str, content: bytes) -> None:
        """Keep it."""
        self.kept[name] = content

    def delete(self, name: str) -> None:
        """Keep it no longer."""
        self.kept.pop(name, None)

    def read(self, name: str) -> bytes:
        """The audio."""
        return self.kept[name]


def heard(session: Session, said: str = SAID, who: str = MEI, **columns: Any) -> Order:
    """A recording arrived and an order was born of it."""
    recording = Recording(call_id=uuid.uuid4(), text=said, seconds=4.2, **columns)
    session.add(recording)
    session.flush()
    return intake.hear(session, recording, Phone(who))


def line(order: Order, session: Session, sku: str, quantity: str = "2", heard: str = "") -> None:
    """One line as the robot would have written it."""
    product = catalogue.by_sku(session, {sku})[sku]
    drafting.add_line(
        order, product, Decimal(quantity), None, heard, {"how": "sound", "margin": 0.2}
    )


def at_desk(session: Session, reason: Reason = Reason.MISSED_TOO_OFTEN, who: str = MEI) -> Order:
    """An order with one line and an open question, given to the desk."""
    order = heard(session, who=who)
    line(order, session, "peanut-oil", "1", "一桶花生油")
    drafting.ask(
        order,
        nlu.Clarify("q1", "product", "两斤洋柿子", ("tomato", "potato"), quantity=Decimal(2)),
    )
    order.move(Event.UNDERSTOOD, ROBOT)
    hand_over(session, order, reason)
    return order


def ready(session: Session, who: str = MEI, ends_in: timedelta | None = None) -> Order:
    """An approved and paid order with its visits."""
    order = heard(session, who=who)
    line(order, session, "peanut-oil", "1")
    if ends_in is not None:
        moment = clock.now()
        order.lines[0].window_start = moment - timedelta(hours=1)
        order.lines[0].window_end = moment + ends_in
    for event in (Event.UNDERSTOOD, Event.RUNG, Event.CONFIRMED, Event.APPROVED, Event.PAID):
        order.move(event, ROBOT)
    visits.plan(session, order)
    return order


def asked_for_person(session: Session) -> Escalation:
    """Mei said 人工 on a call."""
    mei = household(session, Phone(MEI))[0]
    return escalate(session, Subject.CALL, uuid.uuid4(), Reason.ASKED_FOR_PERSON, mei.id)


def delivered(session: Session, who: str = MEI) -> Order:
    """An order that was sent and done."""
    order = ready(session, who)
    for visit in visits.of_order(session, order.id):
        visits.send(session, visit, "老赵", ROBOT)
        visits.finish(session, visit, ROBOT)
    return order


def somebody() -> Author:
    """A clerk who is not Ana."""
    return clerk(uuid.UUID(int=9))


def somebody_of(session: Session, login: str) -> uuid.UUID:
    """The id of whoever has this login."""
    found = by_login(session, login)
    assert found is not None
    return found.id
