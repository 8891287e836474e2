"""The amount after a thing that is refused is of the one that is meant: 要白萝卜不要胡萝卜两个."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from nlu.marks.binding import Event, Mention

_LEAD = 8
_MEANT = re.compile("(?:要|买|拿|要的|说的|订|来(?:个|点儿?|些))(?:个|点儿?|些|那种|是|就是)*$")
_NOT_THAT = re.compile(
    "(?:的|啊|可|可千万|千万|就)*(?:不要|不是|[别甭莫](?:给我|给俺)?(?:再)?(?:拿|送|弄|要|买|整|记|听)(?:错)?(?:成|了)?)(?:那个?|那种)?"
)


def meant(text: str, events: Sequence[Event]) -> list[Event]:
    """The events, an amount that follows what is refused given to what is wished for."""
    found = list(events)
    for at in range(1, len(found)):
        wished, other = found[at - 1], found[at]
        if not isinstance(wished, Mention) or not isinstance(other, Mention):
            continue
        if wished.amounts or len(other.amounts) != 1 or other.amounts[0].start < other.named[1]:
            continue
        if wished.sense.held != "held" or other.sense.held == "shelf":
            continue
        if _MEANT.search(text, max(0, wished.start - _LEAD), wished.start) and _NOT_THAT.fullmatch(
            text, wished.end, other.start
        ):
            found[at - 1] = replace(wished, amounts=other.amounts)
            found[at] = replace(other, amounts=[], end=other.named[1], told=True)
    return found
