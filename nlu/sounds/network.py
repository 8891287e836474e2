"""A small network that has read how people order and how telephones mishear them: of each character
heard it says how likely it was misheard, and what was said instead; whether one was lost before
it, and whether it is of something wanted; and of the whole, whether somebody is in danger.

Eight gated convolutions over the characters and their sounds; what is likely said is weighed by how
near it sounds to what was heard. data/hearing.onnx and data/said.onnx hold it, with weights of
seven bits, as tools/hearing trains and writes it; onnxruntime computes it on one thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions

from nlu.sounds.sound import ACCENT, FAR, NEAR, OTHER, SAME, SLACK, distance, readings

#: How likely a sound is heard for another before anything is known of what was said: logarithms.
KINSHIP = {SAME: 1.5, ACCENT: 0.0, SLACK: -0.5, NEAR: -1.5, FAR: -2.5, OTHER: -6.0}
#: The number of what is no character of the alphabet, and of nothing said.
NONE = 0
#: What is told of each character heard: logits, in these columns.
SIGNS = MISHEARD, LOST, DANGER, AS_HEARD, NOTHING, WANTED = range(6)
#: Nobody says more characters in one turn of a minute; a longer text is no telephone call.
LONGEST = 400
#: Where a graph keeps the characters of the alphabet: a name of its metadata.
CHARACTERS = "characters"

Floats = NDArray[np.float32]


class Alphabet:
    """Characters and syllables by number, from 1 on."""

    def __init__(self, characters: Sequence[str]) -> None:
        self.characters = tuple(characters)
        self.written = ("", *self.characters)
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

    def kinship(self, syllable: int) -> Floats:
        """How likely each character is heard as this syllable, by the sound alone."""
        if syllable == NONE:
            return np.full(len(self._sounds), KINSHIP[OTHER], np.float32)
        heard = self.syllables[syllable - 1]
        kin = [KINSHIP[OTHER], *(KINSHIP[distance(heard, said)] for said in self.syllables)]
        by_character: Floats = np.array(kin, np.float32)[self._sounds]
        return by_character


class Network:
    """Two graphs: `hearing` makes vectors and SIGNS of what was heard, `said` tells of a vector
    which characters were meant, or else which was lost before it."""

    def __init__(self, hearing: bytes, said: bytes) -> None:
        self.hearing, self.said = _session(hearing), _session(said)
        self.alphabet = Alphabet(self.hearing.get_modelmeta().custom_metadata_map[CHARACTERS])
        self.kinship = lru_cache(maxsize=None)(self.alphabet.kinship)

    def read(self, text: str) -> Reading | None:
        """What is made of a text's characters, of which marks and spaces are none: it has met no
        such. None of a text that holds no character, or more than LONGEST."""
        places = [at for at, char in enumerate(text) if char.isalnum()]
        if not 0 < len(places) <= LONGEST:
            return None
        heard = np.array([self.alphabet.number(text[at]) for at in places])
        sounds = np.array([self.alphabet.syllable(text[at]) for at in places])
        vectors, signs = self.hearing.run(None, {"heard": heard, "sounds": sounds})
        return Reading(self, text, places, heard, sounds, vectors, signs)


def _session(graph: bytes) -> InferenceSession:
    options = SessionOptions()
    # A sentence is too small to be shared out among threads: waiting for them takes longer.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return InferenceSession(graph, options, providers=["CPUExecutionProvider"])


class Reading:
    """What the network makes of a text's characters, which stand at these `places` of it. Chances
    are natural logarithms, but for those that are said to go from 0 to 1."""

    def __init__(
        self,
        network: Network,
        text: str,
        places: Sequence[int],
        heard: NDArray[np.int64],
        sounds: NDArray[np.int64],
        vectors: Floats,
        signs: Floats,
    ) -> None:
        self.text, self.places = "".join(text[at] for at in places), places
        self._network, self._heard, self._sounds = network, heard, sounds
        self._vectors, self._signs = vectors, signs
        #: How likely each character was misheard, and one lost before it, from 0 to 1.
        self.misheard, self.lost = _share(signs[:, [MISHEARD, LOST]].T)

    @property
    def danger(self) -> float:
        """How likely somebody is in danger, as odds: above 0 it is likelier than not."""
        return float(np.logaddexp.reduce(self._signs[:, DANGER]))

    @property
    def wanted(self) -> Floats:
        """How likely each character names, counts or calls for something wanted, from 0 to 1."""
        return _share(self._signs[:, WANTED])

    def said(self, places: Sequence[int], most: int) -> list[dict[str, float]]:
        """For each place the likeliest characters said there, the one heard always among them,
        with their chances; "" is for nothing."""
        scores = self._scores(places, lost=False)
        scores += [self._network.kinship(syllable) for syllable in self._sounds[places].tolist()]
        rows, heard = np.arange(len(places)), self._heard[places]
        scores[rows, heard] += self._signs[places, AS_HEARD]
        scores[:, NONE] = self._signs[places, NOTHING]
        chances = _chances(scores)
        stay = np.where(heard == NONE, np.log1p(-self.misheard[places]), chances[rows, heard])
        return [
            likeliest | {self.text[at]: stays}
            for at, stays, likeliest in zip(
                places, stay.tolist(), self._likeliest(chances, most), strict=True
            )
        ]

    def missed(self, places: Sequence[int], most: int) -> list[dict[str, float]]:
        """For each place the likeliest characters lost before it, with their chances."""
        scores = self._scores(places, lost=True)
        scores[:, NONE] = -np.inf
        return self._likeliest(_chances(scores), most)

    def _scores(self, places: Sequence[int], lost: bool) -> Floats:
        told = {"vectors": self._vectors[places], "lost": np.array(lost)}
        scores: Floats = self._network.said.run(None, told)[0]
        return scores

    def _likeliest(self, chances: Floats, most: int) -> list[dict[str, float]]:
        written = self._network.alphabet.written
        first = np.argpartition(chances, -most, axis=1)[:, -most:]
        found = np.take_along_axis(chances, first, axis=1)
        return [
            {written[at]: chance for at, chance in zip(numbers, each, strict=True)}
            for numbers, each in zip(first.tolist(), found.tolist(), strict=True)
        ]


def _share(logits: Floats) -> Floats:
    return (1 / (1 + np.exp(-logits))).astype(np.float32)


def _chances(scores: Floats) -> Floats:
    most = scores.max(1, keepdims=True)
    chances: Floats = scores - (most + np.log(np.exp(scores - most).sum(1, keepdims=True)))
    return chances


@lru_cache(maxsize=1)
def network() -> Network:
    """The one network of the process."""
    data = files("nlu") / "data"
    return Network((data / "hearing.onnx").read_bytes(), (data / "said.onnx").read_bytes())


@lru_cache(maxsize=64)
def read(text: str) -> Reading | None:
    """What the one network makes of a text's characters, if it has any and not too many."""
    return network().read(text)
