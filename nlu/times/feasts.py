"""Feast days: on the day that is said to be one, and in the past once they are over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from nlu.cues import FILLER
from nlu.times.festivals import HOLIDAYS
from nlu.times.timephrase import TimePhrase, on_day

_FARTHEST = timedelta(days=200)
_FEASTS = tuple(HOLIDAYS)
_IS_FEAST = re.compile("(?:就|正好|刚好|又|正|可)?是")

# 把玻璃擦亮堂了好过元旦: the feast that it is done for, where nothing more is said of it.
_KEEPS = re.compile("(?:过|迎)(?:个[^，来送]{0,3}|好)?$")
_NO_MORE = re.compile(rf"(?:{FILLER}|[吃用的节]|谢谢|麻烦|你们?|了)*")


def is_what_for(lead: str, said: str, after: str) -> bool:
    """Whether a day is a feast to be kept, and no day to come on: 剃个头好过元旦."""
    kept = said.startswith(_FEASTS) and _KEEPS.search(lead) is not None
    return kept and _NO_MORE.fullmatch(after) is not None


def by_name(
    text: str, phrases: Sequence[TimePhrase], now: datetime
) -> Iterator[TimePhrase]:
    """后天是重阳九点钟来: a feast with an hour, on the day that is said to be it."""
    before: TimePhrase | None = None
    for phrase in phrases:
        if before and before.days and phrase.days and phrase.hours and (
            _IS_FEAST.fullmatch(text, before.end, phrase.start)
            and text.startswith(_FEASTS, phrase.start)
        ):
            window = on_day(phrase, before.days[0], now)
            phrase = replace(phrase, window=window, days=before.days, past=window is None)
        yield phrase
        before = phrase


def near(phrase: TimePhrase, now: datetime) -> TimePhrase:
    """小年那天我闺女来过, said the day after: what comes again in a year is told of as past."""
    if phrase.window and phrase.window.start - now > _FARTHEST:
        return replace(phrase, window=None, past=True, hours=None)
    return phrase
