"""Which characters follow which in talk of this kind: what each costs after the three before it.

A table holds runs of one to four characters (tools/runs.py), the longest known run deciding. Costs
are natural logarithms of a chance, negated. The parser's own is data/sequences.txt.gz, written by
tools/talk_sequences.py. Of half a million runs a sentence asks for a few hundred, so a line is read
when it is asked for.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from functools import lru_cache
from importlib.resources import files

EDGE = "^"
_STEP = 0.15
_FIRST_LEVEL = 33
_LEVEL = {chr(_FIRST_LEVEL + at): at * _STEP for at in range(94)}
_UNKNOWN = 14.0
_NO_COSTS: dict[str, float] = {}
# What falling back to each length of run costs, with the costs after a run of that length.
Levels = tuple[tuple[float, dict[str, float]], ...]


class Sequences:
    """The table; built once. `characters` are all that it knows."""

    def __init__(self, packed: bytes) -> None:
        single, *longer = gzip.decompress(packed).decode().split("\n\n")
        self._single = _costs(single)
        self.characters = tuple(self._single)
        self._lines: dict[str, str] = {}
        self._leaders: dict[str, dict[str, float]] = defaultdict(dict)
        for size, section in enumerate(longer, 1):
            self._lines.update([(line[:size], line[size:]) for line in section.split("\n")])
        for line in longer[0].split("\n"):
            for char, cost in zip(line[2::2], line[3::2], strict=True):
                self._leaders[char][line[0]] = _LEVEL[cost]

    def line(self, before: str) -> tuple[float, dict[str, float]]:
        """What falling back from this run costs, and what may follow it, each with its cost."""
        if not before:
            return 0.0, self._single
        packed = self._lines.get(before)
        return (_LEVEL[packed[0]], _costs(packed[1:])) if packed else (0.0, _NO_COSTS)

    def leaders(self, char: str) -> dict[str, float]:
        """The characters ever met right before this one, each with what this one costs then."""
        return self._leaders.get(char, _NO_COSTS)

    def followers(self, run: str) -> dict[str, float]:
        """The characters ever met right after a run of at most three, each with its cost."""
        return _line(self, run)[1]

    def is_known(self, run: str, most: float = 99.0) -> bool:
        """Whether this run of at most four characters was met, its last at `most` at that cost."""
        return _line(self, run[:-1])[1].get(run[-1], 100.0) <= most

    def levels(self, before: str) -> Levels:
        """What any character costs after `before`, its last three characters: see `cost_in`."""
        return _levels(self, before)

    def cost(self, before: str, char: str) -> float:
        """What `char` costs after `before`, its last three characters."""
        return cost_in(_levels(self, before), char)

    def surprisal(self, text: str) -> float:
        """How unlike this talk a text is: the natural logarithm of its chance, negated."""
        said = f"{EDGE}{text}{EDGE}"
        return sum(self.cost(said[max(0, at - 3) : at], said[at]) for at in range(1, len(said)))


def cost_in(levels: Levels, char: str) -> float:
    """The cost after the longest run that is known; the last level has no costs of its own."""
    for spent, costs in levels:
        found = costs.get(char)
        if found is not None:
            return spent + found
    return levels[-1][0] + _UNKNOWN


@lru_cache(maxsize=20_000)
def _line(table: Sequences, before: str) -> tuple[float, dict[str, float]]:
    return table.line(before)


@lru_cache(maxsize=20_000)
def _levels(table: Sequences, before: str) -> Levels:
    found: list[tuple[float, dict[str, float]]] = []
    spent = 0.0
    for start in range(len(before) + 1):
        falling, costs = _line(table, before[start:])
        if costs:
            found.append((spent, costs))
        spent += falling
    return *found, (spent, _NO_COSTS)


def _costs(packed: str) -> dict[str, float]:
    return {char: _LEVEL[cost] for char, cost in zip(packed[::2], packed[1::2], strict=True)}


@lru_cache(maxsize=1)
def sequences() -> Sequences:
    """The parser's own table; one in a process."""
    return Sequences((files("nlu") / "data" / "sequences.txt.gz").read_bytes())
