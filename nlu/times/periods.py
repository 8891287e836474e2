"""Longer stretches: 下个月, 月底, 十月的第一周, 第二季度, 明年春天."""

from __future__ import annotations

import re
from datetime import date, timedelta

from nlu.lexing import NOT_IN_NUMBER, count
from nlu.times.dayspan import (
    MONTH,
    YEAR,
    Days,
    ahead,
    last_of_month,
    month_of,
    on_weekday,
    year_of,
)
from nlu.times.weekdays import WEEKDAYS

_MONTH = re.compile(
    # 下月初一 is a lunar day, not the beginning of a month.
    rf"{NOT_IN_NUMBER}{YEAR}?{MONTH}"
    r"(?P<piece>底|末|初(?![一二三四五六七八九十])|中旬|上旬|下旬|中)?"
)
_PIECE = re.compile(r"月(?P<piece>底|末|初|中旬?)|(?P<ten>[上中下])旬")
_NTH = re.compile(
    rf"{YEAR}?{MONTH}(?P<nth>第[一二三四五1-5]|最后一?|头一)个?"
    r"(?P<what>(?:周|星期|礼拜)[一二三四五六日天末]|周|星期|礼拜|天|日)"
)
_YEAR = re.compile(
    rf"{YEAR}(?P<piece>年?底|年?末|年?初|上半年|下半年)?|年(?P<bare>底|末|初)|(?P<half>[上下]半年)"
)
_QUARTER = re.compile(
    rf"{YEAR}?(?:第?(?P<nth>[一二三四1-4])|(?P<which>本|这一?个?|下一?个?))季度"
)
_SEASON = re.compile(rf"{YEAR}?(?P<season>[春夏秋冬])[天季]")

# First and last day of a piece of a month, and first month and length of a piece of a year.
_MONTH_PIECES = {
    "初": (1, 10), "上": (1, 10), "中": (11, 20), "底": (21, 31), "末": (21, 31), "下": (21, 31),
}
_YEAR_PIECES = {"初": (0, 2), "底": (11, 1), "末": (11, 1), "上": (0, 6), "下": (6, 6)}


def nth_of_month(text: str, pos: int, today: date) -> Days | None:
    """十月第一个星期一, 本月第2周: a month's first week is the first that begins in it."""
    found = _NTH.match(text, pos)
    month = month_of(found, today) if found else None
    if found is None or month is None:
        return None
    year, number, free = month
    span = _nth(year, number, found["nth"], found["what"])
    if span and free and span[1] < today:
        span = _nth(year + 1, number, found["nth"], found["what"])
    return Days(found.end(), *span) if span else None


def _nth(year: int, month: int, nth: str, what: str) -> tuple[date, date] | None:
    first, last = date(year, month, 1), last_of_month(year, month)
    number = 1 if nth == "头一" else count(nth.removeprefix("第"))
    if what in "天日":
        day = first + timedelta(number - 1) if number else last
        return day, day
    weekday = WEEKDAYS.get(what[-1], 0)
    if number:
        day = on_weekday(first, weekday) + timedelta(7 * (number - 1))
    else:
        day = on_weekday(last - timedelta(6), weekday)
    length = 6 if what in ("周", "星期", "礼拜") else 1 if what.endswith("末") else 0
    return (day, day + timedelta(length)) if day <= last else None


def whole_month(text: str, pos: int, today: date) -> Days | None:
    """A month or a third of one; without a year, the one that is not over."""
    found = _MONTH.match(text, pos)
    month = month_of(found, today) if found else None
    if found is None or month is None:
        return None
    year, number, free = month
    first, last = _third(year, number, found["piece"])
    if free and last < today:
        first, last = _third(year + 1, number, found["piece"])
    return Days(found.end(), first, last, over=ahead(found["relmonth"]) < 0)


def end_of_month(text: str, pos: int, today: date) -> Days | None:
    """月底, 下旬, with no month said: of this month, or of the next if it is over."""
    found = _PIECE.match(text, pos)
    if found is None:
        return None
    months = today.year * 12 + today.month - 1
    piece = found["piece"] or found["ten"]
    spans = (_third(each // 12, each % 12 + 1, piece) for each in (months, months + 1))
    return next((Days(found.end(), *span) for span in spans if span[1] >= today), None)


def _third(year: int, month: int, piece: str | None) -> tuple[date, date]:
    last = last_of_month(year, month)
    start, stop = _MONTH_PIECES[piece[0]] if piece else (1, 31)
    return date(year, month, start), date(year, month, min(stop, last.day))


def part_of_year(text: str, pos: int, today: date) -> Days | None:
    """A year, a half or an end of one, a quarter, a season."""
    if found := _QUARTER.match(text, pos):
        nth = count(found["nth"] or "") or (today.month - 1) // 3 + 1
        return _months(found, 3 * (nth - 1 + ahead(found["which"])), 3, today)
    if found := _SEASON.match(text, pos):
        return _months(found, 2 + 3 * "春夏秋冬".index(found["season"]), 3, today)
    if found := _YEAR.match(text, pos):
        piece = found["piece"] or found["bare"] or found["half"] or ""
        start, length = _YEAR_PIECES.get(piece.removeprefix("年")[:1], (0, 12))
        return _months(found, start, length, today)
    return None


def _months(found: re.Match[str], start: int, length: int, today: date) -> Days | None:
    """Whole months of the year said; with none said, of the first year in which they are ahead."""
    year = year_of(found["year"], today)
    if found["year"] and year is None:
        return None
    for each in (year,) if year else (today.year, today.year + 1):
        first, stop = each * 12 + start, each * 12 + start + length - 1
        last = last_of_month(stop // 12, stop % 12 + 1)
        if last >= today or year:
            return Days(found.end(), date(first // 12, first % 12 + 1, 1), last, over=last < today)
    return None
