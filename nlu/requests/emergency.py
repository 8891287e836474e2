"""Danger to life first; fear, the past, others' stories and idioms are not.

What is said of each danger, and what makes it none, is in data/dangers.tsv; the network that hears
(nlu.sounds.network) has been taught others' words for it besides.
"""

from __future__ import annotations

import re
from functools import lru_cache

from nlu.lexing import rows
from nlu.patterns import patterns
from nlu.sounds.network import LONGEST, read
from nlu.sounds.sound import folded, readings

_SAID = patterns("dangers.tsv")
_DANGERS = [
    (said, _SAID[f"unless {kind}"], _SAID.get(f"never {kind}"))
    for kind, said in _SAID.items()
    if f"unless {kind}" in _SAID
]
_SIGNS = [
    (int(meaning.split()[1]), said)
    for meaning, said in _SAID.items()
    if meaning.startswith("sign ")
]
_ENOUGH = 4
#: The network's odds (a logarithm) from which it alone alarms, and below which what is likelier is
#: not weighed as well: of 2,700 dangers misheard that would have lost none.
ALARM, REMOTE = 3.2, -5.0
# How far around a danger the words stand that make it none.
_NEAR, _BEFORE, _AFTER = 8, 14, 10


@lru_cache(maxsize=20_000)
def _sound(char: str) -> str:
    """One character for each syllable, so that words are compared by their sound as strings."""
    syllables = readings(char)
    if not syllables:
        return char
    return _SYLLABLES.setdefault(folded(syllables[0]), chr(_PRIVATE + len(_SYLLABLES)))


_PRIVATE = 0xE000
_SYLLABLES: dict[tuple[str, str], str] = {}
_WORDS = {
    "".join(map(_sound, word)): word
    for kind, words in rows("dangers.tsv")
    if kind == "sounded"
    for word in words.split()
}
_ALARMS = re.compile("|".join(sorted(_WORDS, key=len, reverse=True)))


# What they are, though they sound like 着火, and 生抽老抽醋 like 抽搐.
_NO_ALARMS = ("灶火", "炉火", "抽醋")


def _put_right(text: str) -> str:
    """率倒了起不乃了 is heard for 摔倒了起不来了."""
    right = list(text)
    for found in _ALARMS.finditer("".join(map(_sound, text))):
        if text[found.start() : found.end()] in _NO_ALARMS:
            continue
        right[found.start() : found.end()] = _WORDS[found[0]]
    return "".join(right)


@lru_cache(maxsize=64)
def is_emergency(text: str) -> bool:
    """Whether somebody is in danger now, by what is said of each danger."""
    sounded = _put_right(text)
    return _is_danger(text) or (sounded != text and _is_danger(sounded))


def sounds_alarming(heard: str, likely: str) -> bool:
    """Whether the network is sure of a danger, in whatever words: as they were heard, or else as
    they were `likely` said."""
    odds = _odds(heard)
    return odds > ALARM or odds > REMOTE and _odds(likely) > ALARM


def _odds(text: str) -> float:
    reading = read(text[:LONGEST])
    return reading.danger if reading else REMOTE


def _is_danger(text: str) -> bool:
    if _SAID["cry"].search(text) and not _SAID["no cry"].search(text):
        return True
    return _adds_up(text) or any(
        _is_now(text, found, unless)
        for said, unless, never in _DANGERS
        if not (never and never.search(text) and not _SAID["suddenly"].search(text))
        for found in said.finditer(text)
    )


def _adds_up(text: str) -> bool:
    """忽然就不认识人了, 心慌手抖出虚汗: neither sign alarms alone, together they do."""
    weight = 0
    for each, said in _SIGNS:
        found = said.search(text)
        if found and _is_now(text, found, _SAID["chronic"]):
            weight += each
    return weight >= _ENOUGH


def _is_now(text: str, found: re.Match[str], unless: re.Pattern[str] | None) -> bool:
    start, end = found.span()
    if unless and unless.search(text, max(0, start - _NEAR), end + _NEAR):
        return False
    told = text[max(0, start - _BEFORE) : end]
    past = list(_SAID["not now before"].finditer(told))
    if past and not _SAID["now"].search(told, past[-1].end()):
        return False
    return not _SAID["not now after"].search(text[end : end + _AFTER])
