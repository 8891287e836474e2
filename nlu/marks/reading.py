"""The marks in a sentence: what is named, how much, when; and the stretches between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nlu.amounts.measures import amount_said, compares, counts_no_goods, counts_us
from nlu.amounts.quantities import UNITS, Amount
from nlu.marks.described import described_at
from nlu.marks.halfsaid import (
    bare_before,
    bare_measure,
    each_so_many,
    lost_measure,
    lost_number,
    odd_measure,
    of_two_things,
    one_more_of_it,
    or_so_many,
)
from nlu.marks.longernames import whole_name
from nlu.vocabulary import Sense, Vocabulary

# Dialect characters that stand for a common one in every word, one for one.
_DIALECT = str.maketrans(
    "樽嘅冇冚咗啲佢哋唔㗎囉咧捞睇嚟咁搵揾", "瓶的没全了些他们不嘎啰咧捞看来这找找"
)
# 介天儿, 介是嘛: 这 as Tianjin says it.
_JIE = re.compile("介(?=天儿|[个些是回])")
# 唔好 forbids before what would be done; 好唔好 asks, and 唔好食 only finds fault.
_DONT = re.compile(
    "(?<!好)唔好(?=[要买送拿畀俾来嚟放落加整搞攞太咁再一二两三四五六七八九十半]|$|了|啦|住)"
)
# 仲有 is 还有, 系八只 is 是八只.
_STILL = re.compile("仲(?=[有要剩得未没想差爱系可够係])")
_IS = re.compile("[系係](?=[一二两三四五六七八九十半唔咁我你佢])|(?<=[唔就都仲净])[系係]")
_EATS = re.compile("(?<![粮零饮主素肉面副伙膳甜美])食(?=[饭不唔过完咗得紧晒埋落返粥面餐了])")
_DRINKS = re.compile("饮(?=[茶酒汤开咗紧过完晒了])")
_MARKS = re.compile(r"(?<!\d)[^\w%～~-]+|[^\w%～~-]+(?!\d)|[，。、；！？\s]+")
# 一八 is no number that anybody buys by: one of its digits was heard wrong.
_DIGITS_IN_A_ROW = re.compile("[一二两三四五六七八九]{2}[^十百千万多来几]")
# 再添五个孙子礼拜天不走: so many are wished for, and of whom is told next.
_ASKED_MORE = re.compile("(?:[添加要拿买]|再来|给我来)$")
# 一打开 is no dozen.
_BEATS = tuple("开电听车针扫招算")
# 炒菜用的生抽, 炖肉使的大料: what a thing is used for.
_USED_FOR = re.compile("(?:时候?)?[用使][的哩]")
_COOKS = tuple("炒烧拌煮炖做腌蒸包和")
_ENDS_THERE = re.compile("$|[一二两三四五六七八九十俩仨][个斤袋]|[和跟]")
_FORBIDS = tuple("别不甭莫没")
_MOST_EATERS = 4
_FOR_THE_POT = re.compile("(?:晚上|上午|下午)(?=[炖煲煮吃炒烧做蒸送来])")  # 萝卜两个晚上炖汤
_TIME_SPAN = re.compile("月|礼拜|星期|钟头|小时|人|老人")


@dataclass(frozen=True)
class Mark:
    """A thing or a `service` named (`sense`), or an amount said, at `[start, end)`."""

    start: int
    end: int
    sense: Sense | None = None
    amount: Amount | None = None
    service: bool = False


def plain(text: str) -> str:
    """Dialect and traditional writing made common, character for character."""
    text = _IS.sub("是", _STILL.sub("还", _DONT.sub("不要", text)))
    text = _DRINKS.sub("喝", _EATS.sub("吃", text))
    return _JIE.sub("这", text.translate(_DIALECT))


def spoken(text: str) -> list[int]:
    """Where the characters are that were said: all but spaces and marks outside a number."""
    marks_at = {at for m in _MARKS.finditer(text) for at in range(*m.span())}
    return [at for at in range(len(text)) if at not in marks_at]


def marks(
    text: str,
    vocabulary: Vocabulary,
    blocked: frozenset[int] = frozenset(),
    known: Sequence[Mark] = (),
    strange: frozenset[int] = frozenset(),
) -> list[Mark]:
    """Things and amounts from left to right; characters in `blocked` belong to something else.

    `known` are marks found before (services), which stand where they are. A measure word after
    a `strange` character and beside a thing is an amount whose number was lost.
    """
    found: list[Mark] = []
    starts = {mark.start: mark for mark in known}
    pos = 0
    while pos < len(text):
        if pos in starts:
            found.append(starts[pos])
            pos = starts[pos].end
            continue
        if pos in blocked:
            pos += 1
            continue
        beside = _ends_with_thing(found, pos)
        listed = _is_next_of_list(found, pos)
        mark = _kind(text, pos, found, vocabulary) or _mark_at(
            text, pos, vocabulary, blocked, beside, listed
        )
        if mark is None and (one := bare_before(text, pos)):
            mark = _kind(text, one.end, found, vocabulary) and Mark(pos, one.end, amount=one)
        if mark is None and found and found[-1].sense and found[-1].sense.held == "held" and (
            one := one_more_of_it(text, pos, found[-1].end)
        ):
            mark = Mark(pos, one.end, amount=one)
        if mark is None and strange:
            lost = lost_number(text, pos, beside, vocabulary, strange)
            mark = Mark(pos, lost.end, amount=lost) if lost else None
        if mark is None:
            pos += 1
            continue
        while found and found[-1].start >= mark.start:
            found.pop()  # 芹菜馅饺子 takes in what was named of it
        found.append(mark)
        pos = mark.end
    return found


def _kind(text: str, pos: int, found: list[Mark], vocabulary: Vocabulary) -> Mark | None:
    """肉的, 七号的, of a thing named before and not of the one that follows (肉的包子)."""
    sense = vocabulary.kind_at(text, pos, (mark.sense.word for mark in found if mark.sense))
    if sense is None and found and found[-1].amount and found[-1].end == pos and (
        _ENDS_THERE.match(text, pos + 1)
    ):
        named = (mark.sense.word for mark in found if mark.sense)  # 三个肉三个素
        sense = vocabulary.kind_at(f"{text[pos]}的", 0, named)
        return Mark(pos, pos + 1, replace(sense, word=text[pos])) if sense else None
    end = pos + len(sense.word) if sense else pos
    if sense is None or (sense.kind and _is_of_the_next(text, pos, end, found, vocabulary)):
        return None
    if len(sense.word) == 2 and text[pos - 1 : pos] in _COOKS:
        return None  # 油炒菜的
    if sense.word[0] in "带含" and text[pos - 1 : pos] in _FORBIDS:
        return None  # 瘦肉两斤可别带肥的
    if (whole := vocabulary.sense_at(text, pos)) and len(whole.word) > len(sense.word):
        return None  # 七号的那个电池
    return Mark(pos, end, sense)


def _counts_it(found: list[Mark], pos: int) -> bool:
    """酱油一瓶老的红烧肉上色: a thing and its amount stand right before what says its kind."""
    if len(found) < 2 or found[-1].amount is None or found[-2].sense is None:
        return False
    return found[-2].end == found[-1].start and found[-1].end == pos


def _is_of_the_next(
    text: str, pos: int, end: int, found: list[Mark], vocabulary: Vocabulary
) -> bool:
    """肉的包子; but of 面条二斤湿的馒头六个 the noodles are the wet ones."""
    following = vocabulary.sense_at(text, end) if end < len(text) else None
    if following is None:
        return False
    counted, such = _counts_it(found, pos), text.endswith("那种", pos, end)
    if following.held == "unheld" or such:
        return not (counted or such)
    of_it = vocabulary.kind_at(text, pos, [following.word]) is not None
    return of_it or not counted or following.held != "held"


def _mark_at(
    text: str,
    pos: int,
    vocabulary: Vocabulary,
    blocked: frozenset[int],
    beside: bool,
    listed: bool,
) -> Mark | None:
    sense = described_at(text, pos, vocabulary) or vocabulary.sense_at(text, pos)
    if sense and sense.held == "shelf" and _USED_FOR.match(text, pos + len(sense.word)):
        sense = None
    if sense and sense.word == "奶" and "奶奶" in text[max(0, pos - 1) : pos + 2]:
        sense = None  # 二奶奶 is a person
    amount = amount_said(text, pos)
    if amount and text[amount.end - 1] == "打" and text[amount.end : amount.end + 1] in _BEATS:
        amount = None
    if amount and counts_no_goods(text, amount.unit, amount.end):
        # 鸡腿二十个孩子们回来啃: nobody has so many children.
        many = beside or _ASKED_MORE.search(text, 0, pos) is not None
        many = many and amount.value is not None and amount.value > _MOST_EATERS
        for_the_pot = beside and _FOR_THE_POT.match(text, amount.end) is not None
        many = many or for_the_pot or listed and amount.value == 1
        amount = amount if many and not _TIME_SPAN.match(text, amount.end) else None
    if amount and _DIGITS_IN_A_ROW.match(text[amount.start : amount.end]):
        amount = replace(amount, value=None, vague=True)
    amount = or_so_many(text, amount) if amount else None
    if amount and beside and amount.vague:
        amount = of_two_things(text, amount, vocabulary)
    if amount and not sense and (compares(text, amount) or counts_us(text, amount)):
        return None
    if amount and any(at in blocked for at in range(amount.start, amount.end)):
        amount = None
    if sense and amount:
        if len(sense.word) > 1 and amount.end <= pos + len(sense.word):
            return Mark(*whole_name(text, pos, sense, vocabulary))
        return Mark(pos, amount.end, None, amount)
    if sense:
        return Mark(*whole_name(text, pos, sense, vocabulary))
    if amount:
        return Mark(pos, amount.end, amount=amount)
    amount = (
        each_so_many(text, pos)
        or odd_measure(text, pos, vocabulary)
        or lost_measure(text, pos, vocabulary)
        or bare_measure(text, pos, vocabulary)
    )
    return Mark(pos, amount.end, amount=amount) if amount else None


def _ends_with_thing(found: list[Mark], pos: int) -> bool:
    """Whether a thing that is sold was named right before `pos`."""
    last = found[-1] if found else None
    return last is not None and last.end == pos and (
        last.sense is not None and last.sense.held == "held"
    )


def _is_next_of_list(found: list[Mark], pos: int) -> bool:
    """西兰花两个蛋糕一个孙女做十岁: a thing named right before, after one with its amount."""
    if len(found) < 3 or found[-1].end != pos:
        return False
    first, amount, thing = found[-3:]
    return (
        first.sense is not None and amount.amount is not None and thing.sense is not None
        and first.end == amount.start and amount.end == thing.start
    )


def is_weight(amount: Amount) -> bool:
    unit = UNITS.get(amount.unit)
    return unit is not None and unit.kind == "weight"
