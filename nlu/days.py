"""Days as they are said: 后儿个, 下礼拜三, 二十八号, 腊月二十三, 月底, 国庆那天."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from nlu.festivals import NAMES, falls_on, last_of_month, lunar_day, next_lunar_dom
from nlu.lexing import NOT_IN_NUMBER, SMALL, alternation, count


@dataclass(frozen=True)
class Days:
    """Dates from `first` to `last`, and where they stop in the text.

    `again` is how many days later the same words would mean next (周五 said on a Friday evening is
    the coming one); 0 for a date that comes once. `over` marks words for what is past.
    """

    end: int
    first: date
    last: date
    again: int = 0
    over: bool = False


Found = tuple[date, date] | None

# Days from today. 听日 (Cantonese), 明朝 后朝 今朝 (Wu), 寻日 琴日 (Cantonese), 外后天 (south-west
# and Wu), 夜来 (Shandong, Hebei: yesterday) is left out, since it is also a coming night.
RELATIVE = {
    -3: "大前天 大前儿个 大前儿 大前日",
    -2: "前天 前日 前儿个 前儿 前朝 前个儿 前晚",
    -1: "昨天 昨日 昨儿个 昨儿 昨个 昨个儿 昨朝 寻日 琴日 夜个儿 夜儿个 夜个",
    0: "今天 今日 今儿个 今儿 今个儿 今个 今朝 本日 当天 当日 即日 今几 今阿",
    1: "明天 明日 明儿个 明儿 明个儿 明个 明朝 听日 翌日 次日 第二天 隔天 赶明儿个 赶明儿 赶明 明几 明仔 第二日",
    2: "后天 后日 后儿个 后儿 后个儿 后个 后朝 第三天 隔一天",
    3: "大后天 大后日 大后儿个 大后儿 大后个 外后天 外后日 大后朝 老后天",
    4: "大大后天 大外后天",
}
_OFFSETS = {name: offset for offset, names in RELATIVE.items() for name in names.split()}
_RELATIVE = re.compile(
    rf"(?P<name>{alternation(_OFFSETS)})|(?P<short>[今明当昨后听])(?=早|晚|夜|晨|午(?!饭)|黑|后晌|上午|下午)"
)
_SHORT = {"今": 0, "当": 0, "明": 1, "听": 1, "昨": -1, "后": 2}

_WEEKDAYS = {"日": 6, "天": 6, "末": 5, **{c: i for i, c in enumerate("一二三四五六")},
             **{str(i + 1): i for i in range(6)}, "7": 6}
_WHICH = r"(?P<which>(?:这|本|今|当)个?|下+个?|下个下个?|上+个?|再?下一?个?|上一?个?|这一?个?)"
_WEEK = r"(?:周|星期|礼拜|个星期|个礼拜)"
_WEEKDAY = re.compile(
    rf"(?:{_WHICH}(?:的)?)?(?:{_WEEK}(?:的)?)?(?:周|星期|礼拜|(?<=[下上这本])拜)(?P<day>[一二三四五六日天末1-7])"
    r"(?![\d到]*[个岁]|期)"
)
_WHOLE_WEEK = re.compile(rf"{_WHICH}{_WEEK}")
_WEEKEND = re.compile(rf"(?:{_WHICH}(?:个)?)?(?:周末|星期末|礼拜末|周六日|周六周日)")

_YEAR = r"(?P<year>\d{4}|[零一二三四五六七八九]{4}|\d{2}(?=年)|今|明|后|来|本|当|去|前|大前)年"
_RELYEARS = {"今": 0, "本": 0, "当": 0, "明": 1, "来": 1, "后": 2, "去": -1, "前": -2, "大前": -3}
_MONTH = (
    r"(?:(?P<month>\d{1,2}|[一二三四五六七八九]|十[一二]?)月份?"
    r"|(?P<relmonth>这个?|本|当|下下个?|下个?|上上个?|上个?|再下个?)月(?!饼|亮|季|嫂|经))"
)
_DAY = rf"(?P<day>{SMALL})"
_NOT_DATE = r"(?!电池|楼|门|线|院|栋|房|干电|桌|机|店|单元|的电池|的干|路|馆|球|位|床|车|箱|柜|桶|粉|字)"
_DATE = re.compile(
    rf"{NOT_IN_NUMBER}(?:{_YEAR}(?:的)?)?{_MONTH}(?:的)?"
    rf"(?:{_DAY}(?P<mark>[号日])?(?:(?:到|至|-|~|—)(?P<to>{SMALL})[号日])?)"
)
_DOM = re.compile(
    rf"{NOT_IN_NUMBER}{_DAY}(?:[、,]?(?P<next>{SMALL}))??(?:[号日]?(?:到|至|-|~|—)(?P<to>{SMALL}))?[号日]"
    rf"{_NOT_DATE}(?![内里]|之内|以内|后|以后|之后)"
)
_ISO = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_PERIOD = re.compile(
    rf"{NOT_IN_NUMBER}(?:{_YEAR}(?:的)?)?(?:{_MONTH})(?:的)?"
    r"(?P<piece>底|末|初|中旬|上旬|下旬|月底|月初|中)?"
)
_NTH = re.compile(
    rf"(?:{_YEAR}(?:的)?)?{_MONTH}(?:的)?(?P<nth>第[一二三四五1-5]|最后一?)"
    r"(?:个)?(?P<what>(?:周|星期|礼拜)[一二三四五六日天]|周末|周|星期|礼拜|天|日)"
)
_MONTH_END = re.compile(r"(?P<piece>月底|月末|月初|月中|上旬|中旬|下旬)")
_YEAR_ONLY = re.compile(rf"{_YEAR}(?P<piece>底|末|初|上半年|下半年)?|(?P<bare>年底|年末|年初|上半年|下半年)")
_QUARTER = re.compile(rf"(?:{_YEAR}(?:的)?)?(?:第?(?P<q>[一二三四1-4])季度|(?P<rel>本|这个?|下个?)季度)")
_SEASON = re.compile(rf"(?:{_YEAR}(?:的)?)?(?P<season>[春夏秋冬])[天季]")

_FESTIVAL = re.compile(
    rf"(?:(?:{_YEAR}|(?P<which>这个|下个|下一个))(?:的)?)?(?P<name>{NAMES})节?(?P<eve>前[一1]天|前夕|前夜|前一日|第二天|后[一1]天)?"
    r"(?:的?(?:那天|当天|那一天|这天|这一天|那日|那晚(?=上)|期间|假期|长假))?"
)
_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12, "蜡": 12}
_LUNAR_DAY = (
    r"(?:初(?P<early>[一二三四五六七八九十]|\d{1,2})"
    r"|(?P<dom>三十|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九]|\d{1,2}))"
    r"(?:[日号]|那天)?"
)
_LUNAR = re.compile(
    rf"(?:{_YEAR}(?:的)?)?(?:"
    rf"(?:农历|阴历|旧历|老历)?(?P<named>正|冬|腊|蜡)月(?:里)?(?:的)?{_LUNAR_DAY}"
    rf"|(?:农历|阴历|旧历|老历)(?:的)?(?P<month>\d{{1,2}}|[一二三四五六七八九]|十[一二]?)月(?:的)?{_LUNAR_DAY.replace('early', 'early2').replace('dom', 'dom2')}"
    r"|(?P<plain>[二三四五六七八九]|十[一二]?)月初(?P<early3>[一二三四五六七八九十])"
    r"|(?:大年|新年|年)初(?P<newyear>[一二三四五六七八九十])"
    r"|(?:农历|阴历|旧历)?初(?P<any>[一二三四五六七八九十])(?!中|级|步|次|期))"
)


def days_at(text: str, pos: int, today: date) -> Days | None:
    """The day or days named at `pos`, seen from `today`; None where none are or can be."""
    for lex in _LEXERS:
        found = lex(text, pos, today)
        if found is not None:
            return found
    return None


def _relative(text: str, pos: int, today: date) -> Days | None:
    found = _RELATIVE.match(text, pos)
    if found is None:
        return None
    offset = _OFFSETS[found["name"]] if found["name"] else _SHORT[found["short"]]
    day = today + timedelta(offset)
    return Days(found.end(), day, day, over=offset < 0)


def _weeks(which: str | None) -> int | None:
    """Weeks from this one: 下下个 is two, 上 is minus one; None when no week was named."""
    if not which:
        return None
    return which.count("下") - which.count("上") + which.count("再")


def _weekend(text: str, pos: int, today: date) -> Days | None:
    found = _WEEKEND.match(text, pos)
    if found is None:
        return None
    weeks = _weeks(found["which"]) or 0
    saturday = today + timedelta(5 - today.weekday() + 7 * weeks)
    return Days(found.end(), saturday, saturday + timedelta(1), over=weeks < 0)


def _weekday(text: str, pos: int, today: date) -> Days | None:
    found = _WEEKDAY.match(text, pos)
    if found is None:
        return None
    weekday, weeks = _WEEKDAYS[found["day"]], _weeks(found["which"])
    if weeks is None:
        day = today + timedelta((weekday - today.weekday()) % 7)
        return Days(found.end(), day, day, again=7)
    day = today + timedelta(weekday - today.weekday() + 7 * weeks)
    return Days(found.end(), day, day, over=weeks < 0)


def _whole_week(text: str, pos: int, today: date) -> Days | None:
    found = _WHOLE_WEEK.match(text, pos)
    if found is None:
        return None
    weeks = _weeks(found["which"]) or 0
    monday = today + timedelta(7 * weeks - today.weekday())
    return Days(found.end(), monday, monday + timedelta(6), over=weeks < 0)


def _year(said: str | None, today: date) -> int | None:
    if said is None:
        return None
    if said in _RELYEARS:
        return today.year + _RELYEARS[said]
    year = count(said)
    return year + 2000 if year is not None and year < 100 else year


def _month(found: re.Match[str], today: date) -> tuple[int, int, bool] | None:
    """Year and month said, and whether the year was free to choose."""
    year = _year(found["year"], today)
    if found["relmonth"]:
        which = found["relmonth"]
        ahead = which.count("下") - which.count("上") + which.count("再")
        months = today.year * 12 + today.month - 1 + ahead
        return months // 12, months % 12 + 1, False
    month = count(found["month"])
    if month is None or not 1 <= month <= 12:
        return None
    return year or today.year, month, year is None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _on(year: int, month: int, day: int, free: bool, today: date) -> date | None:
    """That date; with the year left open the coming one (29 February waits for its year)."""
    if not free:
        return _valid(year, month, day)
    for ahead in range(9):
        found = _valid(year + ahead, month, day)
        if found and found >= today:
            return found
    return None


def _date(text: str, pos: int, today: date) -> Days | None:
    found = _DATE.match(text, pos)
    if found is None:
        return None
    month, day = _month(found, today), count(found["day"])
    if month is None or day is None:
        return None
    if not found["mark"] and (day > 31 or re.match(r"[\d年个斤月]", text[found.end():])):
        return None
    first = _on(*month[:2], day, month[2], today)
    if first is None:
        return None
    last = _later_day(first, found["to"])
    return Days(found.end(), first, last or first)


def _later_day(first: date, said: str | None) -> date | None:
    day = count(said) if said else None
    if day is None:
        return None
    last = _valid(first.year, first.month, day)
    return last if last and last >= first else None


def _day_of_month(text: str, pos: int, today: date) -> Days | None:
    found = _DOM.match(text, pos)
    if found is None or "电池" in text[max(0, pos - 6) : found.end() + 6]:
        return None
    first_said, second = found["day"], found["to"] or found["next"]
    if pair := re.fullmatch(r"(廿|[一二三]?十)?([一二三四五六七八])([二三四五六七八九])", first_said):
        tens = pair[1] or ""
        first_said, second = tens + pair[2], tens + pair[3]
    day = count(first_said)
    if day is None or not 1 <= day <= 31:
        return None
    months = today.year * 12 + today.month - 1
    for ahead in range(12):
        first = _valid((months + ahead) // 12, (months + ahead) % 12 + 1, day)
        if first and first >= today:
            return Days(found.end(), first, _later_day(first, second) or first)
    return None


def _iso(text: str, pos: int, today: date) -> Days | None:
    found = _ISO.match(text, pos)
    day = _valid(int(found[1]), int(found[3]), int(found[4])) if found else None
    return Days(found.end(), day, day) if found and day else None


_PIECES = {
    "初": (1, 10), "月初": (1, 10), "上旬": (1, 10), "中": (11, 20), "月中": (11, 20), "中旬": (11, 20),
    "底": (21, 31), "末": (21, 31), "月底": (21, 31), "月末": (21, 31), "下旬": (21, 31),
}


def _piece(year: int, month: int, piece: str | None) -> tuple[date, date]:
    last = last_of_month(year, month)
    start, stop = _PIECES[piece] if piece else (1, 31)
    return date(year, month, start), date(year, month, min(stop, last.day))


def _whole_month(text: str, pos: int, today: date) -> Days | None:
    found = _PERIOD.match(text, pos)
    if found is None:
        return _month_end(text, pos, today)
    month = _month(found, today)
    if month is None or not 1 <= month[0] <= 9999:
        return None
    year, number, free = month
    first, last = _piece(year, number, found["piece"])
    if free and last < today:
        first, last = _piece(year + 1, number, found["piece"])
    over = bool(found["relmonth"] and "上" in found["relmonth"])
    return Days(found.end(), first, last, over=over)


def _month_end(text: str, pos: int, today: date) -> Days | None:
    found = _MONTH_END.match(text, pos)
    if found is None:
        return None
    first, last = _piece(today.year, today.month, found["piece"])
    if last < today:
        months = today.year * 12 + today.month
        first, last = _piece(months // 12, months % 12 + 1, found["piece"])
    return Days(found.end(), first, last)


def _nth_of_month(text: str, pos: int, today: date) -> Days | None:
    found = _NTH.match(text, pos)
    month = _month(found, today) if found else None
    if found is None or month is None:
        return None
    year, number, free = month
    span = _nth_in(year, number, found["nth"], found["what"])
    if span and free and span[1] < today:
        span = _nth_in(year + 1, number, found["nth"], found["what"])
    return Days(found.end(), *span) if span else None


def _nth_in(year: int, month: int, nth: str, what: str) -> Found:
    """第一周 is the first that starts on a Monday of that month."""
    first, last = date(year, month, 1), last_of_month(year, month)
    number = count(nth[1:]) or 0 if nth.startswith("第") else 0
    if what in ("天", "日"):
        day = first + timedelta(number - 1) if number else last
        return day, day
    weekday = 5 if what == "周末" else 0 if what in ("周", "星期", "礼拜") else _WEEKDAYS[what[-1]]
    day = first + timedelta((weekday - first.weekday()) % 7)
    if number:
        day += timedelta(7 * (number - 1))
    else:
        day = last - timedelta((last.weekday() - weekday) % 7)
    if day > last:
        return None
    length = 1 if what == "周末" else 6 if what in ("周", "星期", "礼拜") else 0
    return day, day + timedelta(length)


def _part_of_year(text: str, pos: int, today: date) -> Days | None:
    if found := _QUARTER.match(text, pos):
        quarter = count(found["q"]) if found["q"] else (today.month - 1) // 3 + 1
        ahead = 1 if found["rel"] and "下" in found["rel"] else 0
        months = today.year * 12 + 3 * ((quarter or 1) - 1 + ahead)
        return _months(found, months, 3, today)
    if found := _SEASON.match(text, pos):
        months = today.year * 12 + 2 + 3 * "春夏秋冬".index(found["season"])
        return _months(found, months, 3, today)
    found = _YEAR_ONLY.match(text, pos)
    if found is None:
        return None
    year = _year(found["year"], today) or today.year
    if not 1 <= year < 9999:
        return None
    piece = found["piece"] or (found["bare"] or "").removeprefix("年")
    spans = {"底": (10, 3), "末": (10, 3), "初": (0, 2), "上半年": (0, 6), "下半年": (6, 6)}
    start, length = spans.get(piece, (0, 12))
    if piece in ("底", "末"):
        start, length = 11, 1
    over = bool(found["year"]) and year < today.year
    days = _months(found, year * 12 + start, length, today, fixed=bool(found["year"]))
    return Days(days.end, days.first, days.last, over=over)


def _months(
    found: re.Match[str], start: int, length: int, today: date, *, fixed: bool = False
) -> Days:
    """Whole months; a year later when they are over and no year was said."""
    year = found["year"] if "year" in found.re.groupindex else None
    if year and year in _RELYEARS and not fixed:
        start += 12 * _RELYEARS[year]
        fixed = True
    stop = start + length - 1
    last = last_of_month(stop // 12, stop % 12 + 1)
    if last < today and not fixed:
        return _months(found, start + 12, length, today, fixed=True)
    return Days(found.end(), date(start // 12, start % 12 + 1, 1), last)


def _festival(text: str, pos: int, today: date) -> Days | None:
    found = _FESTIVAL.match(text, pos)
    if found is None:
        return None
    if found["name"] in ("五一",) and re.match(r"[零一二三四五六七八九十百千斤个\d]", text[found.end():]):
        return None
    year = _year(found["year"], today)
    day = falls_on(found["name"], today, year)
    if day is None:
        return None
    if found["which"] and "下" in found["which"]:
        day = falls_on(found["name"], day + timedelta(1)) or day
    if eve := found["eve"]:
        day += timedelta(1 if "后" in eve or "第二" in eve else -1)
    over = year is not None and day < today
    return Days(found.end(), day, day, over=over)


def _lunar(text: str, pos: int, today: date) -> Days | None:
    found = _LUNAR.match(text, pos)
    if found is None:
        return None
    said = next(
        (found[name] for name in ("early", "dom", "early2", "dom2", "early3", "newyear", "any")
         if found[name]), None,
    )
    number = count(said) if said else None
    if number is None or not 1 <= number <= 30:
        return None
    if found["any"]:
        day = next_lunar_dom(number, today)
    else:
        month = _LUNAR_MONTHS.get(found["named"] or "") or (1 if found["newyear"] else None)
        month = month or count(found["month"] or found["plain"] or "")
        day = lunar_day(month, number, today, _year(found["year"], today)) if month else None
    return Days(found.end(), day, day) if day else None


Lexer = Callable[[str, int, date], Days | None]
# The first that fits wins: the more particular before the more general.
_LEXERS: tuple[Lexer, ...] = (
    _iso, _lunar, _festival, _nth_of_month, _date, _relative, _weekend, _weekday, _whole_week,
    _day_of_month, _part_of_year, _whole_month,
)
