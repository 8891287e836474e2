"""Numbers as callers say them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.amounts.numerals import find_numerals, numeral_at, values

SPOKEN = st.text(
    "零一二两三四五六七八九十百千万亿半几点分之个来多把俩仨廿负-,.0123456789对打的", max_size=24
)


@pytest.mark.parametrize(("text", "said"), [
    ("二百五", "250"), ("三百六十五", "365"), ("一千零五十", "1050"), ("一万二", "12000"),
    ("两万五千", "25000"), ("5万4千", "54000"), ("1.5万", "15000"), ("1,234", "1234"),
    ("１０", "10"), ("壹佰贰拾叁", "123"), ("廿五", "25"), ("卅", "30"), ("俩", "2"), ("仨", "3"),
    ("一点五", "1.5"), ("零点五", "0.5"), ("负五", "-5"), ("-5", "-5"), ("五分之二", "0.4"),
    ("五又二分之一", "5.5"), ("百分之五十", "0.5"), ("20%", "0.2"), ("二零一八", "2018"),
    ("幺三八零零", "13800"), ("一亿三千万", "130000000"), ("一个半", "1.5"), ("半斤", "0.5"),
    ("二十五千克", "25"), ("五千克", "5"), ("一双", "2"), ("3打", "36"), ("二两", "2"),
])
def test_a_number_is_read_whole(text: str, said: str) -> None:
    assert values(text) == [said]


@pytest.mark.parametrize("text", [
    "一点都不好吃", "万一下雨", "质量一般", "来一下", "我家在四川", "我一看你就笑", "第一", "周五",
    "星期三", "初六", "统一", "来瓶二锅头", "五花肉", "三黄鸡",
    "四季豆", "大陆", "百合", "几个", "万",
])
def test_a_numeral_inside_a_word_is_no_number(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(("text", "low", "high"), [
    ("两三斤", 2, 3), ("三五个", 3, 5), ("一两斤", 1, 2), ("十来个", 10, 19), ("几个", 1, 9),
    ("十几个", 10, 19), ("几十个", 10, 90), ("二十多斤", 20, 29), ("三五百", 300, 500),
    ("四十五六", 45, 46), ("一百二三", 120, 130), ("百十来个", 110, 119),
    ("十多万", 100000, 190000),
])
def test_a_vague_number_has_its_bounds(text: str, low: int, high: int) -> None:
    numeral = numeral_at(text, 0)

    assert numeral is not None
    assert (numeral.low, numeral.high) == (Decimal(low), Decimal(high))


def test_a_number_is_found_where_it_was_said() -> None:
    text = "要三斤土豆和二十个鸡蛋"

    assert [text[n.start : n.end] for n in find_numerals(text)] == ["三", "二十"]


def test_one_liang_is_a_weight_and_one_or_two_jin_a_guess() -> None:
    weight, guess = numeral_at("一两盐", 0), numeral_at("一两斤", 0)

    assert weight is not None and not weight.vague
    assert guess is not None and guess.vague


@given(SPOKEN)
def test_any_babble_is_read_alike_twice_and_within_its_bounds(text: str) -> None:
    numerals = find_numerals(text)

    assert numerals == find_numerals(text)
    for numeral in numerals:
        assert 0 <= numeral.start < numeral.end <= len(text)
        assert numeral.low is None or numeral.high is None or numeral.low <= numeral.high


@given(st.integers(0, 99_999_999))
def test_every_number_that_is_spelled_out_is_read_back(number: int) -> None:
    assert values(spelled(number)) == [str(number)]


def spelled(number: int) -> str:
    """The plain spelling: each digit with its power of ten, zeros once."""
    if number >= 10_000:
        low = number % 10_000
        tail = "" if not low else ("零" if low < 1000 else "") + spelled(low)
        return spelled(number // 10_000) + "万" + tail
    out, gap = "", False
    for power, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            out += ("零" if gap and out else "") + "零一二三四五六七八九"[digit] + word
        gap = not digit
    return out or "零"
