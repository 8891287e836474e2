"""Names found by the sound of a whole answer."""

from __future__ import annotations

import pytest

from nlu.sounds.nearest import NearestNames
from tests.nlu.utterances import said

ASKED = {"id": "q1", "about": "product", "heard": "搏骨", "options": [], "quantity": "2"}


@pytest.fixture(scope="module")
def names() -> NearestNames:
    return NearestNames(["糯米粑粑", "回锅腊肉", "凤尾鱼翅", "王老吉凉茶", "凉茶", "腊肉", "鱼丸"])


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("回锅腊肉", "回锅腊肉"),
        ("挥锅腊", "回锅腊肉"),
        ("糯粑粑", "糯米粑粑"),
        ("凤昧鱼翅", "凤尾鱼翅"),
        ("尚老吉凉茶", "王老吉凉茶"),
        ("鱼鱼丸", "鱼丸"),
    ],
)
def test_a_syllable_lost_doubled_or_misheard_anywhere_still_finds_the_name(
    names: NearestNames, heard: str, meant: str
) -> None:
    found = names.to(heard)

    assert found[0][1] == meant


def test_the_nearer_name_comes_first(names: NearestNames) -> None:
    costs = [cost for cost, _ in names.to("老吉凉茶")]

    assert costs == sorted(costs)


def test_what_shares_no_syllable_finds_nothing(names: NearestNames) -> None:
    assert names.to("豆腐") == []
    assert names.to("abc") == []


def test_an_answer_that_only_sounds_like_a_product_is_offered_and_never_taken() -> None:
    understood = said("红柿", "answer", question=ASKED)

    assert understood["items"] == []
    assert understood["clarify"][0]["options"][0] == "tomato"


def test_chatter_in_place_of_an_answer_offers_nothing() -> None:
    assert said("我想想看", "answer", question=ASKED)["clarify"] == []
