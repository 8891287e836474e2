"""Single characters put right by their neighbours: 溺给我送粮斤 is 你给我送两斤.

A bigram of characters, counted over talk of this kind (tools/character_pairs.py), against the
odds that a character was heard wrong.
"""

from __future__ import annotations

import gzip
import math
import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from nlu.sound import ACCENT, FAR, NEAR, distance, readings

EDGE = "^"
_SMOOTHING = 100.0
# Natural logarithms: what it costs to take the heard character for another of that distance.
_HEARD_WRONG = ((0.0, 4.2), (ACCENT, 5.2), (NEAR, 7.6), (FAR, 9.0))
_LEAST_GAIN = 3.0
# What one utterance of a caller counts in the table, against one for a sentence drawn.
_SAID = 12
# A number is never guessed from a near sound; 四 and 十 not even from the same.
_NUMBERS = frozenset("一二三四五六七八九十两半百")
_WELL_KNOWN = 60
# Before a measure word stands a number: it is asked about where its sound does not tell it.
_MEASURES = frozenset("斤瓶袋盒箱桶条只颗根包提")
_FOLLOWER = re.compile(r"(\D)(\d+)")


class Contexts:
    """Which character follows which; built once."""

    def __init__(self) -> None:
        self._pairs: dict[str, int] = {}
        self._first: dict[str, int] = {}
        self._second: dict[str, int] = {}
        for line in _table():
            for char, number in _FOLLOWER.findall(line[1:]):
                count = int(number)
                self._pairs[line[0] + char] = count
                self._first[line[0]] = self._first.get(line[0], 0) + count
                self._second[char] = self._second.get(char, 0) + count
        self._total = sum(self._second.values())
        self._usual = [char for char, count in self._second.items() if count >= 40 and char != EDGE]
        self._candidates: dict[str, tuple[tuple[str, float], ...]] = {}

    def mend(self, text: str, strange: Iterable[int]) -> str:
        """`text` with those of the `strange` characters replaced whose neighbours say so."""
        chars = list(text)
        for at in sorted(strange):
            before = chars[at - 1] if at else EDGE
            after = chars[at + 1] if at + 1 < len(chars) else EDGE
            if after in _MEASURES and chars[at] not in _MEASURES:
                continue
            if self._second.get(chars[at], 0) > _WELL_KNOWN:
                continue
            best, chosen = self._fit(before, chars[at], after) + _LEAST_GAIN, chars[at]
            for char, cost in self._alike(chars[at]):
                if char in _NUMBERS and (cost > _HEARD_WRONG[0][1] or char in "四十"):
                    continue
                score = self._fit(before, char, after) - cost
                if score > best:
                    best, chosen = score, char
            chars[at] = chosen
        return "".join(chars)

    def is_odd(self, text: str, at: int) -> bool:
        """Whether no caller was ever heard to say the character beside either neighbour."""
        before = text[at - 1] if at else EDGE
        after = text[at + 1] if at + 1 < len(text) else EDGE
        pairs = (before + text[at], text[at] + after)
        return all(self._pairs.get(pair, 0) < _SAID for pair in pairs)

    def _fit(self, before: str, char: str, after: str) -> float:
        return self._odds(before, char) + self._odds(char, after)

    def _odds(self, first: str, second: str) -> float:
        share = (self._second.get(second, 0) + 0.5) / self._total
        pair = self._pairs.get(first + second, 0)
        return math.log((pair + _SMOOTHING * share) / (self._first.get(first, 0) + _SMOOTHING))

    def _alike(self, char: str) -> tuple[tuple[str, float], ...]:
        found = self._candidates.get(char)
        if found is None:
            found = tuple(self._sounding_like(char))
            self._candidates[char] = found
        return found

    def _sounding_like(self, char: str) -> Iterable[tuple[str, float]]:
        heard = readings(char)
        for other in self._usual:
            sounds = readings(other)
            if other == char or not sounds or not heard:
                continue
            gap = min(distance(one, two) for one in heard for two in sounds)
            if gap <= FAR:
                yield other, next(cost for limit, cost in _HEARD_WRONG if gap <= limit + 0.11)


@lru_cache(maxsize=1)
def contexts() -> Contexts:
    """The one table of the process."""
    return Contexts()


def _table() -> list[str]:
    packed = (files("nlu") / "data" / "pairs.txt.gz").read_bytes()
    return gzip.decompress(packed).decode().split("\n")
