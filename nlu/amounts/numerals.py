"""Numbers as they are said: 二百五, 一万二, 两三, 十来, 廿五, 5万4千, 半, 三分之一."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from nlu.amounts.counting import FUSED, Numeral, exact, fold, number_at
from nlu.amounts.idioms import digit_is_word, in_idiom

__all__ = [
    "FUSED", "Numeral", "find_numerals", "fold", "numeral_at", "plain", "read_numeral", "values",
]

_START = re.compile(r"[\d零一二两三四五六七八九十百千万廿卅卌几半俩仨负幺个\-]|\.(?=\d)")
_FIRST = frozenset("零一二两三四五六七八九十百千万亿廿卅卌几半俩仨负幺.-")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,3})(?![\d/])")
# Written on cheques; in ordinary words (陆续, 大陆, 伍) one alone is no number.
_FORMAL = frozenset("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟")
# A pair is two and a dozen twelve of what is counted; 对 is also right, and 打 also beats.
_GROUPS = re.compile(r"(?P<two>双|对(?![不吧吗了啊呀的,，。]))|打(?![开电扫针理包算听车工球架])")
_AND_A_HALF = re.compile(r"个半(?!月|小时|钟|天)")


def numeral_at(text: str, pos: int) -> Numeral | None:
    """The longest number that starts at `pos`, or None. Idioms are the caller's concern."""
    return read_numeral(fold(text), pos)


def find_numerals(text: str) -> tuple[Numeral, ...]:
    """All numbers said, left to right, without those that are part of a word (四川, 一起)."""
    return tuple(_scan(text, fold(text)))


def values(text: str) -> list[str]:
    """All numbers said, as decimal strings; a pair is 2 and a dozen 12 of what it counts."""
    folded = fold(text)
    return [
        plain(value * _group_size(folded, numeral.end))
        for numeral in _scan(text, folded)
        for value in numeral.said
    ]


def plain(value: Decimal) -> str:
    """A decimal without exponent or idle zeros."""
    return format(value.normalize(), "f")


def _group_size(text: str, pos: int) -> int:
    group = _GROUPS.match(text, pos)
    if group is None:
        return 1
    return 2 if group["two"] else 12


def _scan(text: str, folded: str) -> Iterator[Numeral]:
    pos, before = 0, -1
    while found := _START.search(folded, pos):
        start = found.start()
        if skip := in_idiom(folded, start):
            pos = start + skip
            continue
        numeral = read_numeral(folded, start) or _and_a_half(folded, start)
        pos = numeral.end if numeral else start + 1
        # 二两 is one number and its unit.
        is_unit = start == before and folded[start] == "两"
        if numeral and not is_unit and _is_said(text, folded, numeral):
            numeral = _whole(folded, numeral)
            yield numeral
            pos = before = numeral.end


def _and_a_half(text: str, pos: int) -> Numeral | None:
    """个半, said first: one and a half, with the one unsaid."""
    found = _AND_A_HALF.match(text, pos)
    return exact(Decimal("1.5"), pos, found.end()) if found and pos == 0 else None


def _whole(text: str, numeral: Numeral) -> Numeral:
    """三个半 is one number, 3.5."""
    half = _AND_A_HALF.match(text, numeral.end)
    if half is None or numeral.vague or numeral.value % 1:
        return numeral
    return exact(numeral.value + Decimal("0.5"), numeral.start, half.end())


def _is_said(text: str, folded: str, numeral: Numeral) -> bool:
    """Whether it is a number here, rather than a syllable of another word."""
    start = numeral.start
    if numeral.end - start > 1 or folded[start].isdecimal():
        return True
    if text[start] in _FORMAL and len(text) > 1:
        return False
    return not digit_is_word(folded, start)


def may_begin(text: str, pos: int) -> bool:
    """Whether a number can start with the character at `pos` of folded text."""
    char = text[pos : pos + 1]
    return char in _FIRST or char.isdecimal()


def read_numeral(text: str, pos: int) -> Numeral | None:
    """`numeral_at` for text that is folded already."""
    if not may_begin(text, pos):
        return None
    if pos >= len(text) or text[pos] not in "负-":
        return _fraction(text, pos)
    if text[pos] == "-" and pos and text[pos - 1].isalnum():
        return None
    numeral = _fraction(text, pos + 1)
    return None if numeral is None or numeral.vague else exact(-numeral.value, pos, numeral.end)


def _fraction(text: str, pos: int) -> Numeral | None:
    """三分之一, 二又三分之一, 百分之五十, 5%, or a plain number."""
    if slashed := _SLASHED.match(text, pos):
        part, whole = Decimal(slashed[1]), Decimal(slashed[2])
        return exact(part / whole, pos, slashed.end()) if part < whole else number_at(text, pos)
    if text.startswith("百分之", pos):
        hundredths = number_at(text, pos + 3)
        if hundredths is None or hundredths.vague:
            return None
        return exact(hundredths.value / 100, pos, hundredths.end)
    first = number_at(text, pos)
    if first is None or first.vague:
        return first
    if text.startswith("%", first.end):
        return exact(first.value / 100, pos, first.end + 1)
    if text.startswith("又", first.end):
        rest = number_at(text, first.end + 1)
        share = _parts(text, rest) if rest else None
        return exact(first.value + share.value, pos, share.end) if share else first
    return _parts(text, first) or first


def _parts(text: str, whole: Numeral) -> Numeral | None:
    """十分之三; 十份三 and 三分一 only as a whole saying, since 份 and 分 count other things."""
    mark = next((m for m in ("分之", "份之", "份", "分") if text.startswith(m, whole.end)), None)
    share = number_at(text, whole.end + len(mark)) if mark else None
    if share is None or share.vague or not whole.value:
        return None
    if mark in ("份", "分") and (share.end < len(text) or whole.start or whole.value < 2):
        return None
    return exact(share.value / whole.value, whole.start, share.end)
