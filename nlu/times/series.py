"""Several days in a row begin on the first: 从明天起每天上午, 礼拜一礼拜三礼拜五下午."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from nlu.amounts.numerals import fold
from nlu.times.dayhours import day_hours_at
from nlu.times.timephrase import TimePhrase, on_day, placed

DAILY = re.compile("(?:每(?:天|日)|天天|日日)的?")
# 从明天起: the first of the days, whatever is done on them.
_FROM = ("从", "打", "自", "由")
_BEGINS = re.compile("起$|开始$|算起$")
_THEN = re.compile(
    "(?:起|开始|一直|连着|接连|一连|就|都|要|得|你们?|给我|帮我|派人|来人|叫人|，| |[呢嘛啊吧])*"
)
_LISTED = re.compile("[和跟、，及 ]?")
_ALL_OF_THEM = re.compile(
    "(?:上午|下午|早上|晚上|中午|这)*(?:[两三四五六七几]天)?(?:都|每天|天天|各|一天一)"
)
_WEEK = 7


def in_a_row(text: str, phrases: Sequence[TimePhrase], now: datetime) -> list[TimePhrase]:
    """The times said, days in a row as the first of them with the hours of all."""
    found = [_from_then(text, phrase) for phrase in phrases]
    for habit in [phrase for phrase in found if _is_daily(text, phrase)]:
        first = _first_of(text, habit, found)
        if first is None or first.days is None:
            continue
        hours, day = _daily_hours(text, habit, first.days[0]), first.days[0]
        adjoining = first.end <= habit.start and _THEN.fullmatch(text, first.end, habit.start)
        if hours is None:
            if adjoining:
                found[found.index(first)] = replace(first, end=habit.end)
                found.remove(habit)
            continue
        at = found.index(habit)
        start = first.start if adjoining else habit.start
        found[at] = placed(replace(habit, start=start, hours=hours, days=(day, day)), now)
        found.remove(first)
    return _listed(text, found, now)


def _is_daily(text: str, phrase: TimePhrase) -> bool:
    return phrase.past and DAILY.match(text, phrase.start) is not None


def _daily_hours(text: str, habit: TimePhrase, today: date) -> tuple[int, int] | None:
    daily = DAILY.match(text, habit.start)
    said = day_hours_at(fold(text), daily.end(), today) if daily else None
    return (said.hours.start, said.hours.stop) if said and said.hours else None


def _first_of(
    text: str, habit: TimePhrase, phrases: Sequence[TimePhrase]
) -> TimePhrase | None:
    """The day from which on it is so: right before, or said to be the beginning."""
    ahead = [p for p in phrases if p.days and p.window and not p.broad]
    before = [p for p in ahead if p.end <= habit.start]
    if before and _THEN.fullmatch(text, before[-1].end, habit.start):
        return before[-1]
    begins = [p for p in ahead if _BEGINS.search(text, p.start, p.end)]
    return begins[0] if begins else None


def _from_then(text: str, phrase: TimePhrase) -> TimePhrase:
    """从明天起 with its 从, which stands before a story elsewhere (从早上到现在)."""
    begins = phrase.days and phrase.window and _BEGINS.search(text, phrase.start, phrase.end)
    if begins and text[: phrase.start].endswith(_FROM):
        return replace(phrase, start=phrase.start - 1)
    return phrase


def _listed(text: str, phrases: list[TimePhrase], now: datetime) -> list[TimePhrase]:
    """礼拜一礼拜三礼拜五下午两点: the first of them, at the hour of all."""
    found: list[TimePhrase] = []
    run: list[TimePhrase] = []
    for phrase in [*phrases, None]:
        if phrase and run and _goes_on(text, run[-1], phrase):
            run.append(phrase)
            continue
        whole = _whole(text, run, now) if len(run) > 1 else None
        found += [whole] if whole else run
        run = [phrase] if phrase else []
    return found


def _goes_on(text: str, last: TimePhrase, phrase: TimePhrase) -> bool:
    days = last.days and phrase.days and last.window and phrase.window
    return bool(days and last.hourless and _LISTED.fullmatch(text, last.end, phrase.start))


def _whole(text: str, run: Sequence[TimePhrase], now: datetime) -> TimePhrase | None:
    first, last = run[0], run[-1]
    if len(run) == 2 and not _ALL_OF_THEM.match(text, last.end):
        return None
    days = [phrase.days[0] for phrase in run if phrase.days]
    for at in range(1, len(days)):
        if days[at] <= days[at - 1]:  # 周五 of the next week, where today is Friday
            days[at] += timedelta(_WEEK)
    if days != sorted(set(days)) or (days[-1] - days[0]).days > _WEEK:
        return None
    window = on_day(last, days[0], now)
    if window is None:
        return None
    return replace(last, start=first.start, window=window, days=(days[0], days[0]))
