"""An amount that is only a part of what was wished for: 一份多放点饭, 我留一斤, 一人两个刚刚好."""

from __future__ import annotations

import re

from nlu import cues
from nlu.amounts.measures import measure_of
from nlu.marks.binding import Loose
from nlu.marks.orderlines import Around, Line, Lines

# 送三份来一份多放点饭: what one of them is like.
_ONE_OF_THEM = re.compile(rf"来?(?:{cues.FILLER})*")
_LIKE = re.compile(
    "的?(?:不要|不放|别放|少放|多放|不加|少加|多加|要[^，来买]{1,4}的|是|软|烂|淡|素|辣|不辣|清淡|荤|自己|自家|送人|送[他她]|留|"
    "给(?![我俺](?![姐妹哥弟妈爸娘闺女儿孙老])))"
)
# 虾来三斤我留一斤给我妈匀两斤: what becomes of it.
_GIVEN = re.compile(
    "(?:匀|分|留)(?:给|出|着|下)?(?:我|俺|咱|他|她)?(?:们)?(?:[^，来要买送一二两三四五六七八九十]{0,4})$|给[^，来要买送]{1,4}(?:匀|分|留)(?:出|个)?$"
)


def shares_out(line: Line, lead: str) -> bool:
    """鸡腿要八个一人两个刚刚好: so many altogether, whatever comes to each."""
    each = lead.removesuffix("人").removesuffix("个").endswith(("一", "每", "各"))
    return each and bool(line.amounts) and not line.amount_is_vague


def is_part(line: Line, event: Loose, around: Around) -> bool:
    """送三份来一份不要辣的: one of those that were wished for."""
    whole, part = line.amounts[-1] if line.amounts else None, event.amount
    return (
        whole is not None and whole.value is not None and part.value is not None
        and part.value < whole.value and measure_of(part.unit) == measure_of(whole.unit)
        and (
            _ONE_OF_THEM.fullmatch(around.lead) is not None
            and _LIKE.match(around.trail) is not None
            or _GIVEN.search(around.lead) is not None
        )
    )


def without_shares(lines: Lines) -> list[Loose]:
    """来三支牙刷一支大人的两支小孩的: what is told of each part is no wish of its own."""
    unread = list(lines.unread)
    ordered = sorted(lines.lines, key=lambda line: line.end)
    for at, line in enumerate(ordered):
        following = ordered[at + 1] if at + 1 < len(ordered) else None
        amount = line.amounts[-1] if line.amounts else None
        if amount is None or amount.value is None:
            continue
        parts = [
            loose for loose in unread
            if line.end <= loose.start and (following is None or loose.start < following.start)
            and measure_of(loose.amount.unit) == measure_of(amount.unit)
        ]
        if len(parts) > 1 and sum(part.amount.value or 0 for part in parts) == amount.value:
            unread = [loose for loose in unread if loose not in parts]
    return unread
