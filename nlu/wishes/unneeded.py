"""What is spoken of beside a wish: what they do not eat, what is not wanted now or made at home."""

from __future__ import annotations

import re

from nlu.marks import droppings
from nlu.marks.belonging import NOT_FOR_THEM
from nlu.marks.binding import Mention
from nlu.marks.orderlines import Around, Line, Lines
from nlu.wishes.others import SOMEONE

_MADE_THERE = "主食速食"
# 五号电池一板上回拿成七号了
_MADE_INTO_LEAD = re.compile("[送拿弄整搞记听装买当]成了?$")
_THERE_IS = re.compile(
    "(?:我|俺|我们|额)?(?:家里?|屋里?|冰箱|柜子|厨房|缸)(?:里|头|里头)?(?:可|倒|都|也|还|就)*"
    "(?:有(?!点|[一两三几]|没|几)|多的是|多着|够吃|够用)|也(?:还)?有(?:$|[啊呢吧])"
)
_WANTED_YET = re.compile("再|还是|也[送要来拿]|快|剩|不多|没多|要(?!了)|来|添|加|够不|不够")
# 她拿面粉来, 他网上买了
_OTHERS_GET_LEAD = re.compile(
    rf"(?<![帮给替为])(?:{SOMEONE}|[他她佢])们?"
    "(?:说|讲|会|能|自己|自个儿?|已经|都|也|就|在?网上|顺路|顺便|下班|明[天儿]|今[天儿]|回来|从[^，]{1,3}|[他她])*"
    "(?:带|拿|拎|捎|送|寄|背|买|订|提)(?:点|些|着|好)?$"
)
_HAVE_GOT_TRAIL = re.compile(
    "(?:来|过来|回来|上来)(?![一二两三四五六七八九十半点])|了|给我|让我|叫我|[我俺](?:就|也)"
)


def is_not_for_them(event: Mention, around: Around) -> bool:
    """洗衣粉两袋洗衣液用不惯."""
    if event.sense.kind and _MADE_INTO_LEAD.search(around.lead):
        return True
    return NOT_FOR_THEM.match(around.trail) is not None


def is_got_by_others(event: Mention, around: Around) -> bool:
    """她拿面粉来我就买二斤肉馅, 闺女说她网上买大米了."""
    if event.amounts or event.sense.held != "held":
        return False
    return _OTHERS_GET_LEAD.search(around.lead) is not None and (
        _HAVE_GOT_TRAIL.match(around.trail) is not None
    )


def is_not_needed(known: Line, event: Mention, around: Around) -> bool:
    """葱家里有: of what was read out, there is enough, and nothing more is said of it."""
    if known.base is None or known.mode != "kept" or event.amounts:
        return False
    return _THERE_IS.match(around.trail) is not None and not _WANTED_YET.search(around.rest)


def is_told_apart(event: Mention, known: Line | None, said: str) -> bool:
    """大葱三根小葱可不要: two words of one thing, which to the caller are two."""
    if known is None or known.base is not None or said.endswith(("了", "啦", "咯")):
        return False
    return event.sense.how == "regional" and known.sense.word != event.sense.word and (
        known.sense.word[-1] == event.sense.word[-1]
    )


def is_not_for_now(lines: Lines, event: Mention, trail: str) -> bool:
    """灯泡不忙要, 饺子我自己包."""
    if droppings.NOT_YET_TRAIL.match(trail):
        return True
    made = {lines.vocabulary.products[sku].category for sku in event.sense.skus} == {_MADE_THERE}
    return made and droppings.MADE_AT_HOME_TRAIL.fullmatch(trail) is not None
