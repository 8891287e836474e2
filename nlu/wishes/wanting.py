"""Whether a thing that is named is wished for, or only belongs to a story."""

from __future__ import annotations

import re

from nlu import cues
from nlu.amounts.measures import IDLE_UNITS
from nlu.marks.binding import Mention
from nlu.marks.orderlines import Around, Lines
from nlu.wishes import others

# 我一桶我老弟一桶 shares out what was said, 不是三斤 denies it, 家里三斤 is there already.
_AND = re.compile(r"(?:和|跟|还有|呢|、)?")
# 一颗白菜两毛钱: what it cost, where no wish stands before it.
_PRICED = re.compile("(?:才|就|要|卖)?P+(?!P|的)")
# 一斤排骨好多钱: what its price is, where nothing else is wished for.
_PRICE_ASKED = re.compile(
    "(?:要|卖|是|得)?(?:(?:多少|好多|几多|几块?|啥|什么)(?:钱|钿|价)|怎么卖|咋卖)"
)
# 四个肉包子路上吃一袋面包: what the line before is for.
_PURPOSE = re.compile(".{0,5}[吃喝用]")
# 别给我拿带糖的, 我带凉拌木耳: what it should not hold, and what the caller brings.
_NOT_SO = re.compile(
    "(?:别|不要|甭|莫|不能|不准|勿|覅)(?:给我|给俺|再)?(?:拿|送|来|放|买|要|带|有)?(?:那个|那种)?[带有加含放]?$|"
    "(?:不能|不让|不让我|不准|不许|不敢|忌|戒|莫|不爱|不)多?[吃喝沾碰]$|(?:^|[^给帮替跟])[我他她]就?也?带$|"
    "(?:孙[子女孙]?|儿子|闺女|女儿|姑娘|[娃伢崽囡]儿?)(?:们|上学|上班)*(?:要|得|想)带$"
)
# 我拿墩布堵着呢: what the caller does with it.
_TOOL = re.compile("(?:堵|擦|接|扫|垫|盖|塞|拖|兜|挡|顶|捅|绑|捆)着?")
_IN_HAND = re.compile("(?:^|[^给帮替跟为])[我俺额咱他她]们?(?:先|就|都|正)*[拿用]$")
# 核桃要纸皮的: what it should be like.
_KIND_OF = re.compile(rf"[^来要给买送拿，]{{0,2}}的(?:那种)?(?:{cues.FILLER})*$")
# 光啤酒喝了二十箱
_USED_UP = re.compile(
    "(?:[吃喝用使烂坏摔碎扔丢磕洒倒]|送人)(?:了|掉了?|过|完了?)(?:[有足整总共]{2,4})?$"
)
# 一泡老大一盆的木耳: what it is like, and how much comes of it.
_DISHED = re.compile("[一两二三四五半][大小满]?[盆锅缸碗盘坛堆筐]子?的")
# 豆腐都酸了，这回来两块: what was told of it before does not count against the wish.
_ANEW = re.compile("这[回次]|再|重新")


def is_story(lines: Lines, event: Mention, around: Around) -> bool:
    if event.amount is None or event.amount.unit in IDLE_UNITS:
        return True
    if _USED_UP.search(event.link):
        return True
    if event.amount.vague and not event.link and cues.COOKED_LEAD.search(around.lead):
        return True  # 包点儿黏豆包: made of what is wished for
    if _DISHED.match(around.said) and not cues.WANT_LEAD.search(around.lead):
        return True
    if _ANEW.search(event.link) and cues.WANT_LEAD.search(event.link):
        return False
    if around.last and cues.NO_MORE.fullmatch(around.trail):
        return False
    if others.DEMANDED_LEAD.search(around.lead) and others.TURNED_DOWN_TRAIL.match(around.rest):
        return True
    if event.told or cues.ONLY_HAS_LEAD.search(around.lead) or cues.STORY_TRAIL.match(around.trail):
        return True
    if not lines.lines and event.amount.value == 1 and _PRICE_ASKED.match(around.trail):
        return not cues.WANT_LEAD.search(around.lead)
    if _PRICED.match(around.trail) and not (
        cues.WANT_LEAD.search(around.lead) or cues.WANT_LEAD.search(event.link)
    ):
        return True
    if cues.SETTLED_TRAIL.match(around.trail):
        return False
    if lines.telling and _AND.fullmatch(around.lead) and not cues.WANT_LEAD.search(event.link):
        return True
    amount_first = event.amount.start < event.named[0]
    if amount_first and cues.LASTS_TRAIL.match(around.rest) and not lines.lines and not (
        cues.WANT_LEAD.search(around.lead)
    ):
        return True
    if lines.focus and _PURPOSE.fullmatch(around.lead):
        return False
    return amount_first and bool(cues.STORY_LEAD.search(around.lead))


def is_wanted(event: Mention, around: Around) -> bool:
    lead, trail = around.lead, around.trail
    if event.told or _NOT_SO.search(lead):
        return False
    if _IN_HAND.search(lead) and _TOOL.match(trail):
        return False
    if others.DEMANDED_LEAD.search(lead) and others.TURNED_DOWN_TRAIL.match(around.rest):
        return False
    if cues.COOKED_LEAD.search(lead) or cues.FEARED_TRAIL.match(trail):
        return False
    if cues.SENT_LEAD.search(lead):
        return False
    if event.spec_jin is not None:
        return True
    if event.sense.held != "held" and _KIND_OF.match(trail):
        return False
    if event.sense.held == "unheld" and cues.FANCIED_LEAD.search(lead) and not around.last:
        return False
    asked = cues.WANT_TRAIL.match(trail)
    if asked and (around.last or asked.end() < len(trail) or asked[0][-1] in "点些"):
        return True
    if cues.UNWANTED_LEAD.search(lead) or cues.RELATIVE_TRAIL.match(trail):
        return False
    if event.sense.held == "held" and len(event.sense.word) > 1:
        return bool(cues.WANT_LEAD.search(lead))
    return bool(cues.CLEAR_WANT_LEAD.search(lead))


def is_asked(event: Mention, around: Around) -> bool:
    return bool(cues.WANT_LEAD.search(around.lead) or cues.WANT_LEAD.search(event.link))
