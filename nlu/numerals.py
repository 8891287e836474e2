"""Numbers as they are said: 二百五, 一万二, 两三, 十来, 廿五, 5万4千, 半, 三分之一.

A grammar rather than a library: cn2an reads 二两 as 22 and 两三斤 as 23.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from nlu.idioms import digit_is_word, in_idiom

DIGITS = dict(zip("零一二两三四五六七八九", (0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
TENS = {"廿": 20, "卅": 30, "卌": 40}
POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
FUSED = {"俩": 2, "仨": 3}  # 两个 and 三个 said as one syllable

# One character for one, so that offsets stay those of the text given.
FOLD = str.maketrans(
    "０１２３４５６７８９．，％－：～〇○壹贰叁肆伍陆柒捌玖拾佰仟萬億兩倆點負幾餘個鐘號時禮後週貳參陸",
    "0123456789.,%-:~零零一二三四五六七八九十百千万亿两俩点负几余个钟号时礼后周二三六",
)
# Amounts on cheques are written with these; in ordinary words (陆续, 大陆, 伍佰) they count only
# beside another numeral.
FORMAL = frozenset("壹贰叁肆伍陆柒捌玖拾佰仟貳參陸")

_ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_START = re.compile(r"[\d零一二两三四五六七八九十百千廿卅卌几半俩仨负\-]")
_NUMERAL_CHARS = frozenset("0123456789零一二两三四五六七八九十百千万亿廿卅卌几点半多来余把")
# 三五 is the one pair that skips a number (三五个, 三五百); every other pair counts on by one.
_PAIRS = frozenset({(3, 5)} | {(n, n + 1) for n in range(1, 9)})
_MORE = frozenset("多来余把几")


@dataclass(frozen=True)
class Numeral:
    """A number at `[start, end)` of the text.

    `low` and `high` bound a vague one (三五, 十来, 几) and are None for a plain one; `value` is
    then the low bound. `said` holds the numbers that were named: both of 三五百, the ten of 十来,
    none of 几.
    """

    value: Decimal
    low: Decimal | None
    high: Decimal | None
    start: int
    end: int
    said: tuple[Decimal, ...] = ()

    @property
    def vague(self) -> bool:
        return self.low is not None


def fold(text: str) -> str:
    """The text with full-width, formal and traditional numerals made plain, offsets unchanged."""
    return text.translate(FOLD)


def _exact(value: Decimal, start: int, end: int) -> Numeral:
    return Numeral(value, None, None, start, end, (value,))


def _vague(low: Decimal, high: Decimal, start: int, end: int, *said: Decimal) -> Numeral:
    return Numeral(low, low, high, start, end, said)


def numeral_at(text: str, pos: int) -> Numeral | None:
    """The longest number that starts at `pos`, or None. Idioms are the caller's concern."""
    folded = fold(text)
    return _signed(folded, pos)


def find_numerals(text: str) -> tuple[Numeral, ...]:
    """All numbers said, left to right, without those that are part of a word (四川, 一起)."""
    return tuple(_scan(text, fold(text)))


def values(text: str) -> list[str]:
    """All numbers said, as decimal strings; a pair is 2 and a dozen 12 of what it counts."""
    folded = fold(text)
    said: list[str] = []
    for numeral in _scan(text, folded):
        times = _group_size(folded, numeral.end)
        said += [_plain(value * times) for value in numeral.said]
    return said


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


_GROUPS = re.compile(r"(双)|(对)(?![不吧吗了啊呀的,，。]|$)|(打)(?![开电扫针理包算听车工球架])")


def _group_size(text: str, pos: int) -> int:
    group = _GROUPS.match(text, pos)
    if group is None:
        return 1
    return 12 if group[3] else 2


def _scan(text: str, folded: str) -> Iterator[Numeral]:
    pos = 0
    while found := _START.search(folded, pos):
        start = found.start()
        if skip := in_idiom(folded, start):
            pos = start + skip
            continue
        numeral = _signed(folded, start)
        if numeral is None:
            pos = start + 1
            continue
        pos = numeral.end
        if _is_said(text, folded, numeral):
            yield numeral


def _is_said(text: str, folded: str, numeral: Numeral) -> bool:
    """Whether it is a number here, rather than a syllable of another word."""
    start, end = numeral.start, numeral.end
    if end - start > 1 or folded[start].isdigit():
        return True
    return text[start] not in FORMAL and not digit_is_word(folded, start)


def _signed(text: str, pos: int) -> Numeral | None:
    if text[pos] in "负-":
        if pos and text[pos - 1].isalnum() and text[pos] == "-":
            return None
        numeral = _fraction(text, pos + 1) if pos + 1 < len(text) else None
        if numeral is None or numeral.vague:
            return None
        return _exact(-numeral.value, pos, numeral.end)
    return _fraction(text, pos)


def _fraction(text: str, pos: int) -> Numeral | None:
    """三分之一, 二又三分之一, 百分之五十, 5%, or a plain number."""
    if text.startswith("百分之", pos):
        share = _number(text, pos + 3)
        if share is None or share.vague:
            return None
        return _exact(share.value / 100, pos, share.end)
    first = _number(text, pos)
    if first is None or first.vague:
        return first
    if text.startswith("%", first.end):
        return _exact(first.value / 100, pos, first.end + 1)
    if text.startswith("又", first.end):
        rest = _fraction(text, first.end + 1)
        if rest and 0 < rest.value < 1:
            return _exact(first.value + rest.value, pos, rest.end)
        return first
    return _parts(text, first) or first


def _parts(text: str, whole: Numeral) -> Numeral | None:
    """十分之三; 十份三 only as a whole saying, since 份 is also what a lunch is counted by."""
    for mark in ("分之", "份之", "份"):
        if not text.startswith(mark, whole.end):
            continue
        share = _number(text, whole.end + len(mark))
        if share is None or share.vague or not whole.value:
            return None
        if mark == "份" and (share.end < len(text) or whole.value < 2):
            return None
        return _exact(share.value / whole.value, whole.start, share.end)
    return None


def _number(text: str, pos: int) -> Numeral | None:
    if pos >= len(text):
        return None
    char = text[pos]
    if char in FUSED:
        return _exact(Decimal(FUSED[char]), pos, pos + 1)
    if char == "半":
        if text.startswith("百", pos + 1):
            return _exact(Decimal(50), pos, pos + 2)
        return _exact(Decimal("0.5"), pos, pos + 1)
    if text.startswith("一半", pos):
        return _exact(Decimal("0.5"), pos, pos + 2)
    return _digit_run(text, pos) or _pair(text, pos) or _few(text, pos) or _counted(text, pos)


def _power(text: str, pos: int) -> tuple[Decimal, int]:
    """The product of the powers of ten at `pos` (十万, 百, 万亿) and where they end."""
    power = Decimal(1)
    while pos < len(text) and text[pos] in POWERS:
        power *= POWERS[text[pos]]
        pos += 1
    return power, pos


def _few(text: str, pos: int) -> Numeral | None:
    """几, 几十, 几百: between one and nine of them."""
    if text[pos] != "几":
        return None
    power, end = _power(text, pos + 1)
    return _vague(power, 9 * power, pos, end)


def _pair(text: str, pos: int) -> Numeral | None:
    """两三, 七八, 三五百, 五六十: two neighbours said for either."""
    if pos + 1 >= len(text):
        return None
    low, high = DIGITS.get(text[pos]), DIGITS.get(text[pos + 1])
    if low is None or high is None or (low, high) not in _PAIRS:
        return None
    end = pos + 2
    if text[pos + 1] == "两" and not _pairs_with_liang(text, end):
        return None
    power, after = _power(text, end)
    if power > 1 and after < len(text) and text[after] in DIGITS:
        return None
    if power == 1 and text[pos : end] == "一二" and end == len(text):
        return None
    return _vague(low * power, high * power, pos, after, low * power, high * power)


def _pairs_with_liang(text: str, pos: int) -> bool:
    """一两 is one or two before a measure word (一两斤), else a weight (一两盐)."""
    return pos < len(text) and text[pos] in "斤个瓶袋包盒箱条只块把根颗棵头桶罐提板份件百千万天次碗双人年月"


def _digit_run(text: str, pos: int) -> Numeral | None:
    """Digits read one by one: 一一, 二零一八, 一三八."""
    end = pos
    while end < len(text) and text[end] in DIGITS and text[end] != "两":
        end += 1
    if end - pos < 2 or (end < len(text) and text[end] in POWERS and text[pos] != "零"):
        return None
    digits = [DIGITS[char] for char in text[pos:end]]
    if end - pos == 2 and (digits[0], digits[1]) in _PAIRS and text[pos:end] != "一二":
        return None
    value = Decimal("".join(map(str, digits)))
    return _with_decimals(text, pos, end, value)


def _with_decimals(text: str, pos: int, end: int, value: Decimal) -> Numeral:
    """`value` with what follows 点, and with the power after it (一点五万)."""
    if text.startswith("点", end):
        last = end + 1
        while last < len(text) and text[last] in "0123456789零一二三四五六七八九":
            last += 1
        if last > end + 1:
            digits = "".join(str(DIGITS.get(char, char)) for char in text[end + 1 : last])
            power, after = _power(text, last)
            return _exact((value + Decimal("0." + digits)) * power, pos, after)
    return _exact(value, pos, end)


def _counted(text: str, pos: int) -> Numeral | None:
    """Digits with powers of ten (三万四千五百六十七, 5万4千, 百三, 一万二, 十来, 四百多)."""
    total = section = Decimal(0)
    digit: Decimal | None = None
    power = 0  # of the last power said, for the bare digit after it (一万二)
    end, zero, started = pos, False, False
    while end < len(text):
        char = text[end]
        arabic = _ARABIC.match(text, end) if char.isdigit() else None
        if arabic and digit is None:
            digit, end = Decimal(arabic[0].replace(",", "")), arabic.end()
        elif char == "零" and (digit is None or not started):
            if not started:
                digit = Decimal(0)
            zero, end = True, end + 1
        elif char in DIGITS and digit is None and not _is_liang(text, end, started):
            if pair := started and _tail_pair(text, pos, end, total + section):
                return pair
            digit, end = Decimal(DIGITS[char]), end + 1
        elif char in TENS and digit is None:
            section, power, end = section + TENS[char], 10, end + 1
        elif char in POWERS:
            size = POWERS[char]
            if digit is None and not _may_stand_bare(text, end, started, zero, power):
                break
            if size < 10_000:
                if power and size >= power and power < 10_000:
                    break
                section += (Decimal(1) if digit is None else digit) * size
            elif total and size > power >= 10_000:
                total = (total + section + (digit or 0)) * size
                section = Decimal(0)
            else:
                total += (section + (digit or 0)) * size
                section = Decimal(0)
            digit, power, zero, end = None, size, False, end + 1
        else:
            break
        started = True
    if not started:
        return None
    if digit is not None and power >= 100 and not zero and digit < 10:
        section += digit * power / 10
    else:
        section += digit or 0
    value = total + section
    if power and digit is None:
        return _more(text, pos, end, value, power) or _with_decimals(text, pos, end, value)
    return _with_decimals(text, pos, end, value)


def _is_liang(text: str, pos: int, started: bool) -> bool:
    """两 after a number is a weight unless a power of ten follows (两百, 一万两千)."""
    return text[pos] == "两" and started and not (pos + 1 < len(text) and text[pos + 1] in POWERS)


def _may_stand_bare(text: str, pos: int, started: bool, zero: bool, power: int) -> bool:
    """十 alone, 百三, 一万零百一十一 and 一百十六 need no digit before their power of ten."""
    if text[pos] == "十":
        return True
    if started:
        return zero or text[pos] in "万亿"
    following = text[pos + 1 : pos + 2]
    return text[pos] in "百千" and following != "" and following in "一二三四五六七八九"


def _tail_pair(text: str, pos: int, at: int, base: Decimal) -> Numeral | None:
    """四十五六: the pair at the end of a larger number."""
    pair = _pair(text, at)
    if pair is None or pair.low is None or pair.high is None or pair.high >= 10:
        return None
    if base % 10 or text[at - 1] != "十":
        return None
    low, high = base + pair.low, base + pair.high
    return _vague(low, high, pos, pair.end, low, high)


def _more(text: str, pos: int, end: int, value: Decimal, power: int) -> Numeral | None:
    """十来, 二十多, 四百多, 十几, 十多万: as much as the next round number."""
    if text[end : end + 1] not in _MORE or end >= len(text):
        return None
    if text[end] in "来把" and not (end + 1 < len(text) and text[end + 1] in _COUNTABLE):
        return None
    size, after = _power(text, end + 1)
    low = value * size
    return _vague(low, (value + power - 1) * size, pos, after, low)


# 十来斤 is about ten; 十来两斤 never is said, but 葱来十来两瓶醋 may be heard: 来 counts only here.
_COUNTABLE = frozenset(
    "斤个瓶袋包盒箱条只块把根颗棵头桶罐提板份件万亿天次碗双人年岁元节朵枚张支升公克分里米层卷听串杯"
)
