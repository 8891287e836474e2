"""A small network that has read how people order and how telephones mishear them: of each character
heard it says how likely it was misheard, and what was said instead; whether one was lost before
it; and of the whole, whether somebody is in danger.

Eight gated convolutions over the characters and their sounds; what is likely said is weighed by how
near it sounds to what was heard. data/hearing.npz holds the weights as bytes; tools/hearing trains
them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from nlu.sounds.sound import ACCENT, FAR, NEAR, OTHER, SAME, SLACK, distance, readings

#: How far apart the three characters lie that each layer looks at.
DILATIONS = (1, 1, 2, 2, 4, 4, 1, 1)
#: How likely a sound is heard for another before anything is known of what was said: logarithms.
KINSHIP = {SAME: 1.5, ACCENT: 0.0, SLACK: -0.5, NEAR: -1.5, FAR: -2.5, OTHER: -6.0}
#: The number of what is no character of the alphabet, and of nothing said.
NONE = 0
#: What is told of each character heard: logits, in the order of the columns.
SIGNS = ("misheard", "lost", "danger", "as heard", "nothing")
_MISHEARD, _LOST, _DANGER, _AS_HEARD, _NOTHING = range(len(SIGNS))

Floats = NDArray[np.float32]
# A sentence is too small to be shared out among threads: waiting for them takes ten times as long.
_BLAS = ThreadpoolController()
#: Scales of tables that are held as bytes end so.
SCALE = ".scale"


class Alphabet:
    """Characters and syllables by number, from 1 on."""

    def __init__(self, characters: Sequence[str]) -> None:
        self.characters = tuple(characters)
        self._written = ("", *self.characters)
        self.syllables = tuple(sorted({s for char in characters for s in readings(char)[:1]}))
        self._character = {char: at for at, char in enumerate(self.characters, 1)}
        self._syllable = {syllable: at for at, syllable in enumerate(self.syllables, 1)}
        self._sounds = np.array([NONE, *map(self.syllable, self.characters)])

    def number(self, char: str) -> int:
        """A character's number; NONE where it has none."""
        return self._character.get(char, NONE)

    def syllable(self, char: str) -> int:
        """The number of how a character sounds; NONE where that is unknown."""
        return self._syllable.get((*readings(char), "")[0], NONE)

    def likeliest(self, chances: Floats, most: int) -> dict[str, float]:
        """So many characters with the highest chances; what has no number is ""."""
        first = np.argpartition(chances, -most)[-most:]
        return {self._written[at]: float(chances[at]) for at in first.tolist()}

    def kinship(self, syllable: int) -> Floats:
        """How likely each character is heard as this syllable, by the sound alone."""
        if syllable == NONE:
            return np.full(len(self._sounds), KINSHIP[OTHER], np.float32)
        heard = self.syllables[syllable - 1]
        kin = [KINSHIP[OTHER], *(KINSHIP[distance(heard, said)] for said in self.syllables)]
        by_character: Floats = np.array(kin, np.float32)[self._sounds]
        return by_character


class Network:
    """The weights: `heard` and `sounds` a vector for each character and syllable, `window` and
    `mixed` each layer's, `signs` what is told of a vector, `said` one for each character that was
    meant or missed."""

    def __init__(self, held: Mapping[str, NDArray[Any]]) -> None:
        self.alphabet = Alphabet(str(held["characters"]))
        full = {
            name: values.astype(np.float32) * held.get(name + SCALE, np.float32(1))
            for name, values in held.items()
            if name != "characters" and not name.endswith(SCALE)
        }
        self._heard, self._sounds = full["heard"], full["sounds"]
        windows = [_centred(np.concatenate(np.split(each, 3), axis=1)) for each in full["window"]]
        self._layers = list(
            zip(
                DILATIONS, windows, full["window_bias"], full["mixed"], full["mixed_bias"],
                strict=True,
            )
        )
        self._signs, self._bias = full["signs"], full["signs_bias"]
        self.meant, self.missed = (
            (full[name] @ full["said"].T, full[f"{name}_bias"] @ full["said"].T + full["said_bias"])
            for name in ("meant", "missed")
        )
        self.kinship = lru_cache(maxsize=None)(self.alphabet.kinship)

    def read(self, text: str) -> Reading:
        """What is made of a text of one character or more."""
        heard = [self.alphabet.number(char) for char in text]
        sounds = [self.alphabet.syllable(char) for char in text]
        with _BLAS.limit(limits=1, user_api="blas"):
            vectors = self._vectors(self._heard[heard] + self._sounds[sounds])
            return Reading(self, text, heard, sounds, vectors, vectors @ self._signs + self._bias)

    def _vectors(self, x: Floats) -> Floats:
        wide = 2 * x.shape[1]
        for apart, window, window_bias, mixed, mixed_bias in self._layers:
            three = x @ window
            three *= _scale(x)
            seen = three[:, wide : 2 * wide] + window_bias
            seen[apart:] += three[:-apart, :wide]
            seen[:-apart] += three[apart:, 2 * wide :]
            gate = np.exp(-seen[:, wide // 2 :])
            gate += 1
            x = x + (seen[:, : wide // 2] / gate) @ mixed
            x += mixed_bias
        vectors: Floats = (x - x.mean(1, keepdims=True)) * _scale(x)
        return vectors


def _centred(weights: Floats) -> Floats:
    """Weights that give of any vector what these give of it less its mean."""
    centred: Floats = weights - weights.mean(0)
    return centred


def _scale(x: Floats) -> Floats:
    """What brings each vector, less its mean, to a variance of one."""
    width = x.shape[1]
    mean = np.add.reduce(x, 1) / width
    variance = np.einsum("ij,ij->i", x, x) / width - mean * mean
    scale: Floats = 1 / np.sqrt(variance + 1e-5)
    return scale[:, None]


class Reading:
    """What the network makes of a text. Chances are natural logarithms."""

    def __init__(
        self,
        network: Network,
        text: str,
        heard: list[int],
        sounds: list[int],
        vectors: Floats,
        signs: Floats,
    ) -> None:
        self.text = text
        self._network, self._heard, self._sounds = network, heard, sounds
        self._vectors, self._signs = vectors, signs
        #: How likely each character was misheard, and one lost before it, from 0 to 1.
        self.misheard, self.lost = 1 / (1 + np.exp(-signs[:, [_MISHEARD, _LOST]].T))

    @property
    def danger(self) -> float:
        """How likely somebody is in danger, as odds: above 0 it is likelier than not."""
        return float(np.logaddexp.reduce(self._signs[:, _DANGER]))

    def said(self, at: int, most: int) -> dict[str, float]:
        """The likeliest characters said where this one was heard, that itself always among them,
        with their chances; "" is for nothing."""
        heard = self._heard[at]
        scores = self._weighed(at, self._network.meant)
        scores += self._network.kinship(self._sounds[at])
        if heard != NONE:
            scores[heard] += self._signs[at, _AS_HEARD]
        scores[NONE] = self._signs[at, _NOTHING]
        chances = _chances(scores)
        stays = chances[heard] if heard != NONE else np.log1p(-self.misheard[at])
        found = self._network.alphabet.likeliest(chances, most)
        return found | {self.text[at]: float(stays)}

    def missed(self, at: int, most: int) -> dict[str, float]:
        """The likeliest characters lost before this one, with their chances."""
        scores = self._weighed(at, self._network.missed)
        scores[NONE] = -np.inf
        return self._network.alphabet.likeliest(_chances(scores), most)

    def _weighed(self, at: int, table: tuple[Floats, Floats]) -> Floats:
        weights, bias = table
        with _BLAS.limit(limits=1, user_api="blas"):
            scores: Floats = self._vectors[at] @ weights + bias
        return scores


def _chances(scores: Floats) -> Floats:
    most = scores.max()
    chances: Floats = scores - (most + np.log(np.exp(scores - most).sum()))
    return chances


@lru_cache(maxsize=1)
def network() -> Network:
    """The one network of the process."""
    with (files("nlu") / "data" / "hearing.npz").open("rb") as file, np.load(file) as held:
        return Network(dict(held))


@lru_cache(maxsize=64)
def read(text: str) -> Reading:
    """What it makes of a text of one character or more, which holds neither marks nor spaces: it
    has met none."""
    return network().read(text)
