"""What the lexers of times share: small numbers inside a pattern, alternations of a table."""

from __future__ import annotations

from collections.abc import Iterable

from nlu.numerals import numeral_at

# A day, an hour or a count of them. Two digits at most, or up to 三十一.
SMALL = r"(?:\d{1,3}|[零一二两三四五六七八九十廿卅百]{1,5})"
# Where a number may not begin: inside another one.
NOT_IN_NUMBER = r"(?<![\d零一二两三四五六七八九十百千万廿卅点.第])"


def alternation(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest that fits."""
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


def count(said: str) -> int | None:
    """A whole number that was said in full, or None."""
    numeral = numeral_at(said, 0)
    if numeral is None or numeral.vague or numeral.end != len(said):
        return None
    return int(numeral.value) if numeral.value == int(numeral.value) else None
