"""What the lexers share: tables of words, alternations of them, small numbers in a pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.resources import files

from nlu.amounts.numerals import numeral_at

# A day, an hour or a count of them, written or said.
SMALL = r"(?:\d{1,3}|[零一二两三四五六七八九十廿卅百]{1,5})"
# Where a number may not begin: inside another one, or after 第.
NUMBER_CHARS = "0123456789零一二两三四五六七八九十百千万廿卅点.第"
NOT_IN_NUMBER = f"(?<![{NUMBER_CHARS}])"
# From one time to another.
TO = re.compile(r"\s*(?:一直)?(?:到|至|[-~—–─ー])+\s*")
# What people say between a day and its hours without meaning anything by it.
GAP = re.compile(
    r"(?:那天|当天|那一天|这天|这一天|那日|的|[ ,，、嗯呃啊哦呢吧]|大概|大约|差不多|约莫)*"
)


def rows(name: str) -> Iterator[list[str]]:
    """The lines of a table under data/, split at tabs, without comments."""
    for line in files("nlu").joinpath("data", name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def time_words(kind: str) -> dict[str, str]:
    """Each word of a kind in times.tsv, and what it means."""
    return {
        word: meaning
        for each, meaning, _, words in rows("times.tsv")
        if each == kind
        for word in words.split()
    }


ALL_TIME_WORDS = frozenset(
    word for _, _, _, words in rows("times.tsv") for word in words.split()
)


def alternation(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest that fits."""
    return "(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")"


def ends_in(words: re.Pattern[str], text: str, end: int) -> re.Match[str] | None:
    """Which of the `words`, a pattern of at most 30 characters that ends with $, stand just before
    `end`. A search from the start would take as long as the text, at every place of it."""
    return words.search(text, max(0, end - 30), end)


def count(said: str) -> int | None:
    """A whole number that was said in full, or None."""
    numeral = numeral_at(said, 0) if said else None
    if numeral is None or numeral.vague or numeral.end != len(said):
        return None
    return int(numeral.value) if numeral.value == int(numeral.value) else None
