"""An hour that puts right one of the early morning is of the morning too: 早上八点…晚了，六点半."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from nlu.times.finding import TimePhrase, find_times

_EARLY = re.compile("早|清晨|晨|朝")
_OTHER_HALF = re.compile("[午晚夜昼黑晌]")
_EVENING = re.compile("晚[饭餐上]|夜|下午")
_BARE = re.compile("[五六56](?:点|时)")
# Only from five to seven on are both halves of the day meant by a bare hour of a visit.
_PUT_RIGHT = re.compile(
    "不对|不是|改|算了|不行|不成|错|挪|提前|晚了|迟了|太晚|来不及|赶不上|排不上|早点|早些|赶早|还是|要不"
)


def same_half(
    text: str, phrases: Sequence[TimePhrase], now: datetime
) -> list[TimePhrase]:
    """The phrases, a bare 六点 that puts 早上八点 right taken for six in the morning."""
    found: list[TimePhrase] = []
    early: TimePhrase | None = None
    for phrase in phrases:
        said = text[phrase.start : phrase.end]
        if _OTHER_HALF.search(said):
            early = None
        elif _EARLY.search(said):
            early = phrase
        elif _is_bare(phrase, said) and early and (
            _PUT_RIGHT.search(text, early.end, phrase.start)
            and not _EVENING.search(text, early.end, phrase.start)
        ):
            phrase = _of_the_morning(phrase, said, now)
        found.append(phrase)
    return found


def _is_bare(phrase: TimePhrase, said: str) -> bool:
    return phrase.dayless and _BARE.match(said) is not None


def _of_the_morning(phrase: TimePhrase, said: str, now: datetime) -> TimePhrase:
    first = next(iter(find_times(f"早上{said}", now)), None)
    return replace(first, start=phrase.start, end=phrase.end) if first else phrase
