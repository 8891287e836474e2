"""Amounts as callers say them: rule 2 of the contract."""

from __future__ import annotations

from decimal import Decimal
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.amounts.numerals import find_numerals
from nlu.amounts.quantities import amount_at, find_amounts, unit_at, values

SPOKEN = st.text(
    "一二两三四五六十百半几点斤个瓶袋把对打钱公克升来多些好大小0123456789.到俩仨 ", max_size=24
)


@pytest.mark.parametrize(("text", "value", "unit"), [
    ("半斤", "0.5", "斤"), ("俩馒头", "2", "个"), ("仨肉包子", "3", "个"), ("一对", "2", "个"),
    ("一打", "12", "个"), ("廿只鸡翼", "20", "只"), ("斤半", "1.5", "斤"),
    ("两斤三两", "2.3", "斤"),
    ("二两", "2", "两"), ("两两", "2", "两"), ("一两盐", "1", "两"), ("九两半", "9.5", "两"),
    ("两斤半", "2.5", "斤"), ("一斤二两半", "1.25", "斤"), ("排骨一斤二", "1.2", "斤"),
    ("一斤五花肉", "1", "斤"), ("一瓶二锅头", "1", "瓶"), ("两斤三黄鸡", "2", "斤"),
    ("两瓶半", "2.5", "瓶"), ("半个", "0.5", "个"), ("半拉西瓜", "0.5", "个"), ("5kg", "5", "kg"),
    ("1.5L", "1.5", "L"), ("两袋大米", "2", "袋"), ("一双袜子", "1", "双"),
    ("两大袋", "2", "大袋"),
])
def test_an_amount_is_read_with_its_unit(text: str, value: str, unit: str) -> None:
    amount = find_amounts(text)[0]

    assert (amount.value, amount.unit, amount.vague) == (Decimal(value), unit, False)


@pytest.mark.parametrize("text", [
    "几个", "两三条", "三五斤", "一两斤", "斤把", "十来个", "一点", "一点儿", "好几斤", "大半袋",
    "一些", "两斤多", "百十来个", "二到四斤", "俩仨馒头", "十个八个", "三两个", "斤多肉", "一二两",
    "一两个", "十几个", "买点葱",
])
def test_a_vague_amount_names_no_value(text: str) -> None:
    amount = find_amounts(text)[0]

    assert amount.vague
    assert amount.value is None


@pytest.mark.parametrize("text", ["一点都不好", "一点半", "两点钟", "鸡蛋二十", "来瓶醋", "五花肉"])
def test_what_is_no_amount_is_none(text: str) -> None:
    assert find_amounts(text) == ()


def test_a_bag_and_half_a_jin_are_two_amounts() -> None:
    text = "一袋半斤装的"

    assert [(a.value, a.unit) for a in find_amounts(text)] == [
        (Decimal(1), "袋"), (Decimal("0.5"), "斤"),
    ]


def test_a_measure_word_without_a_number_is_left_to_the_reader() -> None:
    unit = unit_at("来瓶醋", 1)

    assert unit is not None and unit.name == "瓶"
    assert amount_at("来瓶醋", 1) is None


def test_weights_come_in_grams_and_volumes_in_millilitres() -> None:
    assert values("两斤三两肉一点五升油") == [
        {"value": 2.3, "unit": "斤", "grams": 1150},
        {"value": 1.5, "unit": "升", "ml": 1500},
    ]


@pytest.mark.parametrize("babble", ["一", "十", "半", "一百", "三天", "一,", "两斤三两", "二到"])
def test_the_time_for_a_long_line_grows_with_its_length_only(babble: str) -> None:
    line = (babble * 5000)[:5000]
    began = process_time()

    find_amounts(line)
    find_numerals(line)

    assert process_time() - began < 3  # about 0.15 s alone; a square of the length takes 5


@given(SPOKEN)
def test_any_babble_gives_positive_amounts_and_the_same_twice(text: str) -> None:
    amounts = find_amounts(text)

    assert amounts == find_amounts(text)
    for amount in amounts:
        assert 0 <= amount.start < amount.end <= len(text)
        assert amount.value is None or amount.value >= 0
        assert amount.vague == (amount.value is None)
