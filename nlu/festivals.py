"""Holidays, lunar days and solar terms: what they are called and on which date they next fall."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from borax.calendars.lunardate import TERMS_CN, LCalendars, LunarDate, TermUtils

from nlu.lexing import alternation

# A rule gives the date of its day in a year: the solar year, or the lunar one for lunar days.
Rule = Callable[[int], date | None]

FIRST_YEAR, LAST_YEAR = 1901, 2099  # what the calendar library's tables cover


def _fixed(month: int, day: int) -> Rule:
    return lambda year: date(year, month, day)


def _nth(month: int, nth: int, weekday: int) -> Rule:
    """The nth such weekday of a month, Monday being 0."""

    def rule(year: int) -> date:
        first = date(year, month, 1)
        return first + timedelta((weekday - first.weekday()) % 7 + 7 * (nth - 1))

    return rule


def _lunar(month: int, day: int) -> Rule:
    """A day of the lunar year; the thirtieth of a short month is its last day."""

    def rule(year: int) -> date | None:
        last: int = LCalendars.ndays(year, month)
        found: date = LunarDate(year, month, min(day, last)).to_solar_date()
        return found

    return rule


def _term(name: str) -> Rule:
    def rule(year: int) -> date:
        found: date = TermUtils.nth_term_day(year, term_name=name)
        return found

    return rule


def _easter(days: int) -> Rule:
    """Days after Western Easter, by the anonymous Gregorian computus (Meeus, ch. 8)."""

    def rule(year: int) -> date:
        a, (b, c) = year % 19, divmod(year, 100)
        d, e = divmod(b, 4)
        g = (8 * b + 13) // 25
        h = (19 * a + b - d - g + 15) % 30
        i, k = divmod(c, 4)
        j = (32 + 2 * e + 2 * i - h - k) % 7
        m = (a + 11 * h + 22 * j) // 451
        month, day = divmod(h + j - 7 * m + 114, 31)
        return date(year, month, day + 1) + timedelta(days)

    return rule


# Names without their closing 节, which is optional unless the name would be another word.
_SOLAR: dict[str, Rule] = {
    "元旦节 元旦 阳历新年 阳历年 新年第一天": _fixed(1, 1),
    "情人节": _fixed(2, 14),
    "女生节 女神节 女孩节": _fixed(3, 7),
    "妇女节 国际妇女节 三八节 三八妇女节 女人节": _fixed(3, 8),
    "植树节": _fixed(3, 12),
    "消费者权益日": _fixed(3, 15),
    "愚人节": _fixed(4, 1),
    "地球日 世界地球日": _fixed(4, 22),
    "五一节 五一劳动节 五一国际劳动节 国际劳动节 劳动节 五一": _fixed(5, 1),
    "青年节 五四青年节 五四节": _fixed(5, 4),
    "护士节 国际护士节": _fixed(5, 12),
    "儿童节 国际儿童节 六一儿童节 六一国际儿童节 六一节": _fixed(6, 1),
    "建党节 党的生日 七一建党节 建党日 七一节": _fixed(7, 1),
    "建军节 八一建军节 八一节": _fixed(8, 1),
    "教师节 老师节": _fixed(9, 10),
    "国庆节 国庆 十一国庆节 十一国庆 中国国庆": _fixed(10, 1),
    "万圣节前夜 万圣节前夕 万圣夜": _fixed(10, 31),
    "万圣节 诸圣节": _fixed(11, 1),
    "光棍节 双十一 双11": _fixed(11, 11),
    "双十二 双12": _fixed(12, 12),
    "平安夜 圣诞前夜 圣诞夜 圣诞前夕": _fixed(12, 24),
    "圣诞节 圣诞": _fixed(12, 25),
    "跨年夜 跨年": _fixed(12, 31),
    "母亲节": _nth(5, 2, 6),
    "父亲节": _nth(6, 3, 6),
    "感恩节": _nth(11, 4, 3),
    "复活节": _easter(0),
    "耶稣受难日 受难日": _easter(-2),
}
_LUNAR: dict[str, Rule] = {
    "春节 新春 农历新年 农历年 大年初一 年初一 正月初一 正月正时 正月朔日 中国新年 旧历年": _lunar(1, 1),
    "破五": _lunar(1, 5),
    "人日": _lunar(1, 7),
    "元宵节 元宵夜 上元节 灯节 小正月 正月十五 闹元宵": _lunar(1, 15),
    "龙抬头 二月二龙抬头 春龙节 青龙节 二月二": _lunar(2, 2),
    "上巳节 三月三": _lunar(3, 3),
    "妈祖诞 妈祖生日": _lunar(3, 23),
    "端午节 端午 端阳节 端阳 龙舟节 五月节 重午节 五月初五 五月端午": _lunar(5, 5),
    "七夕节 七夕 乞巧节 七巧节": _lunar(7, 7),
    "中元节 鬼节 盂兰节 盂兰盆节 七月半": _lunar(7, 15),
    "中秋节 中秋 八月节 团圆节 月饼节 仲秋节 八月十五 八月半": _lunar(8, 15),
    "重阳节 重阳 老人节 敬老节 登高节 菊花节 九月九": _lunar(9, 9),
    "寒衣节": _lunar(10, 1),
    "下元节": _lunar(10, 15),
    "腊八节 腊八": _lunar(12, 8),
    # The south keeps it on the 24th; the north's 23rd is the older reckoning of the court.
    "小年 小年夜 祭灶 祭灶节 灶王节": _lunar(12, 23),
    "除夕 除夕夜 大年三十 年三十 大年夜 年夜 三十儿晚上 岁除 大年三十儿": _lunar(12, 30),
}
_TERMS: dict[str, Rule] = {
    "清明节 清明": _term("清明"),
    "冬至节 冬至 冬节": _term("冬至"),
    # 寒食 is the day before 清明.
    "寒食节": lambda year: (_term("清明")(year) or date.max) - timedelta(1),
}
# Weather before they are days: only 大雪节气 and 大雪那天 are.
_WEATHER = {"大雪", "小雪", "雨水", "小满"}


def _by_name(table: dict[str, Rule]) -> Iterator[tuple[str, Rule]]:
    for names, rule in table.items():
        for name in names.split():
            yield name, rule


def _solar_terms() -> Iterator[tuple[str, Rule]]:
    for name in TERMS_CN:
        tails = ("节气", "那天", "当天", "那日") if name in _WEATHER else ("", "节气")
        for tail in tails:
            yield name + tail, _term(name)


_RULES: dict[str, tuple[Rule, bool]] = {
    **{name: (rule, False) for name, rule in _solar_terms()},
    **{name: (rule, False) for name, rule in _by_name(_SOLAR | _TERMS)},
    **{name: (rule, True) for name, rule in _by_name(_LUNAR)},
}
NAMES = alternation(_RULES)


@lru_cache(maxsize=4096)
def falls_on(name: str, today: date, year: int | None = None) -> date | None:
    """The day of that name: the coming one (today included), or the one of `year`.

    今年腊八 said in November is in the lunar year, so a day of that lunar year that is still
    ahead comes before one of the solar year that is over.
    """
    rule, lunar = _RULES[name]
    return _pick(rule, lunar, today, year)


@lru_cache(maxsize=4096)
def lunar_day(month: int, day: int, today: date, year: int | None = None) -> date | None:
    """The coming such day of the lunar calendar, or the one of `year`."""
    return _pick(_lunar(month, day), True, today, year)


def next_lunar_dom(day: int, today: date) -> date | None:
    """The coming day of that number in any lunar month: 初六, said alone."""
    for ahead in range(31):
        found = today + timedelta(ahead)
        if LunarDate.from_solar(found).day == day:
            return found
    return None


def _pick(rule: Rule, lunar: bool, today: date, year: int | None) -> date | None:
    if year is None:
        years = range(today.year - 1, today.year + 5)
    else:
        years = range(year - 1 if lunar else year, year + 1)
    dates = [
        found
        for each in years
        if FIRST_YEAR <= each <= LAST_YEAR and (found := rule(each)) is not None
    ]
    if year is None:
        return next((found for found in dates if found >= today), None)
    solar = [found for found in dates if found.year == year]
    ahead = [found for found in dates if found >= today]
    return next(iter([day for day in solar if day >= today] or ahead or solar), None)


def last_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
