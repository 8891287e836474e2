"""What would you like? From an utterance to an order, a question or another wish."""

from __future__ import annotations

import re
from dataclasses import replace

from nlu import intents
from nlu.binding import bind
from nlu.contract import Clarify, Heard, Item, Understood
from nlu.emergency import is_emergency
from nlu.lines import settle, when
from nlu.reading import marks
from nlu.services import services
from nlu.vocabulary import Vocabulary
from nlu.windows import WishedTime, wished_times
from nlu.wishes import Line, Lines, read_wishes


def read_request(heard: Heard, text: str, vocabulary: Vocabulary) -> Understood:
    """Steps: danger, a person, then wishes; what is left over is a question or chatter."""
    if is_emergency(text):
        return Understood("emergency")
    if intents.is_agent(text):
        return Understood("agent")
    wished, phrases = wished_times(text, heard.now)
    blocked = frozenset(at for phrase in phrases for at in range(phrase.start, phrase.end))
    masked = "".join("T" if at in blocked else char for at, char in enumerate(text))
    found_services = [s for s in services(text, vocabulary) if not _is_told(text, s.start, s.end)]
    taken = blocked | {at for s in found_services if s.plain for at in range(s.start, s.end)}
    events = bind(masked, marks(text, vocabulary, frozenset(taken)), vocabulary)
    lines = read_wishes(masked, events, vocabulary)
    if intents.CANCEL.search(text) and not lines.lines:
        return Understood("cancel_order")
    if intents.STATUS.search(text):
        return Understood("order_status")
    if intents.REORDER.search(text) and not lines.lines:
        return Understood("reorder")
    service_lines = [
        Line(s.sense, [], None, s.start, s.end, (s.start, s.end), service=True) for s in found_services
    ]
    complaint = intents.is_complaint(text)
    if lines.lines or (service_lines and not _only_grievance(text, complaint)):
        return _order(heard, text, lines, service_lines, wished, vocabulary, complaint)
    if complaint:
        return Understood("complaint")
    if intents.CANCEL.search(text):
        return Understood("cancel_order")
    if intents.QUESTION.search(text):
        about = [e.sense.skus for e in events if hasattr(e, "sense")]
        return Understood("question", about=tuple(sku for skus in about for sku in skus))
    return Understood("other")


def _only_grievance(text: str, complaint: bool) -> bool:
    return complaint and not re.search("这回|换个|再来|来个人|明天|再派", text)


def _is_told(text: str, start: int, end: int) -> bool:
    """Whether the service said is part of a story: done already, or somebody else's."""
    before = text[max(0, start - 8) : start]
    after = text[end : end + 6]
    return bool(
        re.search(r"(?:昨天|昨儿|前天|上回|上次|刚|刚才)[^，。]{0,6}$", before)
        or re.match(r"(?:回来|完了|过了|的时候|了三天)", after)
    )


def _order(
    heard: Heard, text: str, lines: Lines, service_lines: list[Line],
    wished: list[WishedTime], vocabulary: Vocabulary, complaint: bool,
) -> Understood:
    items: list[Item] = []
    asked: list[Clarify] = []
    seen: set[str] = set()
    for line in sorted([*lines.lines, *service_lines], key=lambda entry: entry.start):
        settled = settle(line, heard.text[line.start : line.end], vocabulary, len(asked) + 1)
        if isinstance(settled, Clarify):
            asked.append(settled)
        elif settled.sku not in seen:
            seen.add(settled.sku)
            items.append(settled)
    has_service = any(vocabulary.products[item.sku].is_service for item in items)
    window = None
    if wished:
        window = wished[-1].window
        if window is None:
            asked.append(when(len(asked) + 1, text[wished[-1].phrase.start : wished[-1].phrase.end]))
    elif has_service:
        asked.append(when(len(asked) + 1, ""))
    also = ("complaint",) if complaint else ()
    numbered = tuple(replace(row, id=f"q{n}") for n, row in enumerate(asked, 1))
    return Understood("order", tuple(items), window, also, clarify=numbered)
