"""Dates by the calendar: 十二月二十号, 下月九号, 二十八号, 十五六号, 2026-12-01."""

from __future__ import annotations

import re
from datetime import date

from nlu.lexing import NOT_IN_NUMBER, SMALL, count
from nlu.times.dayspan import MONTH, YEAR, Days, month_of, valid

_LINK = r"\s*(?:到|至|[-~—–、])\s*"
_DATE = re.compile(
    rf"{NOT_IN_NUMBER}{YEAR}?{MONTH}(?P<day>{SMALL})\s*(?P<mark>[号日](?!子))?"
    rf"(?:{_LINK}(?P<to>{SMALL})\s*[号日](?!子))?"
)
_DAY_OF_MONTH = re.compile(
    # 迟一日送 is a day later, and no first of the month.
    rf"{NOT_IN_NUMBER}(?<![迟隔推缓延])(?P<day>{SMALL})\s*(?:[号日]?{_LINK}(?P<to>{SMALL})\s*)?(?P<mark>[号日])"
    # A house, a battery or a train is numbered too, and 一日三餐 is every day.
    r"(?!楼|门|线|院|栋|房|机|桌|店|单元|路|馆|球|位|床|车|箱|柜|桶|粉|字|的?干?电池|井|仓|窗|称|码"
    r"|子|三餐|三顿|两餐|游|[一二三四五六七八九\d]\w?[楼栋])"
)
_DIGITS = re.compile(r"(?<!\d)(\d{4})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})(?!\d)")
_MONTH_AND_DAY = re.compile(r"(?<![\d/.])(1[0-2]|0?[1-9])/(3[01]|[12]\d|0[1-9])(?![\d/%])")
# 十五六, 廿七八: one of two neighbours.
_NEIGHBOURS = re.compile(r"(廿|[一二三]?十)?([一二三四五六七八])([二三四五六七八九])")
# Batteries go by numbers too (五号, 七号): in their company a number is a size.
_SIZES = frozenset({1, 2, 5, 7})
_ON_BATTERIES = re.compile("电池|(?:遥控|挂钟|闹钟|手电|收音机|血压计)[^，]{0,6}没电")


def full_date(text: str, pos: int, today: date) -> Days | None:
    """A month and a day; without a year it is the coming one."""
    found = _DATE.match(text, pos)
    month = month_of(found, today) if found else None
    if found is None or month is None:
        return None
    first_said, last_said = _ends(found["day"], found["to"])
    day = count(first_said)
    if day is None or (not found["mark"] and re.match(r"[\d年个斤月点块]", text[found.end() :])):
        return None
    year, number, free = month
    first = _coming(year, number, day, today) if free else valid(year, number, day)
    return Days(found.end(), first, _same_month(first, last_said)) if first else None


def day_of_month(text: str, pos: int, today: date) -> Days | None:
    """二十八号: in this month if it is still ahead, else in the next month that has it."""
    found = _DAY_OF_MONTH.match(text, pos)
    if found is None:
        return None
    first_said, last_said = _ends(found["day"], found["to"])
    day = count(first_said)
    if day is None or (day in _SIZES and found["mark"] == "号" and _ON_BATTERIES.search(text)):
        return None
    months = today.year * 12 + today.month - 1
    dates = (valid((months + i) // 12, (months + i) % 12 + 1, day) for i in range(12))
    first = next((each for each in dates if each and each >= today), None)
    return Days(found.end(), first, _same_month(first, last_said)) if first else None


def in_digits(text: str, pos: int, today: date) -> Days | None:
    """2026-12-01, 2026.12.1, 12/01."""
    if found := _DIGITS.match(text, pos):
        day = valid(int(found[1]), int(found[3]), int(found[4]))
    elif found := _MONTH_AND_DAY.match(text, pos):
        day = _coming(today.year, int(found[1]), int(found[2]), today)
    return Days(found.end(), day, day) if found and day else None


def _coming(year: int, month: int, day: int, today: date) -> date | None:
    """That day from `today` on; 29 February waits for its year."""
    dates = (valid(each, month, day) for each in range(year, year + 9))
    return next((each for each in dates if each and each >= today), None)


def _ends(day: str, to: str | None) -> tuple[str, str | None]:
    if to is None and (pair := _NEIGHBOURS.fullmatch(day)):
        tens = pair[1] or ""
        return tens + pair[2], tens + pair[3]
    return day, to


def _same_month(first: date, said: str | None) -> date:
    """The last day of a range that names its month once."""
    last = valid(first.year, first.month, count(said) or 0) if said else None
    return last if last and last > first else first
