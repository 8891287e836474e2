"""More than was confirmed is asked for again, and the work waits."""

import uuid

import pytest

from family_link.payments import of_order
from family_link.supplements import ask_for_more, waiting
from orders import visits
from orders.lifecycle import Event, State
from orders.order import Order
from orders.people import FIRM, clerk
from orders.relatives import Link
from tests.conftest import LIN
from tests.family_link.supplements import VALVE, paid_and_more
from tests.family_link.test_approving import HUA, add_hua, climb
from tests.family_link.test_paying import post_notice, trade_of, waiting_to_pay
from tests.family_link.town import Family
from voiceapp import clock
from voiceapp.errors import NotAllowed


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
    assert len([words for words in home.texts.to(LIN) if "已经出门" in words]) == 1
    paid = [words for words in home.texts.to(LIN) if "已付款" in words]
    assert len(paid) == (2 if decision == "approve" else 1)
    with home.db.begin() as session:
        visits.finish(session, visits.of_order(session, order_id)[0], plumber)
    assert home.state(order_id) is State.DELIVERED


def test_the_timeline_says_that_more_was_refused_and_not_that_it_was_paid(home: Family) -> None:
    lin, order_id = paid_and_more(home)
    path = f"/family/orders/{order_id}"

    lin.post(f"{path}/decline", reason="too_dear")
    home.work()

    page = lin.get(path).text
    assert "没有同意加钱" in page
    assert page.count("已付款") == 1


def test_of_two_rounds_only_those_of_the_last_hear_that_somebody_answered(home: Family) -> None:
    add_hua(home)
    order_id = home.confirmed("egg", quantity=1)
    home.work()
    climb(home, order_id)
    lin = home.phone()
    lin.sign_in(LIN)
    path = f"/family/orders/{order_id}"
    lin.post(f"{path}/approve", page=path)
    home.work()
    told = len(home.texts.to(HUA))
    with home.db.begin() as session:
        order = session.get_one(Order, order_id)
        order.move(Event.PAID, FIRM)
        ask_for_more(session, order, VALVE, "要换一个阀门", clerk(uuid.uuid4()))
    home.work()

    lin.post(f"{path}/approve", page=path)
    home.work()

    answered = [words for words in home.texts.to(HUA)[told:] if "已经有家人处理了" in words]
    assert answered == []


@pytest.mark.parametrize("end", [True, False])
def test_whose_link_has_ended_is_told_no_more(home: Family, end: bool) -> None:
    add_hua(home)
    order_id = home.confirmed("egg")
    home.work()
    climb(home, order_id)
    hua = home.phone()
    hua.sign_in(HUA)
    if end:
        with home.db.begin() as session:
            session.get_one(Link, home.people.link.id).revoked_at = clock.now()

    hua.post(f"/family/orders/{order_id}/approve", page=f"/family/orders/{order_id}")
    home.work()

    told = [words for words in home.texts.to(LIN) if "已经有家人处理了" in words]
    assert len(told) == (0 if end else 1)
