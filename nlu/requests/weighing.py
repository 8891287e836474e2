"""A second opinion of a request: what thousands of other callers' lines make likely.

The rules know the catalogue, amounts and times; they take what holds a thing for an order. What a
whole sentence is about (nlu.requests.gist) and which stretch of it is wanted (nlu.sounds.network)
is told by lines that people wrote, which know nothing of the catalogue. Nothing is put into an
order that the rules did not find.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from nlu.contract import Clarify, Heard, Intent, Understood
from nlu.requests.gist import about
from nlu.sounds.network import read

#: A thing is not asked about that is wanted with less than this chance; chosen on lines that were
#: not taught (docs/nlu.md).
UNWANTED = 0.03
#: How much likelier another intent must be, a natural logarithm, where the rules found nothing but
#: chatter or something to ask about, and where they found more. Chosen on the same lines.
LIKELIER, PLAINLY = 1.0, 3.0


def weighed(
    understood: Understood, heard: Heard, likely: str, as_order: Callable[[], Understood]
) -> Understood:
    """What is understood of a request when both are heard: of the text as it was heard, and as it
    was `likely` said. `as_order` reads it as an order where the rules took it for none."""
    chances = about(likely)
    if chances and understood.intent in chances:
        intent = max(chances, key=lambda each: chances[each])
        found = understood.items or understood.intent not in ("order", "other")
        gain = chances[intent] - chances[understood.intent]
        if gain > (PLAINLY if found else LIKELIER):
            understood = _turned(understood, intent, as_order)
    return _less_what_is_told(understood, heard)


def _turned(
    understood: Understood, intent: Intent, as_order: Callable[[], Understood]
) -> Understood:
    if intent == "order":
        order = as_order()
        return order if order.intent == intent else understood
    if intent == "reorder":
        return replace(understood, intent=intent, also=(), clarify=(), window=as_order().window)
    if intent == "question":
        asked = [item.sku for item in understood.items]
        asked += [sku for row in understood.clarify for sku in row.options]
        return Understood(intent, about=tuple(dict.fromkeys((*understood.about, *asked))))
    return Understood(intent)


def _less_what_is_told(understood: Understood, heard: Heard) -> Understood:
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
