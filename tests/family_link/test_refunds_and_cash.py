"""What goes back by line, and what is taken at the door."""

import uuid

import requests
import sqlalchemy as sa

from family_link.cashier.signing import headers_for, seal_notice
from family_link.payments import PaymentState, collect
from family_link.refunds import Refund, RefundState, refund_line
from orders import visits
from orders.escalations import Reason, open_for
from orders.lifecycle import State
from orders.order import Order
from orders.people import clerk
from tests.family_link.test_paying import payment, post_notice, trade_of, waiting_to_pay
from tests.family_link.test_rules import entries, lin_with_a_tab
from tests.family_link.town import Family


def test_a_line_that_weighed_less_is_given_back_by_line_and_once(home: Family) -> None:
    lin, order_id = waiting_to_pay(home)
    trade = trade_of(home, lin, order_id)
    home.books.pay(trade)
    post_notice(home, trade)

    for _ in range(2):
        with home.db.begin() as session:
            order = session.get_one(Order, order_id)
            refund_line(session, order, order.lines[0].id, 120)
    home.work()

    assert [row.fen for row in home.books.refunds.values()] == [120]


def test_cash_that_nobody_took_goes_before_a_person(home: Family) -> None:
    order_id = home.confirmed("egg", pays_self=True, private=True)
    home.work()
    assert home.state(order_id) is State.READY

    deliver(home, order_id)

    with home.db.reading() as session:
        assert [row.reason for row in open_for(session, order_id)] == [Reason.CASH_NOT_COLLECTED]


def test_cash_is_collected_by_the_person_who_took_it(home: Family) -> None:
    order_id = home.confirmed("egg", pays_self=True, private=True)
    home.work()
    courier = clerk(uuid.uuid4())

    with home.db.begin() as session:
        collect(session, session.get_one(Order, order_id), courier)
    deliver(home, order_id)

    row = payment(home, order_id)
    assert (row.state, row.paid_by) == (PaymentState.COLLECTED, courier.id)
    with home.db.reading() as session:
        assert open_for(session, order_id) == []


def deliver(home: Family, order_id: uuid.UUID) -> None:
    with home.db.begin() as session:
        for visit in visits.of_order(session, order_id):
            visits.send(session, visit, "小张", clerk(uuid.uuid4()))
            visits.finish(session, visit, clerk(uuid.uuid4()))
    home.work()


def test_less_of_a_line_on_the_tab_is_taken_off_the_tab(home: Family) -> None:
    lin_with_a_tab(home)
    order_id = home.confirmed("egg")
    home.work()

    with home.db.begin() as session:
        order = session.get_one(Order, order_id)
        refund_line(session, order, order.lines[0].id, 160)

    assert entries(home) == [(1000, False)]
    assert home.books.refunds == {}


def test_the_firms_notice_of_a_refund_is_taken_once(home: Family) -> None:
    lin, order_id = waiting_to_pay(home)
    trade = trade_of(home, lin, order_id)
    home.books.pay(trade)
    post_notice(home, trade)
    with home.db.begin() as session:
        order = session.get_one(Order, order_id)
        refund_line(session, order, order.lines[0].id, 100)
        refund = session.scalars(sa.select(Refund)).one()
    told = {
        "mchid": home.books.merchant.mch_id,
        "out_trade_no": trade.number,
        "out_refund_no": refund.id.hex,
        "refund_id": "50",
        "refund_status": "SUCCESS",
    }
    body = seal_notice(home.books.merchant, "REFUND.SUCCESS", told)

    answers = [
        requests.post(
            trade.notify_url,
            data=body,
            headers=headers_for(home.books.merchant, body),
            timeout=10,
        ).status_code
        for _ in range(2)
    ]

    assert answers == [204, 204]
    with home.db.reading() as session:
        assert session.scalars(sa.select(Refund.state)).all() == [RefundState.DONE]
