"""Holidays and lunar days as they are said: 国庆那天, 明年春节前一天, 腊月二十三, 大年初二."""

from __future__ import annotations

import re
from datetime import date, timedelta

from nlu.lexing import NOT_IN_NUMBER, count
from nlu.times.dayspan import YEAR, Days, year_of
from nlu.times.festivals import NAMES, falls_on, lunar_day, next_lunar_day

_FESTIVAL = re.compile(
    rf"(?:{NOT_IN_NUMBER}|(?=[^\d零一二三四五六七八九十]))(?:{YEAR}|(?P<which>这个|这|下个|下一个))?(?P<name>{NAMES})节?"
    # 灯节能 is 灯 and 节能, 小年轻 the young; what is eaten or hung on the day is not the day.
    r"(?![能约目省奏育流轻粥蒜饭面醋糕帽树]|(?<=清明)[天儿早晚])"
    r"(?:的?(?P<beside>前[一1][天日]|前夕|前?头[一1]?[天日](?!晚饭)|第二天|后[一1][天日]|次日)|(?:放?假期?|长假|期间))?"
)
# 五一 and 二月二 are also plain numerals; with a number or a measure after them they are that.
_MORE_NUMBER = re.compile(r"[零一二三四五六七八九十百千万\d斤个号日点]")

_CALENDAR = r"(?:农历|阴历|旧历|老历)(?:的)?"
_UP_TO_NINE = "[一二三四五六七八九]"
_DAY = rf"初?(?P<day>三十|二?十{_UP_TO_NINE}?|廿{_UP_TO_NINE}?|{_UP_TO_NINE}|\d{{1,2}})"
_MONTH = rf"(?P<month>\d{{1,2}}|十[一二]?|{_UP_TO_NINE})月"
_YEAR_TOO = YEAR.replace("year", "year2")  # 农历明年八月 as well as 明年农历八月
_LUNAR = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{YEAR}?(?:{_CALENDAR})?(?P<month>正|冬|腊|蜡)月(?:里)?(?:的)?{_DAY}[号日]?",
        rf"{YEAR}?{_CALENDAR}{_YEAR_TOO}?{_MONTH}(?:的)?{_DAY}[号日]?",
        rf"{NOT_IN_NUMBER}{YEAR}?{_MONTH}(?=初){_DAY}",
        rf"{YEAR}?(?:大年|新年|年)(?P<month>)(?=初){_DAY}",
        rf"{_CALENDAR}(?=十[一二三四五六七八九](?!月|斤|个|块)|二十|廿){_DAY}[号日]?(?!月|斤|个|块)",
        rf"(?:{_CALENDAR})?(?:下个?月)?(?=初){_DAY}(?![级步次期高]|中(?!午))",
    )
)
_NAMED_MONTHS = {"": 1, "正": 1, "冬": 11, "腊": 12, "蜡": 12}


def festival(text: str, pos: int, today: date) -> Days | None:
    found = _FESTIVAL.match(text, pos)
    if found is None or (
        found.end() == found.end("name")
        and found["name"][-1] in "一二三九五月"
        and _MORE_NUMBER.match(text, found.end())
    ):
        return None
    year = year_of(found["year"], today)
    day = falls_on(found["name"], today, year)
    if day and found["which"] and "下" in found["which"]:
        day = falls_on(found["name"], day + timedelta(1))
    if day is None:
        return None
    if beside := found["beside"]:
        day += timedelta(-1 if beside.startswith(("前", "头")) else 1)
    return Days(found.end(), day, day, over=year is not None and day < today)


def lunar(text: str, pos: int, today: date) -> Days | None:
    for pattern in _LUNAR:
        found = pattern.match(text, pos)
        if found is None:
            continue
        number, groups = count(found["day"]), found.groupdict()
        if number is None or not 1 <= number <= 30:
            return None
        if "month" not in groups:
            day = next_lunar_day(number, today)
        else:
            said = groups["month"]
            month = _NAMED_MONTHS.get(said) or count(said)
            year = year_of(groups.get("year") or groups.get("year2"), today)
            day = lunar_day(month, number, today, year) if month and month <= 12 else None
        return Days(found.end(), day, day) if day else None
    return None
