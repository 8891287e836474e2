"""Those whom nobody has on file: heard, helped, and told nothing."""

from datetime import timedelta

import pytest

from ivr.softphone import HANG_UP, Handset
from ivr.waiting import Left
from orders.escalations import Reason
from orders.lifecycle import State
from tests.conftest import OURS
from tests.stories.browsing import Browser
from tests.stories.desk import (
    hear_each_other,
    is_rung_back_in_place_of_waiting,
    places,
    takes_the_call,
)
from tests.stories.town import PATIENCE, Town


def test_an_unknown_caller_is_heard_and_goes_to_a_clerk(place: Town) -> None:
    place.bo.dial(OURS)
    place.bo.hears("录音")
    place.bo.says_wav(place.ears.voice("两斤鸡蛋"))
    place.bo.hears("工作人员会给您回电话")
    place.bo.is_over_within()

    place.reaches(State.WITH_STAFF)
    assert place.escalated(Reason.UNKNOWN_CALLER)
    assert place.dialled() == 0


def test_a_withheld_number_is_put_through_since_nobody_can_ring_it(
    place: Town, ana: Browser, ana_rings: Handset
) -> None:
    place.bo.dial(OURS, withheld=True)
    place.bo.hears("录音")
    place.bo.says_wav(place.ears.voice("两斤鸡蛋"))
    place.bo.hears("我给您转人工")
    assert "请按一" not in place.bo.hears("您是下一位")

    takes_the_call(ana_rings)

    hear_each_other(place.bo, ana_rings)
    assert place.escalated(Reason.UNKNOWN_CALLER)


def test_a_withheld_number_is_promised_no_call(place: Town) -> None:
    place.ana.is_owned_by("nobody")
    place.bo.dial(OURS, withheld=True)
    place.bo.hears("要人工请按零")
    place.bo.presses("0")

    place.bo.hears("我们打不过去")

    place.until(lambda: places(place)[0].left is Left.UNREACHED)


def test_a_stranger_is_rung_back_in_place_of_waiting_and_told_nothing(
    place: Town, ana: Browser, ana_rings: Handset
) -> None:
    is_rung_back_in_place_of_waiting(place, place.bo, ana_rings)

    assert len(places(place)) == 1
    assert "王梅" not in place.bo.transcript


@pytest.mark.parametrize("hour", [14, 3])
def test_a_strangers_lost_emergency_is_rung_back_at_any_hour(place: Town, hour: int) -> None:
    place.passes(timedelta(hours=hour))
    place.bo.dial(OURS)
    place.bo.hears("录音")
    place.bo.says_wav(place.ears.voice("我摔倒了快来人"), then=HANG_UP)

    place.bo.rings_within(PATIENCE).answers()

    place.bo.hears("刚才电话断了")
    place.ana.rings_within(PATIENCE)
    assert place.escalated(Reason.EMERGENCY).priority == 0
