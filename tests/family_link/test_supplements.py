"""More than was confirmed is asked for again, and the work waits."""

import uuid

import pytest
import sqlalchemy as sa

from family_link.payments import of_order
from family_link.supplements import ask_for_more, waiting
from orders import visits
from orders.escalations import Reason, open_for
from orders.lifecycle import State
from orders.order import Order
from orders.people import clerk
from orders.wanted_calls import Outcome, Purpose, WantedCall
from tests.conftest import LIN
from tests.family_link.test_paying import post_notice, trade_of, waiting_to_pay
from tests.family_link.town import Browser, Family
from voiceapp.errors import NotAllowed

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


def test_a_supplement_is_approved_and_only_the_difference_is_paid(home: Family) -> None:
    lin, order_id = paid_and_more(home)
    page = lin.get(f"/family/orders/{order_id}").text
    assert "要换一个阀门" in page and "同意 ¥35.00" in page
    assert any("¥35.00" in words for words in home.texts.to(LIN))

    lin.post(f"/family/orders/{order_id}/approve", page=f"/family/orders/{order_id}")
    home.work()
    trade = trade_of(home, lin, order_id)
    assert trade.fen == VALVE
    home.books.pay(trade)
    post_notice(home, trade)

    assert home.state(order_id) is State.READY
    with home.db.reading() as session:
        assert [(row.leg, row.fen) for row in of_order(session, order_id)][1] == (1, VALVE)


def test_a_refused_supplement_leaves_the_order_as_it_was_confirmed(home: Family) -> None:
    lin, order_id = paid_and_more(home)

    lin.post(f"/family/orders/{order_id}/decline", reason="too_dear")
    home.work()

    assert home.state(order_id) is State.READY
    with home.db.reading() as session:
        assert len(of_order(session, order_id)) == 1
        assert waiting(session, order_id) is None


def answer(home: Family, outcome: Outcome) -> None:
    with home.db.begin() as session:
        wish = session.scalars(
            sa.select(WantedCall).where(WantedCall.purpose == Purpose.SUPPLEMENT)
        ).one()
        assert wish.facts == {"fen": VALVE}
        wish.finish(session, outcome)
    home.work()


def test_the_parents_no_stands_and_a_person_sees_to_it(home: Family) -> None:
    _, order_id = paid_and_more(home)

    answer(home, Outcome.NO)

    assert home.state(order_id) is State.READY
    with home.db.reading() as session:
        assert [row.reason for row in open_for(session, order_id)] == [Reason.PARENT_OBJECTS]


def test_the_parents_yes_still_leaves_the_paying_to_the_child(home: Family) -> None:
    _, order_id = paid_and_more(home)

    answer(home, Outcome.YES)

    assert home.state(order_id) is State.AWAITING_APPROVAL


def test_one_supplement_waits_at_a_time_and_each_has_a_reason(home: Family) -> None:
    _, order_id = paid_and_more(home)

    for fen, reason in ((100, "再来一个"), (0, "什么"), (100, " ")):
        with home.db.begin() as session, pytest.raises(NotAllowed):
            order = session.get_one(Order, order_id)
            ask_for_more(session, order, fen, reason, clerk(uuid.uuid4()))


@pytest.mark.parametrize("decision", ["approve", "decline"])
def test_work_that_waited_at_the_door_goes_on_when_it_is_ruled_on(
    home: Family, decision: str
) -> None:
    lin, order_id = waiting_to_pay(home)
    trade = trade_of(home, lin, order_id)
    home.books.pay(trade)
    post_notice(home, trade)
    home.work()
    plumber = clerk(uuid.uuid4())
    with home.db.begin() as session:
        visit = visits.of_order(session, order_id)[0]
        visits.send(session, visit, "老张", plumber)
        order = session.get_one(Order, order_id)
        ask_for_more(session, order, VALVE, "要换一个阀门", plumber)
    home.work()
    assert home.state(order_id) is State.AWAITING_APPROVAL

    page = f"/family/orders/{order_id}"
    if decision == "approve":
        lin.post(f"{page}/approve", page=page)
        home.work()
        more = trade_of(home, lin, order_id)
        home.books.pay(more)
        post_notice(home, more)
    else:
        lin.post(f"{page}/decline", reason="too_dear")
    home.work()

    assert home.state(order_id) is State.DISPATCHED
    with home.db.begin() as session:
        visits.finish(session, visits.of_order(session, order_id)[0], plumber)
    assert home.state(order_id) is State.DELIVERED
