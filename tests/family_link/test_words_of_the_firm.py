"""What the firm says is believed when it is the firm, of this moment, and to the fen."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from family_link.cashier.signing import headers_for, seal_notice
from family_link.gateway import Traded
from family_link.payments import AttemptState, of_order
from family_link.settling import settle
from orders.escalations import Reason, open_for
from orders.lifecycle import State
from tests.family_link.test_paying import payment, post_notice, refunds, trade_of, waiting_to_pay
from tests.family_link.town import Family


@pytest.mark.parametrize("ended", [True, False])
def test_an_old_word_that_comes_after_the_payment_changes_nothing(
    home: Family, ended: bool
) -> None:
    lin, order_id = waiting_to_pay(home)
    trade = trade_of(home, lin, order_id)
    home.books.pay(trade)
    post_notice(home, trade)

    with home.db.begin() as session:
        settle(session, Traded(trade.number, paid=False, ended=ended))

    assert home.state(order_id) is State.READY
    assert payment(home, order_id).attempts[0].state is AttemptState.PAID


def test_a_payment_that_is_told_of_after_its_closing_counts(home: Family) -> None:
    lin, order_id = waiting_to_pay(home)
    trade = trade_of(home, lin, order_id)
    with home.db.begin() as session:
        settle(session, Traded(trade.number, paid=False, ended=True))
    home.books.pay(trade)

    assert post_notice(home, trade) == 204

    assert home.state(order_id) is State.READY
    assert refunds(home) == []


def test_a_wrong_amount_pays_nothing_and_goes_before_a_person(home: Family) -> None:
    lin, order_id = waiting_to_pay(home)
    trade = trade_of(home, lin, order_id)
    home.books.pay(trade, fen=trade.fen - 1)

    post_notice(home, trade)

    assert home.state(order_id) is State.AWAITING_PAYMENT
    with home.db.reading() as session:
        due = of_order(session, order_id)[0]
        assert [row.reason for row in open_for(session, due.id)] == [Reason.WRONG_AMOUNT]


def test_a_forged_notice_is_refused(home: Family) -> None:
    lin, order_id = waiting_to_pay(home)
    trade = trade_of(home, lin, order_id)
    home.books.pay(trade)
    headers, body = home.books.notice_of(trade)
    signature = headers["Wechatpay-Signature"]
    flipped = ("A" if signature[0] != "A" else "B") + signature[1:]

    answers = [
        requests.post(trade.notify_url, data=body, headers=headers | changed, timeout=10)
        for changed in (
            {"Wechatpay-Signature": flipped},
            {"Wechatpay-Serial": "PUB_KEY_ID_0"},
            {"Wechatpay-Timestamp": "not a time"},
            {"Wechatpay-Signature-Type": "plain"},
        )
    ]
    answers.append(requests.post(trade.notify_url, data=body + " ", headers=headers, timeout=10))
    answers.append(requests.post(trade.notify_url, data=b"", timeout=10))

    assert {answer.status_code for answer in answers} == {401}
    assert home.state(order_id) is State.AWAITING_PAYMENT


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_notice_of_another_time_is_refused(home: Family, minutes: int) -> None:
    lin, order_id = waiting_to_pay(home)
    trade = trade_of(home, lin, order_id)
    home.books.pay(trade)
    merchant = home.books.merchant
    body = seal_notice(merchant, "TRANSACTION.SUCCESS", home.books.told_of(trade))
    fresh = headers_for(merchant, body)
    stamp = int(fresh["Wechatpay-Timestamp"]) + minutes * 60

    replayed = requests.post(
        trade.notify_url, data=body, headers=headers_for(merchant, body, stamp), timeout=10
    )

    assert replayed.status_code == 401
    assert home.state(order_id) is State.AWAITING_PAYMENT


def test_two_words_of_the_firm_at_the_same_moment_are_one_payment(home: Family) -> None:
    lin, order_id = waiting_to_pay(home)
    trade = trade_of(home, lin, order_id)
    home.books.pay(trade)
    traded = home.house.providers["gateway"].query(trade.number)

    def say(first: bool) -> None:
        with home.db.begin() as session:
            settle(session, traded)
            if first:
                begun.set()
                time.sleep(0.5)

    begun = threading.Event()
    with ThreadPoolExecutor(2) as both:
        one = both.submit(say, True)
        assert begun.wait(10)
        other = both.submit(say, False)
        one.result()
        other.result()
    home.work()

    assert refunds(home) == []
    assert home.state(order_id) is State.READY
