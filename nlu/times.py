"""Times of a delivery or a visit, always ahead of the call: rule 5 of the contract."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from nlu.clock import Hours, hours_at
from nlu.contract import Window
from nlu.days import Days, days_at
from nlu.festivals import HOLIDAYS
from nlu.lexing import ALL_TIME_WORDS, GAP, TO
from nlu.numerals import fold
from nlu.spans import Lapse, lapse_at, past_at, soon_at, vague_at

__all__ = ["TimePhrase", "Window", "find_times", "on_day", "window"]

OPENS, CLOSES = 8 * 60, 20 * 60  # a day with no time, in minutes after midnight
SOON = timedelta(hours=2)
CLOCK_RUNS = timedelta(hours=1)


@dataclass(frozen=True)
class TimePhrase:
    """A time said at `[start, end)` of the text, as a wish for a delivery or visit would mean it.

    `window` is None when nothing can be promised: for a `vague` time (过两天), for a `past` one
    (昨天, or 今天早上七点 said at nine) and for a habit (每天早上), which counts as past. `dayless`
    says that no day was named, `hourless` that no time of day was; `soon` marks 马上 and its like.
    `hours` are minutes after midnight, for `on_day`; `days` are the dates named.
    """

    start: int
    end: int
    window: Window | None
    past: bool = False
    vague: bool = False
    dayless: bool = False
    hourless: bool = False
    soon: bool = False
    hours: tuple[int, int] | None = None
    days: tuple[date, date] | None = None

    @property
    def broad(self) -> bool:
        """Whether it spans more than a week (今年, 下个月): more a story's time than a visit's."""
        return self.days is not None and (self.days[1] - self.days[0]).days > 7


def find_times(text: str, now: datetime) -> tuple[TimePhrase, ...]:
    """All times said, left to right, adjacent day and hours as one. `now` carries its offset."""
    return tuple(_scan(fold(text), now))


def window(text: str, now: datetime) -> Window | None:
    """The first time said that is ahead of `now`, or None."""
    return next((phrase.window for phrase in _scan(fold(text), now) if phrase.window), None)


def on_day(phrase: TimePhrase, day: date, now: datetime) -> Window | None:
    """The window of a time said without a day, on a day known otherwise; None if it is over."""
    start, stop = phrase.hours or (OPENS, CLOSES)
    return _still_ahead(_window(day, start, day, stop, now), now)


# What any of the lexers can begin with, so that most characters are passed over at once.
_START = re.compile(
    rf"[{''.join(sorted({word[0] for word in (*ALL_TIME_WORDS, *HOLIDAYS)}))}"
    r"\d零一二两三四五六七八九十百几半廿俩差今明后来本当去前大听昨这那下上再周星礼拜头"
    r"月年第最春夏秋冬腊蜡农阴旧老新初午中晚夜过等隔未接往个约赶截不自每天日aApP]"
)
_HABIT = re.compile(r"(?:每(?:天|日|晚上?|早上?|个?月|个?(?=周|星期|礼拜))|天天|日日)的?")
_LATEST = re.compile(r"(?:最晚|最迟|顶晚|截止到?|截至|不晚于|不迟于|赶在)(?:到|在|是|要|等)?")
_EARLIEST = re.compile(r"(?:最早|自)(?:到|在|是|要|等)?")
_BEFORE = re.compile(
    r"(?:的时候)?(?:之前|以前|为止|前(?![天儿后台面边门往年两几夜院头些晌半程列提期]|[一二三四五六七八九十]天))"
)
_AFTER = re.compile(
    r"之后|以后|过后|往后|开始|起(?![来床不了])|后(?![天儿日院门面半晌头来年边台腿备续个朝背])"
)
_INSIDE = re.compile(r"(?:之内|以内|内(?![衣裤]))")


def _scan(text: str, now: datetime) -> Iterator[TimePhrase]:
    pos = 0
    while start := _START.search(text, pos):
        pos = start.start()
        phrase = _phrase(text, pos, now)
        if phrase is not None:
            yield phrase
        pos = phrase.end if phrase else pos + 1


def _phrase(text: str, pos: int, now: datetime) -> TimePhrase | None:
    if end := past_at(text, pos):
        return TimePhrase(pos, end, None, past=True)
    if end := vague_at(text, pos):
        return TimePhrase(pos, end, None, vague=True)
    if end := soon_at(text, pos):
        return TimePhrase(pos, end, Window(now, now + SOON), dayless=True, soon=True)
    try:
        return _told_by_length(text, pos, now) or _told_by_date(text, pos, now)
    except (OverflowError, ValueError):  # beyond the calendar: 九千年以后
        return None


def _told_by_length(text: str, pos: int, now: datetime) -> TimePhrase | None:
    lapse = lapse_at(text, pos)
    if lapse is None:
        return None
    if lapse.kind == "ago":
        return TimePhrase(pos, lapse.end, None, past=True)
    if lapse.vague:
        return TimePhrase(pos, lapse.end, None, vague=True)
    then = lapse.after(now)
    if lapse.kind == "within":
        return _within(pos, lapse, then, now)
    if not lapse.whole_days:
        return TimePhrase(pos, lapse.end, Window(then, then + CLOCK_RUNS))
    return _wish(pos, *_with_hours(text, Days(lapse.end, then.date(), then.date()), now), now)


def _within(pos: int, lapse: Lapse, then: datetime, now: datetime) -> TimePhrase:
    end = _moment(then.date(), CLOSES, now) if lapse.whole_days else then
    return TimePhrase(pos, lapse.end, _still_ahead(Window(now, end), now))


def _told_by_date(text: str, pos: int, now: datetime) -> TimePhrase | None:
    if habit := _HABIT.match(text, pos):
        said = _said(text, habit.end(), now)
        return TimePhrase(pos, said[2] if said else habit.end(), None, past=True)
    latest, earliest = _LATEST.match(text, pos), _EARLIEST.match(text, pos)
    limit = latest or earliest
    said = _said(text, limit.end() if limit else pos, now)
    if said is None:
        return None
    days, hours, end = said
    before, after = _BEFORE.match(text, end), _AFTER.match(text, end)
    if before or latest:
        return _deadline(pos, days, hours, before.end() if before else end, now)
    phrase = _wish(pos, days, hours, end, now)
    if after or earliest:
        return _open_ended(replace(phrase, end=after.end() if after else end), now)
    inside = _INSIDE.match(text, end) if hours is None else None
    return replace(phrase, end=inside.end()) if inside else phrase


def _said(text: str, pos: int, now: datetime) -> tuple[Days | None, Hours | None, int] | None:
    """A day, hours or both, and where they end."""
    days = days_at(text, pos, now.date())
    if days is not None:
        return _with_hours(text, days, now)
    hours = hours_at(text, pos)
    return (None, hours, hours.end) if hours else None


def _with_hours(text: str, days: Days, now: datetime) -> tuple[Days, Hours | None, int]:
    """The day with its hours, or with the day that its range runs to."""
    days = _said_twice(text, days, now.date())
    if last := _range_end(text, days, now.date()):
        return replace(days, last=last.last, end=last.end, again=0), None, last.end
    gap = GAP.match(text, days.end)
    hours = hours_at(text, gap.end() if gap else days.end, after_day=True)
    return days, hours, hours.end if hours else days.end


def _range_end(text: str, days: Days, today: date) -> Days | None:
    """The second day of 周一到周五, seen from the first where it would lie before it."""
    link = TO.match(text, days.end)
    if link is None:
        return None
    last = days_at(text, link.end(), today)
    if last and last.first < days.first:
        last = days_at(text, link.end(), days.first)
    return last if last and not last.over and last.last >= days.first else None


_NEXT_WORD = re.compile(r"[ ,，(（]?(?:是|就是)?")


def _said_twice(text: str, days: Days, today: date) -> Days:
    """11月25日星期三, 后天礼拜六: the same day in other words."""
    gap = _NEXT_WORD.match(text, days.end)
    more = days_at(text, gap.end() if gap else days.end, today) if days.first == days.last else None
    if more is None or more.first != more.last:
        return days
    if more.first == days.first or (
        more.again == 7 and more.first.weekday() == days.first.weekday()
    ):
        closing = text[more.end : more.end + 1] in (")", "）")
        return replace(days, end=more.end + closing)
    return days


def _window(first: date, start: int, last: date, stop: int, now: datetime) -> Window:
    return Window(_moment(first, start, now), _moment(last, stop, now))


def _moment(day: date, minutes: int, now: datetime) -> datetime:
    return datetime.combine(day, time(), tzinfo=now.tzinfo) + timedelta(minutes=minutes)


def _still_ahead(wish: Window, now: datetime) -> Window | None:
    """A window that is partly past starts now; one wholly past is none."""
    return Window(max(wish.start, now), wish.end) if wish.end > now else None


def _wish(
    pos: int, days: Days | None, hours: Hours | None, end: int, now: datetime
) -> TimePhrase:
    span = (hours.start, hours.stop) if hours else None
    start, stop = span or (OPENS, CLOSES)
    if days is None:
        today, tomorrow = now.date(), now.date() + timedelta(1)
        wish = _still_ahead(_window(today, start, today, stop, now), now)
        wish = wish or _window(tomorrow, start, tomorrow, stop, now)
        return TimePhrase(pos, end, wish, dayless=True, hours=span)
    said = TimePhrase(
        pos, end, None, past=days.over, hourless=hours is None, hours=span,
        days=(days.first, days.last),
    )
    if days.over:
        return said
    wish = _still_ahead(_window(days.first, start, days.last, stop, now), now)
    if wish is None and days.again:
        again = timedelta(days.again)
        wish = _window(days.first + again, start, days.last + again, stop, now)
    return replace(said, window=wish, past=wish is None)


def _deadline(
    pos: int, days: Days | None, hours: Hours | None, end: int, now: datetime
) -> TimePhrase:
    """十一点之前 starts at eight that day; 周五之前 starts today and ends as Friday begins."""
    if hours is not None:
        stop = hours.start or 24 * 60
        if not hours.on_clock and hours.start == 11 * 60:
            stop = 12 * 60  # 晌午前 is before noon itself
        start = min(OPENS, max(stop - 60, 0))
        return _wish(pos, days, replace(hours, start=start, stop=stop), end, now)
    assert days is not None
    first = days.first + timedelta(days.again if days.first == now.date() else 0)
    wish = None
    if not days.over:
        wish = _still_ahead(_window(now.date(), OPENS, first, OPENS, now), now)
    return TimePhrase(
        pos, end, wish, past=wish is None, hourless=True, days=(days.first, days.last)
    )


def _open_ended(phrase: TimePhrase, now: datetime) -> TimePhrase:
    """三点以后, 周三以后: from then to the close of the day."""
    if phrase.window is None:
        return phrase
    closes = _moment(phrase.window.start.date(), CLOSES, now)
    return replace(
        phrase, window=Window(phrase.window.start, max(phrase.window.end, closes))
    )
