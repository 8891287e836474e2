"""What one pack weighs or holds, and not how many are wished: 二十斤的大米, 一箱啤酒十二听的."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from nlu.amounts.measures import in_jin
from nlu.amounts.quantities import UNITS
from nlu.cues import MEND
from nlu.marks.reading import Mark, is_weight
from nlu.vocabulary import Vocabulary

_SPEC_VOLUME = re.compile(r"(\d+(?:\.\d+)?)(ml|L)")
_SAYS_OF = re.compile("(?:装的?|的|那个|那种|那袋|那一袋)(?:那种|那个|那一?袋)?")
_NEAR = 8
_RULES_OUT = re.compile("不是$|不要$|[提扛拎抱搬背]不(?:动|了|起)(?:那个|那袋?)?$")
_LEFT = re.compile(
    "(?:那个|那种|那袋|的那?个?|的那种)(?:我|太)?(?:扛不动|抱不动|不要|拎不动|搬不动|太|重)"
)


def pack_sizes(
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
        if _holds_so_many(text, marks, index, vocabulary):
            continue
        if _says_volume(text, marks, index, vocabulary):
            continue
        if jin is not None and _one_pack(text, marks, index):
            before = next((m for m in reversed(left) if m.sense), None)
            if before and _packed(before, jin, vocabulary):
                specs[before.start] = jin
                skipped.add(index + 1)
                continue
        other = _other_pack(text, marks, left, index, specs, vocabulary) if jin else None
        if other is not None and jin is not None:
            specs[other.start] = jin
            left.append(other)
            continue
        thing = _sized(text, marks, left, index, jin, vocabulary) if jin is not None else None
        if thing is not None and jin is not None:
            specs[thing.start] = jin
            _one_of_the_other(text, left, thing, mark, vocabulary)
        else:
            left.append(mark)
    return left, specs


def _ruled_out(text: str, mark: Mark) -> bool:
    """不是十斤的, 扛不动二十斤的: the pack that is not meant."""
    return _RULES_OUT.search(text, 0, mark.start) is not None and text.startswith("的", mark.end)


def _holds(text: str, marks: list[Mark], index: int) -> bool:
    """抽纸一提三包的, 一箱啤酒十二听的: what one pack holds, said after the packs."""
    amount = marks[index].amount
    if index < 2 or amount is None or in_jin(amount) is not None:
        return False
    ends = text.startswith("的", marks[index].end)
    following = marks[index + 1] if index + 1 < len(marks) else None
    named = (
        following is not None and following.sense is not None
        and following.start <= marks[index].end + 2
    )
    one, other = marks[index - 2], marks[index - 1]
    return ends and not named and (
        one.end == other.start and other.end == marks[index].start
        and (one.sense is None) != (other.sense is None)
    )


def _holds_so_many(text: str, marks: list[Mark], index: int, vocabulary: Vocabulary) -> bool:
    """三十个的整板鸡蛋一板: what one pack holds, said before the packs."""
    if index + 2 >= len(marks):
        return False
    mark, thing, packs = marks[index : index + 3]
    if mark.amount is None or thing.sense is None or packs.amount is None:
        return False
    if in_jin(mark.amount) is not None:
        return False
    linked = _SAYS_OF.fullmatch(text, mark.end, thing.start) and thing.end == packs.start
    units = {vocabulary.products[sku].unit for sku in thing.sense.skus}
    return bool(linked) and packs.amount.unit in units and mark.amount.unit not in units


def _says_volume(text: str, marks: list[Mark], index: int, vocabulary: Vocabulary) -> bool:
    """要花生油五升的, 五百毫升的酱油两瓶: what one pack holds, as its spec says."""
    amount = marks[index].amount
    said = UNITS.get(amount.unit) if amount else None
    if said is None or said.ml is None or amount is None or amount.value is None:
        return False
    if not text.startswith(("的", "装"), marks[index].end):
        return False
    beside = [mark for mark in marks[max(0, index - 2) : index + 2] if mark.sense]
    held = amount.value * said.ml
    return any(
        held == _volume(vocabulary.products[sku].spec)
        for mark in beside if mark.sense for sku in mark.sense.skus
    )


def _volume(spec: str) -> Decimal | None:
    found = _SPEC_VOLUME.match(spec)
    return Decimal(found[1]) * (1000 if found[2] == "L" else 1) if found else None


def _is_filler(text: str, marks: list[Mark], index: int) -> bool:
    """来个莲藕两节: a measure without a number, and the amount said after the name."""
    if index + 2 >= len(marks):
        return False
    mark, thing, after = marks[index : index + 3]
    bare = mark.amount is not None and text[mark.start : mark.end] == mark.amount.unit
    if after.amount and in_jin(after.amount) and text.startswith(("的", "装"), after.end):
        return False  # 来袋大米十斤的
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
        if not (says_of and linked == "的" and not _packed(following, jin, vocabulary)):
            return following if _packed(following, jin, vocabulary) and (named or counted) else None
    before = next((m for m in reversed(left) if m.sense), None)
    return before if says_of and before and _packed(before, jin, vocabulary) else None


def _one_of_the_other(
    text: str, left: list[Mark], thing: Mark, mark: Mark, vocabulary: Vocabulary
) -> None:
    """大米二十斤算了太重了十斤的就行: the weight said first was a pack's, and one is wished."""
    weight = left[-1].amount if left else None
    jin = in_jin(weight) if weight else None
    if weight is None or jin is None or left[-2:-1] != [thing] or not thing.sense:
        return
    if MEND.search(text, left[-1].end, mark.start) and _packed(thing, jin, vocabulary):
        unit = vocabulary.products[thing.sense.skus[0]].unit
        left[-1] = replace(left[-1], amount=replace(weight, value=Decimal(1), unit=unit))


def _other_pack(
    text: str, marks: list[Mark], left: list[Mark], index: int,
    specs: dict[int, Decimal], vocabulary: Vocabulary,
) -> Mark | None:
    """大米十斤的一袋二十斤的一袋: the second pack, each with how many of it."""
    mark, after = marks[index], marks[index + 1] if index + 1 < len(marks) else None
    third = marks[index + 2] if index + 2 < len(marks) else None
    says_of, jin = _SAYS_OF.match(text, mark.end), in_jin(mark.amount) if mark.amount else None
    before = next((m for m in reversed(left) if m.sense), None)
    if says_of is None or jin is None or before is None or before.sense is None:
        return None
    if not (_in_sizes(before, vocabulary) and _packed(before, jin, vocabulary)):
        return None
    if specs.get(before.start) == jin or after and after.sense and after.start == says_of.end():
        return None
    packs = left[-1]
    if packs.amount is None or is_weight(packs.amount):
        return None
    counted = after if after and after.amount and after.start == says_of.end() else None
    if counted and (third is None or third.sense is None or third.start > counted.end):
        if left[-2:-1] != [before] or packs.start > before.end + _NEAR:
            return None
    elif before.start not in specs or packs.end != mark.start or left[-2:-1] == [before] and (
        packs.start <= before.end + 1 and not (len(left) > 2 and left[-3].amount)
    ):
        return None
    sense = replace(before.sense, word=text[mark.start : says_of.end()], kind=True)
    return Mark(mark.start, says_of.end(), sense)


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
