"""Whisper's network, small, with a phoneme head, and with cheap padding, which only training needs.

Whisper always reads 30 s: beyond the clip's end, positions whose input is all zero. Their keys
differ by their position vector alone, so training lets a few of them, drawn anew each time, stand
for all: `STAND_INS` keys that weigh as many as they stand for. The exported model reads the full 30
s and sees the same.
"""

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

POSITIONS, TEXT_POSITIONS = 1500, 448
STAND_INS = 8
#: Full-size sinusoids drown the convolutions' output at the start, and training stalls.
SINUSOID_SCALE = 0.1


@dataclass(frozen=True)
class Shape:
    vocabulary: int
    phonemes: int
    width: int = 192
    heads: int = 3
    encoder_layers: int = 4
    decoder_layers: int = 4
    inner: int = 768


def sinusoids(width: int) -> Tensor:
    rates = torch.exp(-math.log(10_000) / (width // 2 - 1) * torch.arange(width // 2))
    angles = torch.arange(POSITIONS)[:, None] * rates[None]
    return torch.cat([angles.sin(), angles.cos()], 1) * SINUSOID_SCALE


class Layer(nn.Module):
    """Self-attention, attention to the sound where it is a decoder's, and a feed-forward, each on a
    normed input."""

    def __init__(self, shape: Shape, hears: bool) -> None:
        super().__init__()
        width, self.heads = shape.width, shape.heads
        self.self_norm = nn.LayerNorm(width)
        self.self_in = nn.Linear(width, 3 * width)
        self.self_out = nn.Linear(width, width)
        if hears:
            self.sound_norm = nn.LayerNorm(width)
            self.sound_query = nn.Linear(width, width)
            self.sound_in = nn.Linear(width, 2 * width)
            self.sound_out = nn.Linear(width, width)
        self.inner_norm = nn.LayerNorm(width)
        self.inner_in = nn.Linear(width, shape.inner)
        self.inner_out = nn.Linear(shape.inner, width)

    def split(self, x: Tensor) -> Tensor:
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)

    @staticmethod
    def join(heads: Tensor) -> Tensor:
        return heads.transpose(1, 2).flatten(2)

    @staticmethod
    def scores(query: Tensor, key: Tensor) -> Tensor:
        """Spelt out: on a CPU the fused attention's way back takes twice as long."""
        return (query * query.shape[-1] ** -0.5) @ key.transpose(-1, -2)

    def attend_self(self, x: Tensor, weight: Tensor) -> Tensor:
        query, key, value = (
            self.split(part) for part in self.self_in(self.self_norm(x)).chunk(3, -1)
        )
        if x.is_cuda:
            heard = F.scaled_dot_product_attention(query, key, value, weight.to(query.dtype))
        else:
            heard = (self.scores(query, key) + weight).softmax(-1) @ value
        return x + self.self_out(self.join(heard))

    def attend_sound(self, x: Tensor, sound: Tensor, weight: Tensor) -> tuple[Tensor, Tensor]:
        """Also how head 0 shares its attention over the moments."""
        query = self.split(self.sound_query(self.sound_norm(x)))
        key, value = (self.split(part) for part in self.sound_in(sound).chunk(2, -1))
        listened = (self.scores(query, key) + weight).softmax(-1)
        return x + self.sound_out(self.join(listened @ value)), listened[:, 0]

    def think(self, x: Tensor) -> Tensor:
        return x + self.inner_out(F.gelu(self.inner_in(self.inner_norm(x))))


class Network(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.conv1 = nn.Conv1d(80, shape.width, 3, padding=1)
        self.conv2 = nn.Conv1d(shape.width, shape.width, 3, stride=2, padding=1)
        self.register_buffer("positions", sinusoids(shape.width))
        self.encoder = nn.ModuleList(Layer(shape, hears=False) for _ in range(shape.encoder_layers))
        self.encoder_norm = nn.LayerNorm(shape.width)
        self.tokens = nn.Embedding(shape.vocabulary, shape.width)
        self.text_positions = nn.Parameter(torch.randn(TEXT_POSITIONS, shape.width) * 0.02)
        self.decoder = nn.ModuleList(Layer(shape, hears=True) for _ in range(shape.decoder_layers))
        self.decoder_norm = nn.LayerNorm(shape.width)
        self.phonemes = nn.Linear(shape.width, shape.phonemes + 1)
        nn.init.normal_(self.tokens.weight, std=0.04)

    @torch.no_grad()
    def scale_convolutions(self, mel: Tensor) -> None:
        """Give each convolution an output of mean 0 and deviation 1 on `mel`, without which
        training from nothing does not start."""
        for layer in (self.conv1, self.conv2):
            given = mel if layer is self.conv1 else F.gelu(self.conv1(mel))
            layer.bias.zero_()
            layer.weight.div_(layer(given).std())
            layer.bias.copy_(-layer(given).mean((0, 2)))

    def encode(self, mel: Tensor) -> tuple[Tensor, Tensor]:
        """Sound (batch, 80, even frames, zero after each clip's end) to vectors of 20 ms each, the
        stand-ins last, and the log-weight of each."""
        length = mel.shape[2] // 2
        x = F.gelu(self.conv2(F.gelu(self.conv1(F.pad(mel, (0, 8)))))).transpose(1, 2)
        beyond = torch.randint(length, POSITIONS, (STAND_INS,), device=mel.device)
        silent = x[:, length + 2 : length + 3] + self.positions[beyond].to(x.dtype)
        x = torch.cat([x[:, :length] + self.positions[:length].to(x.dtype), silent], 1)
        weight = x.new_zeros(1, 1, 1, length + STAND_INS)
        weight[..., length:] = math.log((POSITIONS - length) / STAND_INS)
        for layer in self.encoder:
            x = layer.think(layer.attend_self(x, weight))
        return self.encoder_norm(x), weight

    def decode(
        self, tokens: Tensor, sound: Tensor, weight: Tensor, at: Tensor
    ) -> tuple[Tensor, list[Tensor]]:
        """Scores of the next token at the places that `at` marks (the projection costs as much as a
        layer), and for each layer where in the sound its first head listens."""
        x = self.tokens(tokens) + self.text_positions[: tokens.shape[1]]
        listened = []
        past = torch.full(
            (tokens.shape[1], tokens.shape[1]), -torch.inf, dtype=sound.dtype, device=x.device
        ).triu(1)
        for layer in self.decoder:
            x, first = layer.attend_sound(layer.attend_self(x, past), sound, weight)
            listened.append(first)
            x = layer.think(x)
        return F.linear(self.decoder_norm(x[at]), self.tokens.weight), listened
