"""Those who are at work already while goods are wished for: 师傅在楼顶给我补漏."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORKER = "(?:师[傅付]|工人|阿姨|大姐|小伙子?|后生|护士|大夫|电工|木匠|钟点工|他们?|她们?|人家)"
_NEIGHBOUR = "(?:隔壁|楼上|楼下|对门|邻居|物业|小区|外头|街上|马路上)"
_ASKED = "(?<![叫找请喊派让约要])(?<![叫找请喊派让约要]个)(?<![找请派]一个)"
_NOW = "(?:这会儿?|现在|今天|今朝|还|正好|刚好|都)*"
_DOING = re.compile(
    # 师傅正在我家修, 隔壁在装修
    f"{_ASKED}(?:{_WORKER}{_NOW}|{_NEIGHBOUR}(?:人家|家)?{_NOW})"
    "(?:正?在(?!不|家吗|没|[吗么嘛哪])(?:[^，来找派叫请要不]{1,4}?)?|正)"
    "(?:给|帮|替)?(?:我|俺|额|阿拉|我们|咱|老头子?|老伴)?(?:家|屋里)?$|"
    # 师傅帮我把灯修好了
    f"{_ASKED}{_WORKER}(?:刚才?|已经|都)?(?:给|帮|替)(?:我|俺|额|咱)们?把(?:[^，来要]{1,4}?)?$"
)
_DONE = re.compile("[^，。 ]{0,6}(?:修|弄|通|换|搞|整|装|洗|擦)好了")
# 护士在屋里, 理发的师傅说, 修水管的师傅来了: who came for it.
_WHO = re.compile(
    f"(?:的(?:那个)?{_WORKER}|师[傅付]|阿姨)?(?:们)?{_NOW}(?:"
    "正?在(?=[我俺额]?们?家|屋|楼|里|外|厨|客|厕|卫|阳台|给|帮|替|[修擦洗通扫拖装换剪按做打])(?!家?[吗么嘛不没])|"
    "正?在?(?=忙|干活|弄着)|正(?=给|帮|替|[修擦洗通扫拖装换剪按])|(?:还)?没走|刚走|来了(?!没|吗|么|就|再|以后|之后|可以|好)|"
    "说(?!好|下午|明|后|今|上午|要来|来|的))"
)
_DEED = frozenset("修补查通换装洗擦扫拖剪理推按打搞弄做接改掏")


def is_at_work(
    text: str, start: int, end: int, words: Iterable[tuple[int, int]]
) -> bool:
    """Whether a service named at `[start, end)`, by these `words`, is being done already."""
    if _WHO.match(text, end) and not text.endswith(("吗", "么", "没有", "没")):
        return True
    for at in {start, *(word[0] for word in words)}:
        deed = text[at] in _DEED or text[at - 1 : at] in _DEED
        if text[at - 1 : at] in _DEED and text[at] not in _DEED:
            at -= 1
        doing = _DOING.search(text, max(0, at - 20), at) if deed else None
        if doing and (not doing[0].endswith("把") or _DONE.match(text, at)):
            return True
    return False
