"""The call back: changes, corrections, questions, somebody else, nobody."""

from datetime import timedelta

from ivr.softphone import FINE, Weather
from orders.escalations import Reason
from orders.lifecycle import Event, State
from orders.order import Order
from tests.conftest import OURS
from tests.stories.town import PATIENCE, Town


def lines(order: Order) -> list[tuple[str, str]]:
    """What an order holds."""
    return [(line.sku, f"{line.quantity.normalize():f}") for line in order.lines]


def test_a_change_in_plain_words_is_read_back_anew(place: Town) -> None:
    place.mei_orders("两斤鸡蛋一桶花生油")
    place.mei_picks_up()
    place.mei.hears("对吗")
    place.mei.says("油不要了")
    place.mei.hears("改好了")
    assert place.mei.hears("两斤鸡蛋") == "两斤鸡蛋。"
    place.mei.hears("对吗")
    place.mei.says("对")
    place.mei.hears("记下了")

    order = place.reaches(State.AWAITING_APPROVAL)
    assert lines(order) == [("egg", "2")]
    assert order.confirmed_words == "对"


def test_no_changes_nothing_and_asks_what_to_correct(place: Town) -> None:
    place.mei_orders("两斤鸡蛋一桶花生油")
    place.mei_picks_up()
    place.mei.hears("对吗")
    place.mei.says("不对")
    place.mei.hears("要改请按一，都不要了请按二")
    assert lines(place.orders()[-1]) == [("egg", "2"), ("peanut-oil", "1")]

    place.mei.presses("1")
    place.mei.hears("请在嘀声后把要改的说一遍")
    place.mei.says_wav(place.ears.voice("鸡蛋改成三斤"))
    place.mei.hears("改好了")
    place.mei.hears("三斤鸡蛋，一桶花生油")
    place.mei.hears("对吗")
    place.mei.presses("1")

    assert lines(place.reaches(State.AWAITING_APPROVAL)) == [("egg", "3"), ("peanut-oil", "1")]


def test_an_open_question_is_answered_before_anything_is_read(place: Town) -> None:
    place.mei_orders("要一袋大米再要几个苹果")
    place.mei_picks_up()
    place.mei.hears("要哪一种")
    place.mei.presses("1")
    place.mei.hears("苹果您要多少")
    place.mei.says("四个")
    place.mei.hears("一袋十斤的大米，两斤苹果")
    place.mei.hears("对吗")
    place.mei.presses("1")

    order = place.reaches(State.AWAITING_APPROVAL)
    assert lines(order) == [("rice-10", "1"), ("apple", "2")]


def test_mere_murmuring_is_no_yes(place: Town) -> None:
    place.mei_orders("两斤鸡蛋")
    place.mei_picks_up()
    place.mei.hears("对吗")
    place.mei.says("嗯")
    place.mei.hears("我没听清")
    place.mei.hears("对吗")
    place.mei.hangs_up()

    order = place.reaches(State.DRAFT)
    assert order.confirmed_at is None


def test_somebody_else_answers_and_hears_nothing_of_the_order(place: Town) -> None:
    place.mei_orders("两斤鸡蛋")
    place.mei.rings_within(PATIENCE).answers()
    place.mei.hears("请问是王梅吗")
    place.mei.presses("2")
    place.mei.hears("麻烦您请王梅来接电话")
    place.mei.presses("2")
    place.mei.hears("我们晚点再打")
    place.mei.is_over_within()

    assert "鸡蛋" not in place.mei.transcript
    assert place.reaches(State.DRAFT).rings == 1


def test_a_machine_gets_no_order(place: Town) -> None:
    place.mei_orders("两斤鸡蛋")
    place.mei.is_owned_by("machine")
    place.mei.hears("我们晚点再打")

    order = place.reaches(State.DRAFT)
    assert "鸡蛋" not in place.mei.transcript
    assert order.confirmed_at is None


def test_nobody_answers_three_times_and_a_person_looks_after_it(place: Town) -> None:
    place.mei_orders("两斤鸡蛋")
    for ring in (1, 2, 3):
        place.mei.rings_within(PATIENCE).lets_it_ring()
        if ring < 3:
            assert place.reaches(State.DRAFT).rings == ring
            place.passes(timedelta(hours=1))

    place.reaches(State.WITH_STAFF)
    assert place.escalated(Reason.NOBODY_ANSWERS)
    rung = [event for event in place.orders()[-1].events if event.name is Event.RUNG]
    assert len(rung) == 3


def test_she_rings_while_we_ring(place: Town) -> None:
    place.mei_says("两斤鸡蛋")
    place.mei.hears("给您打回去核对")
    place.exchange.weather = Weather(api_delay_s=1.5)
    place.mei.is_over_within()
    place.reaches(State.CONFIRMING)

    place.mei.dial(OURS)
    place.mei.hears("您刚才订的还没跟您核对")
    assert place.reaches(State.DRAFT).rings == 0
    place.mei.hangs_up()
    place.exchange.weather = FINE
    place.mei_confirms()

    place.reaches(State.AWAITING_APPROVAL)


def test_a_call_back_that_she_declines_counts_as_missed(place: Town) -> None:
    place.mei_orders("两斤鸡蛋")
    place.mei.rings_within(PATIENCE).declines()

    assert place.reaches(State.DRAFT).rings == 1


def test_all_of_it_refused_is_asked_once_more_and_cancelled(place: Town) -> None:
    place.mei_orders("两斤鸡蛋")
    place.mei_picks_up()
    place.mei.hears("对吗")
    place.mei.says("都不要了")
    place.mei.hears("都不要了，是吗")
    place.mei.presses("1")
    place.mei.hears("给您取消了")

    place.reaches(State.CANCELLED)
