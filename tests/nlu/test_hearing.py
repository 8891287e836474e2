"""Single characters put right by the company they stand among."""

from __future__ import annotations

import pytest

import nlu
from nlu.contract import heard_from
from nlu.sounds.hearing import Hearing
from tests.nlu.utterances import CATALOGUE, NOW, asked, said


@pytest.fixture(scope="module")
def hearing() -> Hearing:
    return Hearing(lambda run: False)


def test_what_stands_in_known_company_is_not_touched(hearing: Hearing) -> None:
    text = "给我送两斤鸡蛋"

    restored, origin = hearing.restore(text)

    assert restored == text
    assert origin == tuple(range(len(text)))


@pytest.mark.parametrize(
    ("heard", "meant"),
    [("溺给我送两斤黄刮", "你给我送两斤黄瓜"), ("后天找个阿衣来打扫", "后天找个阿姨来打扫")],
)
def test_a_character_that_fits_nowhere_is_one_of_the_same_sound(
    hearing: Hearing, heard: str, meant: str
) -> None:
    assert hearing.restore(heard)[0] == meant


def test_four_and_ten_sound_alike_and_are_asked_about(hearing: Hearing) -> None:
    restored, _ = hearing.restore("给我送仕个馒头")

    assert restored == "给我送几个馒头"


def test_a_doubled_character_of_a_callers_own_word_is_no_stutter() -> None:
    words = nlu.Vocabulary(nlu.load_catalogue(CATALOGUE), lexicon=[("红果果", "tomato")])

    heard = heard_from({"text": "两斤红果果", "now": NOW, "dialogue": "request"})
    understood = nlu.parse(heard, words)

    assert [(item.sku, item.quantity) for item in understood.items] == [("tomato", 2)]


@pytest.mark.parametrize(
    ("heard", "sku"),
    [
        ("牙刷一把馒头二尼革", "steamed-bun"),
        ("两斤土豆再来秘斤牛肉", "beef"),
    ],
)
def test_an_amount_of_which_a_character_was_lost_is_asked_about(heard: str, sku: str) -> None:
    understood = said(heard)

    assert sku not in [item["sku"] for item in understood["items"]]
    assert asked(understood) == ["quantity"]
    assert understood["clarify"][0]["sku"] == sku


def test_a_number_beside_another_is_not_made_of_a_character_that_fits_as_it_is() -> None:
    understood = said("红薯称上十斤我孙子爱吃烤的")

    assert "30" not in [item["quantity"] for item in understood["items"]]


def test_what_came_before_tells_the_last_character(hearing: Hearing) -> None:
    assert hearing.restore("给我送山药两镐")[0] == "给我送山药两根"
