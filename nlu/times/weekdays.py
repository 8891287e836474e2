"""Days told from today and by their week: 后儿个, 礼拜三, 下下周日, 这个周末."""

from __future__ import annotations

import re
from datetime import date, timedelta

from nlu.lexing import alternation, time_words
from nlu.times.dayspan import Days, ahead, on_weekday

_OFFSETS = {
    word: tuple(int(day) for day in meaning.split()) for word, meaning in time_words("day").items()
}
_SHORT = {"今": 0, "当": 0, "明": 1, "听": 1, "昨": -1, "前": -2, "后": 2}
_RELATIVE = re.compile(
    rf"(?P<name>{alternation(_OFFSETS)})(?!性|努力|培养|养成|因素|头条)"
    r"|(?P<short>[今明听昨]|当(?!午))(?=朝|早|晚|夜|晨|午(?!饭|餐)|黑|后晌|上午|下午|中午|傍晚|凌晨)"
    r"|(?P<far>[前后])(?=晚)(?!晚辈)"
)

WEEKDAYS = {"日": 6, "天": 6, "末": 5, "7": 6} | {
    name: day
    for day, names in enumerate(("一1", "二2", "三3", "四4", "五5", "六6"))
    for name in names
}
_WHICH = r"(?P<which>这一?个?|本|今|当|(?<!一)(?:再?下一?个?){1,3}|(?:上一?个?){1,3})"
_WEEK = r"(?:周|星期|礼拜)"
_WEEKDAY = re.compile(
    rf"(?:{_WHICH}(?:的)?(?:{_WEEK}(?:的)?)?)?(?:{_WEEK}|(?<=[下上这本个])拜)"
    r"(?P<day>[一二三四五六日天]|[1-7](?![\d点]))"
)
_WEEKEND = re.compile(rf"{_WHICH}?(?:的)?(?:{_WEEK}末|周六日|周六周日|双休日)")
_WHOLE_WEEK = re.compile(rf"{_WHICH}{_WEEK}(?!围|全|到)")


def relative(text: str, pos: int, today: date) -> Days | None:
    found = _RELATIVE.match(text, pos)
    if found is None:
        return None
    span = _OFFSETS[found["name"]] if found["name"] else (_SHORT[found["short"] or found["far"]],)
    first, last = today + timedelta(span[0]), today + timedelta(span[-1])
    return Days(found.end(), first, last, over=span[0] < 0)


def weekend(text: str, pos: int, today: date) -> Days | None:
    """Saturday and Sunday: of this week, said at the weekend too."""
    found = _WEEKEND.match(text, pos)
    if found is None:
        return None
    weeks = ahead(found["which"])
    saturday = today + timedelta(5 - today.weekday() + 7 * weeks)
    return Days(found.end(), saturday, saturday + timedelta(1), over=weeks < 0)


def weekday(text: str, pos: int, today: date) -> Days | None:
    """周五 alone is the coming one, today included; 下周二 is in the next Monday-based week."""
    found = _WEEKDAY.match(text, pos)
    if found is None:
        return None
    day, weeks = WEEKDAYS[found["day"]], ahead(found["which"])
    if not found["which"]:
        coming = on_weekday(today, day)
        return Days(found.end(), coming, coming, again=7)
    told = today + timedelta(day - today.weekday() + 7 * weeks)
    return Days(found.end(), told, told, over=weeks < 0)


def whole_week(text: str, pos: int, today: date) -> Days | None:
    found = _WHOLE_WEEK.match(text, pos)
    if found is None:
        return None
    weeks = ahead(found["which"])
    monday = today + timedelta(7 * weeks - today.weekday())
    return Days(found.end(), monday, monday + timedelta(6), over=weeks < 0)
