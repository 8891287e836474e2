"""So much for each of several people: 俺跟俺嫂子一人一袋面粉 is two bags, 仨闺女一人一箱 three."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nlu.cues import FILLER
from nlu.measures import amount_said, measure_of
from nlu.reading import Mark

_KIN = (
    "(?:老?姐妹|姐们儿?|哥们儿?|兄弟|[姐妹哥弟]{1,2}|外?孙[子女]|闺女|女儿|姑娘|儿子|儿媳妇?|女婿|孩子|娃|老太太|老头子?|"
    "老伴|小子|丫头|邻居|外甥|侄[子女儿]|老伙计|师傅|工人|亲戚|战友|同学|[爹爸妈娘爷奶]{1,2}|公公|婆婆|嫂子|婶子?|大爷|大娘|大伯|叔叔?|姑|舅舅?)"
)
_COUNT = dict(zip("两俩二三仨四五六七八九十", (2, 2, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10), strict=True))
_SO_MANY = f"[{''.join(_COUNT)}]"
_PEOPLE = re.compile(
    rf"(?P<pair>(?:老|小)?两口子?|老俩|公母俩|夫妻俩)$|"
    rf"(?P<n>{_SO_MANY})(?:个|位)?(?:口人?|家|户|位|[大小老]?人|[大小老]?{_KIN})们?$|"
    rf"(?:们|[咱俺姐妹哥弟爷娘])(?P<us>{_SO_MANY})(?:个|口)?$|"
    rf"(?P<two>[我俺咱额](?:们)?家?(?:自己)?(?:跟|和|与|同)[^，来要给买送拿一二两三四五六七八九十TP]{{1,6}}|"
    rf"{_KIN}(?:跟|和|与|同)?[我俺额]?{_KIN}(?:两|俩)?)$"
)
_EACH = re.compile(
    "(?P<each>一人|每人|每个人|一家|一户|每家|各)(?:就|都|要|来|给|拿|分|买|称|订|上)*"
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
        people = _PEOPLE.search(text[max(0, each.start() - _LOOK) : each.start()])
        share = amount_said(text, each.end())
        if people is None or share is None or _LEFT_TO_US.match(text, share.end):
            continue
        start = each.start() - (people.end() - people.start())
        heads = _heads(people)
        if heads > 1 and not _explains(text, start, each.end(), heads):
            found.append(Share(start, each.end(), heads))
    return found


def _heads(people: re.Match[str]) -> int:
    said = people["n"] or people["us"]
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
