"""The grammar of a Chinese number: digits, powers of ten, decimals, and how vagueness is said.

A grammar rather than a library: cn2an reads 二两 as 22 and 两三斤 as 23. All functions read text
that `fold` has made plain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

DIGITS = {
    "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4,
    "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}
TENS = {"廿": 20, "卅": 30, "卌": 40}
POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
FUSED = {"俩": 2, "仨": 3}  # 两个 and 三个 said as one syllable

# One character for one, so that offsets stay those of the text given.
_FOLD = str.maketrans(
    "０１２３４５６７８９．，％－：～〇○壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億兩倆點負幾餘個鐘號時禮後週"
    "來過間鍾聖誕節靑歲臘陰曆陽舊",
    "0123456789.,%-:~零零一二二三三四五六六七八九十百千万亿两俩点负几余个钟号时礼后周"
    "来过间钟圣诞节青岁腊阴历阳旧",
)
_TIDY = re.compile("拾[掇翻]|[收捡归执]拾")  # a deed, and no formal ten
_ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\d.])\.\d+")
_SUFFIX = re.compile(r"[kK千](?![A-Za-z克瓦米卡])|[mM](?![A-Za-z])")
_RUN = re.compile(r"[零一二三四五六七八九幺]{2,}")
_DECIMALS = re.compile(r"点([0-9零一二三四五六七八九]+)")
# 三五 is the one pair that skips a number (三五个, 三五百); every other pair counts on by one.
_PAIRS = frozenset({(3, 5)} | {(n, n + 1) for n in range(1, 9)})
# 十来 and 一两 are vague only before something to count: 葱来十来两瓶醋 and 一两盐 are not.
_COUNTABLE = frozenset(
    "斤个瓶袋包盒箱条只块把根颗棵头桶罐提板份件百千万亿天次碗双人岁年"
    "月元节朵枚张支升公克分里米层卷听串杯"
)
_WEIGHED = frozenset("斤公克百千万亿")  # 三两斤 nobody says; 三两个 is two or three


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


def exact(value: Decimal, start: int, end: int) -> Numeral:
    return Numeral(value, None, None, start, end, (value,))


def fold(text: str) -> str:
    """The text with full-width, formal and traditional numerals made plain, offsets unchanged."""
    folded = text.translate(_FOLD)
    for word in _TIDY.finditer(text):
        folded = f"{folded[: word.start()]}{word[0]}{folded[word.end() :]}"
    return folded


def number_at(text: str, pos: int) -> Numeral | None:
    """The longest number without sign or fraction that starts at `pos`."""
    if pos >= len(text):
        return None
    if text[pos] in FUSED:
        return exact(Decimal(FUSED[text[pos]]), pos, pos + 1)
    if text.startswith("半百", pos):
        return exact(Decimal(50), pos, pos + 2)
    for half in ("一半", "半"):
        if text.startswith(half, pos):
            return exact(Decimal("0.5"), pos, pos + len(half))
    return _run(text, pos) or _pair(text, pos) or _few(text, pos) or _counted(text, pos)


def _vague(low: Decimal, high: Decimal, start: int, end: int, *said: Decimal) -> Numeral:
    return Numeral(low, low, high, start, end, said)


def _power(text: str, pos: int) -> tuple[Decimal, int]:
    """The product of the powers of ten at `pos` (十万, 百, 万亿) and where they end."""
    power = Decimal(1)
    while pos < len(text) and text[pos] in POWERS:
        power *= POWERS[text[pos]]
        pos += 1
    return power, pos


def _few(text: str, pos: int) -> Numeral | None:
    """几, 几十, 几百: between one and nine of them; 二几个 has lost its 十."""
    tens = 10 * DIGITS.get(text[pos], 0)
    if tens > 10 and text.startswith("几", pos + 1):
        return _vague(Decimal(tens), Decimal(tens + 9), pos, pos + 2)
    if text[pos] != "几":
        return None
    power, end = _power(text, pos + 1)
    return _vague(power, 9 * power, pos, end)


def _pair(text: str, pos: int) -> Numeral | None:
    """两三, 七八, 三五百, 五六十: two neighbours said for either."""
    # 来上三两斤, but 瘦肉三两斤半排骨 is two amounts.
    some_jin = text.startswith("三两斤", pos) and text[pos + 3 : pos + 4] not in ("半", "把")
    if some_jin or text.startswith("三两", pos) and (
        text[pos + 2 : pos + 3] in _COUNTABLE - _WEIGHED
    ):
        return _vague(Decimal(2), Decimal(3), pos, pos + 2, Decimal(2), Decimal(3))
    low, high = DIGITS.get(text[pos]), DIGITS.get(text[pos + 1 : pos + 2])
    if low is None or high is None or (low, high) not in _PAIRS:
        return None
    end = pos + 2
    if text[pos + 1] == "两" and text[end : end + 1] not in _COUNTABLE:
        return None
    if text[pos:end] == "一二" and end == len(text):
        return None
    power, end = _power(text, end)
    if power > 1 and text[end : end + 1] in DIGITS:
        return None
    return _vague(low * power, high * power, pos, end, low * power, high * power)


def _run(text: str, pos: int) -> Numeral | None:
    """Digits read one by one: 一一, 二零一八, 幺三八."""
    found = _RUN.match(text, pos)
    if found is None:
        return None
    end = found.end()
    if text[end : end + 1] in POWERS and text[end : end + 1] and text[pos] != "零":
        return None
    digits = [DIGITS.get(char, 1) for char in found[0]]
    if tuple(digits) in _PAIRS and (found[0] != "一二" or end < len(text)):
        return None
    return _with_decimals(text, pos, end, Decimal("".join(map(str, digits))))


def _with_decimals(text: str, pos: int, end: int, value: Decimal) -> Numeral:
    """`value` with what follows 点, and with the power after it (一点五万)."""
    found = _DECIMALS.match(text, end)
    if found is None:
        return exact(value, pos, end)
    if text[found.end() : found.end() + 1] == "十":
        return exact(value, pos, end)  # 备一点二十斤的米
    digits = "".join(str(DIGITS.get(char, char)) for char in found[1])
    power, end = _power(text, found.end())
    return exact((value + Decimal("0." + digits)) * power, pos, end)


def _counted(text: str, pos: int) -> Numeral | None:
    """Digits with powers of ten: 三万四千五百六十七, 5万4千, 百三, 一万二, 四百多."""
    total = section = Decimal(0)
    digit: Decimal | None = None
    power, zero, end = 0, False, pos  # power: the last one said, for the bare digit of 一万二
    while end < len(text):
        char, started = text[end], end > pos
        arabic = _ARABIC.match(text, end) if char.isdecimal() or char == "." else None
        if arabic and digit is None:
            digit, end = Decimal(arabic[0].replace(",", "")), arabic.end()
            if not started and (suffix := _SUFFIX.match(text, end)) and suffix[0] != "千":
                return exact(digit * (10**6 if suffix[0] in "mM" else 1000), pos, end + 1)
            continue
        if char == "零" and (digit is None or not started):
            digit, zero = (digit if started else Decimal(0)), True
        elif char in DIGITS and digit is None and not _is_liang(text, end, started):
            if pair := started and _tail(text, pos, end, total + section):
                return pair
            digit = Decimal(DIGITS[char])
        elif char in TENS and digit is None and not power:
            section, power = section + TENS[char], 10
        elif char in POWERS and _takes(text, end, started, digit, zero, power):
            size = POWERS[char]
            if size < 10_000:
                section += (1 if digit is None else digit) * size
            else:
                below = 0 if size > power >= 10_000 else total  # 一万亿 multiplies all, 亿万 adds
                tens = total - below + section + (digit or 0)
                total = (tens if started else Decimal(1)) * size + below
                section = Decimal(0)
            digit, power, zero = None, size, False
        else:
            break
        end += 1
    if end == pos:
        return None
    value = total + section + _last_digit(digit, power, zero)
    if power and digit is None and (more := _more(text, pos, end, value, power)):
        return more
    if end == pos + 1 and text[pos] in "百千万":
        return None
    return _with_decimals(text, pos, end, value)


def _last_digit(digit: Decimal | None, power: int, zero: bool) -> Decimal:
    """The digit said last: 一万二 is 12000, 一万零二 is 10002."""
    if digit is None:
        return Decimal(0)
    return digit * power / 10 if power >= 100 and not zero and digit < 10 else digit


def _is_liang(text: str, pos: int, started: bool) -> bool:
    """两 after a number is a weight unless a power of ten follows (两百, 一万两千)."""
    return text[pos] == "两" and started and text[pos + 1 : pos + 2] not in POWERS


def _takes(
    text: str, pos: int, started: bool, digit: Decimal | None, zero: bool, power: int
) -> bool:
    """Whether the power of ten at `pos` belongs to the number so far."""
    char, following = text[pos], text[pos + 1 : pos + 2]
    size = POWERS[char]
    if char == "千" and following == "克" and power == 0:
        return False  # 五千克 is five kilograms
    if size < 10_000 and power and power < 10_000 and size >= power:
        return False
    if digit is not None or char == "十":
        return True
    if started:  # 一万零百一十一, 十万, 一百万
        return zero or size >= 10_000
    return char in "百千万" and following != "" and following in "一二三四五六七八九十多来余把"


def _tail(text: str, pos: int, at: int, base: Decimal) -> Numeral | None:
    """四十五六, 一百二三: the pair at the end of a larger number."""
    pair = _pair(text, at)
    scale = Decimal(POWERS.get(text[at - 1], 10)) / 10
    if pair is None or len(pair.said) < 2 or pair.said[1] >= 10 or text[at - 1] == "零":
        return None
    low, high = (base + said * scale for said in pair.said)
    return _vague(low, high, pos, pair.end, low, high)


def _more(text: str, pos: int, end: int, value: Decimal, power: int) -> Numeral | None:
    """十来, 二十多, 四百多, 十几, 十多万: up to the next round number."""
    word, following = text[end : end + 1], text[end + 1 : end + 2]
    if not word or word not in "多余几来把":
        return None
    if word in "来把余" and following not in _COUNTABLE:
        return None
    size, after = _power(text, end + 1)
    low = value * size
    return _vague(low, (value + power - 1) * size, pos, after, low)
