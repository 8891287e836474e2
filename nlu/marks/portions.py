"""What becomes of each part of an amount: 五斤三斤腌着二斤自己吃 wishes for five and no more.

The parts are counted in the measure of the whole, come to as much, and each is said with its use.
"""

from __future__ import annotations

import re

from nlu.amounts.measures import amount_said, measure_of
from nlu.amounts.quantities import Amount
from nlu.vocabulary import Vocabulary

_WHO = (
    "[我俺咱额他她]们?|老伴儿?|老头子?|老婆子|孙[子女]|闺女|女儿|儿子|媳妇|亲家|邻居|对门|楼[上下]|[东西]屋|"
    "先|就|好|也|再|今儿|明儿|今天|明天|中午|晚上|拿来|用来|拿去|回头|剩下"
)
_USE = (
    "[炖炒煮蒸炸拌煲涮焖卤煨烤腌渍泡熬擦冻存晒晾搁留放剁切烙煎酿擀包做吃喝洗使用剩换备]|红烧|清蒸|凉拌|生(?=豆芽)|发(?=豆芽)|"
    "自[己个家]|送(?=人|给|[他她]|亲|邻|对|老)|给(?![我俺])|待客|招待|预备|带走|随礼|上供"
)
_USED = re.compile(rf"(?:{_WHO})*(?:{_USE})")
_USED_FIRST = re.compile(rf"(?:{_WHO})*(?:{_USE})[^，来要买拿称捎再还和]{{0,6}}|(?:{_WHO})+")
_ASKS = re.compile("[来要买拿称捎再]|还[要得有]|给[我俺]|另外")
_GOES_FAR = re.compile(
    "(?:就|都|也)?(?:能|够|可以|顶|管)(?:我|俺|咱)?[吃喝用使](?:上|个)?[一二两三四五六七八九十半几俩]"
)
_MADE_INTO = re.compile("[生发换做晾]")
_REACH, _BETWEEN = 24, 9


def portions(text: str, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """Where the amounts of parts are said, which nobody wishes for apart from the whole."""
    found: list[tuple[int, int]] = []
    pos = 0
    while pos < len(text):
        whole = _counted(text, pos)
        if whole is None:
            pos += 1
            continue
        parts = _parts(text, whole, vocabulary)
        found += [(parts[0].start, parts[-1].end)] if parts else []
        pos = parts[-1].end if parts else whole.end
    return found


def _parts(text: str, whole: Amount, vocabulary: Vocabulary) -> list[Amount]:
    parts: list[Amount] = []
    assert whole.value is not None
    left, end = whole.value, whole.end
    named = vocabulary.sense_at(text, end) if end < len(text) else None
    after_its_name = ends_with_thing(text[max(0, whole.start - 4) : whole.start], vocabulary)
    if named is not None and named.held == "held" and not after_its_name:
        end += len(named.word)  # 四个馒头老头子俩我俩
    for pos in range(end, min(len(text), whole.end + _REACH * 2)):
        if pos < end or (part := _counted(text, pos)) is None:
            continue
        assert part.value is not None
        gap = text[end : part.start]
        if len(gap) > _BETWEEN or measure_of(part.unit) != measure_of(whole.unit):
            return []
        one = part.value == 1 != whole.value and not (parts or gap)
        if one and _GOES_FAR.match(text, part.end):
            return [part]
        if not parts and not _MADE_INTO.match(gap) and ends_with_thing(gap, vocabulary):
            return []  # 鸡翅四斤烤着吃鸡腿二斤: the next of the list
        if _ASKS.search(gap) or not _is_told(text, part, gap, first=not parts):
            return []
        parts.append(part)
        left, end = left - part.value, part.end
        if left <= 0:
            return parts if left == 0 and len(parts) > 1 else []
    return []


def ends_with_thing(gap: str, vocabulary: Vocabulary) -> bool:
    """Whether the last of these words names something that is sold."""
    ends = (vocabulary.words.get(gap[start:]) for start in range(len(gap)))
    return any(sense and sense.held == "held" for sense in ends)


def _is_told(text: str, part: Amount, gap: str, *, first: bool) -> bool:
    """Whether the use of the part is said after it, or before."""
    if _USED_FIRST.fullmatch(gap):
        return True
    return bool(_USED.match(text, part.end)) and (not first or len(gap) <= 1)


def _counted(text: str, pos: int) -> Amount | None:
    amount = amount_said(text, pos)
    return amount if amount and amount.unit and amount.value else None
