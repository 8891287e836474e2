"""How well a text fits the sounds that were heard, whatever words they make: what the encoder of a
model of our own says of each 20 ms, summed over all ways in which the text's sounds may lie in them
(connectionist temporal classification, Graves et al. 2006).

The decoder may lose its place in a long sentence, or write what people would say for what was said;
the sounds of the text then do not fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pypinyin import Style, lazy_pinyin
from pypinyin.contrib.tone_convert import to_finals_tone3, to_initials

FILE = "phonemes.npz"
_NEVER = np.float32(-1e9)
# Kept after the last sound, in steps of 20 ms.
_AFTER = 5

Floats = NDArray[np.float32]


def syllables(text: str) -> tuple[str, ...]:
    """Pinyin with tone digits (5 is the neutral tone), one for each Chinese character."""
    return tuple(lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True, v_to_u=False))


@lru_cache(5_000)
def phonemes(syllable: str) -> tuple[str, ...]:
    """Initial and final with tone: ("zh", "ong1")."""
    initial = to_initials(syllable, strict=False)
    final = to_finals_tone3(syllable, strict=False, v_to_u=False, neutral_tone_with_five=True)
    return (initial, final) if initial else (final,)


class Phonemes:
    """A model's phoneme head: from the encoder's vectors to a chance for each phoneme and for none.

    Args:
        names: of the phonemes.
        weight: (names + 1, width); the last row is of no phoneme.
        bias: (names + 1).
    """

    def __init__(self, names: Sequence[str], weight: Floats, bias: Floats) -> None:
        self.names = tuple(names)
        self.weight, self.bias = weight.astype(np.float32), bias.astype(np.float32)
        self._number = {name: number for number, name in enumerate(self.names)}

    @classmethod
    def beside(cls, model: Path) -> Phonemes | None:
        """The head in a model's folder; None where there is none."""
        if not (model / FILE).is_file():
            return None
        with np.load(model / FILE) as held:
            return cls([str(name) for name in held["names"]], held["weight"], held["bias"])

    def save(self, model: Path) -> None:
        """Write the head into a model's folder."""
        np.savez(
            model / FILE,
            names=np.array(self.names),
            weight=self.weight.astype(np.float16),
            bias=self.bias.astype(np.float16),
        )

    def fit(self, sound: Floats, texts: Sequence[str]) -> Floats:
        """The logarithm of the chance that each of the texts was said.

        Args:
            sound: the encoder's vectors, (steps of 20 ms, width).
        """
        scores = sound @ self.weight.T + self.bias
        heard = np.flatnonzero(scores.argmax(1) < len(self.names))
        scores = scores[: int(heard[-1]) + _AFTER if len(heard) else _AFTER]
        scores = scores - scores.max(1, keepdims=True)
        chances = scores - np.log(np.exp(scores).sum(1, keepdims=True))
        return _fit(chances, [self._spelt(text) for text in texts], len(self.names))

    def _spelt(self, text: str) -> list[int]:
        found = (part for syllable in syllables(text) for part in phonemes(syllable))
        return [self._number[part] for part in found if part in self._number]


def _fit(chances: Floats, spelt: list[list[int]], none: int) -> Floats:
    """The forward pass of CTC over all texts at once; `none` is the number of no phoneme."""
    longest = max(map(len, spelt))
    # Every phoneme stands between two times nothing: - n - i3 - h - ao3 -
    wanted = np.full((len(spelt), 2 * longest + 1), none)
    skips = np.full(wanted.shape, _NEVER)
    for row, numbers in enumerate(spelt):
        wanted[row, 1 : 2 * len(numbers) : 2] = numbers
        for at in range(1, len(numbers)):
            if numbers[at] != numbers[at - 1]:
                skips[row, 2 * at + 1] = 0
    reached = np.full(wanted.shape, _NEVER)
    reached[:, :2] = chances[0][wanted[:, :2]]
    for chance in chances[1:]:
        step = np.logaddexp(reached[:, 1:], reached[:, :-1])
        leap = reached[:, :-2] + skips[:, 2:]
        reached[:, 1:] = step
        reached[:, 2:] = np.logaddexp(reached[:, 2:], leap)
        reached += chance[wanted]
    rows = np.arange(len(spelt))
    ends = np.array([2 * len(numbers) for numbers in spelt])
    last: Floats = np.logaddexp(
        reached[rows, ends], np.where(ends > 0, reached[rows, ends - 1], _NEVER)
    )
    return last
