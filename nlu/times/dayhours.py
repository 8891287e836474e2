"""A day and the hours on it, as one phrase says them: 周一到周五, 冬至那天嗯下午三点."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from nlu.lexing import GAP, TO
from nlu.times.clock import Hours, hours_at
from nlu.times.days import Days, days_at


@dataclass(frozen=True)
class DayHours:
    """Days, hours, or hours on days, and where they end in the text."""

    days: Days | None
    hours: Hours | None
    end: int


_OR = re.compile(r"(?:或者?|或是|、|和)?")
_IN_OTHER_WORDS = re.compile(r"[ ,，(（]?(?:是|就是)?")


def day_hours_at(text: str, pos: int, today: date) -> DayHours | None:
    """What is said at `pos`, seen from `today`."""
    days = days_at(text, pos, today)
    if days is not None:
        return with_hours(text, days, today)
    hours = hours_at(text, pos)
    return DayHours(None, hours, hours.end) if hours else None


def with_hours(text: str, days: Days, today: date) -> DayHours:
    """The days, to the end of their range, with the hours that follow them."""
    once, days = days, _said_twice(text, days, today)
    told = days is not once and not TO.match(text, days.end)  # 今天是礼拜五明天上午送
    if not told and (last := _range_end(text, days, today)):
        days = replace(days, last=last.last, end=last.end, again=0)
    gap = GAP.match(text, days.end)
    hours = hours_at(text, gap.end() if gap else days.end, after_day=True)
    return DayHours(days, hours, hours.end if hours else days.end)


def _said_twice(text: str, days: Days, today: date) -> Days:
    """11月25日星期三, 后天礼拜六: the same day in other words."""
    gap = _IN_OTHER_WORDS.match(text, days.end)
    more = days_at(text, gap.end() if gap else days.end, today) if days.first == days.last else None
    if more is None or more.first != more.last:
        return days
    same_weekday = more.again == 7 and more.first.weekday() == days.first.weekday()
    if more.first != days.first and not same_weekday:
        return days
    closing = text[more.end : more.end + 1] in (")", "）")
    return replace(days, end=more.end + closing)


def _range_end(text: str, days: Days, today: date) -> Days | None:
    """The second day of 周一到周五, seen from the first where it would lie before it."""
    to = TO.match(text, days.end)
    link = to or _OR.match(text, days.end)
    last = days_at(text, link.end(), today) if link else None
    if link and last and last.first < days.first:
        last = days_at(text, link.end(), days.first)
    if last is None or last.over or last.last < days.first:
        return None
    # 周六或者周日 and 明天后天 are one stretch; 周一或者周三 is two.
    return last if to or last.first == days.last + timedelta(1) else None
