"""The days a phrase names, and what the phrases that name them share: years and months."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from nlu.lexing import count


@dataclass(frozen=True)
class Days:
    """Dates from `first` to `last`, and where they stop in the text.

    `again` is how many days later the same words would mean next (周五上午 said on a Friday
    evening); 0 for a date that comes once. `over` marks words for what is past.
    """

    end: int
    first: date
    last: date
    again: int = 0
    over: bool = False


YEAR = (
    r"(?:(?P<year>\d{4}|[零一二三四五六七八九]{4}|\d{2}|今|明|后|来|本|去|前|大前)"
    r"\s*年(?:的|度)?[，,\s]*)"
)
MONTH = (
    r"(?:(?P<month>\d{1,2}|元|十[一二]?|[一二三四五六七八九])\s*月份?(?![天饼兰花瓜黄菊])"
    r"|(?P<relmonth>这个?|本|当|再?下个?下?个?|上个?上?个?)月份?(?![饼亮季嫂经]))(?:的)?\s*"
)
_RELATIVE_YEARS = {
    "今": 0, "本": 0, "明": 1, "来": 1, "后": 2, "去": -1, "前": -2, "大前": -3,
}


def ahead(which: str | None) -> int:
    """How many weeks or months from this one: 下下个 is two, 上 is minus one."""
    which = which or ""
    return which.count("下") - which.count("上") + which.count("再")


def year_of(said: str | None, today: date) -> int | None:
    if said is None or said in _RELATIVE_YEARS:
        return None if said is None else today.year + _RELATIVE_YEARS[said]
    year = count(said)
    if year is not None and year < 100:
        year += 2000
    return year if year and year < 9990 else None


def month_of(found: re.Match[str], today: date) -> tuple[int, int, bool] | None:
    """The year and month that YEAR and MONTH matched, and whether the year was left open."""
    if found["relmonth"]:
        months = today.year * 12 + today.month - 1 + ahead(found["relmonth"])
        return months // 12, months % 12 + 1, False
    month = 1 if found["month"] == "元" else count(found["month"])
    year = year_of(found["year"], today)
    if month is None or not 1 <= month <= 12:
        return None
    return year or today.year, month, year is None


def valid(year: int, month: int, day: int) -> date | None:
    """That date, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def last_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def on_weekday(first: date, weekday: int) -> date:
    """The first such weekday from `first` on, Monday being 0."""
    return first + timedelta((weekday - first.weekday()) % 7)
