"""Turns of conversations, as pure as they are: a scene and a turn in, a move out."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

import nlu
from ivr.dialogue import converse
from ivr.talk import Scene, Then, Turn
from orders.catalogue import PILOT

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
WORDS = nlu.Vocabulary(nlu.load_catalogue(PILOT))


def scene(step: str, **memory: object) -> Scene:
    return Scene(now=NOW, step=step, memory=memory, vocabulary=WORDS, people=(("1", "王梅"),))


def deeds(at: Scene, turn: Turn) -> list[str]:
    return [deed.name for deed in converse(at, turn).deeds]


@pytest.mark.parametrize("said", ["同意", "我同意", "是", "对的"])
def test_a_consent_is_taken_from_a_whole_yes(said: str) -> None:
    assert deeds(scene("consenting", code="1234"), Turn(words=said)) == ["consented"]


@pytest.mark.parametrize("said", ["我不同意", "同意什么呀你说清楚"])
def test_anything_less_than_a_whole_yes_is_no_consent(said: str) -> None:
    move = converse(scene("consenting", code="1234"), Turn(words=said))

    assert not any(deed.data.get("yes") for deed in move.deeds)


@pytest.mark.parametrize("step", ["who", "read_back", "options", "rated", "consenting"])
def test_zero_is_a_person_at_every_step(step: str) -> None:
    move = converse(scene(step, code="1234"), Turn(keys="0"))

    assert move.reply is not None
    assert move.reply.then is Then.PERSON


@pytest.mark.parametrize("step", ["who", "read_back", "question"])
def test_danger_comes_before_everything(step: str) -> None:
    move = converse(scene(step), Turn(words="哎呀我摔倒了起不来了"))

    assert move.reply is not None
    assert move.reply.then is Then.EMERGENCY


def test_two_misses_on_one_question_are_a_person() -> None:
    first = converse(scene("who"), Turn())
    assert first.reply is not None
    assert first.reply.then is Then.ASK

    second = converse(scene("who", **first.remember), Turn())

    assert second.reply is not None
    assert second.reply.then is Then.PERSON


def test_the_same_turn_in_the_same_scene_is_the_same_move() -> None:
    turn = Turn(words="是我")

    assert converse(scene("who", start="proceed"), turn) == converse(
        scene("who", start="proceed"), turn
    )
