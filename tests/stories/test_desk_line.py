"""The desk line: those who want a person wait, are put through, rung back, never left alone."""

from datetime import timedelta

import sqlalchemy as sa

from ivr.calling import NEXT_RING, RINGS_ELSE
from ivr.softphone import Handset
from ivr.waiting import Left
from orders.escalations import Escalation, Reason
from orders.lifecycle import State
from orders.wanted_calls import Purpose, WantedCall
from tests.conftest import OURS
from tests.stories.browsing import Browser
from tests.stories.desk import (
    asks_for_a_person,
    hear_each_other,
    is_rung_back_in_place_of_waiting,
    keeps_a_place,
    places,
    takes_the_call,
)
from tests.stories.town import PATIENCE, Town
from voiceapp import clock


def test_a_caller_hears_her_place_and_is_put_through(
    place: Town, ana: Browser, ana_rings: Handset
) -> None:
    asks_for_a_person(place, place.mei)
    place.mei.hears("您是下一位")
    takes_the_call(ana_rings)
    place.mei.hears("工作人员来了")
    hear_each_other(place.mei, ana_rings)
    place.mei.says("我的鸡蛋还没到")
    ana_rings.hears("我的鸡蛋还没到")
    assert "安娜" in ana.opens("/desk/queue").seen

    ana_rings.hangs_up()

    place.mei.hears("再见")
    place.until(lambda: places(place)[0].left is Left.BRIDGED)


def test_what_she_has_said_is_on_the_clerks_screen_while_they_talk(
    place: Town, ana: Browser, ana_rings: Handset
) -> None:
    place.mei.dial(OURS)
    place.mei.hears("录音")
    place.mei.says_wav(place.ears.voice("两斤鸡蛋"), then="0")
    takes_the_call(ana_rings)
    hear_each_other(place.mei, ana_rings)
    place.until(lambda: place.orders()[-1].state is State.WITH_STAFF)

    ana.opens("/desk/queue").follows("/desk/escalations/")

    assert "两斤鸡蛋" in ana.seen and "在您手里" in ana.seen


def test_the_second_caller_is_told_that_one_is_before_her(
    place: Town, ana: Browser, ana_rings: Handset
) -> None:
    asks_for_a_person(place, place.bo)
    takes_the_call_soon = ana_rings.rings_within(PATIENCE)
    asks_for_a_person(place, place.mei)

    place.mei.hears("前面还有一位，大约要等六分钟")

    takes_the_call_soon.answers()
    ana_rings.presses("1")
    hear_each_other(place.bo, ana_rings)
    place.bo.hangs_up()
    takes_the_call(ana_rings)
    hear_each_other(place.mei, ana_rings)


def test_a_clerk_who_does_not_answer_is_followed_by_the_next(
    place: Town, ana_rings: Handset, ivo_rings: Handset
) -> None:
    asks_for_a_person(place, place.mei)
    ana_rings.rings_within(PATIENCE).declines()

    takes_the_call(ivo_rings)

    hear_each_other(place.mei, ivo_rings)


def test_a_call_back_in_place_of_waiting_keeps_the_place(
    place: Town, ana: Browser, ana_rings: Handset
) -> None:
    is_rung_back_in_place_of_waiting(place, place.mei, ana_rings)

    assert len(places(place)) == 1 and places(place)[0].promised_for is not None


def test_a_place_that_is_kept_stands_before_whoever_comes_later(
    place: Town, ana: Browser, ana_rings: Handset
) -> None:
    ana_rings.is_owned_by("busy")
    keeps_a_place(place, place.mei)

    asks_for_a_person(place, place.bo)
    place.bo.hears("前面还有一位")
    ana_rings.is_owned_by("person")

    place.mei.rings_within(PATIENCE).answers()
    place.mei.hears("您刚才要找人")
    takes_the_call(ana_rings)
    hear_each_other(place.mei, ana_rings)
    ana_rings.hangs_up()
    takes_the_call(ana_rings)
    hear_each_other(place.bo, ana_rings)


def test_who_does_not_answer_the_promised_call_stays_with_the_desk(
    place: Town, ana: Browser, ana_rings: Handset
) -> None:
    ana_rings.is_owned_by("busy")
    keeps_a_place(place, place.mei)

    place.mei.is_owned_by("nobody")
    ana_rings.is_owned_by("person")
    for rung in range(1, RINGS_ELSE + 1):
        place.until(lambda rung=rung: rings(place) == rung)
        place.passes(NEXT_RING)

    place.until(lambda: places(place)[0].left is Left.UNREACHED)
    assert place.escalated(Reason.ASKED_FOR_PERSON).closed_at is None


def rings(place: Town) -> int:
    """How often the call that was promised has ended unanswered."""
    with place.house.db.reading() as session:
        promised = sa.select(WantedCall.rings).where(WantedCall.purpose == Purpose.PROMISED)
        return session.scalar(promised) or 0


def test_nobody_on_duty_and_no_answer_is_a_promise_with_a_time(place: Town) -> None:
    place.ana.is_owned_by("nobody")

    asks_for_a_person(place, place.mei)

    place.mei.hears("工作人员都在忙")
    place.mei.hears("最晚")
    place.mei.is_over_within()
    place.until(lambda: places(place)[0].promised_for is not None)


def test_what_she_says_when_nobody_can_be_had_is_heard(place: Town) -> None:
    place.ana.is_owned_by("nobody")
    asks_for_a_person(place, place.mei)
    place.mei.hears("有什么事请在嘀声后说")

    place.mei.says_wav(place.ears.voice("两斤鸡蛋"))

    place.until(lambda: bool(place.orders()) and bool(place.orders()[-1].lines))
    assert [line.sku for line in place.orders()[-1].lines] == ["egg"]


def test_a_promise_that_is_late_stands_at_the_top(place: Town) -> None:
    place.ana.is_owned_by("nobody")
    asks_for_a_person(place, place.mei)
    place.mei.is_over_within()
    place.until(lambda: places(place)[0].promised_for is not None)

    place.passes(timedelta(hours=20))

    def raised() -> bool:
        with place.house.db.reading() as session:
            row = session.scalars(sa.select(Escalation)).first()
            return row is not None and row.priority == 1

    place.until(raised)


def test_a_transfer_that_fails_comes_back_to_the_caller(
    place: Town, ana: Browser, ana_rings: Handset, ivo_rings: Handset
) -> None:
    asks_for_a_person(place, place.mei)
    ana_rings.rings_within(PATIENCE).answers()
    ana_rings.hangs_up()

    place.mei.hears("您是下一位")
    takes_the_call(ivo_rings)

    hear_each_other(place.mei, ivo_rings)


def test_a_clerk_whose_line_breaks_leaves_the_caller_to_the_next(
    place: Town, ana: Browser, ana_rings: Handset, ivo_rings: Handset
) -> None:
    asks_for_a_person(place, place.mei)
    place.mei.hears("您是下一位")
    ana_rings.rings_within(PATIENCE).answers()
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
