"""Sums said beside their parts: a total before them, halves of it, and what is left of it.

饺子馄饨一共三袋饺子两袋馄饨一袋 is three bags, 苹果梨对半来六斤 three 斤 of each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from nlu.amounts.measures import measure_of
from nlu.amounts.quantities import Amount
from nlu.cues import FILLER, TOTAL_LEAD
from nlu.marks.binding import Event, Loose, Mention

_LEAD = 10  # how far before an amount its total is named
_AND = re.compile(rf"(?:{FILLER}|和|跟|还有|同|与|、)*")
_HALVES = "(?:一样|各要?|各占|各拿)?(?:对半(?:分|开|来|要)?|一半|各半|平分|匀着|平均)(?:一半)?"
_BETWEEN = re.compile(
    rf"(?:{FILLER}|就|都|给我|各?来|要|拿|称)*{_HALVES}(?:{FILLER}|就|给我|[一总]共|拢共|统共|加起来|合起来|来|要|拿|称|凑够)*"
)
_AFTER = re.compile(rf"(?:{FILLER}|就|都|你|给我)*{_HALVES}")
_HALF_OF_IT = re.compile("一半(?:要|来|是)?$")
_EACH = re.compile(rf"(?:{FILLER})*(?:每样|各样|一样|各|每种)(?:就|都|给我|来|要|拿|称)*$")
_REST = re.compile(
    rf"(?:{FILLER})*(?:剩下|其余|余下|剩)(?:来)?的?(?:就|都|全|给我)*(?:是|要|来|拿)?$"
)


def summed(text: str, events: Sequence[Event]) -> list[Event]:
    """The events, each total replaced by what comes to each of its things."""
    found = list(events)
    at = 0
    while at < len(found):
        found = _halved(text, found, at) or _parted(text, found, at) or found
        at += 1
    return found


def _halved(text: str, events: list[Event], at: int) -> list[Event] | None:
    """苹果梨对半来六斤, 肉包菜包十个对半分, 包子八个一半肉的一半素的."""
    whole = events[at].amount
    if whole is None or whole.value is None:
        return None
    kinds = _bare(events[at + 1 : at + 3])
    if isinstance(events[at], Mention) and len(kinds) == 2 and (
        _AFTER.match(text, kinds[-1].end)
        or all(_HALF_OF_IT.search(text, max(0, kind.start - _LEAD), kind.start) for kind in kinds)
    ):
        return [*events[:at], *_shared(kinds, whole), *events[at + 3 :]]
    group = _before(text, events, at)
    if len(group) < 2:
        return None
    said = text[group[-1].named[1] : whole.start]
    if not (_BETWEEN.fullmatch(said) or _AFTER.match(text, whole.end)):
        return None
    return _put(events, at, _shared(group, whole))


def _parted(text: str, events: list[Event], at: int) -> list[Event] | None:
    """Of a total that is said as one, its parts: each named after it, each of so much, the rest."""
    whole = events[at].amount
    if whole is None or whole.value is None:
        return None
    if not TOTAL_LEAD.search(text, max(0, whole.start - _LEAD), whole.start):
        return None
    following = events[at + 1] if at + 1 < len(events) else None
    group = _before(text, events, at)
    if isinstance(following, Loose) and following.amount.value and len(group) > 1 and (
        following.amount.value * len(group) == whole.value
        and _EACH.search(text, whole.end, following.start)
    ):
        parts = [replace(mention, amounts=[following.amount]) for mention in group]
        return [*_put(events, at, parts)[: at + 1], *events[at + 2 :]]
    left = whole.value
    for index in range(at + 1, len(events)):
        part = events[index]
        if not isinstance(part, Mention) or not part.sense.skus:
            return None
        if part.amount is None:
            rest = _REST.search(text, max(0, part.start - _LEAD), part.start)
            if left == whole.value or not rest:
                return None
            part.amounts, left = [replace(whole, value=left)], Decimal(0)
        elif part.amount.value is None or measure_of(part.amount.unit) != measure_of(whole.unit):
            return None
        else:
            left -= part.amount.value
        if left <= 0:
            several = index > at + 1 and left == 0
            first = at + 1 - len(group) - isinstance(events[at], Loose)
            return [*events[:first], *events[at + 1 :]] if several else None
    return None


def _before(text: str, events: list[Event], at: int) -> list[Mention]:
    """The things in a row of which the amount at `at` is said, the last of them with it."""
    last = events[at]
    start = at if isinstance(last, Mention) else at - 1
    if isinstance(last, Mention) and last.amount and last.amount.start < last.named[1]:
        return []
    group: list[Mention] = []
    for index in range(start, -1, -1):
        thing = events[index]
        if not isinstance(thing, Mention) or not thing.sense.skus or (thing.amounts and group):
            break
        if group and not _AND.fullmatch(text, thing.end, group[0].start):
            break
        group.insert(0, thing)
    return group


def _bare(events: Sequence[Event]) -> list[Mention]:
    return [event for event in events if isinstance(event, Mention) and not event.amounts]


def _shared(group: Sequence[Mention], whole: Amount) -> list[Mention]:
    each = replace(whole, value=(whole.value or Decimal(0)) / len(group))
    return [replace(mention, amounts=[each]) for mention in group]


def _put(events: list[Event], at: int, group: Sequence[Mention]) -> list[Event]:
    """The events with the things of the `group` in place of those that end at `at`."""
    loose = isinstance(events[at], Loose)
    start = at + 1 - len(group) - loose
    return [*events[:start], *group, *events[at + 1 :]]
