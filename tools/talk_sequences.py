"""Write nlu/data/sequences.txt.gz: which characters follow which when people order by telephone.

Counted over the development utterances of tests/nlu/data (neither the kept ones nor those of the
contract, and none that a bad line hit), the same with other days, amounts and goods in them
(talk_variants.py), orders drawn at random from the vocabulary (tools/speech/text.py), talk of old
people written for this (talk.txt, with the slots of tools/speech/data/everyday.txt) and the words
of a dictionary (jieba 0.42.1, MIT). The same files give the same table. Run from the repository's
root, jieba installed: `python -m tools.talk_sequences`.

Format: single characters with their costs; then, for runs of two, three and four, a line for each
beginning, with what falling back from it costs, and its followers with their costs. A cost is one
character, 33 and up, in steps of 0.15 of a natural logarithm.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import jieba

from tools.speech.source import Source, han
from tools.speech.text import Writer
from tools.talk_variants import Variants

DATA = Path("nlu/data")
UTTERANCES = Path("tests/nlu/data")
# The contract's own lines, and those that tell how lines never read fare.
LEFT_OUT = frozenset({
    "kept", "kept_2", "kept_3", "kept_4", "kept_5", "dev", "fresh_north_2", "fresh_south_2",
    "fresh_goods_3", "fresh_goods_4",
    "fresh_services_3", "fresh_services_4", "fresh_confirm_2", "fresh_confirm_3",
})
EDGE = "^"
LONGEST = 4
# How much each kind of text counts: a line, all its variants, a sentence drawn, a word.
SAID, VARIED, ORDERED, TALK, FILLED, WORD, TALK_WORD = 2.0, 2.0, 0.1, 2.0, 1.0, 0.25, 2.0
VARIANTS, ORDERS, TROUBLES, FILLINGS = 8, 40_000, 6_000, 20
# The seldom run is no evidence: by length, what it must count.
LEAST = {1: 0.0, 2: 0.3, 3: 0.5, 4: 0.7}
# Taken off each count and given to what was never met; of a small one a share is left.
DISCOUNT, LEFT = 0.75, 0.3
# A run of four that tells no more than the run of three in it is left out.
TELLING = 0.5
_WORD = re.compile(r"[\u4e00-\u9fff]{1,4}")
_NAMES = ("nr", "ns", "nt", "nz")


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


def said() -> list[str]:
    found = []
    for path in sorted(UTTERANCES.glob("*.jsonl")):
        if path.stem not in LEFT_OUT:
            rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
            found += [row["text"] for row in rows if not row.get("noisy")]
    return found


def writer(lines: list[str]) -> Writer:
    """One that says goods where practice would have any word."""
    source = Source(Path("orders/data/catalogue.csv"), [])
    source.lines = [han(line) for line in lines]
    source.cut = [list(jieba.cut(line)) for line in source.lines]
    drawn = Writer(source, 7, practice=False)
    drawn.word = drawn.goods  # type: ignore[method-assign]
    return drawn


def count() -> Counts:
    counts, lines = Counts(), said()
    for line in lines:
        counts.sentence(line, SAID)
    drawn = writer(lines)
    variants = Variants(drawn, 3)
    for words in drawn.source.cut:
        for _ in range(VARIANTS):
            counts.sentence(variants.of(words), VARIED / VARIANTS)
    for kind, times in ((drawn.order, ORDERS), (drawn.trouble, TROUBLES)):
        for _ in range(times):
            counts.sentence("".join(kind()), ORDERED)
    talk = Path("tools/talk.txt").read_text(encoding="utf-8").split()
    for line in talk:
        if "{" not in line:
            counts.sentence(line, TALK)
    slotted = [line for line in talk if "{" in line]
    for filled in (slotted, drawn.source.everyday):
        drawn.source.everyday = filled
        for _ in range(FILLINGS * len(filled)):
            counts.sentence("".join(drawn.everyday_line()), FILLED / FILLINGS)
    for word, weight in dictionary():
        if len(word) == 1:
            counts.of[1][word] += WORD * weight
        else:
            counts.word(word, WORD * weight)
    for line in (DATA / "talk.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            for word in line.split()[1:]:
                counts.word(word, TALK_WORD)
    return counts


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

    def __init__(self, counts: Counts) -> None:
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
                if length < LONGEST or math.log((share + shorter) / shorter) >= TELLING:
                    chances[run + char] = min(1.0, share + shorter)
            self.falling[run] = rest


def level(chance: float) -> str:
    return chr(33 + min(93, max(0, round(-math.log(chance) / 0.15))))


def written(chances: Chances) -> str:
    sections = ["".join(char + level(chance) for char, chance in sorted(chances.of[1].items()))]
    for length in range(2, LONGEST + 1):
        rows: dict[str, list[str]] = defaultdict(list)
        for run, chance in sorted(chances.of[length].items()):
            rows[run[:-1]].append(run[-1] + level(chance))
        falling = chances.falling
        sections.append(
            "\n".join(run + level(falling[run]) + "".join(row) for run, row in rows.items())
        )
    return "\n\n".join(sections)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=DATA / "sequences.txt.gz")
    args = parser.parse_args()
    chances = Chances(count())
    with gzip.GzipFile(args.out, "wb", compresslevel=9, mtime=0) as file:
        file.write(written(chances).encode())
    runs = [len(found) for found in chances.of.values()]
    sys.stdout.write(f"{runs} runs, {args.out.stat().st_size} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
