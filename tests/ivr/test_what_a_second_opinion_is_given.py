"""What is sent for a second opinion, and which questions its options are put into."""

import json
from decimal import Decimal

import pytest

import nlu
from ivr.second_opinion import MOST_CANDIDATES, with_options
from nlu import Clarify, Understood
from tests.ivr.chat_firm import (
    Firm,
)
from tests.ivr.opinions import ORDER, UNKNOWN, WORDS, understood


def test_what_is_sent_is_the_sentence_and_names_of_the_catalogue(firm: Firm) -> None:
    understood(UNKNOWN + "我的电话是幺三八零零幺三八零零零", firm)

    (asked,) = firm.asked
    put = json.loads(asked["messages"][-1]["content"])
    assert put["sentence"] == UNKNOWN + "我的电话是…"
    assert [doubt["heard"] for doubt in put["doubts"]] == ["两条手捏子"]
    assert put.keys() == {"sentence", "doubts"}
    assert all(doubt.keys() == {"question", "heard", "candidates"} for doubt in put["doubts"])
    names = {product.sku: product.name for product in WORDS.products.values()}
    assert put["doubts"][0]["candidates"].items() <= names.items()
    assert asked["response_format"] == {"type": "json_object"}
    assert str(ORDER) not in firm.sent[0]


def test_a_request_stays_small_whatever_the_catalogue(firm: Firm) -> None:
    text = "两条手捏子，一把粉条，三包洋糖"
    understood(text, firm)

    put = json.loads(firm.asked[0]["messages"][-1]["content"])
    assert len(put["doubts"]) > 1
    assert sum(len(doubt["candidates"]) for doubt in put["doubts"]) <= MOST_CANDIDATES
    assert len(firm.sent[0].encode()) < 10_000


def test_what_is_measured_alike_and_named_alike_is_sent_first(firm: Firm) -> None:
    understood("来两条手捏子", firm)
    understood("要两瓶酱", firm)

    first, second = (json.loads(each["messages"][-1]["content"]) for each in firm.asked)
    measured = [WORDS.products[sku].unit for sku in first["doubts"][0]["candidates"]]
    named = list(second["doubts"][0]["candidates"].values())
    assert "条" in measured[:5]
    assert {"豆瓣酱", "芝麻酱"} <= set(named[:8])


def test_a_story_is_not_sent(firm: Firm) -> None:
    understood(UNKNOWN + "，我跟你说啊" * 60, firm)

    assert firm.asked == []


def test_of_too_many_options_the_likely_ones_are_read_first() -> None:
    own = ("peanut-oil", "rapeseed-oil", "soybean-oil", "sesame-oil")
    row = Clarify("q1", "product", "两桶油", own)
    before = Understood("order", clarify=(row,))

    after = with_options(before, {"两桶油": ("soybean-oil",)}, WORDS)

    assert after.clarify[0].options == ("soybean-oil", "peanut-oil", "rapeseed-oil", "sesame-oil")


@pytest.mark.parametrize(
    "row",
    [
        Clarify("q1", "product", "一袋米", ("rice-10", "rice-20")),
        Clarify("q1", "quantity", "两条手捏子", sku="egg"),
        Clarify("q1", "time", "两条手捏子"),
    ],
)
def test_a_question_that_is_good_already_keeps_its_options(row: Clarify) -> None:
    before = Understood("order", clarify=(row,))
    found = {"一袋米": ("towel",), "两条手捏子": ("towel",)}

    assert with_options(before, found, WORDS) == before


def test_what_went_off_sale_meanwhile_is_not_offered() -> None:
    row = Clarify("q1", "product", "两条手捏子", quantity=Decimal(2), unit="条")
    before = Understood("order", clarify=(row,))
    sold = nlu.Vocabulary([each for each in WORDS.products.values() if each.sku != "towel"])

    after = with_options(before, {"两条手捏子": ("towel", "tissue")}, sold)

    assert after.clarify[0].options == ("tissue",)
