"""An amount told as a sum, in answer to how much: 一天一袋喝七天, 早上俩晚上俩, 十个再加两个."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from nlu.amounts.measures import IDLE_UNITS, counts_no_goods, in_jin, measure_of
from nlu.amounts.numerals import find_numerals
from nlu.amounts.quantities import Amount, find_amounts
from nlu.cues import FILLER

# Who or what each share is for, and how many of them there are.
_EACH = re.compile(
    "(?:[一每]个?(?:(?P<people>人|口人?|位)|(?P<homes>家|户)|(?P<days>天|日)|(?P<meals>顿|餐))|天天|(?P<all>人均))"
    "(?:各|就|都|得|要|吃|喝|来|用|分|给)*$"
)
_SO_MANY = {
    "people": re.compile("(?:个|口|位)?(?:大)?(?:人|口(?!味)|位)"),
    "homes": re.compile("个?(?:家|户)"),
    "days": re.compile("天|日"),
    "meals": re.compile("顿|餐"),
}
_WEEKS = re.compile("个?(?:礼拜|星期|周)(?![一二三四五六日天])")
_PAIR = re.compile("(?:老|小)?两口子|老两口|[我咱他她]们?俩|两公婆|俩人")
_WEEK = Decimal(7)
_MORE = re.compile(
    rf"(?:{FILLER}|不够|少了|太少|的话|吧|了|那|就|怕|我看|得|给我)*(?:再|又|外|另外|还要|还得)*(?:加|添|补|搭|多|来|要)(?:上|个)?"
)
_ADDS = re.compile("再|又|外|另|还|[加添补搭]")
_LESS = re.compile(
    rf"(?:{FILLER}|太?多了?|的话|吧|了|那|就|给我)*(?:减|减去|减掉|少|去掉|扣掉?)(?:来|要|拿)?"
)
_AROUND = rf"(?:{FILLER}|就|那|要|来|拿|给我|我要|吧|够了?|行了?|好了?|正好|刚好|得了|各)*"
_KIN = (
    "(?:[我俺咱额]家?|自己|自家|家里|老伴儿?|老头子?|老婆子?|老太婆|[我俺]?(?:儿子|闺女|女儿|姑娘|孙子|孙女|外孙|媳妇|儿媳妇?|女婿|姐|妹|哥|弟|妈|爸)"
    "|邻居|对门|隔壁|楼上|楼下|亲家|他|她|人家|客人|亲戚|老[大二三]|大的?|小的?)(?:家|们|他们)?"
)
_USE = (
    "(?:红烧|清蒸|清炖|上供|送人|备着|留着|冻着|[炒炖煮蒸煲熬腌卤炸烤煎拌包做下烧焖剁切喂泡冻供](?:[^，一二两三四五六七八九十半俩仨]{0,3}?))"
    "(?:吃|喝|用)?"
)
# 早上三个晚上三个, 我两个老头子两个: no three evenings, and no two old men.
_APART = re.compile(rf"(?:早上|中午|晚上|上午|下午|早|中|晚|{_KIN})[一二两三四五六七八九十俩仨半]")
_LABEL = re.compile(
    rf"{_AROUND}(?:(?:早上|中午|晚上|早饭|午饭|晚饭|早起|夜里|晌午|今天|明天|后天|上午|下午|头顿|周末|早|中|午|晚)(?:吃|喝|用|上)?"
    rf"|(?:给|分|送|匀)?{_KIN}(?:吃|用|喝|要|留|留着|拿|的)?|(?:用来|拿来|留着|留|拿|是)?{_USE}"
    rf"|[大小肥瘦公母生熟甜咸红白](?:的|点的)){_AROUND}"
)
_LEFT_TO_US = re.compile("算算|算一?下|你算|帮我算")
_REST = re.compile(_AROUND)


def summed(text: str) -> Amount | None:
    """What the shares or parts said come to; None where none are, or nobody can add them up."""
    said = [
        amount for amount in find_amounts(text)
        if amount.unit not in IDLE_UNITS and not _is_no_goods(text, amount)
    ]
    if any(amount.value is None for amount in said) or _LEFT_TO_US.search(text):
        return None
    if len(said) == 1:
        return _shared_out(text, said[0])
    return _more_or_less(text, said) or _in_parts(text, said)


def _is_no_goods(text: str, amount: Amount) -> bool:
    """两口子, 三家, 一周, 两个人: whom or how long it is for."""
    if _APART.match(text, amount.end):
        return False
    if amount.unit in ("口", "家", "户", "位", "天", "顿", "餐", "周", "人", ""):
        return True
    return counts_no_goods(text, amount.unit, amount.end) or bool(
        _PAIR.match(text, amount.start - 1) or _PAIR.match(text, amount.start)
        or re.match("人|礼拜|星期|月|钟头|小时", text[amount.end :])
    )


def _shared_out(text: str, share: Amount) -> Amount | None:
    """一人两个六口人: so much for each, and how many they are."""
    each = _EACH.search(text, 0, share.start)
    if each is None or share.value is None:
        return None
    kind = "people" if each["all"] else each.lastgroup or "days"
    counts: dict[str, list[Decimal]] = {}
    for start, end in ((0, each.start()), (share.end, len(text))):
        for name, count in _counts(text[start:end]):
            counts.setdefault(name, []).append(count)
    if list(counts) != [kind] or len(counts[kind]) != 1:
        return None
    return replace(share, value=share.value * counts[kind][0])


def _counts(text: str) -> list[tuple[str, Decimal]]:
    found = [("people", Decimal(2)) for _ in _PAIR.finditer(text)]
    for numeral in find_numerals(text):
        if numeral.vague or _PAIR.search(text, max(0, numeral.start - 1), numeral.end + 3):
            continue
        if _WEEKS.match(text, numeral.end):
            found.append(("days", numeral.value * _WEEK))
        for name, unit in _SO_MANY.items():
            if unit.match(text, numeral.end):
                found.append((name, Decimal(numeral.value)))
                break
    return found


def _more_or_less(text: str, said: Sequence[Amount]) -> Amount | None:
    """十个再加两个, 一斤半少半斤."""
    first_said = len(said) == 2 and _REST.fullmatch(text, 0, said[0].start)
    if not first_said or _REST.fullmatch(text, said[1].end) is None:
        return None
    first, second = _alike(said)
    between = text[said[0].end : said[1].start]
    if first is None or second is None or first.value is None or second.value is None:
        return None
    if _LESS.fullmatch(between) and first.value > second.value:
        return replace(first, value=first.value - second.value)
    if _MORE.fullmatch(between) and _ADDS.search(between):
        return replace(first, value=first.value + second.value)
    return None


def _in_parts(text: str, said: Sequence[Amount]) -> Amount | None:
    """早上俩晚上俩, 一斤红烧一斤炒: each part with what it is for."""
    if len(said) < 2 or len({measure_of(amount.unit) for amount in said}) > 1:
        return None
    ends = [0, *(amount.end for amount in said)]
    starts = [*(amount.start for amount in said), len(text)]
    gaps = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    ahead, behind = gaps[:-1], gaps[1:]
    for labels, rest in ((ahead, gaps[-1]), (behind, gaps[0])):
        labelled = all(_LABEL.fullmatch(label) for label in labels)
        if labelled and len(set(labels)) == len(labels) and _REST.fullmatch(rest):
            values = [amount.value for amount in said if amount.value is not None]
            return replace(said[-1], value=sum(values, Decimal(0)))
    return None


def _alike(said: Sequence[Amount]) -> tuple[Amount | None, Amount | None]:
    """Both in one measure, weights in 斤; nothing where they cannot be."""
    first, second = said
    if measure_of(first.unit) == measure_of(second.unit):
        return first, second
    one, other = in_jin(first), in_jin(second)
    if one is None or other is None:
        return None, None
    return replace(first, value=one, unit="斤"), replace(second, value=other, unit="斤")
