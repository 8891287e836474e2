"""The names that a whole answer sounds like, whichever of its syllables was lost or misheard.

Names that share syllables with what was heard, accents aside, are laid against it syllable by
syllable: one may be heard as another, be lost, or be heard twice. Only what is said alone is read
so: within a sentence words are found from their beginning (nlu.sounding).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache

from nlu.sounds.sound import ACCENT, FAR, NEAR, SLACK, distance, folded, readings, spoken

# What it costs, in characters, that one was heard as another of that distance, as anything else,
# that it was lost, heard twice, or came from nowhere. Chosen on 10,000 names.
_HEARD_AS = ((0.0, 0.6), (ACCENT, 0.9), (SLACK, 1.1), (NEAR, 1.4), (FAR, 1.6))
_OTHER, _LOST, _TWICE, _STRAY = 3.0, 1.5, 0.9, 2.5
# How many names are laid against what was heard, by how many syllables they may differ in length,
# and how many fewer than the best they may share.
_TRIED, _APART, _FEWER = 60, 2, 1


class NearestNames:
    """Names by the syllables in them."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(names)
        self._sounds = [_sounds(name) for name in self._names]
        self._lengths = [len(sounds) for sounds in self._sounds]
        self._having: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, sounds in enumerate(self._sounds):
            for key in {folded(sound) for sound in sounds}:
                self._having[key].append(number)

    def to(self, text: str) -> list[tuple[float, str]]:
        """The names like `text`, the likeliest first, each with its cost."""
        heard = [readings(char) for char in text]
        if not all(heard):
            return []
        found = [
            (_cost(text, heard, self._names[number], self._sounds[number]), self._names[number])
            for number in self._sharing(heard)
        ]
        return sorted(found)

    def _sharing(self, heard: list[tuple[str, ...]]) -> list[int]:
        """Those that share the most syllables with it, of these the ones about as long."""
        shared: Counter[int] = Counter()
        for sounds in heard:
            for key in {folded(sound) for sound in sounds}:
                shared.update(self._having.get(key, ()))
        least = max(1, max(shared.values(), default=0) - _FEWER)
        lengths = self._lengths
        ranked: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number, times in shared.items():
            if times >= least and (apart := abs(lengths[number] - len(heard))) <= _APART:
                ranked[-times, apart].append(number)
        found: list[int] = []
        for rank in sorted(ranked):
            found += ranked[rank]
            if len(found) >= _TRIED:
                break
        return found[:_TRIED]


def _sounds(name: str) -> tuple[str, ...]:
    single = [readings(char) for char in name]
    if all(len(found) == 1 for found in single):
        return tuple(found[0] for found in single)
    return spoken(name)


def _cost(text: str, heard: list[tuple[str, ...]], name: str, sounds: tuple[str, ...]) -> float:
    """What it costs that the name was said where this was heard: the cheapest alignment."""
    before = [_LOST * length for length in range(len(sounds) + 1)]
    for at, syllable in enumerate(heard):
        stray = _TWICE if at and text[at] == text[at - 1] else _STRAY
        here = [before[0] + stray]
        for place, sound in enumerate(sounds):
            same = name[place : place + 1] == text[at]
            here.append(
                min(
                    before[place] + (0.0 if same else _heard_as(syllable, sound)),
                    before[place + 1] + stray,
                    here[place] + _LOST,
                )
            )
        before = here
    return before[-1]


@lru_cache(maxsize=100_000)
def _heard_as(heard: tuple[str, ...], meant: str) -> float:
    gap = min(distance(sound, meant) for sound in heard)
    return next((cost for limit, cost in _HEARD_AS if gap <= limit), _OTHER)
