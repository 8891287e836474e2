"""From a line of an order to the second at which it was said."""

from orders.order import Order, OrderLine
from orders.recordings import Recording

BEFORE = 0.3
"""Seconds before a word at which playing begins, so that its first sound is heard."""


def said_at(line: OrderLine, recording: Recording | None) -> float | None:
    """Seconds into the recording at which a line was said; None where that is not known.

    The evidence of a line has the span of its characters in the text; the transcript has the time
    of each word.
    """
    span = (line.evidence or {}).get("span")
    words = (recording.transcript or {}).get("words") if recording else None
    if not span or not words:
        return None
    place = 0
    for word in words:
        place += len(word["text"])
        if place > span[0]:
            return max(0.0, round(float(word["start"]) - BEFORE, 1))
    return None


def first_word(order: Order, recording: Recording | None) -> float | None:
    """Where the first line of an order was said."""
    moments = [said_at(line, recording) for line in order.lines]
    known = [moment for moment in moments if moment is not None]
    return min(known) if known else None
