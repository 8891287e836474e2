"""Money arrives once, whatever the firm says and however often."""

import re
import uuid
from datetime import timedelta

import requests
import sqlalchemy as sa

from family_link.cashier.books import Trade
from family_link.payments import AttemptState, Payment, PaymentState, of_order
from family_link.refunds import Refund, RefundState, Why
from orders.lifecycle import Event, State
from orders.order import Order
from orders.people import caller
from tests.conftest import LIN
from tests.family_link.town import Browser, Family


def waiting_to_pay(home: Family) -> tuple[Browser, uuid.UUID]:
    """Lin has approved and stands before the pay page."""
    order_id = home.confirmed("egg", "peanut-oil")
    home.work()
    lin = home.phone()
    lin.sign_in(LIN)
    lin.post(f"/family/orders/{order_id}/approve", page=f"/family/orders/{order_id}")
    home.work()
    return lin, order_id


def trade_of(home: Family, lin: Browser, order_id: uuid.UUID) -> Trade:
    """Lin has opened a payment; it at the firm."""
    page = lin.post(f"/family/orders/{order_id}/pay").text
    found = re.search(r"prepay_id=(\w+)", page)
    assert found is not None
    trade = home.books.prepared(found[1])
    assert trade is not None
    return trade


def post_notice(home: Family, trade: Trade) -> int:
    return home.books.notify(trade)


def refunds(home: Family) -> list[Refund]:
    with home.db.reading() as session:
        return list(session.scalars(sa.select(Refund).order_by(Refund.wanted_at)))


def payment(home: Family, order_id: uuid.UUID) -> Payment:
    with home.db.reading() as session:
        row = of_order(session, order_id)[0]
        assert len(row.attempts) >= 0
        return row


def test_the_same_notice_twice_pays_once(home: Family) -> None:
    lin, order_id = waiting_to_pay(home)
    trade = trade_of(home, lin, order_id)
    home.books.pay(trade)
    headers, body = home.books.notice_of(trade)

    first, again = (
        requests.post(trade.notify_url, data=body, headers=headers, timeout=10) for _ in range(2)
    )

    assert (first.status_code, again.status_code) == (204, 204)
    assert home.state(order_id) is State.READY
    home.work()
    assert refunds(home) == []


def test_a_second_notice_of_the_same_payment_changes_nothing(home: Family) -> None:
    lin, order_id = waiting_to_pay(home)
    trade = trade_of(home, lin, order_id)
    home.books.pay(trade)

    assert [post_notice(home, trade), post_notice(home, trade)] == [204, 204]

    assert home.state(order_id) is State.READY
    assert payment(home, order_id).state is PaymentState.PAID
    assert refunds(home) == []


def test_a_notice_that_never_comes_is_asked_for(home: Family) -> None:
    lin, order_id = waiting_to_pay(home)
    trade = trade_of(home, lin, order_id)
    home.books.pay(trade)

    home.work(ahead=timedelta(minutes=2))

    assert home.state(order_id) is State.READY


def test_paying_after_cancelling_is_given_back_by_itself(home: Family) -> None:
    lin, order_id = waiting_to_pay(home)
    trade = trade_of(home, lin, order_id)
    home.books.pay(trade)
    with home.db.begin() as session:
        session.get_one(Order, order_id).move(Event.WITHDRAWN, caller(home.people.mei.id))

    post_notice(home, trade)
    home.work()

    assert home.state(order_id) is State.CANCELLED
    assert [(row.why, row.fen, row.state) for row in refunds(home)] == [
        (Why.PAID_TOO_LATE, trade.fen, RefundState.DONE)
    ]
    assert [row.fen for row in home.books.refunds.values()] == [trade.fen]


def test_cancelling_closes_what_is_open_at_the_firm(home: Family) -> None:
    lin, order_id = waiting_to_pay(home)
    trade = trade_of(home, lin, order_id)
    with home.db.begin() as session:
        session.get_one(Order, order_id).move(Event.WITHDRAWN, caller(home.people.mei.id))

    home.work()

    assert trade.state == "CLOSED"
    assert payment(home, order_id).attempts[0].state is AttemptState.CLOSED


def test_cancelling_a_paid_order_gives_all_of_it_back_once(home: Family) -> None:
    lin, order_id = waiting_to_pay(home)
    trade = trade_of(home, lin, order_id)
    home.books.pay(trade)
    post_notice(home, trade)
    with home.db.begin() as session:
        session.get_one(Order, order_id).move(Event.WITHDRAWN, caller(home.people.mei.id))

    home.work()
    home.work()

    assert [(row.why, row.state) for row in refunds(home)] == [(Why.CANCELLED, RefundState.DONE)]


def test_paying_twice_at_two_phones_gives_the_second_back(home: Family) -> None:
    lin, order_id = waiting_to_pay(home)
    first = trade_of(home, lin, order_id)
    with home.db.begin() as session:
        for attempt in of_order(session, order_id)[0].attempts:
            attempt.where = None
            attempt.expires_at = attempt.opened_at
    second = trade_of(home, lin, order_id)
    assert first.number != second.number
    for trade in (first, second):
        home.books.pay(trade)
        post_notice(home, trade)

    home.work()

    assert [(row.why, row.fen) for row in refunds(home)] == [(Why.PAID_TWICE, second.fen)]


def test_the_firm_being_down_is_said_on_the_page(home: Family) -> None:
    lin, order_id = waiting_to_pay(home)
    home.house.providers["gateway"]._pay._core._gate_way = "http://127.0.0.1:9"

    page = lin.post(f"/family/orders/{order_id}/pay")

    assert page.status_code == 503
    assert "微信支付暂时没有回应" in page.text
    assert home.state(order_id) is State.AWAITING_PAYMENT
