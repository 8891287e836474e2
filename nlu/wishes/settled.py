"""How an amount settles what was said before: taken back, for all, the same again."""

from __future__ import annotations

import re

from nlu import cues
from nlu.marks.binding import Loose
from nlu.marks.orderlines import Line, Lines

# 卫生纸还有六卷够用半个月
AT_HOME = re.compile("(?:还有|剩|存|囤|堆)(?:得|了|下|着|有|起)*(?:大|小|整整)?$")
# 草莓两盒好贵啵一盒算了
SETTLES_FOR = re.compile("(?:就|也就)?(?:算了|罢了|拉倒|算哒|算咯)")
# 苹果四个梨四个都要五个
OF_ALL = re.compile(
    rf"(?:{cues.FILLER}|还是)*(?:[两三四五]样)?都"
    "(?:给我|要|来|拿|换成?|改成?|变成|加到|减到|弄成?|称)+"
)
# 盐三包错了两包
TAKES_BACK = re.compile(
    rf"(?:{cues.FILLER}|我)*(?:说|讲|搞|记|弄|数|看|算|写)?错(?:了|咯|哒|啦|喽)(?:{cues.FILLER}|是|要|我要|应该)*"
)


def alike(lines: Lines, event: Loose) -> list[Line]:
    """The last of the lines that are counted as the amount is, where they are several."""
    same: list[Line] = []
    for line in reversed(lines.lines):
        if not line.amounts or line.amounts[-1].unit != event.amount.unit:
            break
        same.append(line)
    return same if len(same) > 1 else []


def is_said_again(line: Line, event: Loose, lead: str) -> bool:
    """一个月一袋米刚刚好送一袋来: what was told of it is what is wished."""
    last = line.amounts[-1] if line.amounts else None
    return (
        last is not None and last.value == event.amount.value and last.unit == event.amount.unit
        and cues.WANT_LEAD.search(lead) is not None
    )
