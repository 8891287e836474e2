"""Which amount belongs to which thing: 三斤土豆, 土豆三斤, 黄豆绿豆各二斤, 二十斤大米一袋."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from decimal import Decimal

from nlu.amounts.quantities import Amount
from nlu.cues import FILLER
from nlu.marks.packs import pack_sizes
from nlu.marks.pairing import pair
from nlu.marks.reading import Mark
from nlu.vocabulary import Sense, Vocabulary

_EACH = re.compile(
    r"(?:各|每样|每种|一样|都|各样|各自)(?:给我|给)?(?:来|要|拿|买|称|带|送|捎|整|弄|改成|改为|改到|改|换成|"
    r"加到|加成|减到|减成|变成|减去?|减掉|减少|少来?|多来?|再加|再来|加)?(?:上|个)?$"
)
_EACH_AHEAD = re.compile(
    r"(?:各|每样|每种|一样|各样)(?:都|就|也)?(?:给我)?(?:来|要|拿|买|称|带|送|捎|整|弄|搞|割|上)*$"
)
_OR = re.compile("(?:或者?是?|要么)(?:来|要|拿|就|给我|称)*")
_DISH = re.compile("(?:[要想馋]吃|点名要吃?|[煮熬做炖炒煲蒸烧煨])(?:个|点|顿|一?锅|碗)?$")
_EATEN = re.compile("(?:(?:少|多|不|别|爱|不能)吃|[要想][熬煮炖做包])[点个些]?$")
# 一共四样每样三斤: how many things there are, which is no amount of any.
_KINDS = ("样", "种")
# 十个肉包子哎孙女吃素五个肉的五个素的: how much may be told before the parts.
_BETWEEN = 10
_AND = re.compile(rf"(?:{FILLER}|和|跟|还有|以及|同|与|带|加上|再加上?|搭)*")
# 孙子要酸奶孙女要面包各来一提
_SOMEBODY_WANTS = re.compile(
    "[^，来买给]{1,4}?(?:说|喊|闹)?(?:着)?(?:想|要|爱|馋)(?:吃|喝)?(?:点|个)?"
)
# 花生油也没了酱油也没了各来一份: why each is to come.
_GONE_AND = re.compile(
    rf"(?:{_AND.pattern}|(?:也|都|快|就)*(?:没有?|用完|吃完|喝完|使完|见底|断顿)[了咧啦]?|"
    "(?:[我俺额咱他她]|老伴儿?|老头子?|孙[子女]|闺女|儿子)们?(?:就|也|又)?(?:要|吃|喝|爱[吃喝]))*"
)
_AND_SO_MANY = re.compile(rf"(?:{FILLER}|和|跟|还有|以及|同|与|就是|有|的|一共|总共|拢共)*")


@dataclass
class Mention:
    """A thing named, with the amounts said of it. `start`, `end` span both.

    `link` is what stands between the name and an amount said after it: 再加, 改成. `told` marks one
    that belongs to a story, `spare` one wished only where what was named before is not to be had.
    """

    sense: Sense
    start: int
    end: int
    named: tuple[int, int] = (0, 0)
    amounts: list[Amount] = field(default_factory=list)
    spec_jin: Decimal | None = None
    link: str = ""
    told: bool = False
    spare: bool = False

    @property
    def amount(self) -> Amount | None:
        return self.amounts[-1] if self.amounts else None


@dataclass
class Loose:
    """An amount with no thing beside it: a correction, an addition, or part of a story."""

    amount: Amount
    start: int
    end: int
    told: bool = False
    spare: bool = False


Event = Mention | Loose


def bind(
    text: str, marks: list[Mark], vocabulary: Vocabulary, pauses: frozenset[int] = frozenset()
) -> list[Event]:
    """Mentions and loose amounts, left to right; over one of the `pauses` they rarely belong."""
    marks, specs = pack_sizes(text, marks, vocabulary)
    owners = _shared(text, marks)
    pair(text, marks, owners, vocabulary, pauses)
    events: list[Event] = []
    owned = {amount for amount, _ in owners}
    amounts: dict[int, set[int]] = defaultdict(set)
    for amount, thing in owners:
        amounts[thing].add(amount)
    for index, mark in enumerate(marks):
        if mark.sense:
            said = [marks[amount] for amount in sorted(amounts[index])]
            ends = [mark.start, mark.end]
            for amount_mark in said:
                if abs(amount_mark.start - mark.end) < 12:
                    ends += [amount_mark.start, amount_mark.end]
            events.append(
                Mention(
                    mark.sense, min(ends), max(ends), (mark.start, mark.end),
                    [m.amount for m in said if m.amount], specs.get(mark.start),
                    _link(text, marks, index, said[-1]) if said else "",
                )
            )
        elif mark.amount and index not in owned:
            events.append(Loose(mark.amount, mark.start, mark.end))
    events.sort(key=lambda event: (event.start, event.end))
    events = [event for at, event in enumerate(events) if not _is_shared_out(text, events, at)]
    return _either(text, events)


def _link(text: str, marks: list[Mark], thing: int, amount: Mark) -> str:
    """What stands between a thing and an amount said after it; where that is of several things,
    between the last of them and the amount."""
    if amount.start <= marks[thing].end:
        return ""
    last = max(mark.end for mark in marks[thing:] if mark.sense and mark.end <= amount.start)
    return text[last : amount.start]


def _either(text: str, events: list[Event]) -> list[Event]:
    """苹果或者梨来三斤: one of the two, and it is asked which."""
    found: list[Event] = []
    for event in events:
        last = found[-1] if found else None
        if (
            isinstance(event, Mention) and isinstance(last, Mention)
            and event.sense.held == last.sense.held == "held"
            and _OR.fullmatch(text, last.end, event.start)
        ):
            skus = tuple(dict.fromkeys((*last.sense.skus, *event.sense.skus)))
            event.sense = replace(event.sense, skus=skus)
            if last.amounts and event.amounts and not _alike(last.amounts[-1], event.amounts[-1]):
                event.amounts = [Amount(None, "", last.end, event.start, vague=True)]
            event.amounts = event.amounts or last.amounts
            event.start = last.start
            found.pop()
        found.append(event)
    return found


def _alike(first: Amount, second: Amount) -> bool:
    return (first.value, first.unit) == (second.value, second.unit)


def _is_shared_out(text: str, events: list[Event], at: int) -> bool:
    """包子十个六个肉的四个素的: the number of all, before how many of each."""
    whole = events[at]
    if not isinstance(whole, Mention) or whole.amount is None or whole.amount.value is None:
        return False
    left, end, akin = whole.amount.value, whole.end, 0
    for part in events[at + 1 :]:
        if not isinstance(part, Mention) or part.amount is None or part.amount.value is None:
            return False
        near = part.sense.kind and end == whole.end and part.start - end <= _BETWEEN
        if part.amount.unit != whole.amount.unit or not (
            near or part.start < end or _AND.fullmatch(text, end, part.start)
        ):
            return False
        if part.sense.word == whole.sense.word:
            return False
        left, end = left - part.amount.value, part.end
        akin += part.sense.kind or bool(set(part.sense.skus) & set(whole.sense.skus))
        if not akin and (part.sense.held == whole.sense.held == "held"):
            return False  # 馒头二十个包子十个肉的素的各五个
        if left <= 0:
            return left == 0 and akin > 0 and part is not events[at + 1]
    return False


def _shared(text: str, marks: list[Mark]) -> list[tuple[int, int]]:
    """各二斤: the amount is of every thing listed just before, or where none is, just after."""
    owners: list[tuple[int, int]] = []
    for index, mark in enumerate(marks):
        if mark.amount is None or mark.amount.unit in _KINDS:
            continue
        at = index - 1
        while at >= 0 and _counts_kinds(marks[at]):
            at -= 1
        if at < 0 or marks[at].amount:
            if _EACH_AHEAD.search(text, 0, mark.start):
                owners += [(index, thing) for thing in _listed_after(text, marks, index)]
            continue
        gap = text[marks[at].end : mark.start]
        if not _EACH.search(gap):
            continue
        if group := _so_many_kinds(marks, at, index):
            owners += [(index, thing) for thing in group]
            continue
        group = [at]
        while at > 0 and marks[at - 1].sense:
            between = text[marks[at - 1].end : marks[at].start]
            wanted = "各" in gap and _SOMEBODY_WANTS.fullmatch(between)
            if not (_GONE_AND.fullmatch(between) or wanted):
                break
            if _EATEN.search(text, 0, marks[at - 1].start):
                break  # 少吃肉，芹菜菠菜各一斤
            before = marks[at - 1].sense
            if before and before.held == "unheld" and _DISH.search(text, 0, marks[at - 1].start):
                break  # 要吃地三鲜，茄子土豆青椒各二斤
            at -= 1
            group.append(at)
        if len(group) > 1 or "各" in gap:
            owners += [(index, thing) for thing in group]
    return owners


def _so_many_kinds(marks: list[Mark], last: int, index: int) -> list[int]:
    """有生抽有料酒还有什么来着哦豆腐乳三样各来一瓶: so many of those named before it, whatever
    was said between them."""
    kinds = next((mark.amount.value for mark in marks[last + 1 : index] if mark.amount), None)
    group: list[int] = []
    for at in range(last, -1, -1):
        if _counts_kinds(marks[at]):
            continue
        if marks[at].amount or kinds is None or len(group) == kinds:
            break
        sense = marks[at].sense
        if sense and sense.held == "held" and len(sense.word) > 1:
            group.append(at)
    return group if len(group) > 1 and len(group) == kinds else []


def _counts_kinds(mark: Mark) -> bool:
    return mark.amount is not None and mark.amount.unit in _KINDS


def _listed_after(text: str, marks: list[Mark], index: int) -> list[int]:
    """每样来两斤黄瓜茄子豆角: two things or more with no amount of their own."""
    group: list[int] = []
    end = marks[index].end
    for at in range(index + 1, len(marks)):
        if _counts_kinds(marks[at]):
            end = marks[at].end
            continue
        joined = _AND_SO_MANY.fullmatch(text, end, marks[at].start)
        if marks[at].amount:
            return group if len(group) > 1 and not joined else []
        if not joined:
            break
        group.append(at)
        end = marks[at].end
    return group if len(group) > 1 else []
