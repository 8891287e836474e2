"""A caller who says again what was read out: 两斤就两斤吧, 鸡蛋三斤盐两袋对吧."""

from __future__ import annotations

import re

from nlu.binding import Event, Loose, Mention
from nlu.contract import Heard
from nlu.cues import FILLER
from nlu.scene import Scene

_AGREES = re.compile(
    rf"(?:{FILLER}|就|对|是|的|嗯|行|好|那|也|可以|成|中|这么(?:多|些)|这些|没错|都|和|跟|还有)*"
)
_LETS_PASS = re.compile("对|行|好|可以|成|中|没错")


def echoes(heard: Heard, scene: Scene) -> bool:
    """Whether nothing but what was read out was said, and it was let pass."""
    if not scene.events or not all(_was_read_out(event, heard) for event in scene.events):
        return False
    taken = {at for event in scene.events for at in range(event.start, event.end)}
    rest = "".join(char for at, char in enumerate(scene.text) if at not in taken)
    return _AGREES.fullmatch(rest) is not None and (
        any(event.amount for event in scene.events) or _LETS_PASS.search(rest) is not None
    )


def _was_read_out(event: Event, heard: Heard) -> bool:
    amount = event.amount
    if isinstance(event, Mention) and amount is None:
        return any(line.sku in event.sense.skus for line in heard.draft)
    if amount is None or amount.value is None:
        return False
    if isinstance(event, Mention) and not _AGREES.fullmatch(event.link):
        return False
    lines = [line for line in heard.draft if line.quantity == amount.value]
    return any(isinstance(event, Loose) or line.sku in event.sense.skus for line in lines)
