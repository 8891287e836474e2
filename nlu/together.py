"""苹果跟梨都少来一斤: at the read-back, what is said of the last is said of all named with it."""

from __future__ import annotations

from itertools import pairwise

from nlu.binding import Mention
from nlu.orderlines import Line, Lines
from nlu.refusals import ALL_OF_THEM, WITH
from nlu.scene import Scene


def all_together(scene: Scene, lines: Lines) -> None:
    """The same amount, more, less or in all, for every drafted line of such a row."""
    named = [event for event in scene.events if isinstance(event, Mention)]
    for one, next_one in reversed(list(pairwise(named))):
        joined = WITH.fullmatch(scene.text, one.named[1], next_one.named[0])
        if not joined or not ALL_OF_THEM.match(scene.text, next_one.named[1]):
            continue
        mine, other = _drafted(lines, one), _drafted(lines, next_one)
        if mine and other and mine.mode == "kept" != other.mode and other.amounts:
            lines.say(mine, [*other.amounts], other.mode)


def _drafted(lines: Lines, mention: Mention) -> Line | None:
    skus = set(mention.sense.skus)
    return next((line for line in lines.lines if line.base and line.base.sku in skus), None)
