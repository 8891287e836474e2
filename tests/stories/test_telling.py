"""What she is only told: once, all of it on one call, and again if she likes."""

from datetime import timedelta

from orders.escalations import Reason
from tests.stories.arranging import on_the_way
from tests.stories.town import PATIENCE, Town


def test_two_who_set_out_together_are_told_of_on_one_call(place: Town) -> None:
    on_the_way(place, "egg", "svc-plumb")

    place.mei_picks_up()
    place.mei.hears("小张给您送鸡蛋")
    place.mei.hears("小张上门来做水管维修")
    place.mei.hears("再听一遍请按一")
    place.mei.hangs_up()
    place.passes(timedelta(minutes=30))

    place.mei_orders("两斤鸡蛋")
    place.mei_picks_up()
    assert place.dialled() == 2


def test_she_hears_it_again_as_often_as_she_asks(place: Town) -> None:
    on_the_way(place, "egg")
    place.mei_picks_up()
    place.mei.hears("小张给您送鸡蛋")

    place.mei.presses("1")
    place.mei.hears("小张给您送鸡蛋")
    place.mei.says("你再说一遍")
    place.mei.hears("小张给您送鸡蛋")
    place.mei.stays_silent()

    place.mei.hears("再见")


def test_zero_while_she_is_told_is_a_person(place: Town) -> None:
    on_the_way(place, "egg")
    place.mei_picks_up()
    place.mei.presses("0")

    place.mei.hears("我给您转人工")
    place.ana.rings_within(PATIENCE)
    assert place.escalated(Reason.ASKED_FOR_PERSON)
