"""Lines that are wished for become an order: things and amounts, its time, and what is asked."""

from __future__ import annotations

from dataclasses import replace

from nlu.contract import Clarify, Item, Understood, Window
from nlu.marks.orderlines import Lines
from nlu.times.spread import apart, is_garbled, twice
from nlu.times.windows import WishedTime
from nlu.told.scene import Scene
from nlu.vocabulary import Vocabulary
from nlu.wishes.lines import settle, when


def ordered(scene: Scene, lines: Lines, vocabulary: Vocabulary, complaint: bool) -> Understood:
    """An order of these lines: what is settled, for when, and what must be asked."""
    items: list[Item] = []
    asked: list[Clarify] = []
    for line in sorted(lines.lines, key=lambda entry: entry.start):
        settled = settle(line, scene.said, vocabulary, len(asked) + 1)
        if isinstance(settled, Clarify):
            asked.append(settled)
        elif settled.sku not in {item.sku for item in items}:
            items.append(settled)
    window: Window | None = None
    split = apart(items, scene.said, scene.wished)
    if split:
        items = split
    elif len(items) == 1 and twice(
        scene.said, scene.wished, vocabulary.products[items[0].sku].is_service
    ):
        asked.append(when(_heard(scene, scene.wished[-1])))
    elif scene.wished:
        window = None if is_garbled(scene.said, scene.wished) else scene.wished[-1].window
        if window is None:
            asked.append(when(_heard(scene, scene.wished[-1])))
    elif any(vocabulary.products[item.sku].is_service for item in items):
        asked.append(when(""))
    also = ("complaint",) if complaint else ()
    numbered = tuple(replace(row, id=f"q{n}") for n, row in enumerate(asked, 1))
    return Understood("order", tuple(items), window, also, clarify=numbered)


def _heard(scene: Scene, time: WishedTime) -> str:
    start, end = scene.said.span(time.start, time.end)
    return scene.said.heard[start:end]
