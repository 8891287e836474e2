"""The table by which the demo model's readings are weighed by how callers talk
(ivr/speech/talk.py): which characters follow which, counted over all that the voices say."""

from pathlib import Path

from tools import runs
from tools.runs import Chances, Counts
from tools.speech.source import Source
from tools.talk_sequences import FILLINGS, VARIANTS, filled, talk, writer
from tools.talk_variants import Variants

# How much each kind of text counts: a line, all its variants, an order or trouble drawn, a span of
# a line with other goods in it, a line with slots, a dictionary's word.
SAID, VARIED, ORDERED, SPANNED, FILLED, WORD = 2.0, 2.0, 0.7, 0.2, 5.0, 0.25
ORDERS, TROUBLES, SPANS = 40_000, 6_000, 60_000
# A run of three or four is kept if, over all the times that it was met, it tells this much (a
# natural logarithm) more than the shorter run in it: a table half as large hears as well.
TELLING = 2.5


def count(source: Source, known: set[str]) -> Counts:
    """All that is said, but for what is `known`: the sentences of the test set."""
    counts, drawn = Counts(), writer(source)
    variants = Variants(drawn, 3)

    def said(text: str, weight: float) -> None:
        if text not in known:
            counts.sentence(text, weight)

    for line in (*source.lines, *talk(slotted=False)):
        said(line, SAID)
    for words in source.cut:
        for _ in range(VARIANTS):
            said(variants.of(words), VARIED / VARIANTS)
    for kind, times, weight in (
        (drawn.order, ORDERS, ORDERED),
        (drawn.trouble, TROUBLES, ORDERED),
        (drawn.said_before, SPANS, SPANNED),
    ):
        for _ in range(times):
            said("".join(kind()), weight)
    for line in filled(drawn):
        said(line, FILLED / FILLINGS)
    counts.dictionary(WORD)
    return counts


def tells(length: int, times: float, more: float) -> bool:
    """See `TELLING`."""
    return length < 3 or times * more >= TELLING


def write(source: Source, known: set[str], out: Path) -> str:
    """Write the table, and say how large it is."""
    return runs.write(Chances(count(source, known), tells), out)
