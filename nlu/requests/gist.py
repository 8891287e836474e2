"""A second opinion of an order: what the network (nlu.sounds.network) makes of what would be asked.

It has read thousands of callers' lines with what was wanted in them, and knows nothing of the
catalogue. It puts no line into an order and takes none out: what is only told of, it is sure, is
not asked about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nlu.contract import Clarify, Heard, Understood
from nlu.sounds.ear import LONGEST
from nlu.sounds.network import read

#: A thing is not asked about that is wanted with less than this chance; chosen on lines that were
#: not taught (docs/nlu.md).
UNWANTED = 0.1


def weighed(understood: Understood, heard: Heard) -> Understood:
    """What is understood of a request where the network's opinion is heard too."""
    text = heard.text
    places = [at for at, char in enumerate(text) if char.isalnum()]
    if understood.intent != "order" or not 0 < len(places) <= LONGEST:
        return understood
    reading = read("".join(text[at] for at in places))
    wanted = [0.0] * len(text)
    for at, chance in zip(places, reading.wanted.tolist(), strict=True):
        wanted[at] = chance
    return _less_the_unwanted(understood, text, wanted)


def _less_the_unwanted(
    understood: Understood, text: str, wanted: Sequence[float]
) -> Understood:
    """The same without questions about what is only told of, unless nothing were left."""
    asked = tuple(row for row in understood.clarify if not _is_told(row, text, wanted))
    return replace(understood, clarify=asked) if understood.items or asked else understood


def _is_told(row: Clarify, text: str, wanted: Sequence[float]) -> bool:
    start = text.find(row.heard) if row.heard and row.about != "time" else -1
    return start >= 0 and max(wanted[start : start + len(row.heard)]) < UNWANTED
