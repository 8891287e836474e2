"""The desk line: those who want a person wait, are put through, rung back, never left alone."""

from datetime import timedelta

import sqlalchemy as sa

from ivr.softphone import Handset
from ivr.waiting import Left
from orders.escalations import Escalation
from tests.stories.browsing import Browser
from tests.stories.desk import (
    asks_for_a_person,
    is_rung_back_in_place_of_waiting,
    places,
    takes_the_call,
)
from tests.stories.town import Town
from voiceapp import clock


def test_a_caller_hears_her_place_and_is_put_through(
    place: Town, ana: Browser, ana_rings: Handset
) -> None:
    asks_for_a_person(place, place.mei)
    place.mei.hears("您是下一位")
    takes_the_call(ana_rings)
    place.mei.hears("工作人员来了")
    place.mei.is_connected_within()
    place.mei.says("我的鸡蛋还没到")
    ana_rings.hears("我的鸡蛋还没到")
    assert "安娜" in ana.opens("/desk/queue").seen

    ana_rings.hangs_up()

    place.mei.hears("再见")
    place.until(lambda: places(place)[0].left is Left.BRIDGED)


def test_the_second_caller_is_told_that_one_is_before_her(
    place: Town, ana: Browser, ana_rings: Handset
) -> None:
    asks_for_a_person(place, place.bo)
    takes_the_call_soon = ana_rings.rings_within(15)
    asks_for_a_person(place, place.mei)

    place.mei.hears("前面还有一位")

    takes_the_call_soon.answers()
    ana_rings.presses("1")
    place.bo.is_connected_within()
    place.bo.hangs_up()
    takes_the_call(ana_rings)
    place.mei.is_connected_within()


def test_a_clerk_who_does_not_answer_is_followed_by_the_next(
    place: Town, ana_rings: Handset, ivo_rings: Handset
) -> None:
    asks_for_a_person(place, place.mei)
    ana_rings.rings_within(15).declines()

    takes_the_call(ivo_rings)

    place.mei.is_connected_within()


def test_a_call_back_in_place_of_waiting_keeps_the_place(
    place: Town, ana: Browser, ana_rings: Handset
) -> None:
    is_rung_back_in_place_of_waiting(place, place.mei, ana_rings)

    assert len(places(place)) == 1 and places(place)[0].promised_for is not None


def test_nobody_on_duty_and_no_answer_is_a_promise_with_a_time(place: Town) -> None:
    place.ana.is_owned_by("nobody")

    asks_for_a_person(place, place.mei)

    place.mei.hears("工作人员都在忙", 20)
    place.mei.hears("最晚")
    place.mei.is_over_within()
    place.until(lambda: places(place)[0].promised_for is not None)


def test_what_she_says_when_nobody_can_be_had_is_heard(place: Town) -> None:
    place.ana.is_owned_by("nobody")
    asks_for_a_person(place, place.mei)
    place.mei.hears("有什么事请在嘀声后说", 20)

    place.mei.says_wav(place.ears.voice("两斤鸡蛋"))

    place.until(lambda: bool(place.orders()) and bool(place.orders()[-1].lines))
    assert [line.sku for line in place.orders()[-1].lines] == ["egg"]


def test_a_promise_that_is_late_stands_at_the_top(place: Town) -> None:
    place.ana.is_owned_by("nobody")
    asks_for_a_person(place, place.mei)
    place.mei.is_over_within(30)
    place.until(lambda: places(place)[0].promised_for is not None)

    place.passes(timedelta(hours=20))

    def raised() -> bool:
        with place.house.db.reading() as session:
            row = session.scalars(sa.select(Escalation)).first()
            return row is not None and row.priority == 1

    place.until(raised, 30)


def test_a_transfer_that_fails_comes_back_to_the_caller(
    place: Town, ana: Browser, ana_rings: Handset, ivo_rings: Handset
) -> None:
    asks_for_a_person(place, place.mei)
    ana_rings.rings_within(15).answers()
    ana_rings.hangs_up()

    place.mei.hears("您是下一位")
    takes_the_call(ivo_rings)

    place.mei.is_connected_within()


def test_a_clerk_whose_line_breaks_leaves_the_caller_to_the_next(
    place: Town, ana: Browser, ana_rings: Handset, ivo_rings: Handset
) -> None:
    asks_for_a_person(place, place.mei)
    place.mei.hears("您是下一位")
    ana_rings.rings_within(15).answers()
    ana_rings.hears("接听请按一")
    ana_rings.presses("1").hangs_up()

    takes_the_call(ivo_rings)

    place.mei.hears("工作人员来了")


def test_after_hours_a_call_back_is_promised_for_the_morning(place: Town) -> None:
    now = clock.now().astimezone(place.house.settings.timezone)
    night = now.replace(hour=21, minute=0)
    place.passes((night - now) % timedelta(days=1))

    asks_for_a_person(place, place.mei)

    place.mei.hears("下班了")
    place.mei.hears("明天上午八点")
    place.mei.is_over_within()
