"""Which meal a portion is: 中午送两份饭来, 今儿中午送一份饭晚上也送一份."""

from __future__ import annotations

import re

from nlu.visits.calling import ServiceMention
from nlu.vocabulary import Sense, Vocabulary

_PORTION = re.compile(
    r"(?:份|盒|送(?:点|些|个|我)?|给.{0,2})((?:盒|热|现成)?饭)"
    r"(?!店|菜馆|锅|量|桌|前|后|钱|点|碗|盆|勺)"
)
_MEAL = re.compile("[午晚中夜晌][饭餐]|(?:份|盒|送个?)(?:盒|热)?饭")
_NOON = re.compile("中午|晌午|晌|午(?!夜)|昼|十[一二]点")
_LATE = re.compile("晚(?!点|一点|些)|夜|黑了|黑里|傍黑|擦黑|后晌|[六七]点")
# 中午晚上各送一份饭
_BOTH = re.compile(
    "(?:中|晌)(午)(?:和|跟|、)?(?:晚上?|夜里)(?:都|各|一样)(?:要|送|来|给我|订)*一份(?:盒|热)?饭"
)
# 晚上也送一份, 晚上两份: another of them, the word itself left out.
_AS_WELL = re.compile(
    "(?:中|晌|晚|今|夜|黑)([午晚上里了])(?:的话|呢)?(?:就|也|再|还|同样|给我|要|送|来|订|端|弄)*"
    "(?=[一两二三四五六][份盒](?!饭|[^，。来送要晚中明后]{1,3}[饭面汤菜]))"
)

# 中午晚上两顿都送来.
_TWO_MEALS = re.compile("(中午|晌午)(?:跟|和|连|同)?(?:晚上|夜里|黑了)的?[两二][顿餐]")
_EVENING = re.compile("(晚上|夜里|黑了)")


def meals(text: str, vocabulary: Vocabulary) -> list[ServiceMention]:
    """The portions whose meal is told by the hour they are wished for."""
    found = []
    for portion in _PORTION.finditer(text):
        late = _is_late(text, portion.start())
        if late is not None:
            found += _mention(portion, late, vocabulary)
    if _MEAL.search(text):
        for also in _AS_WELL.finditer(text):
            late = _LATE.match(text, also.start()) is not None
            found += _mention(also, late or text.startswith("今晚", also.start()), vocabulary)
    for day in _TWO_MEALS.finditer(text):
        found += _mention(day, False, vocabulary)
        found += _mention(_EVENING.search(text, day.end(1)) or day, True, vocabulary)
    for both in _BOTH.finditer(text):
        found += _mention(both, False, vocabulary)
    return found


def _is_late(text: str, at: int) -> bool | None:
    """Whether it is the evening's: by the hour said last before it, or else by the only one."""
    hours = [(m.start(), False) for m in _NOON.finditer(text)]
    hours += [(m.start(), True) for m in _LATE.finditer(text)]
    if len({late for _, late in hours}) == 1:
        return hours[0][1]
    before = [hour for hour in hours if hour[0] < at]
    return max(before)[1] if before else None


def _mention(found: re.Match[str], late: bool, vocabulary: Vocabulary) -> list[ServiceMention]:
    sense: Sense | None = vocabulary.words.get("送晚餐" if late else "送午餐")
    if sense is None or not sense.skus:
        return []
    # By the hour alone: no word for it stands there, and the hour is a time all the same.
    words = (found.span(1),) if found[1].endswith("饭") else ()
    return [ServiceMention(sense, *found.span(1), True, words=words)]
