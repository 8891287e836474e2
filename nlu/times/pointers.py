"""Words that point back to a day or time said before: 那天上午, 提前一天, 到那会儿."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from nlu.times.timephrase import TimePhrase, on_day

_POINTER = re.compile(
    r"(?P<before>(?:提前|头|前|早)[一1]天(?!晚)|头天(?!晚))|(?P<after>第二天|转天|次日|后一天)|"
    r"(?P<day>那天|(?P<today>当天|当日)|这天|那日|那一天|到那天)|(?P<then>那会儿?|那时候?|那个时候|到时候|到时|那阵儿)"
)
_ENDS = ("底", "末", "尾")  # 月底那天 is the last of them
_GAP = re.compile(r"[的呢吧嘛啊嗯就，, 也在]*")


def pointed(text: str, phrases: Iterable[TimePhrase], now: datetime) -> list[TimePhrase]:
    """The times said, with those that point back put on the day they point to."""
    known = list(phrases)
    for found in _POINTER.finditer(text):
        anchor = _anchor(known, found.start())
        own = next((p for p in known if p.start == found.start()), None)
        inside = any(p.start < found.start() < p.end for p in known)
        if anchor is None or (anchor.days is None and not found["then"]):
            continue
        if (inside or own and not found["today"]) and not found["after"]:
            continue
        gap = _GAP.match(text, found.end())
        at = gap.end() if gap else found.end()
        hours = next((p for p in known if p.start == at and p.dayless and p.hours), None)
        hours = hours or (own if own and own.hours else None)
        known = [p for p in known if p is not hours and p.start != found.start()]
        if found["then"]:
            known += [hours] if hours else [replace(anchor, start=found.start(), end=found.end())]
        else:
            assert anchor.days
            delta = -1 if found["before"] else 1 if found["after"] else 0
            last = found["day"] and text[anchor.start : anchor.end].endswith(_ENDS)
            day = anchor.days[1 if last else 0] + timedelta(delta)
            known.append(_on(day, found, hours, anchor, now))
    return sorted(known, key=lambda phrase: phrase.start)


def _anchor(known: list[TimePhrase], start: int) -> TimePhrase | None:
    """The time last said before, if it is one that can still come."""
    before = [p for p in known if p.end <= start and (p.days or p.past or not p.soon)]
    named = [p for p in before if p.days or p.past]
    if named and not named[-1].past:
        return named[-1]
    return before[-1] if before and not before[-1].past and not named else None


def _on(
    day: date, found: re.Match[str], hours: TimePhrase | None, anchor: TimePhrase, now: datetime
) -> TimePhrase:
    said = hours or replace(anchor, hours=anchor.hours if not found["before"] else None)
    window = on_day(said, day, now)
    return TimePhrase(
        found.start(), (hours or said).end if hours else found.end(), window, past=window is None,
        hourless=said.hours is None, hours=said.hours, days=(day, day),
    )
