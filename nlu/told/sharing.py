"""So much for each of several people: 俺跟俺嫂子一人一袋面粉 is two bags, 仨闺女一人一箱 three;
一人一盒, of people whom nobody has counted, is asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nlu.amounts.measures import amount_said, measure_of
from nlu.amounts.quantities import Amount
from nlu.cues import FILLER
from nlu.marks.reading import Mark

_KIN = (
    "(?:老?姐妹|姐们儿?|哥们儿?|姊妹|兄弟|妯娌|[姐妹哥弟]{1,2}|外?孙[子女]?|闺女|女儿|姑娘|儿子|儿媳妇?|女婿|孩子|娃|老太太|老头子?|"
    "老伴|小子|丫头|邻居|街坊|外甥|侄[子女儿]|老伙计|师傅|工人|亲戚|战友|同学|老师|阿姨|伢子?|崽|囡|妹子|同事|工友|牌友|朋友|客人|[爹爸妈娘爷奶]{1,2}|公公|婆婆|"
    "嫂子|婶子?|大爷|大娘|大伯|叔叔?|姑|舅舅?)"
)
# 二闺女一家一箱 is of the second of them
_COUNT = dict(zip("两俩三仨四五六七八九十", (2, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10), strict=True))
_SO_MANY = f"[{''.join(_COUNT)}]"
_PEOPLE = re.compile(
    rf"(?P<pair>(?:老|小)?两口子?|老俩|俩口子?|公母俩|两公婆|夫妻俩)$|"
    rf"(?:一家)?(?P<n>{_SO_MANY})(?:个|位)?(?:口人?|家人?|户(?:人家)?|位|[大小老]?人|[大小老]?{_KIN})们?$|"
    rf"(?:们|[我咱俺他她姐妹哥弟爷娘])(?P<us>{_SO_MANY})(?:个|口)?$|"
    rf"(?:{_KIN})(?P<after>[两俩三仨四])(?:个)?$|"
    rf"(?P<two>[我俺咱额](?:们)?家?(?:自己)?(?:跟|和|与|同)[^，来要给买送拿一二两三四五六七八九十A-Z]{{1,6}}|"
    rf"{_KIN}(?:跟|和|与|同)?[我俺额]?{_KIN}(?:两|俩)?)$"
)
# 三家人合着要一家一板, 我和对门拼着买一人一箱, 两家的菜一家两斤
_TOGETHER = re.compile(
    "(?:的(?:东西|[菜油米面肉蛋水果奶酒]{1,2}))?(?:(?:合|拼|搭|凑)(?:着|起来|伙|一块儿?)*|一起|一块儿?|伙着)?(?:买|要|订|来)?$"
)
_GIVES = "(?:就|都|也|来|要|给|拿|分|买|称|订|上|送|发|吃|喝|用|带)*"
_EACH = re.compile(rf"(?:[一每]个?人|[一每][户家位]|每口|人手|各(?:人|家|户)?){_GIVES}")
# 一人一盒草莓; but 我一个人来两斤 and 我们一家来两斤 are for one.
_EACH_OF_SOME = re.compile(
    "(?:[一每各]人|每个?[人户家位口]|各[户家]|人手|一户|(?<![我俺额咱他她就是光只己里])一个人|"
    f"(?<![我俺额咱他她们这那])一家){_GIVES}$"
)
_LEFT_TO_US = re.compile("(?:你|帮我|给我)?(?:们)?[算合]")  # 你算算: it is not added up here
_LOOK = 16
_AND = re.compile(rf"(?:{FILLER}|和|跟|还有|外加)*")


@dataclass(frozen=True)
class Share:
    """`heads` people, named at `start`, who get each so much of what is said from `end` on."""

    start: int
    end: int
    heads: int


def shares(text: str) -> list[Share]:
    """Where so much is said for each, but for what only explains an amount said before."""
    found = []
    for each in _EACH.finditer(text):
        named = text[max(0, each.start() - _LOOK) : each.start()]
        people = _PEOPLE.search(_TOGETHER.sub("", named.rstrip("T")))
        share = amount_said(text, each.end())
        if people is None or share is None or _LEFT_TO_US.match(text, share.end):
            continue
        start = each.start() - (len(named) - people.start())
        heads = _heads(people)
        if heads > 1 and not _explains(text, start, each.end(), heads):
            found.append(Share(start, each.end(), heads))
    return found


def _heads(people: re.Match[str]) -> int:
    said = people["n"] or people["us"] or people["after"]
    return _COUNT[said] if said else 2


def _explains(text: str, start: int, end: int, heads: int) -> bool:
    """毛巾六条爷俩一人三条: what comes to each of so many that were wished for."""
    share = amount_said(text, end)
    for at in range(max(0, start - _LOOK), start):
        whole = amount_said(text, at)
        if whole and share and whole.end <= start and whole.value and share.value and (
            measure_of(whole.unit) == measure_of(share.unit)
            and whole.value >= share.value * heads
        ):
            return True
    return False


def of_each(said: Sequence[Amount], before: str) -> list[Amount]:
    """The amounts of a thing; the last of them is open where the words `before` say that it is
    for each, and of how many nobody knows: 一人一盒草莓."""
    if not said or _EACH_OF_SOME.search(before) is None:
        return list(said)
    return [*said[:-1], replace(said[-1], value=None, vague=True)]


def shared_out(text: str, marks: Sequence[Mark], found: Sequence[Share]) -> list[Mark]:
    """The marks, each amount that is said for one of so many made the amount for all."""
    heads = {share.end: share.heads for share in found}
    times, end = 1, -1
    counted: list[Mark] = []
    for at, mark in enumerate(marks):
        if mark.start in heads:
            times = heads[mark.start]
        elif times > 1 and not (
            _AND.fullmatch(text, end, mark.start) and (mark.sense or _names_next(marks, at))
        ):
            times = 1  # 一人一碗馄饨两袋够了
        end = mark.end
        if times > 1 and mark.amount and mark.amount.value is not None:
            mark = replace(mark, amount=replace(mark.amount, value=mark.amount.value * times))
        counted.append(mark)
    return counted


def _names_next(marks: Sequence[Mark], at: int) -> bool:
    """一人一袋面粉一桶油: the amount stands before the thing it is of, as the first did."""
    following = marks[at + 1] if at + 1 < len(marks) else None
    return following is not None and following.sense is not None and (
        following.start == marks[at].end
    )
