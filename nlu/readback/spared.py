"""One of the lines read out is not needed, as its reason tells (葱隔壁给了一把), or is doubled."""

from __future__ import annotations

import re
from decimal import Decimal

from nlu.contract import Edit, Heard, Understood
from nlu.marks.binding import Loose, Mention
from nlu.patterns import patterns
from nlu.readback.consenting import plainly, yes_or_no
from nlu.told.scene import Scene

_SAID = patterns("spared.tsv")
_GOT = re.compile("[给送买拿带寄有剩种存搁放](?:了|来|着|过)*$")
_TWICE = Decimal(2)


def spared(heard: Heard, scene: Scene) -> Understood | None:
    """The change that is told so of the one line that is spoken of; nothing else was made of it."""
    named = [
        event for event in scene.events
        if isinstance(event, Mention) and any(r.sku in event.sense.skus for r in heard.draft)
    ]
    lines = [line for line in heard.draft if any(line.sku in e.sense.skus for e in named)]
    if len(lines) != 1 or len(heard.draft) < 2 or len(named) > 2:
        return None
    text, line = scene.text, lines[0]
    rest = text[named[0].named[1] :]
    if _SAID["doubled"].search(rest) and not _SAID["all"].search(text):
        return Understood("change", edits=(Edit("set", line.sku, line.quantity * _TWICE),))
    rest = _SAID["others"].sub("", rest)
    heard_alone = _SAID["others"].sub("", scene.said.heard)
    agrees = yes_or_no(plainly(heard_alone)).intent == "yes"
    others = [
        e for e in scene.events
        if isinstance(e, Loose) and e.start >= named[0].end and not _GOT.search(text, 0, e.start)
    ]
    if any(event.amount.value != line.quantity for event in others):
        return None  # 苹果我咬不动一斤意思意思
    if agrees or _SAID["wished"].search(rest) or any(
        isinstance(event, Mention) and event not in named for event in scene.events
    ):
        return None
    if _SAID["not needed"].search(rest):
        return Understood("change", edits=(Edit("remove", line.sku),))
    return None
