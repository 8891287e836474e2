"""Amounts as they are said: 两斤三两, 斤半, 半袋, 俩, 十来个, 斤把, 一点儿."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from nlu.idioms import in_idiom
from nlu.numerals import FUSED, Numeral, fold, numeral_at
from nlu.units import GROUPS, UNITS, Unit, unit_at

__all__ = ["UNITS", "Amount", "Unit", "amount_at", "find_amounts", "unit_at", "values"]


@dataclass(frozen=True)
class Amount:
    """So much of something at `[start, end)` of the text.

    `unit` is a name in UNITS, or "" for 一点 and 一些. `value` is in that unit, and None when the
    amount is vague and nobody could weigh it out (几个, 两三斤, 斤把, 十来个, 两斤多); `low` and
    `high` then bound it where they are known. 一对 and 一打 are pieces (2 个, 12 个), and so are
    俩 and 仨. A pair said of a thing that is bought by the pair keeps its measure word (一双).
    """

    value: Decimal | None
    unit: str
    start: int
    end: int
    vague: bool
    low: Decimal | None = None
    high: Decimal | None = None


_FEW = re.compile(
    r"(?:一|有|来|要|买|整|弄|给|再)?(?:一)?(?P<few>点儿|点子|点点|丁点儿?|些个|些|点)"
    r"(?!钟|半|整|的时候|心|[零一二三四五六七八九十\d])"
)
_SOME = re.compile(r"一丁点儿?|一点点|一点儿|一点子|一点|一些个?|些个|点儿")
_NOT_SOME = re.compile(r"钟|半|整|一刻|之?前|以前|[零一二三四五六七八九十两\d]|都不|也不")
_HALF_PIECE = re.compile(r"半拉(?:个)?")
_SOFT = re.compile(r"[大小]半|好几|若干|[多少]数|无数")
_ROUGH_HEAD = re.compile(r"(?P<unit>[斤个块升瓶袋盒箱条包把])(?P<how>把|来)(?![手握子])")
_MORE = re.compile(r"(?:[多来]|左右|上下|出头|把)(?!两|半|点)")
_LAST_DIGIT_STOPS = re.compile(r"$|[，,。.！!？?；;、 的吧啊呀了就嘛呢哈左右]")
_RANGE = re.compile(r"\s*(?:到|至|-|~|—|或者?)\s*")


def amount_at(text: str, pos: int) -> Amount | None:
    """The longest amount that starts at `pos`, or None: a number or a vague word with its unit."""
    return _amount(fold(text), pos)


def find_amounts(text: str) -> tuple[Amount, ...]:
    """All amounts, left to right; a bare number without a measure word is not one."""
    return tuple(_scan(fold(text)))


def values(text: str) -> list[dict[str, str]]:
    """All amounts with a value, as `value`, `unit` and what they come to in `grams` or `ml`."""
    rows: list[dict[str, str]] = []
    for amount in find_amounts(text):
        said = [amount.value] if amount.value is not None else [amount.low, amount.high]
        for value in dict.fromkeys(value for value in said if value is not None):
            row = {"value": _plain(value), "unit": amount.unit}
            unit = UNITS.get(amount.unit)
            if unit and unit.grams is not None:
                row["grams"] = _plain(value * unit.grams)
            elif unit and unit.ml is not None:
                row["ml"] = _plain(value * unit.ml)
            rows.append(row)
    return rows


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


_START = re.compile(r"[\d零一二两三四五六七八九十百千廿卅卌几半俩仨好大小斤个块升瓶袋盒箱条包把点些若]")


def _scan(text: str) -> Iterator[Amount]:
    pos = 0
    while found := _START.search(text, pos):
        pos = found.start()
        amount = _amount(text, pos)
        if amount is None:
            skip = in_idiom(text, pos)
            pos += skip or 1
            continue
        yield amount
        pos = amount.end


def _amount(text: str, pos: int) -> Amount | None:
    if some := _SOME.match(text, pos):
        if _NOT_SOME.match(text, some.end()):
            return None
        return Amount(None, "", pos, some.end(), vague=True)
    if in_idiom(text, pos):
        return None
    if rough := _rough(text, pos):
        return rough
    start = pos
    if text.startswith("好几", pos):
        pos += 1
    numeral = numeral_at(text, pos)
    if numeral is None or numeral.value < 0:
        return _headless(text, pos)
    if numeral.end > pos + 1 and text[numeral.end - 1] == "两":
        numeral = _without_liang(text, numeral)
    if text[pos] in FUSED:
        return _fused(text, numeral)
    if piece := _HALF_PIECE.match(text, pos):
        return Amount(Decimal("0.5"), "个", pos, piece.end(), vague=False)
    at = _after_space(text, numeral.end)
    unit = unit_at(text, at)
    if unit is None:
        return _range(text, numeral)
    return _measured(text, start, numeral, unit, at + len(unit.name))


def _after_space(text: str, pos: int) -> int:
    while text.startswith(" ", pos):
        pos += 1
    return pos


def _without_liang(text: str, numeral: Numeral) -> Numeral:
    return numeral


def _rough(text: str, pos: int) -> Amount | None:
    """斤把, 个把: about one. 大半袋, 小半桶: more or less than half."""
    if head := _ROUGH_HEAD.match(text, pos):
        if head["how"] == "来":
            return None
        return Amount(None, head["unit"], pos, head.end(), vague=True)
    if soft := _SOFT.match(text, pos):
        if text[pos] == "好":
            return None
        unit = unit_at(text, soft.end())
        if unit:
            return Amount(None, unit.name, pos, soft.end() + len(unit.name), vague=True)
    return None


def _headless(text: str, pos: int) -> Amount | None:
    """斤半: one and a half, with the one unsaid. 个半 is heard so too, 块半 is money and pieces."""
    unit = unit_at(text, pos)
    if unit is None or not text.startswith("半", pos + len(unit.name)):
        return None
    end = pos + len(unit.name) + 1
    if unit_at(text, end) or text.startswith(("夜", "天", "个", "路", "小时"), end):
        return None
    if pos and (numeral_at(text, pos - 1) or text[pos - 1] in "这那每"):
        return None
    return Amount(Decimal("1.5"), unit.name, pos, end, vague=False)


def _fused(text: str, numeral: Numeral) -> Amount:
    """俩 and 仨 hold their 个; 俩个 is said all the same, and 俩瓶 by some."""
    unit = unit_at(text, numeral.end)
    if unit and unit.kind == "count" and unit.name in "个瓶袋盒箱":
        return Amount(numeral.value, unit.name, numeral.start, numeral.end + 1, vague=False)
    return Amount(numeral.value, "个", numeral.start, numeral.end, vague=False)


def _range(text: str, first: Numeral) -> Amount | None:
    """二到四克: the unit is said once, for both ends."""
    link = _RANGE.match(text, first.end)
    if link is None or link.end() == first.end or link.end() >= len(text):
        return None
    last = numeral_at(text, link.end())
    if last is None:
        return None
    at = _after_space(text, last.end)
    unit = unit_at(text, at)
    if unit is None or last.value <= first.value:
        return None
    end = at + len(unit.name)
    return Amount(None, unit.name, first.start, end, True, first.value, last.value)


def _measured(text: str, start: int, numeral: Numeral, unit: Unit, end: int) -> Amount:
    if numeral.vague:
        return Amount(None, unit.name, start, end, True, numeral.low, numeral.high)
    value, end = _with_rest(text, numeral.value, unit, end)
    if more := _MORE.match(text, end):
        if more[0] != "来" and more[0] != "把":
            return Amount(None, unit.name, start, more.end(), True, value)
    if unit.name in GROUPS:
        return Amount(value * GROUPS[unit.name], "个", start, end, vague=False)
    return Amount(value, unit.name, start, end, vague=False)


def _with_rest(text: str, value: Decimal, unit: Unit, end: int) -> tuple[Decimal, int]:
    """What follows a unit and belongs to its amount: 半, a smaller weight, one bare digit."""
    if text.startswith("半", end) and not unit_at(text, end + 1):
        if not text.startswith(("夜", "天", "路", "拉", "个", "小时", "肥"), end + 1):
            return value + Decimal("0.5"), end + 1
        return value, end
    if unit.kind == "count" or end >= len(text) or in_idiom(text, end):
        return value, end
    rest = numeral_at(text, end)
    if rest is None or rest.vague or rest.value <= 0:
        return value, end
    smaller = unit_at(text, rest.end)
    if smaller and smaller.kind == unit.kind:
        whole, part = unit.grams or unit.ml, smaller.grams or smaller.ml
        if whole and part and part < whole and rest.value * part < whole:
            tail, last = _with_rest(text, rest.value, smaller, rest.end + len(smaller.name))
            return value + tail * part / whole, last
    elif rest.end - end == 1 and rest.value < 10 and _LAST_DIGIT_STOPS.match(text, rest.end):
        if unit.name in ("斤", "公斤", "两"):
            return value + rest.value / 10, rest.end
    return value, end
