"""Turns of conversations, as pure as they are: a scene and a turn in, a move out."""

import re
import uuid
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import ivr
import nlu
from ivr import desk_script, script
from ivr.calling import OPENINGS
from ivr.deeds import DEEDS
from ivr.dialogue import STEPS, converse
from ivr.talk import OpenQuestion, Scene, Then, Turn
from orders.catalogue import PILOT
from orders.wanted_calls import Purpose

LONGEST = 34
"""Characters of one sentence: about eight seconds at the speed of our voice."""

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


def test_three_misses_in_one_call_are_a_person_whatever_was_asked() -> None:
    missed = Turn(words="今天天气不错")
    memory: dict[str, object] = {"start": "proceed"}
    connected = []
    for step, turn in (
        ("who", missed), ("who", Turn(keys="1")),
        ("read_back", missed), ("read_back", Turn(words="不对")),
        ("options", missed),
    ):  # fmt: skip
        move = converse(scene(step, **memory), turn)
        connected.append(move.reply is not None and move.reply.then is Then.PERSON)
        memory |= move.remember

    assert connected == [False, False, False, False, True]


def test_the_same_turn_in_the_same_scene_is_the_same_move() -> None:
    turn = Turn(words="是我")

    assert converse(scene("who", start="proceed"), turn) == converse(
        scene("who", start="proceed"), turn
    )


RICE = nlu.Clarify("q1", "product", "大米", ("a", "b", "c", "d"), quantity=Decimal(1))
FOUR = tuple((sku, f"{sku}号大米") for sku in RICE.options)


def asked_which(**memory: object) -> Scene:
    question = OpenQuestion(uuid.UUID(int=1), RICE, "大米", FOUR)
    return replace(scene("question", **memory), question=question)


def test_of_four_kinds_two_are_read_and_one_key_is_for_the_others() -> None:
    first = converse(replace(asked_which(), step="proceed"), Turn())
    others = converse(asked_which(**first.remember), Turn(keys="3"))
    third = converse(asked_which(**others.remember), Turn(keys="1"))

    assert first.reply is not None and others.reply is not None
    assert first.reply.says == ("大米要哪一种？a号大米请按一，b号大米请按二，别的请按三。",)
    assert others.reply.says == ("大米要哪一种？c号大米请按一，d号大米请按二，别的请按三。",)
    assert not others.missed
    assert [deed.data.get("sku") for deed in third.deeds] == ["c"]


@pytest.mark.parametrize(("key", "sku"), [("1", ""), ("2", "b"), ("3", "c")])
def test_a_key_means_what_was_read_though_one_of_them_has_gone_since(key: str, sku: str) -> None:
    question = OpenQuestion(uuid.UUID(int=1), RICE, "大米", FOUR[:3])
    first = converse(replace(scene("proceed"), question=question), Turn())
    question = replace(question, options=FOUR[1:3])
    left = replace(scene("question", **first.remember), question=question)

    move = converse(left, Turn(keys=key))

    assert [deed.data.get("sku") for deed in move.deeds] == ([sku] if sku else [])
    assert move.first == (() if sku else ("真不巧，a号大米刚刚没有了。",))
    assert (move.step, move.missed) == ("proceed", False)


def test_a_yes_to_two_names_is_none_to_the_one_that_is_left() -> None:
    question = OpenQuestion(uuid.UUID(int=1), RICE, "大米", FOUR[:2])
    first = converse(replace(scene("proceed"), question=question), Turn())
    question = replace(question, options=FOUR[:1])
    left = replace(scene("question", **first.remember), question=question)

    move = converse(left, Turn(words="对"))

    assert move.missed and "chosen" not in [deed.name for deed in move.deeds]


@pytest.mark.parametrize("turn", [Turn(keys="1"), Turn(words="对"), Turn(words="是的")])
def test_where_one_name_is_offered_a_yes_takes_it(turn: Turn) -> None:
    unknown = nlu.Clarify("q1", "product", "两条手捏子", ("towel",), quantity=Decimal(2), unit="条")
    question = OpenQuestion(uuid.UUID(int=1), unknown, "", (("towel", "毛巾"),))

    move = converse(replace(scene("question"), question=question), turn)

    assert [(deed.name, deed.data["sku"]) for deed in move.deeds] == [("chosen", "towel")]


def test_a_yes_takes_none_of_two_names() -> None:
    move = converse(asked_which(), Turn(words="对"))

    assert move.missed
    assert [deed.name for deed in move.deeds] == ["asked"]


def test_of_three_kinds_all_are_read() -> None:
    question = OpenQuestion(uuid.UUID(int=1), RICE, "大米", FOUR[:3])
    move = converse(replace(scene("proceed"), question=question), Turn())

    assert move.reply is not None
    assert move.reply.says == ("大米要哪一种？a号大米请按一，b号大米请按二，c号大米请按三。",)


def test_neither_of_two_on_one_line_is_a_key_that_is_no_emergency() -> None:
    two = replace(scene("who", start="proceed"), people=(("1", "王梅"), ("2", "李刚")))
    asked = converse(replace(two, step="answered"), Turn())
    neither = converse(two, Turn(keys="3"))

    assert asked.reply is not None and "都不是请按三" in asked.reply.says[0]
    assert [deed.name for deed in neither.deeds] == ["not_herself"]


@pytest.mark.parametrize(
    ("people", "deed"),
    [((), "want_person"), ((("1", "王梅"), ("2", "李刚")), "want_person"), (None, "want_undo")],
)
def test_the_key_for_taking_back_asks_one_person_and_else_a_clerk(
    people: tuple[tuple[str, str], ...] | None, deed: str
) -> None:
    ring = scene("said")

    move = converse(ring if people is None else replace(ring, people=people), Turn(keys="8"))

    assert [each.name for each in move.deeds] == [deed]


def test_a_withheld_number_that_waits_too_long_is_promised_nothing() -> None:
    waits = replace(scene("hold"), people=(), known=False, held=20.0)

    promised, connected = (converse(replace(waits, shown=s), Turn()) for s in (True, False))

    assert promised.reply is not None and "给您回电话" in promised.reply.says[0]
    assert connected.reply is not None and connected.reply.then is Then.PERSON


@pytest.mark.parametrize("purpose", list(Purpose))
def test_every_call_has_an_opening_that_is_a_step(purpose: Purpose) -> None:
    step, start = OPENINGS[purpose]

    assert step in STEPS
    assert start == "" or start in STEPS


def test_every_deed_that_a_step_names_is_one() -> None:
    named = set()
    for path in Path(ivr.__file__).parent.glob("*.py"):
        named |= set(re.findall(r'Deed\("(\w+)"', path.read_text("utf-8")))

    assert named <= set(DEEDS)


def test_no_sentence_is_longer_than_a_listener_keeps() -> None:
    constants = [*vars(script).items(), *vars(desk_script).items()]
    said = [value for name, value in constants if name.isupper()]
    sentences = [
        sentence
        for value in said
        for text in (value.values() if isinstance(value, dict) else [value])
        if isinstance(text, str)
        for sentence in re.split("[。？！]", text)
    ]

    assert [sentence for sentence in sentences if len(sentence) > LONGEST] == []
