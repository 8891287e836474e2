"""The window that a time comes to: rule 5 of the contract, in arithmetic."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from nlu.contract import Window
from nlu.times.dayhours import DayHours
from nlu.times.days import Days
from nlu.times.spans import Lapse

OPENS, CLOSES = 8 * 60, 20 * 60  # a day with no time, in minutes after midnight
NOON, MIDNIGHT = 12 * 60, 24 * 60
SOON = timedelta(hours=2)
CLOCK_RUNS = timedelta(hours=1)
DAY = timedelta(days=1)


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


def on_day(phrase: TimePhrase, day: date, now: datetime) -> Window | None:
    """The window of a time said without a day, on a day known otherwise; None if it is over."""
    start, stop = phrase.hours or (OPENS, CLOSES)
    return still_ahead(between(day, start, day, stop, now), now)


def placed(phrase: TimePhrase, now: datetime) -> TimePhrase:
    """The same with the window of its hours on its first day: today or else tomorrow, where none
    was named."""
    today = now.date()
    days = phrase.days[:1] if phrase.days else (today, today + DAY)
    window = next(filter(None, (on_day(phrase, day, now) for day in days)), None)
    return replace(phrase, window=window, past=window is None)


def moment(day: date, minutes: int, now: datetime) -> datetime:
    """A time of day in the zone of the call."""
    return datetime.combine(day, time(), tzinfo=now.tzinfo) + timedelta(minutes=minutes)


def between(first: date, start: int, last: date, stop: int, now: datetime) -> Window:
    return Window(moment(first, start, now), moment(last, stop, now))


def still_ahead(wish: Window, now: datetime) -> Window | None:
    """A window that is partly past starts now; one wholly past is none."""
    start = max(wish.start, now)
    return Window(start, wish.end) if wish.end > start else None


def at_once(pos: int, end: int, now: datetime) -> TimePhrase:
    return TimePhrase(pos, end, Window(now, now + SOON), dayless=True, soon=True)


def wished(pos: int, said: DayHours, now: datetime) -> TimePhrase:
    """The window of a day, of hours today or tomorrow, or of both."""
    span = (said.hours.start, said.hours.stop) if said.hours else None
    start, stop = span or (OPENS, CLOSES)
    if said.days is None:
        today = now.date()
        window = still_ahead(between(today, start, today, stop, now), now)
        window = window or between(today + DAY, start, today + DAY, stop, now)
        return TimePhrase(pos, said.end, window, dayless=True, hours=span)
    window = None if said.days.over else _on_days(said.days, start, stop, now)
    return TimePhrase(
        pos, said.end, window, past=window is None, hourless=span is None, hours=span,
        days=(said.days.first, said.days.last),
    )


def _on_days(days: Days, start: int, stop: int, now: datetime) -> Window | None:
    """Over already today, 周五上午 is the next Friday's."""
    window = still_ahead(between(days.first, start, days.last, stop, now), now)
    if window or not days.again:
        return window
    again = timedelta(days.again)
    return between(days.first + again, start, days.last + again, stop, now)


def deadline(pos: int, said: DayHours, now: datetime, *, inclusive: bool) -> TimePhrase:
    """十一点之前 starts at eight that day and ends then; a day's deadline starts today.

    `inclusive` takes the day in (最晚周五); 周五之前 ends as Friday begins.
    """
    if said.hours is not None:
        stop = said.hours.start or MIDNIGHT
        if not said.hours.on_clock and stop < NOON < said.hours.stop:
            stop = NOON  # 晌午前 is before noon itself
        start = min(OPENS, max(stop - 60, 0))
        return wished(pos, replace(said, hours=replace(said.hours, start=start, stop=stop)), now)
    assert said.days is not None
    day, stop = said.days.last, CLOSES
    if not inclusive:
        over_today = said.days.first <= now.date()
        day, stop = said.days.first + timedelta(said.days.again if over_today else 0), OPENS
    window = still_ahead(between(now.date(), OPENS, day, stop, now), now)
    window = None if said.days.over else window
    return TimePhrase(
        pos, said.end, window, past=window is None, hourless=True,
        days=(said.days.first, said.days.last),
    )


def open_ended(phrase: TimePhrase, end: int, now: datetime) -> TimePhrase:
    """三点以后, 周三以后: from then to the close of the day."""
    if phrase.window is None:
        return replace(phrase, end=end)
    closes = moment(phrase.window.start.date(), CLOSES, now)
    window = Window(phrase.window.start, max(phrase.window.end, closes))
    return replace(phrase, end=end, window=window)


def until(phrase: TimePhrase, said: DayHours, now: datetime) -> TimePhrase | None:
    """明天上午八点到后天下午三点, 今天晚上到明天早上."""
    if phrase.window is None or said.days is None:
        return None
    closes = CLOSES
    if said.hours:
        closes = said.hours.start if said.hours.on_clock else said.hours.stop
    stop = moment(said.days.last, closes, now)
    if stop <= phrase.window.start:
        return None
    return replace(phrase, end=said.end, window=Window(phrase.window.start, stop))


def by_lapse(pos: int, lapse: Lapse, now: datetime) -> TimePhrase:
    """What a stretch of time from the call comes to, unless it is days ahead."""
    if lapse.kind == "ago":
        return TimePhrase(pos, lapse.end, None, past=True)
    if lapse.length.vague:
        return TimePhrase(pos, lapse.end, None, vague=True)
    then = lapse.length.after(now)
    if lapse.kind == "within":
        end = moment(then.date(), CLOSES, now) if lapse.length.whole_days else then
        window = still_ahead(Window(now, end), now)
        return TimePhrase(pos, lapse.end, window, past=window is None)
    return TimePhrase(pos, lapse.end, Window(then, then + CLOCK_RUNS))
