"""Amounts as they are said: 两斤三两, 斤半, 半袋, 俩, 十来个, 斤把, 一点儿."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from nlu.amounts.idioms import in_idiom
from nlu.amounts.numerals import FUSED, Numeral, fold, may_begin, read_numeral
from nlu.amounts.units import UNITS, Unit, unit_at

__all__ = ["UNITS", "Amount", "Unit", "amount_at", "find_amounts", "unit_at", "values"]


@dataclass(frozen=True)
class Amount:
    """So much of something at `[start, end)` of the text.

    `unit` is a name in UNITS, or "" for 一点 and 一些. `value` is in that unit, and None when the
    amount is vague and nobody could weigh it out (几个, 两三斤, 斤把, 十来个, 两斤多); `low` and
    `high` then bound it where they are known. 一对 and 一打 are pieces (2 个, 12 个), and so are
    俩 and 仨; what is bought by the pair keeps its measure word (一双).
    """

    value: Decimal | None
    unit: str
    start: int
    end: int
    vague: bool
    low: Decimal | None = None
    high: Decimal | None = None


_HALF = Decimal("0.5")
# 两袋半斤 is two bags and half a 斤; 一斤半面粉 is one and a half of flour.
_PACKS = tuple("斤两公千克袋瓶盒箱桶个只条块根棵颗头把包板提罐卷")
_VESSELS = frozenset("袋箱桶瓶盒罐筐篮盆")  # 一袋子 is 一袋
_START = re.compile(
    r"[\d零一二两三四五六七八九十百千万廿卅卌几半俩仨好大小点些若斤个块升瓶袋盒箱条包把]"
)
_FIRST = frozenset("大小好点些若十三" + "".join({name[0] for name in UNITS}))
_SOME = re.compile(
    r"一丁点儿?|一点点|一点儿|一点子|一点|一些个?|些个|点儿|若干|(?<=[买来要弄整称拿送加捎带给割切])[点些]"
)
# 一点钟, 一点半, 一点五, 一点都不, 差点儿把: a time, a number, an idiom.
_NOT_SOME = re.compile(
    r"(?:(?<=差点儿)|(?<=差一点)|(?<=差一点儿))[把没就忘给让叫摔掉烧晕磕滑栽]|钟|半|整|一刻|之?前|以前|[零一二三四五六七八九十两\d]|都|也"
)
_HALF_PIECE = re.compile(r"半(?:拉子?|边|爿)个?")
_ABOUT_ONE = re.compile(
    r"(?P<unit>[斤个块升瓶袋盒箱条包])(?:把(?![手握子])|(?<=斤)(?:多(?!(?:了|啦|咯)(?![一二两三四五六七八九十半])|就)|来)(?![点些]))"
)
_TWO_OR_THREE = re.compile(r"俩仨|仨俩|三俩|俩三")
# 十个八个, 三斤五斤, 一斤半斤: so many, more or less.
_MORE_OR_LESS = re.compile(
    r"十(?P<ten>[个斤只条瓶袋])八(?P=ten)|三(?P<three>[个斤只条瓶袋])[两五](?P=three)"
    r"|一(?P<one>[个斤只条瓶袋])半(?P=one)|半斤八两"
)
_ROUGHLY_HALF = re.compile(r"[大小]半")
_OVER = re.compile(
    r"多(?![少吃喝要给放加搁就]|[了啦咯](?![一二两三四五六七八九十半])|[来拿送称买][一二两三四五六七八九十半点几])|左右|上下|出头"
)
_LINK = re.compile(r"\s*(?:到|至|-|~|—|或者?)\s*")
# After 一斤二 nothing may follow that the digit could count: 一斤二锅头, 两斤三黄鸡.
_END_OF_AMOUNT = re.compile(r"$|[，,。.！!？?；;、 的吧啊呀了就嘛呢哈左右]")
_DECIMAL_UNITS = frozenset({"斤", "市斤", "公斤", "两"})
# 一个半小时, 一天半夜: what follows makes 半 its own.
_OWN_HALF = re.compile(r"[夜天路拉个肥成价死边]|小时|钟头|月")


def amount_at(text: str, pos: int) -> Amount | None:
    """The longest amount that starts at `pos`, or None: a number or a vague word with its unit."""
    return _amount(fold(text), pos)


def find_amounts(text: str) -> tuple[Amount, ...]:
    """All amounts, left to right; a bare number without a measure word is not one."""
    return tuple(_scan(fold(text)))


def values(text: str) -> list[dict[str, str | float]]:
    """All amounts as `value`, `unit` and what they come to in `grams` or `ml`; a range as both."""
    rows: list[dict[str, str | float]] = []
    for amount in find_amounts(text):
        said = (amount.low, amount.high) if amount.value is None else (amount.value,)
        unit = UNITS.get(amount.unit)
        for value in filter(None, dict.fromkeys(said)):
            row: dict[str, str | float] = {"value": float(value), "unit": amount.unit}
            if unit and unit.grams is not None:
                row["grams"] = float(value * unit.grams)
            elif unit and unit.ml is not None:
                row["ml"] = float(value * unit.ml)
            rows.append(row)
    return rows


def _scan(text: str) -> Iterator[Amount]:
    pos = 0
    while found := _START.search(text, pos):
        pos = found.start()
        amount = _amount(text, pos)
        if amount is not None:
            yield amount
        pos = amount.end if amount else _past(text, pos)


def _past(text: str, pos: int) -> int:
    """Where to look next: past the word or the bare number that is no amount."""
    if word := in_idiom(text, pos):
        return pos + word
    numeral = read_numeral(text, pos)
    return numeral.end if numeral else pos + 1


def _amount(text: str, pos: int) -> Amount | None:
    if text[pos : pos + 1] not in _FIRST and not may_begin(text, pos):
        return None
    some = _SOME.match(text, pos)
    if some and not _NOT_SOME.match(text, some.end()):
        return Amount(None, "", pos, some.end(), vague=True)
    if pos >= len(text) or in_idiom(text, pos):
        return None
    if rough := _about_one(text, pos) or _roughly_half(text, pos) or _roughly(text, pos):
        return rough
    if piece := _HALF_PIECE.match(text, pos):
        return Amount(_HALF, "个", pos, piece.end(), vague=False)
    numeral = read_numeral(text, pos + 1 if text.startswith("好几", pos) else pos)
    if numeral is None or numeral.value < 0:
        return _and_a_half(text, pos)
    if text[pos] in FUSED:
        return _fused(text, numeral)
    at = _after_space(text, numeral.end)
    unit = unit_at(text, at)
    if unit is None:
        return _range(text, numeral)
    return _measured(text, pos, numeral, unit, at + len(unit.name))


def _after_space(text: str, pos: int) -> int:
    while text.startswith(" ", pos):
        pos += 1
    return pos


def _about_one(text: str, pos: int) -> Amount | None:
    """斤把, 个把."""
    found = _ABOUT_ONE.match(text, pos)
    if found is None or (pos and read_numeral(text, pos - 1)):
        return None
    return Amount(None, found["unit"], pos, found.end(), vague=True)


def _roughly(text: str, pos: int) -> Amount | None:
    """俩仨, 十个八个."""
    if found := _TWO_OR_THREE.match(text, pos):
        return Amount(None, "个", pos, found.end(), True, Decimal(2), Decimal(3))
    found = _MORE_OR_LESS.match(text, pos)
    return Amount(None, text[pos + 1], pos, found.end(), vague=True) if found else None


def _roughly_half(text: str, pos: int) -> Amount | None:
    """大半袋, 小半桶."""
    found = _ROUGHLY_HALF.match(text, pos)
    unit = unit_at(text, found.end()) if found else None
    if found is None or unit is None:
        return None
    return Amount(None, unit.name, pos, found.end() + len(unit.name), vague=True)


def _and_a_half(text: str, pos: int) -> Amount | None:
    """斤半: one and a half, with the one unsaid."""
    unit = unit_at(text, pos)
    inside = pos and (read_numeral(text, pos - 1) or text[pos - 1] in "这那每")
    if unit is None or unit.name == "对" or inside:  # 对半 is no pair and a half
        return None
    end = _past_half(text, pos + len(unit.name))
    return Amount(1 + _HALF, unit.name, pos, end, vague=False) if end else None


def _past_half(text: str, pos: int) -> int | None:
    """Where a 半 that belongs to the unit before it ends; 两袋半斤 is two bags and half a 斤, and
    半斤半斤 is half a 斤 said twice."""
    if not text.startswith("半", pos) or text[pos + 1 : pos + 2] in ("斤", "两"):
        return None
    if _OWN_HALF.match(text, pos + 1) or text[pos + 1 : pos + 2] in _PACKS:
        return None
    return pos + 1


def _fused(text: str, numeral: Numeral) -> Amount:
    """俩 and 仨 hold their 个; another measure word after them is said all the same (俩瓶)."""
    unit = unit_at(text, numeral.end)
    if unit and unit.name == "包" and text.startswith("子", numeral.end + 1):
        unit = None  # 俩包子
    if unit and unit.name in ("个", "瓶", "袋", "盒", "箱", "斤", "包", "桶"):
        return Amount(numeral.value, unit.name, numeral.start, numeral.end + 1, vague=False)
    return Amount(numeral.value, "个", numeral.start, numeral.end, vague=False)


def _range(text: str, first: Numeral) -> Amount | None:
    """二到四克: the unit is said once, for both ends."""
    link = _LINK.match(text, first.end)
    last = read_numeral(text, link.end()) if link else None
    if last is None or last.value <= first.value:
        return None
    at = _after_space(text, last.end)
    unit = unit_at(text, at)
    if unit is None:
        return None
    end = at + len(unit.name)
    return Amount(None, unit.name, first.start, end, True, first.value, last.value)


def _measured(text: str, start: int, numeral: Numeral, unit: Unit, end: int) -> Amount:
    name = "个" if unit.pieces > 1 else unit.name
    if unit.name in _VESSELS and text.startswith("子", end):
        end += 1
    if numeral.vague:
        low, high = numeral.low, numeral.high
        if low is not None and high is not None:
            low, high = low * unit.pieces, high * unit.pieces
        return Amount(None, name, start, end, True, low, high)
    value, end = _with_rest(text, numeral.value, unit, end)
    if over := _OVER.match(text, end):
        return Amount(None, name, start, over.end(), True, value * unit.pieces)
    return Amount(value * unit.pieces, name, start, end, vague=False)


def _with_rest(text: str, value: Decimal, unit: Unit, end: int) -> tuple[Decimal, int]:
    """What follows a unit and belongs to its amount: 半, a smaller weight, one bare digit."""
    if half := _past_half(text, end):
        return value + _HALF, half
    rest = None if unit.kind == "count" or in_idiom(text, end) else read_numeral(text, end)
    if rest is None or rest.vague or rest.value <= 0:
        return value, end
    smaller = unit_at(text, rest.end)
    if smaller is None:
        is_tenths = rest.end - end == 1 and _END_OF_AMOUNT.match(text, rest.end)
        if is_tenths and unit.name in _DECIMAL_UNITS:
            return value + rest.value / 10, rest.end
        return value, end
    whole, part = unit.grams or unit.ml, smaller.grams or smaller.ml
    if smaller.kind != unit.kind or not whole or not part or part >= whole:
        return value, end
    if rest.value * part >= whole:
        return value, end
    tail, last = _with_rest(text, rest.value, smaller, rest.end + len(smaller.name))
    return value + tail * part / whole, last
