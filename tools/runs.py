"""Which characters follow which: counted, made chances of, and written as
nlu/sounds/sequences.py reads them.

Format: single characters with their costs; then, for runs of two, three and four, a line for each
beginning, with what falling back from it costs, and its followers with their costs. A cost is one
character, 33 and up, in steps of 0.15 of a natural logarithm.
"""

from __future__ import annotations

import gzip
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import jieba

EDGE = "^"
LONGEST = 4
# The seldom run is no evidence: by length, what it must count.
LEAST = {1: 0.0, 2: 0.3, 3: 0.5, 4: 0.7}
# Taken off each count and given to what was never met; of a small one a share is left.
DISCOUNT, LEFT = 0.75, 0.3
_WORD = re.compile(r"[\u4e00-\u9fff]{1,4}")
_NAMES = ("nr", "ns", "nt", "nz")
# Whether a run is worth its place: by its length, how often it was met, and how much likelier it
# makes its last character than the shorter run in it does (a natural logarithm).
Tells = Callable[[int, float, float], bool]


class Counts:
    """Runs of one to four characters, counted."""

    def __init__(self) -> None:
        self.of = {length: Counter[str]() for length in range(1, LONGEST + 1)}

    def sentence(self, text: str, weight: float) -> None:
        padded = EDGE * (LONGEST - 1) + text + EDGE
        for end in range(LONGEST, len(padded) + 1):
            for length in self.of:
                self.of[length][padded[end - length : end]] += weight

    def word(self, text: str, weight: float) -> None:
        """A word, of whose neighbours nothing is known."""
        for end in range(1, len(text) + 1):
            for length in range(1, min(LONGEST, end) + 1):
                self.of[length][text[end - length : end]] += weight

    def dictionary(self, weight: float) -> None:
        """The words of jieba's dictionary, by how often they were met there."""
        for text, met in dictionary():
            if len(text) == 1:
                self.of[1][text] += weight * met
            else:
                self.word(text, weight * met)


def dictionary() -> Iterator[tuple[str, float]]:
    for line in (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines():
        word, times, kind = line.split(" ")[:3]
        met = int(times)
        if not _WORD.fullmatch(word) or kind.startswith(_NAMES) and met < 400:
            continue
        if len(word) == 1 and met >= 20:
            yield word, met**0.6
        elif len(word) > 1 and met >= 12:
            yield word, 0.5 * min(met, 3000) ** 0.5


class Chances:
    """How likely each character is after each run, shorter runs standing in for longer ones."""

    def __init__(self, counts: Counts, tells: Tells) -> None:
        self._tells = tells
        total = sum(counts.of[1].values())
        self.of: dict[int, dict[str, float]] = {
            1: {char: (n + 0.3) / (total + 1800) for char, n in counts.of[1].items()}
        }
        self.falling: dict[str, float] = {}
        for length in range(2, LONGEST + 1):
            self._add(length, counts)

    def after(self, run: str, char: str) -> float:
        fallen = 1.0
        while True:
            chance = self.of[len(run) + 1].get(run + char)
            if chance is not None:
                return fallen * chance
            if not run:
                return 1e-6
            fallen *= self.falling.get(run, 1.0)
            run = run[1:]

    def _add(self, length: int, counts: Counts) -> None:
        followers: dict[str, dict[str, float]] = defaultdict(dict)
        for run, times in counts.of[length].items():
            if times >= LEAST[length]:
                followers[run[:-1]][run[-1]] = times
        chances = self.of[length] = {}
        for run, found in followers.items():
            total = max(sum(found.values()), counts.of[length - 1].get(run, 0))
            shares = {c: max(n - DISCOUNT, LEFT * n) / total for c, n in found.items()}
            rest = max(1 - sum(shares.values()), 1e-3)
            for char, share in shares.items():
                shorter = rest * self.after(run[1:], char)
                if self._tells(length, found[char], math.log((share + shorter) / shorter)):
                    chances[run + char] = min(1.0, share + shorter)
            self.falling[run] = rest


def _level(chance: float) -> str:
    return chr(33 + min(93, max(0, round(-math.log(chance) / 0.15))))


def _written(chances: Chances) -> str:
    sections = ["".join(char + _level(chance) for char, chance in sorted(chances.of[1].items()))]
    for length in range(2, LONGEST + 1):
        rows: dict[str, list[str]] = defaultdict(list)
        for run, chance in sorted(chances.of[length].items()):
            rows[run[:-1]].append(run[-1] + _level(chance))
        falling = chances.falling
        sections.append(
            "\n".join(run + _level(falling[run]) + "".join(row) for run, row in rows.items())
        )
    return "\n\n".join(sections)


def write(chances: Chances, out: Path) -> str:
    """Write the table, and say how large it is. The same chances give the same file."""
    with gzip.GzipFile(out, "wb", compresslevel=9, mtime=0) as file:
        file.write(_written(chances).encode())
    runs = [len(found) for found in chances.of.values()]
    return f"{runs} runs, {out.stat().st_size} bytes\n"
