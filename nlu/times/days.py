"""The day or days that a stretch of text names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from nlu.times.dates import day_of_month, full_date, in_digits
from nlu.times.dayspan import Days
from nlu.times.holidays import festival, lunar
from nlu.times.periods import end_of_month, nth_of_month, part_of_year, whole_month
from nlu.times.weekdays import relative, weekday, weekend, whole_week

__all__ = ["Days", "days_at"]

# The first that fits wins: the more particular before the more general.
LEXERS: tuple[Callable[[str, int, date], Days | None], ...] = (
    in_digits, lunar, festival, nth_of_month, full_date, relative, weekend, weekday, whole_week,
    day_of_month, whole_month, end_of_month, part_of_year,
)


def days_at(text: str, pos: int, today: date) -> Days | None:
    """The days named at `pos`, seen from `today`; None where none are named or can be."""
    return next((days for lexer in LEXERS if (days := lexer(text, pos, today))), None)
