"""More is found on a visit than was confirmed."""

import uuid

import sqlalchemy as sa

from family_link.supplements import ask_for_more
from orders import visits
from orders.order import Order
from orders.people import clerk
from orders.wanted_calls import Outcome, Purpose, WantedCall
from tests.family_link.test_paying import post_notice, trade_of, waiting_to_pay
from tests.family_link.town import Browser, Family

VALVE = 3500
"""A valve of 35 yuan, found on the visit."""


def paid_and_more(home: Family) -> tuple[Browser, uuid.UUID]:
    """Lin has paid; the plumber finds that a valve is needed."""
    lin, order_id = waiting_to_pay(home)
    trade = trade_of(home, lin, order_id)
    home.books.pay(trade)
    post_notice(home, trade)
    home.work()
    with home.db.begin() as session:
        order = session.get_one(Order, order_id)
        ask_for_more(session, order, VALVE, "要换一个阀门", clerk(uuid.uuid4()))
    home.work()
    return lin, order_id


def answer(home: Family, outcome: Outcome) -> None:
    with home.db.begin() as session:
        wish = session.scalars(
            sa.select(WantedCall).where(WantedCall.purpose == Purpose.SUPPLEMENT)
        ).one()
        assert wish.facts == {"fen": VALVE}
        wish.finish(session, outcome)
    home.work()


def at_the_door(home: Family, order_id: uuid.UUID) -> None:
    """The plumber has set out, is there, and finds that a valve is needed."""
    plumber = clerk(uuid.uuid4())
    with home.db.begin() as session:
        visits.send(session, visits.of_order(session, order_id)[0], "老张", plumber)
        order = session.get_one(Order, order_id)
        ask_for_more(session, order, VALVE, "要换一个阀门", plumber)
    home.work()
