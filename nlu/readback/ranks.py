"""Several lines by their places, and one line by another: 后面两样不要了, 苹果跟鸡蛋一样多."""

from __future__ import annotations

import re
from itertools import pairwise

from nlu.amounts.quantities import Amount
from nlu.marks.binding import Mention
from nlu.marks.orderlines import Line, Lines, drafted
from nlu.readback.consenting import SAID
from nlu.told.scene import Scene

_MANY = {"两": 2, "俩": 2, "二": 2, "三": 3, "仨": 3, "四": 4}
_SOME = re.compile(
    "(?:(?P<fore>前|头|先|打头)|(?P<aft>后|末|末了|最后|末尾))(?:面|头|边)?的?[那这]?(?P<many>[两俩二三仨四])"
    "(?:样儿?|个|项|种|件|条)(?!多?(?:月|礼拜|星期|钟|小时|人|孩|孙|儿|女))(?:东西|菜)?"
)
# 后面那两样我儿子买了不要了
_WHY = re.compile(
    f"[^，来要改换加添对行好没后前第头末送留]{{0,8}}?(?:就|都|我|也|先|给我|统统|全|可以)*{SAID['off'].pattern}"
)
_ONLY_LEAD = re.compile("(?:只|就|光|单|仅|净)(?:要|留|剩|保留|买|送|来)(?:个|那)?$")
_STAY = re.compile("(?:就|都|我|给我|统统|全|可以)*(?:要|留|送|来|买|够)")
_SAME = re.compile("(?:也|就|都|要|得|应该|改|改成|来|给我)*(?:跟|和|同|与|照|像|比着|按)(?:着)?")
_AS_MUCH = re.compile(
    "(?:那样|那么|似的)?(?:一样|一般|同样)(?:的)?(?:多|重|沉|斤数|数|分量|斤两|$|[吧就好]|行)|看齐|一个数|(?:的)?(?:数|斤数)(?:来|走|送|算)"
)
_SWAPPED = re.compile(
    "(?:的|这|那|它|他|两个|两样|俩|数量?|斤数|斤两|个数|分量|重量|给我|给|你|都|是不是|好像)*"
    "(?:(?:弄|记|念|说|搞|写|报|听|整)?(?:反|颠倒)(?:了|啦|咯|过来|$)|对调|调(?:个|一)?(?:个儿|个|过来?|换|头|下)|"
    "[换倒](?:一下|个个儿|个儿|过来|了个))"
)
_ASKED = re.compile("(?:吗|么|吧|没有?|是不是)[啊呀]?$")


def names_some(text: str) -> bool:
    return _SOME.search(text) is not None


def by_ranks(scene: Scene, lines: Lines) -> None:
    """后面两样不要了, 只要前两样: the lines that go are those, or all the others."""
    read_out = [line for line in lines.lines if line.base]
    for found in _SOME.finditer(scene.text):
        many = _MANY[found["many"]]
        if many >= len(read_out) + len(lines.removed):
            continue
        meant = read_out[:many] if found["fore"] else read_out[-many:]
        why = _WHY.match(scene.text, found.end())
        if why and not any(found.end() <= event.start < why.end() for event in scene.events):
            going = meant
        elif _ONLY_LEAD.search(scene.text, 0, found.start()) or (
            _STAY.match(scene.text, found.end()) and SAID["rest off"].search(scene.text)
        ):
            going = [line for line in read_out if line not in meant]
        else:
            continue
        for line in going:
            if line in lines.lines and line.mode == "kept":
                lines.remove(line)


def by_another(scene: Scene, lines: Lines) -> None:
    """苹果跟鸡蛋一样多, 鸡蛋苹果的数弄反了: the amount of one line is that of another."""
    named = [event for event in scene.events if isinstance(event, Mention)]
    for one, other in pairwise(named):
        mine = next(iter(drafted(lines.lines, one)), None)
        its = next(iter(drafted(lines.lines, other)), None)
        if mine is None or its is None or mine is its or not _are_alike(mine, its, lines):
            continue
        between = scene.text[one.named[1] : other.named[0]]
        if _SAME.fullmatch(between) and _AS_MUCH.match(scene.text, other.named[1]):
            _take(lines, mine, its)
        elif len(named) == 2 and _SWAPPED.match(scene.text, other.named[1]) and not (
            _ASKED.search(scene.text)
        ):
            _take(lines, mine, its)
            _take(lines, its, mine)


def _are_alike(mine: Line, its: Line, lines: Lines) -> bool:
    """Whether both are counted alike, and nothing else was said of their amounts."""
    if mine.mode != "kept" or its.mode != "kept" or mine.amounts or its.amounts:
        return False
    products = [lines.vocabulary.products[line.base.sku] for line in (mine, its) if line.base]
    return products[0].unit == products[1].unit and not any(each.is_service for each in products)


def _take(lines: Lines, line: Line, other: Line) -> None:
    if line.base and other.base:
        unit = lines.vocabulary.products[line.base.sku].unit
        lines.say(line, [Amount(other.base.quantity, unit, 0, 0, vague=False)], "set")
