"""What else she may want, each answered in its own way."""

import pytest

from ivr.softphone import HANG_UP
from orders import visits
from orders.escalations import Reason
from orders.lifecycle import State
from orders.order import Order
from orders.people import ROBOT
from tests.stories.arranging import ordered
from tests.stories.town import Town


def delivered(place: Town, text: str) -> None:
    """An order of Mei's that has arrived and was paid at the door."""
    place.mei_orders(text)
    place.mei_confirms()
    lin = place.lin_signs_in().follows("/family/orders/")
    place.lin_pays(lin)
    ana = place.ana_signs_in().waits_for("/desk/board", "/send")
    ana.sends("/send", worker="小张")
    place.mei_is_told("小张")
    ana.opens("/desk/board").sends("/done")
    place.mei_picks_up()
    place.mei.hears("您满意吗")
    place.mei.presses("5")
    place.mei.is_over_within()
    place.reaches(State.DELIVERED)


def usual_is_read_back(place: Town, said: str, read: str) -> None:
    delivered(place, "两斤鸡蛋一桶花生油")

    place.mei_says(said)
    place.mei.hears("照上次的来")
    place.mei.is_over_within()
    place.mei_picks_up()
    place.mei.hears(read)
    place.mei.presses("1")

    place.reaches(State.AWAITING_APPROVAL)


def test_the_usual_is_the_last_delivered_order_read_back(place: Town) -> None:
    usual_is_read_back(place, "还是老样子", "两斤鸡蛋，一桶花生油")


def test_the_usual_comes_without_what_she_leaves_out_and_with_what_she_adds(place: Town) -> None:
    usual_is_read_back(place, "照上次的来鸡蛋不要了再加两块豆腐", "一桶花生油，两块豆腐")


def test_what_the_month_has_cost_is_said_on_the_line(place: Town) -> None:
    delivered(place, "两斤鸡蛋一桶花生油")

    place.mei_says("我这个月花了多少钱")
    place.mei.hears("这个月您一共花了一百四十块六")
    place.mei.hangs_up()


def test_where_my_order_is(place: Town) -> None:
    place.mei_orders("两斤鸡蛋")
    place.mei_confirms()

    place.mei_says("我要的菜怎么还没到啊")
    place.mei.hears("鸡蛋，等您家里人点头")
    place.mei.hears("还要什么请在嘀声后说")
    place.mei.hangs_up()


def test_a_question_that_she_hung_up_on_is_answered_by_a_call(place: Town) -> None:
    place.mei_orders("两斤鸡蛋")
    place.mei_confirms()

    place.mei.dial("+12025550100")
    place.mei.hears("录音")
    place.mei.says_wav(place.ears.voice("我要的菜怎么还没到啊"), then=HANG_UP)
    place.mei.is_over_within()

    place.mei_is_told("鸡蛋，等您家里人点头")


def test_cancelling_asks_which_and_takes_a_yes_on_our_call(place: Town) -> None:
    for text in ("两斤鸡蛋", "一桶花生油"):
        place.mei_orders(text)
        place.mei_confirms()

    place.mei_says("我那个订单不要了给我取消吧")
    place.mei.hears("问清楚再取消")
    place.mei.is_over_within()
    assert {order.state for order in place.orders()[:2]} == {State.AWAITING_APPROVAL}
    place.mei_picks_up()
    place.mei.hears("花生油请按一，鸡蛋请按二")
    place.mei.presses("2")
    place.mei.hears("取消鸡蛋，是吗")
    place.mei.presses("1")
    place.mei.hears("取消了")

    states = [order.state for order in place.orders()[:2]]
    assert states == [State.CANCELLED, State.AWAITING_APPROVAL]


def test_what_sets_out_between_the_question_and_the_yes_is_not_called_cancelled(
    place: Town,
) -> None:
    with place.house.db.begin() as session:
        order_id = ordered(session, "egg").id
    place.mei_says("我那个订单不要了给我取消吧")
    place.mei.hears("问清楚再取消")
    place.mei.is_over_within()
    place.mei_picks_up()
    place.mei.hears("取消鸡蛋，是吗")

    with place.house.db.begin() as session:
        for visit in visits.plan(session, session.get_one(Order, order_id)):
            visits.send(session, visit, "小张", ROBOT)
    place.mei.presses("1")

    place.mei.hears("已经送出来了，取消不了")
    assert place.escalated(Reason.ASKED_FOR_PERSON).subject_id == order_id
    states = {order.id: order.state for order in place.orders()}
    assert states[order_id] is State.DISPATCHED


@pytest.mark.parametrize(
    ("said", "heard"),
    [("鸡蛋多少钱一斤", "鸡蛋一斤五块八"), ("花生油什么价", "花生油一桶一百二十九块")],
)
def test_a_price_is_told(place: Town, said: str, heard: str) -> None:
    place.mei_says(said)

    place.mei.hears(heard)
    place.mei.hangs_up()


def test_anything_else_is_a_clerks(place: Town) -> None:
    place.mei_says("今天天气真好啊")

    place.mei.hears("工作人员会给您回电话")
    assert place.escalated(Reason.OTHER_WISH)
