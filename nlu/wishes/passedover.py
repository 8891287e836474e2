"""Things named in the list of which no amount was said: it is asked how much of each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlu.cues import FILLER
from nlu.marks.binding import Event, Mention
from nlu.marks.orderlines import Line, Lines

_LIST = re.compile(rf"(?:{FILLER}|和|跟|还有|以及|再有|另外|也)*")
_AND = re.compile(f"(?:{FILLER})*(?:和|跟|同|与|还有|加|搭)(?:{FILLER})*")


def joined(masked: str, events: Sequence[Event], lines: Lines) -> list[Line]:
    """姜跟葱给我拿一点, 葱姜蒜来一点: who names several in one breath wants each of them."""
    bare = {id(mention) for mention in lines.bare}
    out = lines.denied | {line.sense.word for line in lines.removed}
    starts = {line.start for line in lines.lines}
    found: list[Line] = []
    linked = False
    until = len(masked)
    for event in reversed(events):
        if isinstance(event, Mention) and id(event) in bare and not event.told and (
            until in starts and _joins(masked[event.end : until])
            and event.sense.word not in out and lines.find(event.sense) is None
        ):
            found.append(Line(event.sense, [], None, event.start, event.end))
            starts.add(event.start)
            linked = linked or event.end < until
        until = event.start
    return found[::-1] if linked or len(found) > 1 else []


def _joins(between: str) -> bool:
    return not between or _AND.fullmatch(between) is not None


def passed_over(masked: str, events: list[Event], lines: Lines) -> list[Line]:
    """豆腐一块黄瓜西红柿两个: a thing in the middle of the list, of which nothing was said."""
    starts = {line.start for line in lines.lines}
    ends = {line.end for line in lines.lines}
    bare = {id(mention) for mention in lines.bare}
    gone = {line.sense.word for line in lines.removed}
    found: list[Line] = []
    for index, event in enumerate(events):
        if not isinstance(event, Mention) or id(event) not in bare or event.told:
            continue
        since = events[index - 1].end if index else 0
        until = events[index + 1].start if index + 1 < len(events) else len(masked)
        if since not in ends | {0} or _has_its_kind(events[index : index + 2], lines):
            continue
        if len(event.sense.word) == 1 and not (until == event.end and until in starts):
            continue
        alone = _LIST.fullmatch(masked, since, event.start) and _LIST.fullmatch(
            masked, event.end, until
        )
        beside = since in ends or until in starts
        if alone and beside and event.sense.word not in lines.denied | gone and not (
            lines.find(event.sense) or lines.is_service(event.sense)
        ):
            found.append(Line(event.sense, [], None, event.start, event.end))
    return found


def _has_its_kind(pair: list[Event], lines: Lines) -> bool:
    """糖两袋红的: the amount is of the kind that is named after it."""
    if len(pair) < 2 or not (isinstance(pair[0], Mention) and isinstance(pair[1], Mention)):
        return False
    family, kind = pair[0].sense, pair[1].sense
    return kind.kind and pair[0].end == pair[1].start and lines.of_one_kind(family, kind)
