"""The amount that is settled upon after one that was too much, not allowed, or another's wish."""

from __future__ import annotations

import re

from nlu import cues
from nlu.amounts.measures import measure_of
from nlu.marks.binding import Loose
from nlu.marks.orderlines import Around, Line
from nlu.wishes.households import is_theirs_too

# 五斤吃到过年也吃不了三斤吧, 大夫不让喝一瓶吧
_TOO_MUCH = re.compile(
    "[都也][吃喝用使]不(?:了|完|清)|[吃喝用使]不(?:了|完|清)(?!$)|[哪咋](?:能|[吃喝用使]得)[了完清]"
)
# 冬瓜一个太大了吃不了半个吧
_CANNOT = re.compile("[吃喝用使拎扛搬抱拿](?:不[了完清动]|没[了完])(?:那?就)?(?:来|要|拿)?$")
_NOT_ALLOWED = re.compile("(?:不让|不准|不敢|不能|别|少)(?:我|俺|他|她|多)*[吃喝]$")
_SETTLED = re.compile("吧|算了|得了|就(?:行|好|成|够|中|可以)|够了")
# 土豆五斤我怕放久了发芽四斤吧, 五斤五斤老头子要说我的四斤吧
_WORRIES = re.compile(
    "(?:怕|担心|愁|会|要)[^，再]{0,5}?(?:坏|烂|臭|馊|蔫|发芽|散黄|霉|干|陈|长虫|生虫|空心|剩)|"
    "(?:放|搁|存|摆)(?:久|坏|陈|蔫|不住|不得|不了)|[塞装搁放]不(?:下|进)|不新鲜|(?:说|骂|怨|怪|埋怨)我的?(?:那就)?$"
)
# 甜就六个
_IF_SO = re.compile("(?:甜|好|新鲜|嫩|便宜|行|成|沙|面|脆)(?:的话)?(?:那)?就(?:来|要|拿|给我|称)?$")
# 俺说三斤听俺的
_I_SAY = re.compile("[我俺额]说(?:就|来|要)?$")
_HEED_ME = re.compile("(?:就)?(?:听|按|依|照)[我俺额]")
# 二锅头他叫我要三瓶我做主了就一瓶
_MY_CALL = re.compile(
    "(?:我|俺|额)(?:自己|自个儿?|来|可|偏)*(?:[做作]主|当家|说了算|拿(?:个)?主意|不(?:听|依|惯|理)(?:[他她]们?的?)?)"
    "(?:了|啊|呀|吧|的)?(?:那|我)?(?:就|只|光)?(?:要|来|拿|买|称|给)?$|"
    # 女婿要三箱我就给他买一箱
    "(?:我|俺|额)(?:就|只|光)+(?:给|替|帮)[他她]们?(?:买|来|要|拿|称|订)?$"
)
# 鸡蛋三斤吧本来想要两斤: what was meant before.
_ONCE_MEANT = re.compile(
    "(?:本来|原本|原来|原先|起先|一开始)(?:我|是|还|也)*(?:想|打算|说|寻思|琢磨)*(?:要|来|买|拿|称|订)?$"
)
# 五花肉一斤再多点一斤半吧
_SO_MUCH_MORE = re.compile("(?:多|少)(?:要|来|拿|称|买|给)?(?:一?点儿?|些)(?:就|吧)?$")
_ME_TOO = re.compile(
    "[我俺额咱](?:自己|自个儿?|家)?(?:这边|这里|这儿|那份)?也(?:就)?(?:来|要|拿|称|割|买|送|带|捎)?$"
)
_THAT_ONE = re.compile("(?:还|没|剩|有|开)[^，来要]{0,4}[那这]$")


def is_last_word(line: Line, event: Loose, around: Around) -> bool:
    """Whether the amount takes the place of the one said before of the line."""
    if not line.amounts or event.amount.value is None:
        return False
    if measure_of(line.amounts[-1].unit) != measure_of(event.amount.unit):
        return False
    lead, trail = around.lead, around.trail
    return bool(
        _TOO_MUCH.search(lead) and not cues.MORE.search(lead)
        or _CANNOT.search(lead) and _SETTLED.match(trail)
        or _NOT_ALLOWED.search(lead) and _SETTLED.match(trail)
        or _WORRIES.search(lead) and _SETTLED.match(trail) and not cues.MORE.search(lead)
        or _I_SAY.search(lead) and _HEED_ME.match(trail)
        or _IF_SO.search(lead) or _SO_MUCH_MORE.search(lead) or _MY_CALL.search(lead)
    )


def is_mine_too(line: Line, lead: str) -> bool:
    """俺替她要二斤俺也来二斤: as much again."""
    too = _ME_TOO.search(lead) or is_theirs_too(lead)
    return bool(line.amounts) and bool(too) and not cues.MEND.search(lead)


def was_meant_once(line: Line | None, lead: str) -> bool:
    """What was meant before the amount that the line has."""
    return line is not None and bool(line.amounts) and _ONCE_MEANT.search(lead) is not None


def is_there_already(around: Around) -> bool:
    """牙膏还没开封那一支够用了."""
    return bool(_THAT_ONE.search(around.lead) and cues.ENOUGH_TRAIL.match(around.trail))
