"""Her own money stays her own; the family's money arrives, waits, and goes back."""

from datetime import timedelta

import pytest
import requests
import sqlalchemy as sa

from family_link.refunds import Refund, RefundState
from orders.escalations import Reason
from orders.lifecycle import Event, State
from orders.order import Order
from tests.conftest import LIN
from tests.stories.browsing import clerk
from tests.stories.test_family import confirmed
from tests.stories.town import PASSWORD, SECRET, Town
from voiceapp.console.clerks import enrol_clerk


def delivered(place: Town) -> Order:
    """Somebody goes, and has been."""
    ana = place.ana_signs_in().waits_for("/desk/board", "/send").sends("/send", worker="小张")
    ana.opens("/desk/board").sends("/done")
    return place.reaches(State.DELIVERED)


def texts_to_lin(place: Town) -> list[str]:
    """Every text message that Lin's telephone got."""
    return [entry["text"] for entry in place.lin.entries if entry["kind"] == "sms"]


def given_back(place: Town) -> list[int]:
    """What our books say has gone back."""
    with place.house.db.reading() as session:
        done = sa.select(Refund.fen).where(Refund.state == RefundState.DONE)
        return list(session.scalars(done))


def firm_works_on(place: Town) -> bool:
    """Whether the firm's answer, that it takes its time, is in our books."""
    with place.house.db.reading() as session:
        return session.scalars(sa.select(Refund)).one().firm_id is not None


def lins_token(place: Town) -> dict[str, str]:
    """Lin signs in on her mini-program; what it sends along."""
    api = f"{place.url}/api/v1"
    code_id = requests.post(f"{api}/codes", json={"number": LIN}, timeout=10).json()["id"]
    code = "".join(each for each in place.lin.reads("验证码").split("，")[0] if each.isdigit())
    tokens = requests.post(
        f"{api}/sessions/by-code", json={"id": code_id, "code": code}, timeout=10
    ).json()
    return {"Authorization": f"Bearer {tokens['token']}"}


def test_a_private_order_is_paid_at_the_door_and_no_child_learns_of_it(place: Town) -> None:
    place.mei_orders("我要两斤鸡蛋，我自己付，别告诉闺女")
    place.mei_confirms()
    order = place.reaches(State.READY)

    delivered(place)

    assert order.private
    assert place.escalated(Reason.CASH_NOT_COLLECTED).subject_id == order.id
    lin = place.lin_signs_in()
    assert "鸡蛋" not in lin.seen and order.code not in lin.seen
    parent = lin.opens("/family/parents").follows("/family/parents/").url
    for path in ("", "/rules", "/tab", "/order?usual=1"):
        page = lin.opens(parent + path)
        assert page.status == 200
        assert "鸡蛋" not in page.seen and "11.60" not in page.seen
    for path in ("", "/audio", "/pay", "/decline", "/trim"):
        assert lin.opens(f"/family/orders/{order.id}{path}").status == 404
    mine, api = lins_token(place), f"{place.url}/api/v1"
    assert requests.get(f"{api}/orders", headers=mine, timeout=10).json() == []
    hidden = requests.get(f"{api}/orders/{order.id}", headers=mine, timeout=10)
    assert hidden.status_code == 404
    assert all("验证码" in words for words in texts_to_lin(place))


def test_a_payment_that_no_notice_tells_of_is_asked_for_and_a_late_one_changes_nothing(
    place: Town,
) -> None:
    confirmed(place)
    lin = place.lin_signs_in().follows("/family/orders/")
    lin.sends("/approve").sends("/pay").follows(place.cashier_url)
    (trade,) = place.books.trades.values()
    place.books.pay(trade)

    place.passes(timedelta(minutes=2))

    place.reaches(State.READY)
    assert place.books.notify(trade) == 204
    paid = [event for event in place.orders()[-1].events if event.name is Event.PAID]
    assert len(paid) == 1 and place.books.refunds == {}


def test_more_that_is_found_at_the_door_is_told_to_the_parent_and_paid_by_the_child(
    place: Town,
) -> None:
    confirmed(place)
    lin = place.lin_signs_in().follows("/family/orders/")
    page = lin.url
    place.lin_pays(lin)
    order = place.reaches(State.READY)
    ana = place.ana_signs_in().waits_for("/desk/board", "/send").sends("/send", worker="小张")
    place.mei_is_told("小张")

    ana.opens(f"/desk/orders/{order.id}").sends(
        "/supplement", yuan="35", reason="要换一个阀门"
    )
    place.reaches(State.AWAITING_APPROVAL)
    place.mei_picks_up()
    place.mei.hears("要多花三十五块")
    place.mei.presses("1")
    assert "¥35.00" in place.lin.reads("¥35.00")
    assert "要换一个阀门" in lin.opens(page).seen
    place.lin_pays(lin)

    place.reaches(State.DISPATCHED)
    assert [trade.paid for trade in place.books.trades.values()] == [14060, 3500]


@pytest.mark.parametrize("told", [True, False])
def test_a_bad_line_is_given_back_though_the_firm_takes_its_time(
    place: Town, told: bool
) -> None:
    place.books.works_on_refunds = True
    confirmed(place)
    place.lin_pays(place.lin_signs_in().follows("/family/orders/"))
    place.reaches(State.READY)
    eggs = next(line for line in delivered(place).lines if line.sku == "egg")
    place.mei_picks_up()
    place.mei.hears("您满意吗")
    place.mei.presses("1")
    place.escalated(Reason.LOW_RATING)
    with place.house.db.begin() as session:
        enrol_clerk(session, "sun", "老孙", PASSWORD, "supervisor", SECRET)
    sun = clerk(place.url, "sun", PASSWORD, SECRET).waits_for("/desk/", "/claim")
    sun.sends("/claim").opens("/desk/cases").follows("/desk/cases/")

    sun.sends("/rule", ruling="refunded", line=str(eggs.id), yuan="3.20", tell="")
    place.until(lambda: bool(place.books.refunds))
    (row,) = place.books.refunds.values()
    place.until(lambda: firm_works_on(place))
    place.books.finish_refund(row)
    if told:
        assert place.books.notify_refund(row) == 204
    else:
        place.passes(timedelta(minutes=11))

    assert row.fen == 320
    place.until(lambda: given_back(place) == [320])
    assert len(place.books.refunds) == 1


def test_nobody_answers_within_a_two_hour_window_and_she_pays_at_the_door(place: Town) -> None:
    place.mei_orders("两斤鸡蛋，今天中午十二点以前送来")
    place.mei_confirms()
    order = place.reaches(State.AWAITING_APPROVAL)
    ends = [line.window_end for line in order.lines]
    assert place.lin.reads("等您同意")

    place.passes(timedelta(minutes=50))
    assert place.escalated(Reason.PATIENCE_SPENT).subject_id == order.id
    place.passes(timedelta(minutes=50))

    ready = place.reaches(State.READY)
    assert ready.events[-1].facts["why"] == "nobody_answered"
    assert None not in ends
