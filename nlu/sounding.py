"""Words by their sound: a trie of syllables that is walked with a little give."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from nlu.sound import ACCENT, FAR, NEAR, distance, readings, spoken

# A character heard as another costs this, and the distance of their sounds on top.
SUBSTITUTED = 0.85
DROPPED, DROPPED_OF_THREE = 1.3, 1.9
DOUBLED = 0.6
_GIVE = 1.25
_WORDS = ""


@dataclass(frozen=True)
class Match:
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
        self._starts: dict[tuple[str, int], list[tuple[dict[str, Any], float]]] = {}
        syllables: set[str] = set()
        for word in words:
            sounds = _sounds(word)
            node = self._root
            for sound in sounds:
                node = node.setdefault(sound, {})
            node.setdefault(_WORDS, []).append(word)
            syllables.update(sounds)
        self._syllables = tuple(sorted(syllables))

    def _tiers_of(self, syllable: str) -> tuple[dict[str, float], ...]:
        """The syllables within an accent, near, and far of this one."""
        tiers = self._tiers.get(syllable)
        if tiers is None:
            costs = [(other, distance(syllable, other)) for other in self._syllables]
            tiers = tuple(
                {other: cost for other, cost in costs if cost <= limit}
                for limit in (ACCENT, NEAR, FAR)
            )
            self._tiers[syllable] = tiers
        return tiers

    def _firsts(self, syllable: str, tier: int) -> list[tuple[dict[str, Any], float]]:
        """Where words begin that start within a tier of this syllable."""
        found = self._starts.get((syllable, tier))
        if found is None:
            near = self._tiers_of(syllable)[tier].items()
            found = [(self._root[other], cost) for other, cost in near if other in self._root]
            self._starts[syllable, tier] = found
        return found

    def at(
        self, text: str, heard: Sequence[tuple[str, ...]], start: int, first_tier: int
    ) -> list[Match]:
        """The words that may begin at `start`, the first syllable within an accent, near or far
        (0, 1, 2)."""
        found: dict[tuple[str, int], float] = {}
        stack = [(self._root, start, 0.0, 0, False)]
        while stack:
            node, pos, spent, depth, bent = stack.pop()
            for word in node.get(_WORDS, ()) if depth else ():
                cost = self._cost(text, start, pos, word, spent, bent)
                key = (word, pos)
                if cost < found.get(key, 99.0):
                    found[key] = cost
            if pos >= len(heard) or not heard[pos]:
                continue
            left = _GIVE - spent
            tier = 2 if left >= FAR else 1 if left >= NEAR else 0
            tier = tier if depth else min(tier, first_tier)
            for reading in heard[pos]:
                if depth == 0:
                    for first, cost in self._firsts(reading, tier):
                        stack.append((first, pos + 1, cost, 1, bent))
                    continue
                near = self._tiers_of(reading)[tier]
                for syllable, following in node.items():
                    gap = near.get(syllable)
                    if gap is not None and gap <= left:
                        stack.append((following, pos + 1, spent + gap, depth + 1, bent))
            if depth and not bent:
                if text[pos] == text[pos - 1]:
                    stack.append((node, pos + 1, spent, depth, True))
                if depth >= 2 and len(node) <= 6 and spent < 0.3:
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


def _sounds(word: str) -> tuple[str, ...]:
    single = [readings(char) for char in word]
    if all(len(found) == 1 for found in single):
        return tuple(found[0] for found in single)
    return spoken(word)
