"""What is named in the place of another thing: 换成…, 不是…是…, 说错了是…."""

from __future__ import annotations

import re

from nlu import cues
from nlu.marks import droppings
from nlu.marks.binding import Mention
from nlu.marks.orderlines import Around, Line, Lines

_NEAR = 6
# 面条两把我说的是鲜面条
_MEANT = re.compile("我们?(?:刚才|明明|本来)?(?:说|要|讲|点|订)的(?:明明)?是$")
# 两瓶酱油说错了醋
_SAID_WRONG = re.compile(
    rf"(?:{cues.FILLER}|我)*(?:说|讲|记|搞|弄|听|念)?错(?:了|啦|咯)(?:{cues.FILLER}|我|应该)*"
)
# 五花肉一斤半哎瘦肉吧
_RATHER_THAT = re.compile("(?:哎|唉|嗯|哦|要不|还是|干脆)(?:呀|哟|还是)?")
# 花生油一桶我看看价哎哟太贵了来一桶豆油吧
_TOO_DEAR = re.compile(
    rf"(?:太|忒|这么|那么|恁|死|好)贵(?:了|咧|啦|喽|咯|啊|呀|吧|得很)*(?:{cues.FILLER}|不要了?|算了|那|就|还是|干脆|给我|你给我)*(?:来|换|要|拿)(?:个|点)?$"
)
# 瞧我这脑子肉忘了五花肉一斤半: what was forgotten comes on top of what was said.
_FORGOTTEN = re.compile("忘|漏|落(?:下|了)|[没冇]有?(?:说|讲|记|报|念)|还有$")
_IS = re.compile(f"^就?[是要来]|{droppings.IS_LEAD.pattern}")


def _corrects(lead: str) -> bool:
    """Whether the denial stands by the line before or by the thing named, and not in a story."""
    return any(
        (found.start() <= _NEAR or found.end() >= len(lead) - _NEAR)
        and not _FORGOTTEN.search(lead, found.end())
        for found in cues.WRONG.finditer(lead)
    )


def replaced_by(
    lines: Lines, event: Mention, known: Line | None, around: Around
) -> Line | None:
    """The line that this mention takes the place of: 换成…, 不是…是…, 说错了是…."""
    lead = around.lead
    last = lines.removed[-1] if lines.removed else None
    if event.sense.held == "unheld" and not event.amounts and around.trail.startswith("的") and (
        droppings.STILL_SUCH.search(lead)
    ):
        return None
    if cues.SWAP_LEAD.search(lead) and known is None and droppings.FOR_WANT_OF.search(lead):
        return None
    if cues.SWAP_LEAD.search(lead):
        if known is not None and known.base is None and known is not lines.focus:
            return None
        old = lines.focus if lines.focus in lines.lines and lines.focus is not known else last
        return old if old is not known else None
    if last is not None and lines.focus is None and _IS.search(lead) and known is None:
        return last if re.fullmatch(
            rf"(?:{cues.FILLER}|是|要|系|我要的?是|我|说的|的|了|来|讲|瞧我这嘴|"
            rf"记错|说错|错了|给我|那种|那个|[^要来是的]{{1,5}}(?:的|那个|那种))*", lead) else None
    focus = lines.focus
    if focus is None or focus is known or cues.MORE.search(lead):
        return None
    named = event.amounts or droppings.IS_LEAD.search(lead) or _SAID_WRONG.fullmatch(lead)
    if _corrects(lead) and named:
        return focus
    if _TOO_DEAR.search(lead) and known is None and lines.of_one_kind(event.sense, focus.sense):
        return focus
    if not event.amounts and _RATHER_THAT.fullmatch(around.lead[-3:]) and around.trail[:1] == "吧":
        return focus if lines.of_one_kind(event.sense, focus.sense) else None
    alike = event.sense.word[-2:] == focus.sense.word[-2:]
    if _MEANT.search(lead) and (alike or focus.base is not None):
        return focus
    return focus if alike and cues.SWAP_SOFTLY_LEAD.search(lead) else None
