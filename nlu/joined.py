"""Things joined by 和 to one that has its amount: of the others it is asked how much."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlu.binding import Event, Mention
from nlu.cues import FILLER
from nlu.orderlines import Line, Lines

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
