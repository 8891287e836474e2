"""The network of nlu/sounds/network.py, as it is trained."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from nlu.sounds.network import (
    AS_HEARD,
    DANGER,
    LOST,
    MISHEARD,
    NOTHING,
    SIGNS,
    WANTED,
    Alphabet,
)
from nlu.sounds.sound import parts

WIDTH = 144
#: How far apart the three characters lie that each layer looks at.
DILATIONS = (1, 1, 2, 2, 4, 4, 1, 1)
#: How far vectors are spread at first.
SPREAD, SAID_SPREAD = 0.2, 0.05
#: Where signs begin: nothing is misheard, lost or dangerous.
BEGINNING = {MISHEARD: -3.0, LOST: -5.0, DANGER: -6.0, AS_HEARD: 6.0, NOTHING: -3.0, WANTED: -3.0}


class Layer(nn.Module):
    """A gated convolution over three characters, and what it adds."""

    def __init__(self, width: int, apart: int) -> None:
        super().__init__()
        self.apart = apart
        self.norm = nn.LayerNorm(width, elementwise_affine=False)
        self.window = nn.Linear(3 * width, 2 * width)
        self.mixed = nn.Linear(width, width)

    def forward(self, x: Tensor, there: Tensor | None = None) -> Tensor:
        here = self.norm(x) if there is None else self.norm(x) * there
        wide = F.pad(here, (0, 0, self.apart, self.apart))
        three = [wide[..., : -2 * self.apart, :], here, wide[..., 2 * self.apart :, :]]
        return x + self.mixed(F.glu(self.window(torch.cat(three, -1)), -1))


class Network(nn.Module):
    """Vectors for what was heard, and what is made of them. A syllable's vector is its own and
    those of its beginning and its end."""

    def __init__(self, alphabet: Alphabet, width: int = WIDTH) -> None:
        super().__init__()
        self.alphabet = alphabet
        known, sounds = len(alphabet.characters) + 1, len(alphabet.syllables) + 1
        split = [("", ""), *map(parts, alphabet.syllables)]
        self.halves = []
        for half in (0, 1):
            names = sorted({both[half] for both in split})
            self.halves.append(torch.tensor([names.index(both[half]) for both in split]))
        self.heard = nn.Embedding(known, width)
        self.sound = nn.Embedding(sounds, width)
        self.pieces = nn.ModuleList(
            nn.Embedding(int(half.max()) + 1, width) for half in self.halves
        )
        self.layers = nn.ModuleList(Layer(width, apart) for apart in DILATIONS)
        self.norm = nn.LayerNorm(width, elementwise_affine=False)
        self.signs = nn.Linear(width, len(SIGNS))
        self.meant, self.missed = nn.Linear(width, width), nn.Linear(width, width)
        self.said = nn.Linear(width, known)
        kinship = np.stack([alphabet.kinship(syllable) for syllable in range(sounds)])
        self.register_buffer("kinship", torch.from_numpy(kinship), persistent=False)
        for table in (self.heard, self.sound, *self.pieces):
            nn.init.normal_(table.weight, std=SPREAD)
        nn.init.normal_(self.said.weight, std=SAID_SPREAD)
        nn.init.zeros_(self.said.bias)
        with torch.no_grad():
            self.signs.bias.zero_()
            for sign, logit in BEGINNING.items():
                self.signs.bias[sign] = logit

    def sounds(self) -> Tensor:
        """A vector for each syllable."""
        pieces = (table(half) for table, half in zip(self.pieces, self.halves, strict=True))
        return self.sound.weight + sum(pieces)

    def forward(self, heard: Tensor, sounds: Tensor, there: Tensor) -> Tensor:
        """Of each character heard a vector; `there` is 0 beyond the end of a text."""
        there = there[..., None]
        return self.read((self.heard(heard) + self.sounds()[sounds]) * there, there)

    def read(self, x: Tensor, there: Tensor | None = None) -> Tensor:
        """Of the vectors of characters and their sounds, of each character one in its place."""
        for layer in self.layers:
            x = layer(x, there)
        return self.norm(x)

    def chances(self, vectors: Tensor, signs: Tensor, heard: Tensor, sounds: Tensor) -> Tensor:
        """What was said where these characters were heard: logits by number, nothing first."""
        scores = self.said(self.meant(vectors)) + self.kinship[sounds]
        stays, nothing = signs[:, [AS_HEARD, NOTHING]].to(scores.dtype).split(1, 1)
        scores = scores.scatter_add(1, heard[:, None], stays)
        return torch.cat([nothing, scores[:, 1:]], 1)

    def losses(self, vectors: Tensor) -> Tensor:
        """What was lost before these characters: logits by number, from 1 on."""
        return self.said(self.missed(vectors))[:, 1:]
