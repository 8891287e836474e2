"""A second opinion of an order: what the network (nlu.sounds.network) makes of what would be asked.

It has read thousands of callers' lines with what was wanted in them, and knows nothing of the
catalogue. It puts no line into an order and takes none out: what is only told of, it is sure, is
not asked about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from nlu.contract import Clarify, Heard, Understood
from nlu.sounds.network import read

#: A thing is not asked about that is wanted with less than this chance; chosen on lines that were
#: not taught (docs/nlu.md).
UNWANTED = 0.1


def weighed(understood: Understood, heard: Heard) -> Understood:
    """The same without questions about what is only told of, unless nothing were left."""
    reading = read(heard.text) if understood.intent == "order" and understood.clarify else None
    if reading is None:
        return understood
    wanted = dict(zip(reading.places, reading.wanted.tolist(), strict=True))
    asked = tuple(row for row in understood.clarify if not _is_told(row, heard.text, wanted))
    return replace(understood, clarify=asked) if understood.items or asked else understood


def _is_told(row: Clarify, text: str, wanted: Mapping[int, float]) -> bool:
    start = text.find(row.heard) if row.heard and row.about != "time" else -1
    places = range(start, start + len(row.heard))
    return start >= 0 and max(wanted.get(at, 0.0) for at in places) < UNWANTED
