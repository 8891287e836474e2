"""The night: what was promised is kept in the morning, and danger knows no hours."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
import sqlalchemy as sa

from ivr.softphone import Handset
from ivr.waiting import Left
from orders.errands import Errand
from tests.conftest import MEI
from tests.stories.desk import (
    ANA_RINGS_AT,
    asks_for_a_person,
    hear_each_other,
    places,
    takes_the_call,
)
from tests.stories.town import PATIENCE, Town
from voiceapp import clock
from voiceapp.config import Hours, Settings


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """We ring nobody before eight or after eight."""
    return replace(settings, calling_hours=Hours(time(8), time(20)))


def falls(place: Town, hour: int) -> None:
    """It becomes this hour, where the community lives."""
    now = clock.now().astimezone(place.house.settings.timezone)
    place.passes((now.replace(hour=hour, minute=0, second=0) - now) % timedelta(days=1))


def test_a_call_back_promised_at_night_is_kept_in_the_morning(place: Town) -> None:
    falls(place, 21)
    asks_for_a_person(place, place.mei)
    place.mei.hears("最晚明天上午八点一刻")
    place.mei.hangs_up()
    place.mei.is_over_within()

    falls(place, 8)
    place.ana_signs_in().opens("/desk/queue").sends("/duty", number=ANA_RINGS_AT)
    place.mei.rings_within(PATIENCE).answers()
    place.mei.hears("您刚才要找人")
    ana_rings = Handset(place.exchange_url, ANA_RINGS_AT, patience_s=PATIENCE)
    takes_the_call(ana_rings)

    hear_each_other(place.mei, ana_rings)
    (kept,) = places(place)
    assert kept.promised_for is not None and kept.answered_at is not None
    assert kept.answered_at < kept.promised_for
    assert kept.left in (None, Left.BRIDGED)


def test_an_order_waits_for_the_morning_and_an_emergency_does_not(place: Town) -> None:
    place.ana.is_owned_by("nobody")
    falls(place, 3)
    place.mei_orders("两斤鸡蛋")
    place.until(lambda: put_off_till_morning(place))

    place.mei_says("我摔倒了快来人")
    place.mei.hears("幺二零")
    place.mei.hangs_up()

    place.mei.rings_within(PATIENCE).answers()
    place.mei.hears("刚才电话断了")
    place.lin.rings_within(PATIENCE).answers()
    place.lin.hears("急事")
    assert place.dialled(MEI) == 1


def put_off_till_morning(place: Town) -> bool:
    """Whether the call back that reads the order over waits for the hours in which we ring."""
    with place.house.db.reading() as session:
        due = session.scalar(sa.select(Errand.next_try_at).where(Errand.name == "ring_back"))
    return due is not None and due > clock.now() + timedelta(hours=4)
