"""Hours said without a part of day that belong to the evening named beside them: 晚饭七点送."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from nlu.amounts.numerals import fold
from nlu.times.timephrase import TimePhrase, placed

# 七点, 明天八点半; not 早上七点, 上午八点.
_BARE = re.compile("[七八九789](?:点|时|:)[^早上晚夜下午]*$")
_PART = re.compile("[早晨晚夜黑]|(?<![今明后])朝|上[午昼]|[午晌]|白天")
_HALF_DAY = 12 * 60
_MEAL = re.compile("晚[饭餐]|[夜黑]饭|夜宵|宵夜")
_BEFORE_MEAL = re.compile(
    "(?:你们?|再|才|就|给我|把|的|钟|整|左右|[送来要])*(?:一份|那份|份|个|顿)?的?"
)
_MORNING = re.compile("[早晨晌朝]|上午|中午|午饭")
_NEAR = 12


def in_the_evening(
    text: str, phrases: Sequence[TimePhrase], now: datetime
) -> list[TimePhrase]:
    """The times said, 七点 twelve hours later where the evening or its meal is spoken of."""
    found: list[TimePhrase] = []
    written = fold(text)
    for phrase in phrases:
        if _is_bare(written, phrase) and _is_evening(text, phrase, found):
            assert phrase.hours
            hours = (phrase.hours[0] + _HALF_DAY, phrase.hours[1] + _HALF_DAY)
            phrase = placed(replace(phrase, hours=hours), now)
        found.append(phrase)
    return found


def _is_bare(written: str, phrase: TimePhrase) -> bool:
    if phrase.hours is None or phrase.soon or phrase.days and phrase.days[0] != phrase.days[1]:
        return False
    said = written[phrase.start : phrase.end]
    return phrase.hours[0] < _HALF_DAY and bool(_BARE.search(said)) and not _PART.search(said)


def _is_evening(text: str, phrase: TimePhrase, before: Sequence[TimePhrase]) -> bool:
    last = before[-1] if before else None
    if last and phrase.dayless and _MEAL.search(text, last.start, last.end):
        return not _MORNING.search(text, last.end, phrase.start)
    since = max(last.end if last else 0, phrase.start - _NEAR)
    if last and last.days and last.hours and last.hours[0] >= 18 * 60 and phrase.dayless:
        return not (last.past or _MORNING.search(text, last.end, phrase.start))
    meals = list(_MEAL.finditer(text, since, phrase.start))
    if meals and last and last.past and last.end == meals[-1].start():
        return False
    if meals and not _MORNING.search(text, meals[-1].end(), phrase.start):
        return True
    beside = _BEFORE_MEAL.match(text, phrase.end)
    return bool(beside and _MEAL.match(text, beside.end()))
