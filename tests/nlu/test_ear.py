"""What the network makes of what was heard."""

from __future__ import annotations

from random import Random

import pytest

from nlu.sounds.ear import restore
from nlu.sounds.network import read
from tests.nlu.utterances import said
from tools.hearing.mishearing import misheard


def test_what_is_usually_said_is_left_as_it_is() -> None:
    text = "给我送两斤鸡蛋"

    heard = restore(text)

    assert heard.text == text
    assert heard.origin == tuple(range(len(text)))
    assert not any(heard.gains)


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("溺给我送两斤黄刮", "你给我送两斤黄瓜"),
        ("后天找个阿衣来打扫", "后天找个阿姨来打扫"),
        ("儿彝妇要包饺子来两斤蝴骆卜", "儿媳妇要包饺子来两斤胡萝卜"),
    ],
)
def test_characters_that_fit_nowhere_are_others_of_a_sound_like_theirs(
    heard: str, meant: str
) -> None:
    assert restore(heard).text == meant


def test_each_character_says_where_it_was_heard() -> None:
    heard = restore("给我我送两斤鸡蛋")

    assert heard.text == "给我送两斤鸡蛋"
    assert "".join(heard.heard[at] for at in heard.origin) == heard.text
    assert list(heard.origin) == sorted(set(heard.origin))


def test_marks_and_spaces_stay_where_they_are() -> None:
    assert restore("两斤黄刮，再来一袋 红唐。").text == "两斤黄瓜，再来一袋 红糖。"


def test_what_holds_no_words_is_left_as_it_is() -> None:
    assert [restore(text).text for text in ("", "，", "OK 123")] == ["", "，", "OK 123"]


def test_a_number_that_may_as_well_be_another_is_asked_about() -> None:
    assert restore("给我送仕个馒头").text == "给我送几个馒头"


def test_evidence_names_the_stretch_as_it_was_heard() -> None:
    [item] = said("给我送亮斤排古")["items"]

    assert (item["sku"], item["quantity"]) == ("pork-rib", "2")
    assert item["heard"] == "亮斤排古"
    assert item["evidence"]["how"] == "sound"


def test_a_question_names_the_stretch_as_it_was_heard() -> None:
    [question] = said("几合牛来")["clarify"]

    assert question["heard"] in "几合牛来"


def test_the_same_words_are_read_the_same_every_time() -> None:
    first, again = read("给我送两斤鸡蛋"), read.__wrapped__("给我送两斤鸡蛋")

    assert first and again and first.danger == again.danger
    assert first.misheard.tolist() == again.misheard.tolist()
    assert first.said([2], 5) == again.said([2], 5)


def test_what_training_mishears_tells_of_every_character_what_was_said() -> None:
    text, chance = "给我送两斤鸡蛋明天上午再找个人来修水管", Random(3)

    for _ in range(200):
        heard, behind, lost, places = misheard(text, chance)

        assert len(heard) == len(behind) == len(lost) == len(places)
        assert all(said in ("", text[at]) for said, at in zip(behind, places, strict=True))
        left = iter(text)
        told = "".join(before + char for before, char in zip(lost, behind, strict=True))
        assert all(char in left for char in told)  # in the order in which it was said
