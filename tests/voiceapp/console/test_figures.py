"""The desk's figures: each picture and each number, of a week that is known."""

import re
import uuid
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from ivr.calls import Call, Direction
from ivr.waiting import Left, Waiting
from orders.customers import enrol
from orders.escalations import Escalation, Reason, Subject
from tests.voiceapp.console import scenes
from tests.voiceapp.console.browser import DeskBrowser
from voiceapp import clock
from voiceapp.console import charts
from voiceapp.console.models import Correction
from voiceapp.crypto import keys
from voiceapp.house import House
from voiceapp.phone import Phone

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)

_BAR = re.compile(r'text-anchor="end">([^<]*)</text>((?:<rect[^>]*/>)+)<text[^>]*>([^<]*)<')
_WIDTH = re.compile(r'width="([^"]*)"')


@pytest.fixture
def week(house: House, mei: uuid.UUID) -> datetime:
    """Six callers wait, four things need a person, three words are put right, two orders arrive."""
    moment = clock.now()
    with house.db.begin() as session:
        _waits(session, moment)
        _needs(session, moment, mei)
        order_id = scenes.delivered(session).id
        scenes.delivered(session)
        ana = scenes.somebody_of(session, "ana")
        for heard, sku in (("洋柿子", "tomato"), ("洋柿子", "tomato"), ("洋芋", "potato")):
            index = keys().index(heard)
            session.add(
                Correction(
                    order_id=order_id, clerk_id=ana, heard=heard, heard_index=index, sku=sku
                )
            )
        for seconds in (60, 61):
            session.add(
                Call(
                    direction=Direction.IN,
                    purpose="incoming",
                    began_at=moment,
                    answered_at=moment,
                    ended_at=moment + timedelta(seconds=seconds),
                )
            )
    return moment


def _waits(session: Session, moment: datetime) -> None:
    for seconds in (8, 20, 21, 400):
        place = Waiting(call_id=uuid.uuid4(), priority=2, enqueued_at=moment, left=Left.BRIDGED)
        place.answered_at = place.left_at = moment + timedelta(seconds=seconds)
        session.add(place)
    gone = Waiting(call_id=uuid.uuid4(), priority=2, enqueued_at=moment, left=Left.HUNG_UP)
    later = Waiting(call_id=uuid.uuid4(), priority=2, enqueued_at=moment, promised_for=moment)
    session.add_all((gone, later))


def _needs(session: Session, moment: datetime, mei: uuid.UUID) -> None:
    neighbour = enrol(session, "邻居", Phone("+12025550111")).id
    for reason, who, days, in_hand in (
        (Reason.MISSED_TOO_OFTEN, mei, 3, 10 * MINUTE),
        (Reason.MISSED_TOO_OFTEN, mei, 2, 300 * MINUTE),
        (Reason.NOT_AUDIBLE, neighbour, 1, None),
        (Reason.COMPLAINT, neighbour, 1, None),
    ):
        opened = moment - days * DAY
        row = Escalation(
            subject_kind=Subject.CUSTOMER, subject_id=who, customer_id=who, reason=reason,
            priority=5, opened_at=opened,
        )  # fmt: skip
        if in_hand:
            row.claimed_at, row.closed_at = opened, opened + in_hand
        session.add(row)


def picture(desk: DeskBrowser, name: str) -> list[tuple[str, str]]:
    """The bars of a picture: names and numbers, each bar as long as its number says."""
    bars = [
        (label, sum(map(float, _WIDTH.findall(drawn))), number)
        for label, drawn, number in _BAR.findall(desk.open(f"/desk/figures/{name}.svg?days=4"))
    ]
    longest, most = max((width, float(number)) for _, width, number in bars)
    for _, width, number in bars:
        assert width == pytest.approx(longest * float(number) / most, abs=0.2)
    return [(label, number) for label, _, number in bars]


def test_waits_are_grouped_by_their_length(week: datetime, ana: DeskBrowser) -> None:
    assert picture(ana, "waits") == [
        ("10 秒以内", "1"), ("20 秒以内", "1"), ("40 秒以内", "1"), ("60 秒以内", "0"),
        ("120 秒以内", "0"), ("300 秒以内", "0"), ("超过 300 秒", "1"),
    ]  # fmt: skip


def test_answered_abandoned_and_promised_are_told_apart(week: datetime, ana: DeskBrowser) -> None:
    assert picture(ana, "answering") == [
        ("20 秒内接起", "2"), ("20 秒后接起", "2"), ("等不及挂了", "1"), ("改约回电", "1"),
    ]  # fmt: skip


def test_why_the_robot_gave_up_leaves_complaints_out(week: datetime, ana: DeskBrowser) -> None:
    assert picture(ana, "reasons") == [("问了几次都没听明白", "2"), ("录音听不清", "1")]


def test_each_day_has_its_bar_of_why_the_robot_gave_up(
    house: House, week: datetime, ana: DeskBrowser
) -> None:
    days = [(week - back * DAY).astimezone(house.settings.timezone) for back in (3, 2, 1, 0)]

    shown = picture(ana, "by-day")
    ana.open("/desk/figures?days=4")

    assert shown == list(zip((f"{day:%m-%d}" for day in days), "1110", strict=True))
    told = ana.find(r'alt="机器人每天办不了的事：([^"]*)"')
    assert [part.partition("（")[2] for part in told.split("；")] == [
        "问了几次都没听明白 1）", "问了几次都没听明白 1）", "录音听不清 1）"
    ]  # fmt: skip


def test_words_most_often_corrected_stand_first(week: datetime, ana: DeskBrowser) -> None:
    assert picture(ana, "corrected") == [("洋柿子", "2"), ("洋芋", "1")]


def test_the_numbers_of_the_page_are_those_of_the_week(week: datetime, ana: DeskBrowser) -> None:
    ana.open("/desk/figures?days=4&call_minute=30&clerk_hour=4000")

    tiles = dict(re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", ana.page))

    # Three minutes of calls, 10 + 30 of a clerk's time, two orders: (90 + 2667) / 2 fen.
    assert tiles == {
        "20 秒内接起": "40%", "等不及挂了": "20%", "一次办好": "50%", "每单成本": "¥13.78",
        "送到的订单": "2",
    }  # fmt: skip


def test_a_picture_escapes_what_callers_say() -> None:
    assert "<b>" not in charts.bars("words", [("<b>油</b>", (2,))])


def test_a_long_name_has_the_room_that_it_needs() -> None:
    name = "not understood several times"

    drawn = charts.bars("why", [(name, (2,))])

    left = float(re.search(r'<text x="([^"]*)"', drawn)[1])  # type: ignore[index]
    assert left > 6.5 * len(name)

