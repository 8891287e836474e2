"""What was read out and is named only to be refused or taken back: 不要两斤要一斤, 哎还是要吧."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from nlu.contract import DraftLine, Edit
from nlu.cues import FILLER
from nlu.marks.binding import Loose, Mention
from nlu.readback.consenting import SAID
from nlu.told.scene import Scene

_NOT = re.compile(
    "(?:[不别甭莫唔勿]|不用)(?:给我|给|要|来|拿|送|称|买|写)+$|用不着(?:要|来|买)?$"
)
_ADDED_BACK = re.compile(
    rf"(?:{FILLER}|算了|不对|等等|想起来了?|家里|屋里|我)*(?:有|还有|还剩).{{0,4}}?(?:不要了|不用了|不加了|别拿了|算了)"
)
_KEPT = re.compile(
    rf"(?:{FILLER}|不对|算了|想想)+(?:我)?(?:还是|就|都|照样)*(?:要(?=吧|的|着)|留(?:着|下)|送来|来吧)"
)


def without_refused(scene: Scene, draft: Sequence[DraftLine]) -> Scene:
    """The scene without the amounts that were read out and are refused, where one is asked for."""
    amounts = {line.quantity for line in draft}
    refused = [
        event for event in scene.events
        if isinstance(event, Loose) and event.amount.value in amounts
        and _NOT.search(scene.text, 0, event.start)
    ]
    others = [event for event in scene.events if event.amount and event not in refused]
    if not refused or not others:
        return scene
    return replace(scene, events=[event for event in scene.events if event not in refused])


def is_undone(scene: Scene, edits: Sequence[Edit]) -> bool:
    """苹果不要了哎还是要吧: the one change that was made is taken back at once."""
    last = scene.events[-1] if scene.events else None
    if len(edits) != 1 or not isinstance(last, Mention):
        return False
    if edits[0].op == "add":
        return _ADDED_BACK.search(scene.text, last.end) is not None
    if edits[0].op != "remove":
        return False
    kept = _KEPT.search(scene.text, last.end)
    return kept is not None and not SAID["off"].search(scene.text, kept.end())
