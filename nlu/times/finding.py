"""Times of a delivery or a visit, always ahead of the call: rule 5 of the contract."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from nlu.amounts.numerals import fold
from nlu.contract import Window
from nlu.lexing import ALL_TIME_WORDS, TO
from nlu.times.dayhours import DayHours, day_hours_at, with_hours
from nlu.times.days import Days
from nlu.times.festivals import HOLIDAYS
from nlu.times.spans import lapse_at, past_at, soon_at, vague_at
from nlu.times.timephrase import (
    TimePhrase,
    at_once,
    by_lapse,
    deadline,
    on_day,
    open_ended,
    until,
    wished,
)

__all__ = ["TimePhrase", "Window", "find_times", "on_day", "window"]


def find_times(text: str, now: datetime) -> tuple[TimePhrase, ...]:
    """All times said, left to right, adjacent day and hours as one. `now` carries its offset."""
    return tuple(_scan(fold(text), now))


def window(text: str, now: datetime) -> Window | None:
    """The first time said that is ahead of `now`, or None."""
    return next((phrase.window for phrase in _scan(fold(text), now) if phrase.window), None)


# What any of the lexers can begin with, so that most characters are passed over at once.
_START = re.compile(
    rf"[{''.join(sorted({word[0] for word in (*ALL_TIME_WORDS, *HOLIDAYS)}))}"
    r"\d零一二两三四五六七八九十百几半廿俩差今明后来本当去前大听昨这那下上再周星礼拜头"
    r"月年第最春夏秋冬腊蜡农阴旧老新初吃午中晚夜过等隔未接往个约赶截不自每天日aApP]"
)
_HABIT = re.compile(r"(?:每(?:天|日|晚上?|早上?|个?月|个?(?=周|星期|礼拜))|天天|日日)的?")
# 每个礼拜一三五下午两点
_AND_OTHER_DAYS = re.compile("[一二三四五六日天、和]{1,5}(?=[上下中晚早][午上]?)")
_LATEST = re.compile(r"(?:最晚|最迟|顶晚|截止到?|截至|不晚于|不迟于|赶在)(?:到|在|是|要|等)?")
_EARLIEST = re.compile(r"(?:最早|自)(?:到|在|是|要|等)?")
# 前天, 前面, 提前: most of what begins with 前 or 后 is another word.
_BEFORE = re.compile(
    r"(?:的时候|的)?(?:之前|以前|(?P<through>为止)"
    r"|前头(?=[派来叫弄送请喊找帮给])|前(?![天儿后台面边门往年两几夜院头些晌半程列提期]|[一二三四五六七八九十]天))"
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
        return at_once(pos, end, now)
    try:
        return _habit(text, pos, now) or _by_length(text, pos, now) or _by_date(text, pos, now)
    except (OverflowError, ValueError):  # beyond the calendar: 九千年以后
        return None


def _habit(text: str, pos: int, now: datetime) -> TimePhrase | None:
    """每天早上八点 tells how things are, not when to come."""
    habit = _HABIT.match(text, pos)
    if habit is None:
        return None
    said = day_hours_at(text, habit.end(), now.date())
    if said and (more := _AND_OTHER_DAYS.match(text, said.end)):
        said = day_hours_at(text, more.end(), now.date()) or said
    return TimePhrase(pos, said.end if said else habit.end(), None, past=True)


def _by_length(text: str, pos: int, now: datetime) -> TimePhrase | None:
    lapse = lapse_at(text, pos)
    if lapse is None:
        return None
    if lapse.kind != "after" or lapse.length.vague or not lapse.length.whole_days:
        return by_lapse(pos, lapse, now)
    day = lapse.length.after(now).date()
    return wished(pos, with_hours(text, Days(lapse.end, day, day), now.date()), now)


def _by_date(text: str, pos: int, now: datetime) -> TimePhrase | None:
    latest, earliest = _LATEST.match(text, pos), _EARLIEST.match(text, pos)
    limit = latest or earliest
    said = day_hours_at(text, limit.end() if limit else pos, now.date())
    if said is None:
        return None
    if before := _BEFORE.match(text, said.end):
        # 周五为止 and 月底前 take the day in; 周五之前 does not.
        inclusive = before["through"] is not None or text[said.end - 1] in "底末"
        return deadline(pos, replace(said, end=before.end()), now, inclusive=inclusive)
    if latest:
        return deadline(pos, said, now, inclusive=True)
    phrase = wished(pos, said, now)
    after = _AFTER.match(text, said.end)
    if after and (ends := _ends_before(text, after.end(), said, now)):
        return wished(pos, ends, now)
    if after or earliest:
        return open_ended(phrase, after.end() if after else said.end, now)
    return _until_another_day(text, phrase, said, now) or _inside(text, phrase, said)


def _ends_before(text: str, pos: int, said: DayHours, now: datetime) -> DayHours | None:
    """下午三点之后五点之前: from the one to the other."""
    last = day_hours_at(text, pos, now.date()) if said.hours else None
    before = _BEFORE.match(text, last.end) if last and last.hours and not last.days else None
    if before is None or last is None or last.hours is None or said.hours is None:
        return None
    stop = last.hours.start
    if stop <= said.hours.start:
        return None
    return replace(said, end=before.end(), hours=replace(said.hours, stop=stop))


def _until_another_day(
    text: str, phrase: TimePhrase, said: DayHours, now: datetime
) -> TimePhrase | None:
    link = TO.match(text, said.end) if said.hours else None
    last = day_hours_at(text, link.end(), now.date()) if link else None
    return until(phrase, last, now) if last else None


def _inside(text: str, phrase: TimePhrase, said: DayHours) -> TimePhrase:
    """本周内 is said for 本周."""
    inside = _INSIDE.match(text, said.end) if said.hours is None else None
    return replace(phrase, end=inside.end()) if inside else phrase
