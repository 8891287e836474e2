"""What the network makes of what was heard: 鸿岗两袋 is 红糖两袋, before anything else is read.

Only what is plainly likelier than what was heard is taken; what is left is for nlu.sounds.repair,
which knows the vocabulary. Where another number fits about as well it is 几, which asks.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from nlu.contract import Clarify, Evidence, Item, Understood
from nlu.sounds.network import Reading, read
from nlu.sounds.sound import NEAR, distance, readings
from nlu.sounds.substitutes import DENIALS, HEARD_AS, NUMBERS, are_the_same

#: A character less likely misheard than this stands.
DOUBT = 0.05
#: How much likelier than the one heard another must be, a natural logarithm; how much nothing at
#: all (问她她还嘴硬); and how likely, against all others. Chosen on lines that were not taught.
LIKELIER, NOTHING, LEAST = 2.5, 3.0, -1.2
#: A character was lost where that is likelier than this, and which it was at least as plain.
LOST, PLAIN = 0.5, -0.7
#: Two numbers whose chances lie nearer than this are both possible; where neither sounds like what
#: was heard a plainer place must tell them apart, and so it must 四 and 十, alike to half of China.
CERTAIN, UNLIKE = 1.0, 3.0
#: How many characters are weighed for each that is in doubt.
WEIGHED = 12
_ALIKE = {"四", "十"}
# What a character heard for another of the same sound costs: a margin of one.
_ONE = HEARD_AS[0][1]


@dataclass(frozen=True)
class Said:
    """The likelier `text`, and for each of its characters where in `heard` it was, and by how much
    it is likelier than what was heard there (0 for what stands)."""

    text: str
    heard: str
    origin: tuple[int, ...]
    gains: tuple[float, ...]

    def as_heard(self, understood: Understood) -> Understood:
        """The same, with stretches of the text as it was heard for evidence; what was put right is
        known by its sound."""
        if self.text == self.heard:
            return understood
        return replace(
            understood,
            items=tuple(map(self._item, understood.items)),
            clarify=tuple(map(self._clarify, understood.clarify)),
        )

    def _span(self, start: int, end: int) -> tuple[int, int]:
        return (self.origin[start], self.origin[end - 1] + 1) if start < end else (0, 0)

    def _item(self, item: Item) -> Item:
        start, end = item.span
        span = self._span(start, end)
        gains = [gain for gain in self.gains[start:end] if gain]
        by_sound = Evidence("sound", min(item.evidence.margin, 1.0, *(g / _ONE for g in gains)))
        evidence = by_sound if gains and item.evidence.how != "history" else item.evidence
        return replace(item, heard=self.heard[slice(*span)], span=span, evidence=evidence)

    def _clarify(self, row: Clarify) -> Clarify:
        start = self.text.find(row.heard)
        if start < 0:
            return row
        return replace(row, heard=self.heard[slice(*self._span(start, start + len(row.heard)))])


def restore(heard: str, stands: Container[int] = ()) -> Said:
    """What was likelier said; marks and spaces stay where they are, and so do the characters at
    the places that `stands` names."""
    reading = read(heard)
    if reading is None:
        return Said(heard, heard, tuple(range(len(heard))), (0.0,) * len(heard))
    standing = [at in stands for at in reading.places]
    said = [(char, reading.places[at], gain) for char, at, gain in _said(reading, standing)]
    said += [(char, at, 0.0) for at, char in enumerate(heard) if not char.isalnum()]
    said.sort(key=lambda found: found[1])
    chars, origin, gains = zip(*said, strict=True) if said else ((), (), ())
    return Said("".join(chars), heard, origin, gains)


def _said(reading: Reading, standing: Sequence[bool]) -> Iterator[tuple[str, int, float]]:
    """Each character that was said, where it was heard, and by how much it is likelier."""
    text = reading.text
    doubted = [
        at for at in np.flatnonzero(reading.misheard >= DOUBT).tolist()
        if readings(text[at]) and not standing[at]
    ]
    likely = dict(zip(doubted, reading.said(doubted, WEIGHED), strict=True)) if doubted else {}
    lost = np.flatnonzero(reading.lost > LOST).tolist()
    missed = dict(zip(lost, reading.missed(lost, 1), strict=True)) if lost else {}
    for at, heard in enumerate(text):
        for char, chance in missed.get(at, {}).items():
            if chance > PLAIN and char not in NUMBERS | DENIALS:
                yield char, at, _ONE
        said, gain = _likelier(heard, likely[at]) if at in likely else (heard, 0.0)
        if said:
            yield said, at, gain


def _likelier(heard: str, chances: dict[str, float]) -> tuple[str, float]:
    """What was said, by these chances, where a character was heard, and by how much likelier."""
    best = max(chances, key=lambda char: chances[char])
    gain = chances[best] - chances[heard]
    if gain <= (LIKELIER if best else NOTHING) or chances[best] < LEAST:
        return heard, 0.0
    said = "几" if best in NUMBERS and _has_rival(best, heard, chances) else best
    return said, gain


def _has_rival(number: str, heard: str, chances: dict[str, float]) -> bool:
    """Whether another number was said about as likely as this one."""
    unlike = distance(readings(heard)[0], readings(number)[0]) > NEAR
    return any(
        chances[number] - chance < (UNLIKE if unlike or {number, other} == _ALIKE else CERTAIN)
        for other, chance in chances.items()
        if other in NUMBERS and other != number and not are_the_same(number, other)
    )
