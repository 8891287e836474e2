"""The sample callers' own recordings, heard by the shipped Whisper model."""

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from ivr.softphone import HANG_UP
from orders.escalations import Reason
from orders.lifecycle import State
from tests.stories.building import town
from tests.stories.desk import hear_each_other
from tests.stories.ears import Whisper
from tests.stories.town import PATIENCE, Passes, Town
from voiceapp.config import Settings

CALLERS = json.loads((files("ivr.speech") / "callers" / "callers.json").read_text("utf-8"))


@pytest.fixture
def heard(settings: Settings, tmp_path: Path, passes: Passes, unhurried: None) -> Iterator[Town]:
    """A town whose transcriber is the shipped model."""
    ears = Whisper(settings)
    ears.warm_up()
    with town(settings, tmp_path, ears, passes) as opened:
        yield opened


def test_a_spoken_order_is_heard_read_back_and_confirmed(heard: Town) -> None:
    heard.mei_orders("我要两斤鸡蛋一桶花生油")
    heard.mei_picks_up()
    heard.mei.hears("两斤鸡蛋，一桶花生油")
    heard.mei.presses("1")
    heard.mei.hears("记下了")

    order = heard.reaches(State.AWAITING_APPROVAL)
    assert [(line.sku, str(line.quantity)) for line in order.lines] == [
        ("egg", "2"),
        ("peanut-oil", "1"),
    ]


def test_a_spoken_correction_on_the_call_back_is_heard(heard: Town) -> None:
    heard.mei_orders("我要两斤鸡蛋一桶花生油")
    heard.mei_picks_up()
    heard.mei.hears("对吗")
    heard.mei.presses("2")
    heard.mei.hears("要改请按一")
    heard.mei.presses("1")
    heard.mei.hears("请在嘀声后把要改的说一遍")
    heard.mei.says_wav(heard.ears.voice("鸡蛋改成三斤"))
    heard.mei.hears("三斤鸡蛋，一桶花生油")


def test_a_spoken_emergency_is_connected_on_this_very_call(heard: Town) -> None:
    heard.mei_says("我摔倒了快来人")

    heard.mei.hears("别着急")
    heard.ana.rings_within(PATIENCE).answers()
    hear_each_other(heard.mei, heard.ana)
    assert heard.escalated(Reason.EMERGENCY)


@pytest.mark.parametrize("text", [row["text"] for row in CALLERS["callers"]])
def test_whatever_the_model_makes_of_a_caller_nothing_is_lost(heard: Town, text: str) -> None:
    heard.mei.dial("+12025550100")
    heard.mei.hears("录音")
    heard.mei.says_wav(heard.ears.voice(text), then=HANG_UP)

    heard.until(lambda: bool(heard.orders()) and heard.orders()[-1].state is not State.HEARD)

    order = heard.orders()[-1]
    assert order.recording_id is not None
    assert order.lines or order.open_questions or heard.asked_of_a_person(order)
