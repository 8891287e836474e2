"""What was given back on a day is compared with our own books as well."""

import uuid
from datetime import timedelta

import pytest
import requests
import sqlalchemy as sa

from family_link.cashier import Returned
from family_link.cashier.bills import HEADS, bill
from family_link.cashier.books import Trade
from family_link.gateway import GivenBack
from family_link.reconciling import Differs, What
from family_link.refunds import Refund, RefundState
from family_link.wechatpay_bill import read
from orders.escalations import Reason, open_for
from orders.lifecycle import Event
from orders.order import Order
from orders.people import clerk
from tests.family_link import test_reconciling
from tests.family_link.test_paying import post_notice, trade_of, waiting_to_pay
from tests.family_link.town import Family
from voiceapp import clock

PAID = 26_960
"""What Lin paid, in fen."""


def differences(home: Family, days_ago: int = 0) -> list[tuple[Differs, int | None, int | None]]:
    return test_reconciling.differences(home, days_ago, What.REFUND)


def given_back(home: Family) -> Trade:
    """Lin has paid, the order is cancelled, and all of it went back."""
    lin, order_id = waiting_to_pay(home)
    trade = trade_of(home, lin, order_id)
    home.books.pay(trade)
    post_notice(home, trade)
    with home.db.begin() as session:
        session.get_one(Order, order_id).move(Event.WITHDRAWN, clerk(uuid.uuid4()))
    home.work()
    return trade


def only(home: Family) -> Returned:
    (row,) = home.books.refunds.values()
    return row


def asked_of_a_person(home: Family) -> list[Reason]:
    with home.db.reading() as session:
        refund = session.scalars(sa.select(Refund)).first()
        assert refund is not None and refund.attempt is not None
        return [row.reason for row in open_for(session, refund.attempt.payment_id)]


def test_a_refund_that_both_sides_have_alike_is_no_difference(home: Family) -> None:
    given_back(home)

    assert only(home).fen == PAID
    assert differences(home) == []


def test_a_refund_that_somebody_made_at_the_firm_itself_goes_before_a_person(home: Family) -> None:
    trade = given_back(home)
    home.books.refunds["MADE-BY-HAND"] = Returned("MADE-BY-HAND", trade.number, 500)

    assert differences(home) == [(Differs.NOT_IN_OURS, None, 500)]
    assert asked_of_a_person(home) == [Reason.WRONG_AMOUNT]


def test_a_refund_that_the_firm_does_not_have_is_listed(home: Family) -> None:
    given_back(home)
    home.books.refunds.clear()

    assert differences(home) == [(Differs.NOT_AT_FIRM, PAID, None)]
    assert asked_of_a_person(home) == [Reason.WRONG_AMOUNT]


def test_a_refund_of_another_amount_is_listed(home: Family) -> None:
    given_back(home)
    only(home).fen -= 100

    assert differences(home) == [(Differs.AMOUNT, PAID, PAID - 100)]


@pytest.mark.parametrize("status", ["ABNORMAL", "CLOSED"])
def test_a_refund_that_came_to_nothing_at_the_firm_is_no_refund(home: Family, status: str) -> None:
    given_back(home)
    home.books.finish_refund(only(home), status)

    assert differences(home) == [(Differs.NOT_AT_FIRM, PAID, None)]


def test_a_refund_that_we_gave_up_and_the_firm_made_is_listed(home: Family) -> None:
    given_back(home)
    with home.db.begin() as session:
        session.scalars(sa.select(Refund)).one().state = RefundState.FAILED

    assert differences(home) == [(Differs.NOT_IN_OURS, None, PAID)]


@pytest.mark.parametrize(("days", "found"), [(1, True), (3, True), (9, False)])
def test_a_refund_that_the_firm_worked_on_for_days_is_found_where_it_began(
    home: Family, days: int, found: bool
) -> None:
    given_back(home)
    there = clock.now().astimezone(home.house.settings.timezone)
    only(home).asked_at = (there - timedelta(days=days)).isoformat()
    with home.db.begin() as session:
        session.scalars(sa.select(Refund)).one().wanted_at -= timedelta(days=days)

    assert differences(home) == ([] if found else [(Differs.NOT_AT_FIRM, PAID, None)])


def test_a_refund_that_the_firm_still_works_on_agrees_already(home: Family) -> None:
    home.books.works_on_refunds = True
    given_back(home)

    assert only(home).status == "PROCESSING"
    assert differences(home) == []


def test_the_bill_has_the_firms_columns_for_each_kind(home: Family) -> None:
    given_back(home)
    day = only(home).asked_at[:10]

    heads = {kind: (bill(home.books, day, kind) or b"").decode().splitlines() for kind in HEADS}

    assert {kind: len(lines) - 3 for kind, lines in heads.items()} == {
        "ALL": 2, "SUCCESS": 1, "REFUND": 1
    }
    for lines in heads.values():
        columns = lines[0].split(",")
        assert all(len(line.split(",")) == len(columns) for line in lines[1:-2])
    assert "退款申请时间,退款成功时间,微信退款单号,商户退款单号" in heads["REFUND"][0]
    assert "代金券金额,微信退款单号,商户退款单号,退款金额" in heads["ALL"][0]
    assert heads["ALL"][-2].endswith("订单总金额,申请退款总金额")


def test_a_bill_is_read_as_the_firm_writes_it() -> None:
    """With its byte order mark, its line ends, and a refund beside its payment."""
    told = read(
        f"\ufeff{HEADS['ALL']}\r\n"
        "`2024-07-09 16:47:58,`wxe1,`1579507281,`0,`,`420000220220,`56173633,`oVgf,`JSAPI,`REFUND,"
        "`OTHERS,`CNY,`0.00,`0.00,`503027099920,`56224353,`50.00,`0.00,`ORIGINAL,`SUCCESS,"
        "`客户付款,`,`-0.27000,`0.54%,`0.00,`50.00,`\r\n"
        "`2024-07-09 10:06:33,`wxe1,`1579507281,`0,`,`420000236020,`56223342,`oVgf,`JSAPI,`SUCCESS,"
        "`OTHERS,`CNY,`60.00,`0.00,`0,`0,`0.00,`0.00,`,`,"
        "`客户付款,`,`0.32000,`0.54%,`60.00,`0.00,`\r\n"
        "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额\r\n"
        "`2,`60.00,`50.00,`0.00,`0.05000,`60.00,`50.00\r\n"
    )

    assert [(row.trade, row.fen) for row in told.traded] == [("56223342", 6000)]
    assert told.given_back == [GivenBack("56224353", "56173633", 5000)]


def test_an_unsigned_request_gets_no_bill(home: Family) -> None:
    url = home.house.settings.wechatpay_api_url

    answer = requests.get(f"{url}/v3/bill/tradebill?bill_date=2026-01-01", timeout=5)

    assert answer.status_code == 401
