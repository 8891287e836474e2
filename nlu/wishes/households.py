"""Two households on one telephone: 我家三斤鸡蛋, 我妈家两斤鸡蛋 is five, since each gets its own.

Who is spoken of holds until somebody else is. The caller's own household needs no name, and those
who live with the caller have none: what 老伴 would rather have is a word of its own.
"""

from __future__ import annotations

import re
from functools import lru_cache

_KIN = (
    r"(?:老?[爸妈爹娘]|岳[父母]|丈[人母]娘?|公公|婆婆|姥[姥爷]|外[公婆]|爷爷|奶奶|[大二三四小老]?[姨姑叔婶舅伯嫂姐妹哥弟]|"
    r"老?姐们|妹子|姐姐|妹妹|哥哥|弟弟|大[爷娘妈]|[大二三四小老]?(?:儿子?|闺女|女儿|姑娘)|亲家母?|女婿|侄[子女]|外甥女?|"
    r"邻居|街坊|隔壁|对门|对过|楼[上下]|同事|战友|老乡|朋友|[东西南北前后]屋|[一二三四五六七八九十]+楼)"
)
_NAMED = (
    rf"(?:{_KIN}?[老小][\u4e00-\u9fff]|{_KIN}?[\u4e00-\u9fff](?:奶奶|大爷|大妈|大娘|大姐|大哥|阿姨|婶|师傅))"
)
_SELF = "(?:我|俺|额|咱|阿拉)(?:们|自己|自个儿?)?"
_AT = r"(?:家里?|屋里)?(?:的?那(?:边|头|儿|份)|的?(?:边|头)|的是?|家|屋)"
_HOUSEHOLD = re.compile(
    rf"(?P<whose>{_KIN}{{1,2}}|{_NAMED}){_AT}|"
    rf"(?P<who>{_KIN}{{1,2}})(?:也|还|就)?(?:要(?![吃喝求我俺])|一样(?!一)|来(?=[一二两三四五六七八九十半]))|"
    rf"(?:给|帮|替)(?:我|俺|额|咱)?(?P<gets>{_KIN}{{1,2}}|{_NAMED})(?:也|再)?(?:订|送|买|捎|带|拿|称|要)|"
    r"(?<![你您们])(?P<there>那(?:边|头)|[东西南北]屋)|"
    rf"(?P<mine>{_SELF}(?:(?:家里?|屋里)?的?这(?:边|头|儿|份)|的是|家|(?:就|也|只)?要(?!是|不|求)|(?<![给帮替跟][我俺额咱])来(?=[一二两三四五六七八九十半]))|(?<![你您们])这(?:边|头))"
)
_ALSO = re.compile(r"(?:的|也|还|就|再|又|一样|同样|照样|要|来|送|订|是|给|买|捎|带|拿|称)*")
_TOO = re.compile("也|还|一样|同样|照样")


def household_at(text: str, pos: int) -> str:
    """Whose wish it is that stands at `pos`; the caller's own is empty."""
    who = ""
    for end, named in _households(text):
        if end > pos:
            break
        who = named
    return who


@lru_cache(maxsize=8)
def _households(text: str) -> tuple[tuple[int, str], ...]:
    return tuple(
        (found.end(), "" if found["mine"] else str(found[found.lastgroup or 0]))
        for found in _HOUSEHOLD.finditer(text)
    )


def is_theirs_too(lead: str) -> bool:
    """我家也一样三斤, 给我儿子家也送一袋: as much again for another household."""
    named = list(_HOUSEHOLD.finditer(lead)) if _TOO.search(lead) else []
    return bool(named) and _TOO.search(lead, named[-1].start()) is not None and (
        _ALSO.fullmatch(lead, named[-1].end()) is not None
    )
