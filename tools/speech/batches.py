"""Batches for training, made where the clips lie: sound with a few cheap disguises, labels as
Whisper writes them."""

from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from tools.speech.clips import LOWEST, STEP
from tools.speech.shelf import Shelf
from tools.speech.tokens import STEP as MOMENT
from tools.speech.tokens import TIMESTAMPS, Special

IGNORED = -100
#: Shares of batches that carry hints before the speech, of their clips that do, and of clips that
#: are labelled with timestamps.
HINTED, EACH_HINTED, TIMED = 0.2, 0.8, 0.15
#: A character is listened for about this long after it begins, s.
INTO_CHARACTER = 0.12
#: How much longer or shorter a throat a disguise pretends.
THROAT = 0.1


@dataclass
class Batch:
    """`sound` (clips, 80, frames); `given` and `wanted` token ids; `moments` the second at which
    the character wanted there is said, or -1; `said` the phoneme ids of the clips numbered
    `speaking`, of which `said_sizes` count; `lengths` the encoder positions of each clip."""

    sound: Tensor
    given: Tensor
    wanted: Tensor
    moments: Tensor
    speaking: Tensor
    said: Tensor
    said_sizes: Tensor
    lengths: Tensor


class Batches:
    def __init__(self, shelf: Shelf, tokenizer: Tokenizer) -> None:
        self.shelf, self.special = shelf, Special(tokenizer)

    def batch(self, rows: Tensor, disguise: bool) -> Batch:
        """The clips of these row numbers."""
        shelf, device = self.shelf, rows.device
        hinted = torch.rand(len(rows), device=device) < EACH_HINTED
        hinted &= bool(torch.rand(()) < HINTED)
        given, wanted, moments = self._labels(rows, hinted)
        sizes = shelf.said.sizes[rows]
        speaking = sizes.nonzero().squeeze(1)
        return Batch(
            self._sound(rows, disguise),
            given,
            wanted,
            moments,
            speaking,
            shelf.said.take(rows)[speaking],
            sizes[speaking],
            shelf.length[rows] // 2,
        )

    def _sound(self, rows: Tensor, disguise: bool) -> Tensor:
        shelf = self.shelf
        length = shelf.length[rows]
        longest = -(-int(length.max()) // 16) * 16
        time = torch.arange(longest, device=rows.device)
        inside = time < length[:, None]
        at = (shelf.first[rows][:, None] + time).clamp_(max=len(shelf.frames) - 1)
        frames = shelf.frames[at].float() * STEP + LOWEST
        if disguise:
            frames = disguised(frames, inside)
        return (frames * inside[..., None]).transpose(1, 2)

    def _labels(self, rows: Tensor, hinted: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Laid out as: (previous, hints,) start, language, task, opening, text (, closing)."""
        shelf, special, device = self.shelf, self.special, rows.device
        size = shelf.tokens.sizes[rows]
        spoken = size > 0
        before = hinted * (1 + shelf.hints.sizes[rows])
        timed = spoken & (torch.rand(len(rows), device=device) < TIMED)
        text, hints = shelf.tokens.take(rows), shelf.hints.take(rows)
        starts = shelf.starts.take(rows)
        width = -(-int((before + 4 + size + timed).max()) // 8) * 8
        column = torch.arange(width, device=device).expand(len(rows), -1)
        place = column - before[:, None]
        size, timed, spoken = size[:, None], timed[:, None], spoken[:, None]

        def of(values: Tensor, at: Tensor) -> Tensor:
            if not values.shape[1]:
                return at.to(values.dtype)
            return values.gather(1, at.clamp(0, values.shape[1] - 1))

        def moment(seconds: Tensor) -> Tensor:
            return special.untimed + 1 + (seconds / MOMENT).round().clamp(0, TIMESTAMPS - 1).long()

        first = of(starts, torch.zeros_like(column[:, :1])).clamp(max=1.0)
        opening = torch.where(timed, moment(first), special.untimed)
        closing = moment(shelf.end[rows][:, None])
        given = torch.full_like(column, special.end)
        given = torch.where(place < 0, of(hints, column - 1), given)
        given = torch.where((place < 0) & (column == 0), special.previous, given)
        for at, token in enumerate((special.start, special.chinese, special.transcribe)):
            given = torch.where(place == at, token, given)
        given = torch.where(place == 3, opening, given)
        within = (place >= 4) & (place < 4 + size)
        given = torch.where(within, of(text, place - 4), given)
        given = torch.where(timed & (place == 4 + size), closing, given)

        wanted = torch.full_like(column, IGNORED)
        language = torch.where(spoken, special.chinese, special.nothing)
        wanted = torch.where(place == 0, language, wanted)
        wanted = torch.where(timed & (place == 2), opening, wanted)
        within = (place >= 3) & (place < 3 + size)
        wanted = torch.where(within, of(text, place - 3), wanted)
        wanted = torch.where(timed & (place == 3 + size), closing, wanted)
        wanted = torch.where(place == 3 + size + timed, special.end, wanted)
        start = of(starts, place - 3)
        moments = torch.where(within & (start >= 0), start + INTO_CHARACTER, -1.0)
        return given, wanted, moments


def disguised(frames: Tensor, inside: Tensor) -> Tensor:
    """The same clips (clip, time, band) a little louder, through throats a little longer, with a
    band or a moment missing."""
    clips, time, bands = frames.shape
    device = frames.device

    def rand(low: float = 0.0, high: float = 1.0) -> Tensor:
        return torch.rand(clips, 1, 1, device=device) * (high - low) + low

    def stretch(size: int, share: float, widest: int) -> Tensor:
        """One stretch along an axis of `size` in a `share` of the clips."""
        at = torch.arange(size, device=device)
        first = rand(0, max(1, size - widest))
        return (at >= first) & (at < first + rand(1, widest)) & (rand() < share)

    frames = frames + torch.randn(clips, 1, 1, device=device) * 0.05
    throat = torch.where(rand() < 0.6, rand(1 - THROAT, 1 + THROAT), 1.0)
    band = (torch.arange(bands, device=device) * throat).clamp(max=bands - 1.001)
    low = band.long()
    share = band - low
    low = low.expand(-1, time, -1)
    frames = frames.gather(2, low) * (1 - share) + frames.gather(2, low + 1) * share
    mean = (frames * inside[..., None]).sum((1, 2), True) / (inside.sum(1) * bands)[:, None, None]
    frames = torch.where(stretch(bands, 0.4, 12), mean, frames)
    gone = stretch(time, 0.3, 10).transpose(1, 2)
    return torch.where(gone, frames.amin((1, 2), True), frames)
