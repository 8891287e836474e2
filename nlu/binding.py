"""Which amount belongs to which thing: 三斤土豆, 土豆三斤, 黄豆绿豆各二斤, 二十斤大米一袋."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from nlu.cues import FILLER
from nlu.measures import in_jin
from nlu.pairing import pair
from nlu.quantities import Amount
from nlu.reading import Mark, is_weight
from nlu.vocabulary import Sense, Vocabulary

_SAYS_OF = re.compile("(?:装的?|的|那个|那种|那袋|那一袋)(?:那种|那个|那一?袋)?")
_EACH = re.compile(
    r"(?:各|每样|每种|一样|都|各样|各自)(?:给我)?(?:来|要|拿|买|称|带|送|捎|整|弄|改成|改为|改到|改|换成|"
    r"加到|加成|减到|减成|变成)?(?:上)?$"
)
_EACH_AHEAD = re.compile(
    r"(?:各|每样|每种|一样|各样)(?:都|就|也)?(?:给我)?(?:来|要|拿|买|称|带|送|捎|整|弄|搞|割|上)*$"
)
# 一共四样每样三斤: how many things there are, which is no amount of any.
_KINDS = ("样", "种")
_AND = re.compile(rf"(?:{FILLER}|和|跟|还有|以及|同|与|带|加上|再加上?|搭)*")
_AND_SO_MANY = re.compile(rf"(?:{FILLER}|和|跟|还有|以及|同|与|就是|有|的|一共|总共|拢共)*")
_LEFT = re.compile(
    "(?:那个|那种|那袋|的那?个?|的那种)(?:我|太)?(?:扛不动|抱不动|不要|拎不动|搬不动|太|重)"
)


@dataclass
class Mention:
    """A thing named, with the amounts said of it. `start`, `end` span both.

    `link` is what stands between the name and an amount said after it: 再加, 改成. `told` marks one
    that belongs to a story.
    """

    sense: Sense
    start: int
    end: int
    named: tuple[int, int] = (0, 0)
    amounts: list[Amount] = field(default_factory=list)
    spec_jin: Decimal | None = None
    link: str = ""
    told: bool = False

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


Event = Mention | Loose


def bind(
    text: str, marks: list[Mark], vocabulary: Vocabulary, pauses: frozenset[int] = frozenset()
) -> list[Event]:
    """Mentions and loose amounts, left to right; over one of the `pauses` they rarely belong."""
    marks, specs = _pack_sizes(text, marks, vocabulary)
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
                    text[mark.end : said[-1].start] if said and said[-1].start > mark.end else "",
                )
            )
        elif mark.amount and index not in owned:
            events.append(Loose(mark.amount, mark.start, mark.end))
    return sorted(events, key=lambda event: (event.start, event.end))


def _pack_sizes(
    text: str, marks: list[Mark], vocabulary: Vocabulary
) -> tuple[list[Mark], dict[int, Decimal]]:
    """Weights that say which pack is meant (二十斤的大米), by thing; and the other marks."""
    left: list[Mark] = []
    specs: dict[int, Decimal] = {}
    skipped: set[int] = set()
    for index, mark in enumerate(marks):
        if index in skipped:
            continue
        jin = in_jin(mark.amount) if mark.amount else None
        if jin is not None and (_LEFT.match(text, mark.end) or _ruled_out(text, mark)):
            continue
        if _is_filler(text, marks, index) or _holds(text, marks, index):
            continue
        if jin is not None and _one_pack(text, marks, index):
            before = next((m for m in reversed(left) if m.sense), None)
            if before and _packed(before, jin, vocabulary):
                specs[before.start] = jin
                skipped.add(index + 1)
                continue
        thing = _sized(text, marks, left, index, jin, vocabulary) if jin is not None else None
        if thing is not None and jin is not None:
            specs[thing.start] = jin
        else:
            left.append(mark)
    return left, specs


def _ruled_out(text: str, mark: Mark) -> bool:
    """不是十斤的: the pack that is not meant."""
    return text.endswith(("不是", "不要"), 0, mark.start) and text.startswith("的", mark.end)


def _holds(text: str, marks: list[Mark], index: int) -> bool:
    """抽纸一提三包的: what one pack holds, said after the packs."""
    if index < 2 or not marks[index].amount or not marks[index - 1].amount:
        return False
    ends = text.startswith("的", marks[index].end)
    following = marks[index + 1] if index + 1 < len(marks) else None
    named = following is not None and following.start <= marks[index].end + 2
    return ends and not named and (
        marks[index - 1].end == marks[index].start
        and marks[index - 2].sense is not None and marks[index - 2].end == marks[index - 1].start
    )


def _is_filler(text: str, marks: list[Mark], index: int) -> bool:
    """来个莲藕两节: a measure without a number, and the amount said after the name."""
    if index + 2 >= len(marks):
        return False
    mark, thing, after = marks[index : index + 3]
    bare = mark.amount is not None and text[mark.start : mark.end] == mark.amount.unit
    following = marks[index + 3] if index + 3 < len(marks) else None
    if following and following.sense and following.start == after.end:
        return False
    return bool(
        bare and thing.sense and thing.start == mark.end
        and after.amount and after.start == thing.end and after.end - after.start > 1
    )


def _one_pack(text: str, marks: list[Mark], index: int) -> bool:
    """大米要二十斤一袋的: what one pack weighs, said with the pack."""
    after = marks[index + 1] if index + 1 < len(marks) else None
    return (
        after is not None and after.amount is not None and after.amount.value == 1
        and after.start == marks[index].end and text.startswith("的", after.end)
    )


def _sized(
    text: str, marks: list[Mark], left: list[Mark], index: int, jin: Decimal, vocabulary: Vocabulary
) -> Mark | None:
    """The thing whose pack of `jin` 斤 the weight at `index` names, if it names one."""
    mark = marks[index]
    says_of = _SAYS_OF.match(text, mark.end)
    following = marks[index + 1] if index + 1 < len(marks) else None
    if following and following.sense and following.start <= mark.end + 5:
        linked = text[mark.end : following.start]
        named = says_of is not None and linked in ("的", "装的", "装", "一袋的", "的那种")
        counted = not linked and _counted_in_packs(text, marks, index + 1, vocabulary)
        return following if _packed(following, jin, vocabulary) and (named or counted) else None
    before = next((m for m in reversed(left) if m.sense), None)
    return before if says_of and before and _packed(before, jin, vocabulary) else None


def _counted_in_packs(text: str, marks: list[Mark], index: int, vocabulary: Vocabulary) -> bool:
    """二十斤大米一袋: the packs are counted right after, and not of the next thing."""
    thing, after = marks[index], marks[index + 1] if index + 1 < len(marks) else None
    if after is None or after.amount is None or is_weight(after.amount):
        return False
    third = marks[index + 2] if index + 2 < len(marks) else None
    taken = third is not None and third.sense is not None and third.start == after.end
    return after.start - thing.end <= 2 and not taken and _in_sizes(thing, vocabulary)


def _packed(mark: Mark, jin: Decimal, vocabulary: Vocabulary) -> bool:
    skus = mark.sense.skus if mark.sense else ()
    return any(vocabulary.products[sku].pack_jin == jin for sku in skus)


def _in_sizes(mark: Mark, vocabulary: Vocabulary) -> bool:
    """Whether the thing comes in packs of more than one size."""
    skus = mark.sense.skus if mark.sense else ()
    return len({vocabulary.products[sku].pack_jin for sku in skus}) > 1


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
        group = [at]
        while at > 0 and marks[at - 1].sense:
            if not _AND.fullmatch(text[marks[at - 1].end : marks[at].start]):
                break
            at -= 1
            group.append(at)
        if len(group) > 1 or "各" in gap:
            owners += [(index, thing) for thing in group]
    return owners


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
