"""Times told by how long it is until then (两个半钟头以后, 三天内), at once, or not at all."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

from nlu.amounts.numerals import numeral_at
from nlu.lexing import NUMBER_CHARS, alternation, time_words

Kind = Literal["after", "within", "ago"]

_SOON = re.compile(
    # 等下 is also said for 慢着 (等下，鸡蛋不要了): it is a time only before what is to happen.
    rf"(?:{alternation(time_words('soon'))}|等一?下儿?(?=就|再?[送来给帮派叫过拿上])|快(?:点儿?|些)?(?=来(?:开锁?|修|通|换|给|帮)|来个?人|派个?人|叫个?人|找个?人|[叫派喊找请]个?(?:会|懂|师傅|电工|水工|护士|大夫|阿姨|开锁)|来个师|来修|来通|来帮|[叫喊派请]个?人)|快快(?=[送来派叫拿]))(?!前|之前|以前|起|开始)"
)
_VAGUE = re.compile(
    rf"{alternation(time_words('vague'))}(?!之?内|以内|来?一[次回趟])(?:以后|之后|后(?![天日]))?"
)
_PAST = re.compile(alternation(time_words("past")))

# Seconds of one; months and years are counted on the calendar.
_SECONDS = {
    "秒钟": 1, "秒": 1, "分钟": 60, "分": 60, "刻钟": 900, "刻": 900, "小时": 3600, "钟头": 3600,
    "点钟": 3600, "钟": 3600, "天": 86400, "日": 86400, "周": 604800, "星期": 604800,
    "礼拜": 604800,
}
_MINUTES = ("秒", "秒钟", "分", "分钟")
_MONTHS = {"月": 1, "季度": 3, "年": 12}
_DAY = 86400
_LONGEST = 10**9
_NUMBER = (
    r"(?:\d+(?:\.\d+)?|半拉|[零一二两三四五六七八九十百几半俩]{1,8}(?:点[一二三四五六七八九])?)"
)
_PIECE = re.compile(
    rf"(?P<number>{_NUMBER})(?P<more>[多来])?\s*(?P<ge>个)?\s*(?P<half>半)?"
    rf"(?P<unit>{alternation([*_SECONDS, *_MONTHS])})(?P<tail>半(?![天个夜]))?[零又加]?"
)
# 过 and 等 make a duration a time by themselves: 过一个钟头来; 等三天 is rather a complaint.
_HEAD = re.compile(
    r"(?P<until>(?:再过|过|(?P<wait>再等|等))(?:上|个(?=[把\d一二两三四五六七八九十]))?)"
    r"|(?P<next>(?:未来|接下来|今后|往后)(?:的)?)"
    r"|大概|大约|约"
)
_TAIL = re.compile(
    r"\s*(?:的?时间)?(?:左右|上下)?(?:(?P<after>以后|之后|过后|后(?![天儿日院门面半晌头朝]))"
    r"|(?P<within>之内|以内|内(?!衣|裤|裆|蒙))|(?P<ago>之前|以前|前(?![天儿]))|(?P<again>再))"
)


@dataclass(frozen=True)
class Length:
    """How long: months by the calendar and a fixed rest, and where it ends in the text.

    `vague` where nobody can count it (几天); `whole_days` where it is told in days or longer.
    """

    end: int
    months: int
    rest: timedelta
    vague: bool
    whole_days: bool

    def after(self, now: datetime) -> datetime:
        months = now.year * 12 + now.month - 1 + self.months
        year, month = months // 12, months % 12 + 1
        day = min(now.day, calendar.monthrange(year, month)[1])
        return now.replace(year=year, month=month, day=day) + self.rest


@dataclass(frozen=True)
class Lapse:
    """A length of time from the call: `after` it, `within` it, or as long `ago`."""

    end: int
    kind: Kind
    length: Length


def soon_at(text: str, pos: int) -> int | None:
    """Where a word for at once that starts at `pos` ends."""
    return _end(_SOON, text, pos)


def vague_at(text: str, pos: int) -> int | None:
    """Where a time that nobody can drive to ends."""
    return _end(_VAGUE, text, pos)


def past_at(text: str, pos: int) -> int | None:
    """Where a word for what is over ends."""
    return _end(_PAST, text, pos)


def _end(words: re.Pattern[str], text: str, pos: int) -> int | None:
    found = words.match(text, pos)
    return found.end() if found else None


def lapse_at(text: str, pos: int) -> Lapse | None:
    """两小时以后, 过一个钟头, 五日内, 三天前; a bare duration is none of them."""
    head = _HEAD.match(text, pos)
    start = head.end() if head else pos
    if head is None and pos and text[pos - 1] in NUMBER_CHARS + "几":
        return None
    length = length_at(text, start)
    if length is None:
        return None
    tail = _TAIL.match(text, length.end)
    until, waits, coming = head.group("until", "wait", "next") if head else (None, None, None)
    if coming or (tail and tail["within"]):
        kind: Kind = "within"
    elif tail and tail["ago"]:
        kind = "ago"
    elif (until and not (waits and length.whole_days)) or (tail and tail["after"]):
        kind = "after"
    else:
        return None
    end = tail.end() if tail and not tail["again"] else length.end
    return Lapse(end, kind, length)


def length_at(text: str, pos: int) -> Length | None:
    """一小时三十分, 两个半钟头, 一年半: pieces of falling size."""
    at, months, seconds, vague, whole = pos, 0, Decimal(0), False, True
    last = _LONGEST
    while piece := _PIECE.match(text, at):
        size = _MONTHS.get(piece["unit"], 0) * 30 * _DAY or _SECONDS[piece["unit"]]
        if size >= last:  # 三天三夜 is no sum
            break
        last = size
        said = piece["number"].removesuffix("拉")
        numeral = numeral_at(said, 0)
        if numeral is None or numeral.end != len(said) or numeral.value > 1000:
            return None
        number = numeral.value + (Decimal("0.5") if piece["half"] or piece["tail"] else 0)
        unit = piece["unit"]
        if "点" in piece["number"] and unit.endswith("钟"):  # 晚一点八点钟 is no 1.8 hours
            return None
        # Nobody is asked what 几分钟 means: it is as good as at once.
        vague = vague or (numeral.vague and not piece["more"] and unit not in _MINUTES)
        if unit in _MONTHS:
            # 三月 is a month of the year; 三个月 and 半月 are how long.
            if unit == "月" and not piece["ge"] and piece["number"] != "半":
                return None
            months += int(number * _MONTHS[unit])
            seconds += (number * _MONTHS[unit] % 1) * 30 * _DAY
        else:
            seconds += number * _SECONDS[unit]
            whole = whole and _SECONDS[unit] >= _DAY and number == int(number)
        at = piece.end()
    rest = timedelta(seconds=float(seconds))
    return Length(at, months, rest, vague, whole) if at > pos else None
