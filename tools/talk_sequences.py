"""Write nlu/data/sequences.txt.gz: which characters follow which when people order by telephone.

Counted over the development utterances of tests/nlu/data (neither the kept ones nor those of the
contract, and none that a bad line hit), the same with other days, amounts and goods in them
(talk_variants.py), orders drawn at random from the vocabulary (tools/speech/text.py), talk of old
people written for this (talk.txt, with the slots of tools/speech/data/everyday.txt) and the words
of a dictionary (jieba 0.42.1, MIT). The same files give the same table (runs.py). Run from the
repository's root, jieba installed: `python -m tools.talk_sequences`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jieba

from tools import runs
from tools.runs import Chances, Counts
from tools.speech.corpora import KEPT
from tools.speech.source import Source, han
from tools.speech.text import Writer
from tools.talk_variants import Variants

DATA = Path("nlu/data")
UTTERANCES = Path("tests/nlu/data")
# The contract's own lines, and those that tell how lines never read fare.
LEFT_OUT = frozenset({
    "dev", "fresh_north_2", "fresh_south_2", "fresh_goods_3", "fresh_goods_4",
    "fresh_services_3", "fresh_services_4", "fresh_confirm_2", "fresh_confirm_3",
})
# How much each kind of text counts: a line, all its variants, a sentence drawn, a word.
SAID, VARIED, ORDERED, TALK, FILLED, WORD, TALK_WORD = 2.0, 2.0, 0.1, 2.0, 1.0, 0.25, 2.0
VARIANTS, ORDERS, TROUBLES, FILLINGS = 8, 40_000, 6_000, 20
# A run of four that tells no more than the run of three in it is left out.
TELLING = 0.5

def rows() -> Iterator[dict[str, Any]]:
    """The utterances in view, but those that noise has hit."""
    for path in sorted(UTTERANCES.glob("*.jsonl")):
        if not path.stem.startswith(KEPT) and path.stem not in LEFT_OUT:
            found = map(json.loads, path.read_text(encoding="utf-8").splitlines())
            yield from (row for row in found if not row.get("noisy"))


def said() -> list[str]:
    return [row["text"] for row in rows()]


def writer(source: Source) -> Writer:
    """One that says goods where practice would have any word."""
    drawn = Writer(source, 7, practice=False)
    drawn.word = drawn.goods  # type: ignore[method-assign]
    return drawn


def talk(slotted: bool) -> list[str]:
    """The lines of talk.txt with slots for goods, amounts and times, or those without."""
    lines = Path("tools/talk.txt").read_text(encoding="utf-8").split()
    return [line for line in lines if ("{" in line) == slotted]


def filled(drawn: Writer) -> Iterator[str]:
    """Every line with slots a number of times, each time with something else in them."""
    for lines in (talk(slotted=True), drawn.source.everyday):
        drawn.source.everyday = lines
        for _ in range(FILLINGS * len(lines)):
            yield "".join(drawn.everyday_line())


def count() -> Counts:
    counts, lines = Counts(), said()
    for line in lines:
        counts.sentence(line, SAID)
    source = Source(Path("orders/data/catalogue.csv"), [])
    source.lines = [han(line) for line in lines]
    source.cut = [list(jieba.cut(line)) for line in source.lines]
    drawn = writer(source)
    variants = Variants(drawn, 3)
    for words in drawn.source.cut:
        for _ in range(VARIANTS):
            counts.sentence(variants.of(words), VARIED / VARIANTS)
    for kind, times in ((drawn.order, ORDERS), (drawn.trouble, TROUBLES)):
        for _ in range(times):
            counts.sentence("".join(kind()), ORDERED)
    for line in talk(slotted=False):
        counts.sentence(line, TALK)
    for line in filled(drawn):
        counts.sentence(line, FILLED / FILLINGS)
    counts.dictionary(WORD)
    for line in (DATA / "talk.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            for word in line.split()[1:]:
                counts.word(word, TALK_WORD)
    return counts


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=DATA / "sequences.txt.gz")
    args = parser.parse_args()
    chances = Chances(count(), lambda length, _, more: length < runs.LONGEST or more >= TELLING)
    sys.stdout.write(runs.write(chances, args.out))
    return 0


if __name__ == "__main__":
    sys.exit(main())
