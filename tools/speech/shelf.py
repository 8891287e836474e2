"""The clips of a pool as a few long tensors where training runs, so that a batch is gathered there
and never put together clip by clip: a GPU learns from thousands of clips a second."""

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from zlib import crc32

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from ivr.speech.phonemes import phonemes
from tools.speech.clips import Clip
from tools.speech.pool import read_shard

#: Clips between two looks for shards that appeared, and among which like lengths are sought.
ROUND, BLOCK = 100_000, 6_000
#: The share of the device's free memory that frames may fill.
ROOM = 0.45
_BANDS = 80


class Ragged:
    """Rows of unequal length, one after the other in one tensor."""

    def __init__(self, kind: torch.dtype, device: str) -> None:
        self._waiting: list[np.ndarray] = []
        self.sizes = torch.zeros(0, dtype=torch.int64, device=device)
        self._values = torch.zeros(0, dtype=kind, device=device)

    def put(self, row: Sequence[float] | np.ndarray) -> None:
        self._waiting.append(np.asarray(row))

    def lay(self, count: int) -> None:
        """Make the first `count` rows ready for `take`."""
        fresh = count - len(self.sizes)
        if not fresh:
            return
        rows = self._waiting[:fresh]
        del self._waiting[:fresh]
        sizes = torch.tensor([len(row) for row in rows], device=self.sizes.device)
        values = torch.from_numpy(np.concatenate(rows)).to(self._values)
        self.sizes = torch.cat([self.sizes, sizes])
        self._values = torch.cat([self._values, values])
        self._first = self.sizes.cumsum(0) - self.sizes

    def take(self, rows: Tensor) -> Tensor:
        """These rows, as wide as the longest; what lies beyond a row's own end is anything."""
        width = int(self.sizes[rows].max())
        at = self._first[rows][:, None] + torch.arange(width, device=rows.device)
        return self._values[at.clamp_(max=max(0, len(self._values) - 1))]


class Shelf:
    """Clips with what a batch needs of each: its frames, its tokens and the second each begins, its
    phonemes, and some words that a hint could hold."""

    def __init__(
        self, tokenizer: Tokenizer, phoneme_names: list[str], words: list[str], device: str
    ) -> None:
        self.device, self.words = device, words
        self.tokens, self.said, self.hints = (Ragged(torch.int64, device) for _ in range(3))
        self.starts = Ragged(torch.float32, device)
        self.ends: list[float] = []
        self.lengths: list[int] = []
        self.count = self._full = 0
        self._tokenizer, self._chance = tokenizer, Random(len(words))
        self._phoneme = {name: at for at, name in enumerate(phoneme_names)}
        free = torch.cuda.mem_get_info()[0] if device == "cuda" else 16 * 2**30
        self.frames = torch.empty(
            (int(free * ROOM) // _BANDS, _BANDS), dtype=torch.uint8, device=device
        )

    def ids(self, text: str) -> list[int]:
        return self._tokenizer.encode(text, add_special_tokens=False).ids

    def put(self, clips: Iterable[Clip]) -> None:
        """Take in clips; those for which there is no room are left out."""
        clips = list(clips)
        whole = np.concatenate([clip.frames for clip in clips])
        if self._full + len(whole) > len(self.frames):
            return
        self.frames[self._full : self._full + len(whole)] = torch.from_numpy(whole).to(self.device)
        self._full += len(whole)
        for clip in clips:
            ids = self.ids(clip.text)
            timed = len(ids) == len(clip.starts)
            self.tokens.put(ids)
            self.starts.put(clip.starts if timed else [-1.0] * len(ids))
            self.said.put(
                [
                    self._phoneme[part]
                    for syllable in clip.syllables
                    for part in phonemes(syllable)
                    if part in self._phoneme
                ]
            )
            self.hints.put(self._hint(clip.text))
            self.ends.append(clip.end)
            self.lengths.append(len(clip.frames))
        self.count += len(clips)

    def _hint(self, text: str) -> list[int]:
        """Some words that are said, among others that are not."""
        chance = self._chance
        hinted = chance.sample(self.words, chance.randint(1, 12))
        if len(text) > 2 and chance.random() < 0.7:
            for _ in range(chance.randint(1, 3)):
                at = chance.randrange(len(text) - 1)
                hinted.append(text[at : at + chance.randint(2, 4)])
        chance.shuffle(hinted)
        return self.ids(" " + chance.choice((" ", "，", "、", "")).join(hinted))

    def lay(self) -> int:
        """Make everything taken in so far ready for batches, and return how many clips that is."""
        count = self.count
        for part in (self.tokens, self.starts, self.said, self.hints):
            part.lay(count)
        lengths = np.array(self.lengths[:count], np.int64)
        self.length = torch.from_numpy(lengths).to(self.device)
        self.first = torch.from_numpy(np.cumsum(lengths) - lengths).to(self.device)
        self.end = torch.tensor(self.ends[:count], device=self.device)
        return count

    def portions(self, frames: int, draw: np.random.Generator) -> Iterator[Tensor]:
        """Up to `ROUND` clips drawn anew, as row numbers in groups of like length that hold at most
        `frames` frames, in random order."""
        count = self.lay()
        lengths = np.array(self.lengths[:count])
        drawn = draw.permutation(count)[:ROUND]
        for start in range(0, len(drawn), BLOCK):
            block = drawn[start : start + BLOCK]
            block = block[np.argsort(lengths[block] + draw.uniform(0, 30, len(block)))]
            groups, at = [], 0
            while at < len(block):
                # The longest stands last: as many as would fit were all as long as it.
                size = max(1, int(frames // max(1, lengths[block[at]])))
                while size > 1 and size * lengths[block[at : at + size]].max() > frames:
                    size = int(size * 0.9)
                groups.append(block[at : at + size])
                at += size
            for group in draw.permutation(len(groups)):
                yield torch.from_numpy(groups[group]).to(self.device)

    def follow(self, folder: Path, part: int, parts: int) -> None:
        """Take in the shards of a pool that fall to `part`, one of `parts`, and go on doing so
        beside the caller as more appear. Returns when there is something to learn from."""
        known: set[Path] = set()

        def read() -> None:
            for path in sorted(folder.glob("*.jsonl")):
                if path not in known and crc32(path.name.encode()) % parts == part:
                    known.add(path)
                    self.put(read_shard(path))

        def watch() -> None:
            while True:
                time.sleep(2)
                read()

        read()
        while not self.count:
            time.sleep(1)
            read()
        threading.Thread(target=watch, daemon=True).start()
