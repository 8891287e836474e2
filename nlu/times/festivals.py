"""Holidays, lunar days and solar terms: on which date they next fall."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from borax.calendars.lunardate import TERMS_CN, LCalendars, LunarDate, TermUtils

from nlu.lexing import alternation, rows

# A rule gives the date of its day in a year: the lunar year for lunar days, else the solar one.
Rule = Callable[[int], date]

FIRST_YEAR, LAST_YEAR = 1901, 2099  # what the calendar library's tables cover


def _solar(month: int, day: int) -> Rule:
    return lambda year: date(year, month, day)


def _nth(month: int, nth: int, weekday: int) -> Rule:
    def rule(year: int) -> date:
        first = date(year, month, 1)
        return first + timedelta((weekday - 1 - first.weekday()) % 7 + 7 * (nth - 1))

    return rule


def _lunar(month: int, day: int) -> Rule:
    """A day of the lunar year; the thirtieth of a short month is its last day."""

    def rule(year: int) -> date:
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


_KINDS: dict[str, Callable[..., Rule]] = {
    "solar": _solar, "nth": _nth, "lunar": _lunar, "easter": _easter,
}
# Weather or plenty before they are days: only 大雪节气 and 大雪那天 are.
_PLAIN_WORDS = frozenset({"大雪", "小雪", "雨水", "小满"})


def _rule(said: str) -> tuple[Rule, bool]:
    """The rule that a line of holidays.tsv names, and whether it goes by the lunar year."""
    kind, _, rest = said.partition(" ")
    if kind == "term":
        return _term(rest), False
    numbers = [int(rest)] if kind == "easter" else [int(part) for part in rest.split("-")]
    return _KINDS[kind](*numbers), kind == "lunar"


def _terms() -> dict[str, tuple[Rule, bool]]:
    return {
        name + tail: (_term(name), False)
        for name in TERMS_CN
        for tail in (("节气", "那天", "当天") if name in _PLAIN_WORDS else ("", "节气"))
    }


_RULES = _terms() | {
    name: _rule(said) for said, names in rows("holidays.tsv") for name in names.split()
}
HOLIDAYS = frozenset(_RULES)
NAMES = alternation(_RULES)


@lru_cache(maxsize=4096)
def falls_on(name: str, today: date, year: int | None = None) -> date | None:
    """The day of that name: the coming one (today included), or the one of `year`."""
    return _pick(*_RULES[name], today, year)


@lru_cache(maxsize=4096)
def lunar_day(month: int, day: int, today: date, year: int | None = None) -> date | None:
    """The coming such day of the lunar calendar, or the one of `year`."""
    return _pick(_lunar(month, day), True, today, year)


@lru_cache(maxsize=4096)
def next_lunar_day(day: int, today: date) -> date | None:
    """The coming day of that number in any lunar month: 初六, said alone."""
    if not FIRST_YEAR < today.year < LAST_YEAR:
        return None
    ahead = (today + timedelta(days) for days in range(60))
    return next((found for found in ahead if LunarDate.from_solar(found).day == day), None)


def _pick(rule: Rule, lunar: bool, today: date, year: int | None) -> date | None:
    if year is None:
        dates = _dates(rule, today.year - 1, today.year + 3)
        return next((found for found in dates if found >= today), None)
    # 今年腊八 may be of the lunar year that ends in the next solar one: what is ahead comes first.
    dates = _dates(rule, year - 1 if lunar else year, year + 1)
    solar = [found for found in dates if found.year == year]
    ahead = [found for found in solar if found >= today] or [
        found for found in dates if found >= today and found.year >= year
    ]
    return next(iter(ahead or solar), None)


def _dates(rule: Rule, first: int, stop: int) -> list[date]:
    return [rule(year) for year in range(max(first, FIRST_YEAR), min(stop, LAST_YEAR + 1))]
