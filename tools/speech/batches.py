"""Batches for training: clips of like length together, labels as Whisper writes them, and a few
cheap disguises."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from tools.speech.clips import Clip, mel
from tools.speech.spoken import phonemes
from tools.speech.tokens import Special

IGNORED = -100
#: Shares of batches that carry hints before the speech, and of clips that are labelled with
#: timestamps.
HINTED, TIMED = 0.15, 0.15
#: A character is listened for about this long after it begins, s.
INTO_CHARACTER = 0.12


@dataclass
class Batch:
    """`sound` (clips, 80, frames); `given` and `wanted` token ids; `moments` the second at which
    the character wanted there is said, or -1; `said` phoneme ids of each clip; `lengths` its
    encoder positions."""

    sound: Tensor
    given: Tensor
    wanted: Tensor
    moments: Tensor
    said: list[Tensor]
    lengths: list[int]

    def to(self, device: str) -> "Batch":
        self.sound, self.given = self.sound.to(device), self.given.to(device)
        self.wanted, self.moments = self.wanted.to(device), self.moments.to(device)
        return self


class Labels:
    """Writes what the decoder is given and should answer."""

    def __init__(
        self, tokenizer: Tokenizer, phoneme_names: list[str], words: list[str], chance: Random
    ) -> None:
        self.tokenizer, self.special, self.words, self.chance = (
            tokenizer,
            Special(tokenizer),
            words,
            chance,
        )
        self._phoneme = {name: at for at, name in enumerate(phoneme_names)}

    def ids(self, text: str) -> list[int]:
        return self.tokenizer.encode(text, add_special_tokens=False).ids

    def said(self, clip: Clip) -> Tensor:
        return torch.tensor(
            [
                self._phoneme[part]
                for syllable in clip.syllables
                for part in phonemes(syllable)
                if part in self._phoneme
            ]
        )

    def hints(self, text: str) -> list[int]:
        """Some words that are said, among others that are not."""
        chance = self.chance
        hinted = chance.sample(self.words, chance.randint(1, 12))
        if len(text) > 2 and chance.random() < 0.7:
            for _ in range(chance.randint(1, 3)):
                at = chance.randrange(len(text) - 1)
                hinted.append(text[at : at + chance.randint(2, 4)])
        chance.shuffle(hinted)
        return self.ids(" " + chance.choice((" ", "，", "、", "")).join(hinted))

    def pair(self, clip: Clip, hinted: bool) -> tuple[list[int], list[int], list[float]]:
        """Given, wanted and moments for one clip."""
        special, text = self.special, self.ids(clip.text)
        before = [special.previous, *self.hints(clip.text)] if hinted else []
        start = [special.start, special.chinese, special.transcribe]
        if not text:
            return (
                [*before, *start, special.untimed],
                [IGNORED] * len(before) + [special.nothing, IGNORED, IGNORED, special.end],
                [-1.0] * (len(before) + 4),
            )
        timed = self.chance.random() < TIMED
        opening = special.moment(min(clip.starts[0], 1.0)) if timed else special.untimed
        closing = [special.moment(clip.end)] if timed else []
        moments = (
            [start_ + INTO_CHARACTER for start_ in clip.starts]
            if len(text) == len(clip.starts)
            else [-1.0] * len(text)
        )
        given = [*before, *start, opening, *text, *closing]
        wanted = [IGNORED] * len(before) + [
            special.chinese,
            IGNORED,
            opening if timed else IGNORED,
            *text,
            *closing,
            special.end,
        ]
        return given, wanted, [-1.0] * (len(before) + 3) + moments + [-1.0] * (1 + len(closing))

    def batch(self, clips: list[Clip], disguise: bool) -> Batch:
        hinted = self.chance.random() < HINTED
        longest = max(len(clip.frames) for clip in clips)
        sound = np.zeros((len(clips), 80, -(-longest // 16) * 16), np.float32)
        pairs = [self.pair(clip, hinted and self.chance.random() < 0.8) for clip in clips]
        size = -(-max(len(given) for given, *_ in pairs) // 4) * 4
        given = torch.full((len(clips), size), self.special.end)
        wanted = torch.full((len(clips), size), IGNORED)
        moments = torch.full((len(clips), size), -1.0)
        for at, (clip, pair) in enumerate(zip(clips, pairs, strict=True)):
            frames = mel(clip.frames)
            sound[at, :, : len(frames)] = (disguised(frames, self.chance) if disguise else frames).T
            for row, values in zip((given, wanted, moments), pair, strict=True):
                row[at, : len(values)] = torch.tensor(values)
        return Batch(
            torch.from_numpy(sound),
            given,
            wanted,
            moments,
            [self.said(clip) for clip in clips],
            [len(clip.frames) // 2 for clip in clips],
        )


def disguised(frames: np.ndarray, chance: Random) -> np.ndarray:
    """The same clip a little louder, through a throat a little longer, with a band or a moment
    missing."""
    frames = frames + chance.gauss(0, 0.05)
    if chance.random() < 0.6:
        bins = np.clip(np.arange(80) * chance.uniform(0.93, 1.07), 0, 78.999)
        low, share = bins.astype(int), (bins % 1).astype(np.float32)
        frames = frames[:, low] * (1 - share) + frames[:, low + 1] * share
    if chance.random() < 0.3:
        width = chance.randint(1, 10)
        at = chance.randrange(80 - width)
        frames[:, at : at + width] = frames.mean()
    if chance.random() < 0.2 and len(frames) > 60:
        width = chance.randint(1, 8)
        at = chance.randrange(len(frames) - width)
        frames[at : at + width] = frames.min()
    return frames


def portions(clips: list[Clip], frames: int, chance: Random) -> Iterator[list[Clip]]:
    """All clips once, in groups of like length that hold at most `frames` frames, in random
    order."""
    shuffled = chance.sample(clips, len(clips))
    for start in range(0, len(shuffled), 3000):
        block = sorted(
            shuffled[start : start + 3000],
            key=lambda clip: len(clip.frames) + chance.uniform(0, 30),
        )
        groups: list[list[Clip]] = [[]]
        for clip in block:
            if groups[-1] and (len(groups[-1]) + 1) * len(clip.frames) > frames:
                groups.append([])
            groups[-1].append(clip)
        yield from chance.sample(groups, len(groups))
