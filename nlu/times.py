"""Times of a delivery or a visit, always ahead of the call: rule 5 of the contract."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from nlu.clock import Hours, hours_at
from nlu.contract import Window
from nlu.days import Days, days_at
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
    (昨天, or 今天早上七点 said at nine). `dayless` says that no day was named, `hourless` that no
    time of day was. `hours` are minutes after midnight, for asking `on_day`; `days` the dates
    named. `soon` marks 马上 and its like.
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


def find_times(text: str, now: datetime) -> tuple[TimePhrase, ...]:
    """All times said, left to right, adjacent day and hours as one. `now` carries its offset."""
    return tuple(_scan(fold(text), now))


def window(text: str, now: datetime) -> Window | None:
    """The first time said that is ahead of `now`, or None."""
    return next((found.window for found in find_times(text, now) if found.window), None)


def on_day(phrase: TimePhrase, day: date, now: datetime) -> Window | None:
    """The window of a time said without a day, on a day known otherwise; None if it is over."""
    start, stop = phrase.hours or (OPENS, CLOSES)
    return _ahead(_window(day, start, day, stop, now), now)


_START = re.compile(
    r"[\d零一二两三四五六七八九十廿半今明昨前后大外听翌次第隔赶本当即这下上再周星礼拜年去来月"
    r"正冬腊蜡农阴阳旧老初早清凌晨午中晌头傍挨擦黄黑天晚夜深入过白日晏昼差马现立赶尽一待等眼越稍目此"
    r"快而改回哪近抽有刚寻琴元情女妇植消愚地世国劳青护儿六建党七八教万诸光双平圣跨母父感复耶受"
    r"春新破人灯小闹龙二青上三妈端重五乞盂鬼中仲团敬登菊寒下祭灶除岁立雨惊谷夏芒暑秋处霜冬"
    r"最过再鸡更朝煞麻落后底旬上日大整内得AaPp]"
)


def _scan(text: str, now: datetime) -> Iterator[TimePhrase]:
    pos = 0
    while found := _START.search(text, pos):
        pos = found.start()
        phrase = _phrase(text, pos, now)
        if phrase is None or phrase.end <= pos:
            pos += 1
            continue
        yield phrase
        pos = phrase.end


_GAP = re.compile(
    r"(?:那天|当天|那一天|这天|这一天|那日|的|[ ,，、嗯呃啊哦呢吧]|大概|大约|差不多|约莫)*"
)
_LATEST = re.compile(r"(?:最晚|最迟|顶晚|顶多|截止到?|截至|不晚于|不超过)(?:到|在|是|要|等)?")
_EARLIEST = re.compile(r"(?:最早|自)(?:到|在|是|要|等)?")
_BEFORE = re.compile(
    r"(?:的?时候)?(?:之前|以前|为止|前(?![天儿后台面边门往年两几夜院头些晌半日程列提期]|[一二三四五六七八九十]天))"
)
_AFTER = re.compile(
    r"(?:之后|以后|过后|往后|开始|起(?![来床不了])|后(?![天儿日院门面半晌头来年边台腿备续个朝]))"
)
_TO = re.compile(r"\s*(?:一直)?(?:到|至|-|~|—|–|─)+\s*")


def _phrase(text: str, pos: int, now: datetime) -> TimePhrase | None:
    if end := past_at(text, pos):
        return TimePhrase(pos, end, None, past=True)
    if end := vague_at(text, pos):
        return TimePhrase(pos, end, None, vague=True)
    if end := soon_at(text, pos):
        wish = Window(now, now + SOON)
        return TimePhrase(pos, end, wish, dayless=True, soon=True)
    if lapse := lapse_at(text, pos):
        return _of_lapse(text, pos, lapse, now)
    at, latest, earliest = pos, _LATEST.match(text, pos), _EARLIEST.match(text, pos)
    if limit := latest or earliest:
        at = limit.end()
    said = _said(text, at, now)
    if said is None:
        return None
    days, hours, end = said
    before, after = _BEFORE.match(text, end), _AFTER.match(text, end)
    if before or latest:
        phrase = _deadline(pos, end, days, hours, now)
        return replace(phrase, end=before.end() if before else end)
    phrase = _wish(pos, end, days, hours, now)
    if after or earliest:
        return _open_ended(replace(phrase, end=after.end() if after else end), now)
    return phrase


def _said(text: str, pos: int, now: datetime) -> tuple[Days | None, Hours | None, int] | None:
    """A day, hours, or both; and the day that a range runs to."""
    days = days_at(text, pos, now.date())
    if days is None:
        hours = hours_at(text, pos)
        return (None, hours, hours.end) if hours else None
    return _after_day(text, days, now)


def _after_day(text: str, days: Days, now: datetime) -> tuple[Days, Hours | None, int]:
    days = _same_day_again(text, days, now)
    if link := _TO.match(text, days.end):
        last = days_at(text, link.end(), now.date())
        if last and last.first < days.first:
            last = days_at(text, link.end(), days.first)
        if last and not last.over and last.last >= days.first:
            return replace(days, last=last.last, end=last.end, again=0), None, last.end
    gap = _GAP.match(text, days.end)
    hours = hours_at(text, gap.end() if gap else days.end, after_day=True)
    return days, hours, hours.end if hours else days.end


def _same_day_again(text: str, days: Days, now: datetime) -> Days:
    """11月25日星期三, 后天礼拜六: a day said twice is one."""
    gap = re.compile(r"[ ,，(（]?").match(text, days.end)
    more = days_at(text, gap.end() if gap else days.end, now.date())
    if more is None or days.first != days.last:
        return days
    if more.first <= days.first <= more.last or (
        more.again and more.first.weekday() == days.first.weekday()
    ):
        end = more.end + 1 if text[more.end : more.end + 1] in (")", "）") else more.end
        return replace(days, end=end)
    return days


def _window(first: date, start: int, last: date, stop: int, now: datetime) -> Window:
    return Window(_moment(first, start, now), _moment(last, stop, now))


def _moment(day: date, minutes: int, now: datetime) -> datetime:
    return datetime.combine(day, time(), tzinfo=now.tzinfo) + timedelta(minutes=minutes)


def _ahead(wish: Window, now: datetime) -> Window | None:
    """A window that is partly past starts now; one wholly past is none."""
    if wish.end <= now:
        return None
    return Window(max(wish.start, now), wish.end)


def _wish(
    pos: int, end: int, days: Days | None, hours: Hours | None, now: datetime
) -> TimePhrase:
    span = (hours.start, hours.stop) if hours else None
    start, stop = span or (OPENS, CLOSES)
    if days is None:
        today = now.date()
        wish = _ahead(_window(today, start, today, stop, now), now)
        if wish is None:
            day = today + timedelta(1)
            wish = _window(day, start, day, stop, now)
        return TimePhrase(pos, end, wish, dayless=True, hours=span)
    whole = (days.first, days.last)
    said = TimePhrase(pos, end, None, hourless=hours is None, hours=span, days=whole)
    if days.over:
        return replace(said, past=True)
    last = days.first if hours and hours.on_clock and days.last == days.first else days.last
    wish = _ahead(_window(days.first, start, last, stop, now), now)
    if wish is None and days.again:
        again = timedelta(days.again)
        wish = _window(days.first + again, start, last + again, stop, now)
    return replace(said, window=wish, past=wish is None)


def _deadline(
    pos: int, end: int, days: Days | None, hours: Hours | None, now: datetime
) -> TimePhrase:
    """十一点之前 starts at eight that day; 周五之前 starts today and ends as Friday begins."""
    if hours is None and days is not None:
        said = TimePhrase(pos, end, None, hourless=True, days=(days.first, days.last))
        wish = None
        if not days.over:
            wish = _ahead(_window(now.date(), OPENS, days.first, OPENS, now), now)
        return replace(said, window=wish, past=wish is None)
    assert hours is not None
    stop = hours.start if hours.on_clock else _deadline_of_part(hours)
    opens = min(OPENS, max(stop - 60, 0))
    return _wish(pos, end, days, replace(hours, start=opens, stop=stop, on_clock=True), now)


def _deadline_of_part(hours: Hours) -> int:
    """晌午前 is before noon itself, 下午之前 before the afternoon begins."""
    return 12 * 60 if hours.start == 11 * 60 else hours.start


def _open_ended(phrase: TimePhrase, now: datetime) -> TimePhrase:
    """三点以后, 周三以后: from then to the close of the day."""
    if phrase.window is None:
        return phrase
    closes = _moment(phrase.window.start.date(), CLOSES, now)
    end = max(phrase.window.end, closes)
    return replace(phrase, window=Window(phrase.window.start, end))


def _of_lapse(text: str, pos: int, lapse: Lapse, now: datetime) -> TimePhrase | None:
    if lapse.kind == "ago":
        return TimePhrase(pos, lapse.end, None, past=True)
    if lapse.vague:
        return TimePhrase(pos, lapse.end, None, vague=True)
    if lapse.kind == "within":
        end = lapse.after(now)
        if lapse.whole_days:
            end = _moment(end.date(), CLOSES, now)
        return TimePhrase(pos, lapse.end, _ahead(Window(now, end), now))
    then = lapse.after(now)
    if not lapse.whole_days:
        return TimePhrase(pos, lapse.end, Window(then, then + CLOCK_RUNS))
    days = Days(lapse.end, then.date(), then.date())
    days, hours, end = _after_day(text, days, now)
    return _wish(pos, end, days, hours, now)
