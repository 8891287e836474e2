"""Words by their sound: a trie of syllables that is walked with a little give."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from nlu.sounds.sound import ACCENT, FAR, NEAR, Neighbours, readings, spoken

# A character heard as another costs this, and the distance of their sounds on top.
SUBSTITUTED = 0.85
DROPPED, DROPPED_OF_THREE = 1.3, 1.9
DOUBLED = 0.6
# How far the sounds of a word's first two syllables may lie, and how much more with each other.
_GIVE, _MORE_GIVE = 1.25, 0.6
# A syllable is only taken for lost where those before it were heard about as well as this, each.
_STEADY = 0.3
_WORDS = ""
_TIERS = 3
# A node of the trie and what was spent on the way to it.
_Reached = tuple[dict[str, Any], float]
# Node, position in the text, cost, syllables, and whether a character was dropped or doubled.
_Step = tuple[dict[str, Any], int, float, int, bool]


class Match(NamedTuple):
    """A word that the characters `[start, end)` may have been; cost 0 when they are it."""

    word: str
    start: int
    end: int
    cost: float


class SoundIndex:
    """Words to be found by sound. Built once; searching allocates nothing that stays."""

    def __init__(self, words: Iterable[str]) -> None:
        self._root: dict[str, Any] = {}
        self._tiers: dict[str, tuple[dict[str, float], ...]] = {}
        self._starts: dict[tuple[str, int], list[_Reached]] = {}
        self._pairs: dict[tuple[str, int, str], list[_Reached]] = {}
        syllables: set[str] = set()
        for word in words:
            sounds = _sounds(word)
            node = self._root
            for sound in sounds:
                node = node.setdefault(sound, {})
            node.setdefault(_WORDS, []).append(word)
            syllables.update(sounds)
        self._syllables = tuple(sorted(syllables))
        for syllable in self._syllables:
            self._tiers_of(syllable)
            for tier in range(_TIERS):
                self._firsts(syllable, tier)

    def _tiers_of(self, syllable: str) -> tuple[dict[str, float], ...]:
        """The syllables within an accent, near, and far of this one."""
        tiers = self._tiers.get(syllable)
        if tiers is None:
            tiers = self._tiers[syllable] = _tiers(syllable, self._syllables)
        return tiers

    def _firsts(self, syllable: str, tier: int) -> list[_Reached]:
        """Where words begin that start within a tier of this syllable."""
        found = self._starts.get((syllable, tier))
        if found is None:
            near = self._tiers_of(syllable)[tier].items()
            found = [(self._root[other], cost) for other, cost in near if other in self._root]
            self._starts[syllable, tier] = found
        return found

    def _next(
        self, node: dict[str, Any], spent: float, syllable: str, depth: int = 1
    ) -> list[_Reached]:
        """Where the words of a node, `depth` syllables in, go on with something like this one."""
        left = _GIVE + _MORE_GIVE * (depth - 1) - spent
        near = self._tiers_of(syllable)[2 if left >= FAR else 1 if left >= NEAR else 0]
        return [
            (following, spent + near[sound])
            for sound, following in node.items()
            if sound in near and near[sound] <= left
        ]

    def _begun(
        self, text: str, heard: Sequence[tuple[str, ...]], start: int, tier: int
    ) -> list[_Step]:
        """The walk's first steps. Two syllables at a time, for that is where most of it goes."""
        steps: list[_Step] = []
        after = heard[start + 1] if start + 1 < len(heard) else ()
        doubled = bool(after) and text[start] == text[start + 1]
        for first in heard[start]:
            for node, cost in self._firsts(first, tier):
                if _WORDS in node:
                    steps.append((node, start + 1, cost, 1, False))
                if doubled:
                    steps.append((node, start + 2, cost, 1, True))
            for second in after:
                key = (first, tier, second)
                if key not in self._pairs:
                    self._pairs[key] = [
                        reached
                        for node, cost in self._firsts(first, tier)
                        for reached in self._next(node, cost, second)
                    ]
                steps += [(node, start + 2, cost, 2, False) for node, cost in self._pairs[key]]
        return steps

    def at(
        self, text: str, heard: Sequence[tuple[str, ...]], start: int, first_tier: int
    ) -> list[Match]:
        """The words that may begin at `start`, the first syllable within an accent, near or far
        (0, 1, 2)."""
        found: dict[tuple[str, int], float] = {}
        stack = self._begun(text, heard, start, first_tier)
        while stack:
            node, pos, spent, depth, bent = stack.pop()
            for word in node.get(_WORDS, ()):
                cost = self._cost(text, start, pos, word, spent, bent)
                key = (word, pos)
                if cost < found.get(key, 99.0):
                    found[key] = cost
            if pos >= len(heard) or not heard[pos]:
                continue
            for reading in heard[pos]:
                for following, cost in self._next(node, spent, reading, depth):
                    stack.append((following, pos + 1, cost, depth + 1, bent))
            if not bent:
                if text[pos] == text[pos - 1]:
                    stack.append((node, pos + 1, spent, depth, True))
                if depth >= 2 and len(node) <= 6 and spent < _STEADY * (depth - 1):
                    for syllable, following in node.items():
                        if syllable != _WORDS:
                            stack.append((following, pos, spent, depth + 1, True))
        return [Match(word, start, end, cost) for (word, end), cost in found.items()]

    def _cost(self, text: str, start: int, end: int, word: str, spent: float, bent: bool) -> float:
        if end - start == len(word) and not bent:
            wrong = sum(text[start + at] != char for at, char in enumerate(word))
            return wrong * SUBSTITUTED + spent
        wrong = sum(char not in text[start:end] for char in word)
        if end - start > len(word):
            return DOUBLED + wrong * SUBSTITUTED + spent
        dropped = DROPPED if len(word) > 3 else DROPPED_OF_THREE
        return dropped + max(0, wrong - 1) * SUBSTITUTED + spent


@lru_cache(maxsize=8)
def _neighbours(syllables: tuple[str, ...]) -> Neighbours:
    return Neighbours(syllables)


@lru_cache(maxsize=4096)
def _tiers(syllable: str, others: tuple[str, ...]) -> tuple[dict[str, float], ...]:
    """The others within an accent, near and far, shared by vocabularies of the same syllables."""
    costs = _neighbours(others).of(syllable)
    return tuple(
        {other: cost for other, cost in costs if cost <= limit} for limit in (ACCENT, NEAR, FAR)
    )


def _sounds(word: str) -> tuple[str, ...]:
    single = [readings(char) for char in word]
    if all(len(found) == 1 for found in single):
        return tuple(found[0] for found in single)
    return spoken(word)
