"""The network of nlu/sounds/network.py, as it is trained."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from nlu.sounds.network import DILATIONS, SCALE, SIGNS, Alphabet
from nlu.sounds.sound import parts

WIDTH = 144
#: Where vectors begin, and the signs: that nothing is misheard, lost or dangerous.
SPREAD, SAID_SPREAD, UNLIKELY = 0.2, 0.05, (-3.0, -5.0, -6.0, 6.0, -3.0)


class Layer(nn.Module):
    """A gated convolution over three characters, and what it adds."""

    def __init__(self, width: int, apart: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width, elementwise_affine=False)
        self.window = nn.Conv1d(width, 2 * width, 3, padding=apart, dilation=apart)
        self.mixed = nn.Linear(width, width)

    def forward(self, x: Tensor, there: Tensor) -> Tensor:
        seen = self.window((self.norm(x) * there).transpose(1, 2))
        return x + self.mixed(F.glu(seen, 1).transpose(1, 2))


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
            self.signs.bias.copy_(torch.tensor(UNLIKELY))

    def sounds(self) -> Tensor:
        """A vector for each syllable."""
        pieces = (table(half) for table, half in zip(self.pieces, self.halves, strict=True))
        return self.sound.weight + sum(pieces)

    def forward(self, heard: Tensor, sounds: Tensor, there: Tensor) -> Tensor:
        """Of each character heard a vector; `there` is 0 beyond the end of a text."""
        there = there[..., None]
        x = (self.heard(heard) + self.sounds()[sounds]) * there
        for layer in self.layers:
            x = layer(x, there)
        return self.norm(x)

    def chances(self, vectors: Tensor, signs: Tensor, heard: Tensor, sounds: Tensor) -> Tensor:
        """What was said where these characters were heard: logits by number, nothing first."""
        scores = self.said(self.meant(vectors)) + self.kinship[sounds]
        stays, nothing = signs[:, 3:].to(scores.dtype).split(1, 1)
        scores = scores.scatter_add(1, heard[:, None], stays)
        return torch.cat([nothing, scores[:, 1:]], 1)

    def losses(self, vectors: Tensor) -> Tensor:
        """What was lost before these characters: logits by number, from 1 on."""
        return self.said(self.missed(vectors))[:, 1:]

    def weights(self) -> dict[str, NDArray[Any]]:
        """As nlu/sounds/network.py reads them: tables as bytes with a scale a row, the rest as
        halves."""
        windows = [layer.window.weight.permute(2, 1, 0).flatten(0, 1) for layer in self.layers]
        tables = {
            "heard": self.heard.weight,
            "sounds": self.sounds(),
            "window": torch.stack(windows),
            "mixed": torch.stack([layer.mixed.weight.T for layer in self.layers]),
            "meant": self.meant.weight.T,
            "missed": self.missed.weight.T,
            "said": self.said.weight,
        }
        rest = {
            "window_bias": torch.stack([layer.window.bias for layer in self.layers]),
            "mixed_bias": torch.stack([layer.mixed.bias for layer in self.layers]),
            "signs": self.signs.weight.T,
            "signs_bias": self.signs.bias,
            "meant_bias": self.meant.bias,
            "missed_bias": self.missed.bias,
            "said_bias": self.said.bias,
        }
        held: dict[str, NDArray[Any]] = {
            name: table.detach().numpy().astype(np.float16) for name, table in rest.items()
        }
        held["characters"] = np.array("".join(self.alphabet.characters))
        for name, table in tables.items():
            values = table.detach().numpy()
            scale = np.abs(values).max(axis=-1, keepdims=True) / 127
            held[name] = np.round(values / scale).astype(np.int8)
            held[name + SCALE] = scale.astype(np.float32)
        return held
