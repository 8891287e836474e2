"""What a telephone and a recogniser make of a sentence, with what was said behind each character.

Half of the characters hit become another of the same sound, a quarter one of an accent's, a quarter
one of a near sound; a few are lost or written twice (the contract's rule 6, as bench/noise.py
puts it on the lines that are scored).
"""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from bench.noise import BENT, HAN, another

#: How much of a sentence is misheard, each as often.
RATES = (0.0, 0.0, 0.04, 0.1, 0.1, 0.15, 0.2, 0.3)
#: What stands for a character that was never said, and for none that was lost.
NOTHING = ""


class Misheard(NamedTuple):
    """A sentence as it was heard: for each character what was `said`, what was `lost` before it,
    and where in the sentence it stood."""

    heard: list[str]
    said: list[str]
    lost: list[str]
    places: list[int]


def misheard(text: str, chance: Random) -> Misheard:
    """`text` with some of its Chinese characters misheard."""
    rate = chance.choice(RATES)
    out = Misheard([], [], [], [])
    gone = NOTHING
    for at, char in enumerate(text):
        written = [char]
        if HAN.match(char) and chance.random() < rate:
            if chance.random() >= BENT:
                written = [another(char, chance)]
            elif chance.random() < 0.5:
                gone = char
                continue
            else:
                written = [char, char]
        out.heard.extend(written)
        out.said.extend([char, NOTHING][: len(written)])
        out.lost.extend([gone, NOTHING][: len(written)])
        out.places.extend([at] * len(written))
        gone = NOTHING
    return out
