"""Orders put where a story begins, without the calls that brought them there."""

import uuid
from decimal import Decimal

from sqlalchemy.orm import Session

from orders import catalogue, drafting, intake, visits
from orders.lifecycle import Event
from orders.order import Order
from orders.people import ROBOT
from orders.recordings import Recording
from orders.visits import Visit
from tests.conftest import MEI
from tests.stories.town import Town
from voiceapp import clock
from voiceapp.phone import Phone

PAID = (Event.UNDERSTOOD, Event.RUNG, Event.CONFIRMED, Event.APPROVED, Event.PAID)


def ordered(session: Session, *skus: str, events: tuple[Event, ...] = PAID) -> Order:
    """Mei's order of one of each, moved on by these events. Nothing follows from them any more."""
    recording = Recording(call_id=uuid.uuid4(), text="", seconds=4.2, heard_at=clock.now())
    session.add(recording)
    session.flush()
    order = intake.hear(session, recording, Phone(MEI))
    for product in catalogue.by_sku(session, set(skus)).values():
        drafting.add_line(order, product, Decimal(1))
    for event in events:
        order.move(event, ROBOT)
    for row in order.events:
        row.reacted_at = clock.now()
    session.flush()
    return order


def on_the_way(place: Town, *skus: str) -> list[uuid.UUID]:
    """Somebody has set out on every visit of an order of these; the visits."""
    with place.house.db.begin() as session:
        order = ordered(session, *skus)
        rows = visits.plan(session, order)
        for row in rows:
            visits.send(session, row, "小张", ROBOT)
        return [row.id for row in rows]


def arrived(place: Town, *skus: str) -> list[uuid.UUID]:
    """An order of these has arrived, and its visits are done."""
    done = on_the_way(place, *skus)
    with place.house.db.begin() as session:
        for visit_id in done:
            visits.finish(session, session.get_one(Visit, visit_id), ROBOT)
    return done
