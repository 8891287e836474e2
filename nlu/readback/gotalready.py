"""What was read out and has been got elsewhere since: 盐隔壁还回来了那一袋就别送了."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nlu.amounts.measures import amount_said
from nlu.contract import DraftLine
from nlu.marks.binding import Mention
from nlu.marks.orderlines import Lines
from nlu.told.scene import Scene

_GOT = re.compile(
    "[送买拿捎带扛还拎抢寄提找翻摸借][^，]{0,6}(?:来|到|着|了)|还有|有[一两]|没拆|没开|剩|给了"
)
_THAT_ONE_GOES = re.compile(
    "那(?:[一两二三四五六七八九十半]*[斤个袋瓶盒箱桶条块包提板只罐把])[^，一两二三四五六七八九十半要来]{0,3}?"
    "(?:就|也|都|先|可以|给我|你们?|我)*"
    "(?:(?:别|不用|不要|甭|莫|不消|用不着|唔使|勿要)(?:再)?(?:给我)?(?:送|拿|要|买|带|来)?(?:了|啦|吧|$)|"
    "免了|算了|退了|退掉|去掉|取消|划了|划掉)"
)


@dataclass(frozen=True)
class Gone:
    """A line of the draft that is not to come, and where that is told."""

    sku: str
    start: int
    end: int


def got_already(scene: Scene, draft: Sequence[DraftLine]) -> list[Gone]:
    return list(_gone(scene, draft))


def _gone(scene: Scene, draft: Sequence[DraftLine]) -> Iterator[Gone]:
    named = [event for event in scene.events if isinstance(event, Mention)]
    read_out = [
        (event, line) for event in named for line in draft if line.sku in event.sense.skus
    ]
    for found in _THAT_ONE_GOES.finditer(scene.text):
        before = [pair for pair in read_out if pair[0].named[0] < found.start()]
        if not before:
            continue
        event, line = before[-1]
        amount = amount_said(scene.text, found.start() + 1)
        if not _GOT.search(scene.text, event.named[1], found.start()):
            continue
        if amount is None and line.quantity != 1 or amount and amount.value != line.quantity:
            continue
        yield Gone(line.sku, event.start, found.end())


def without(scene: Scene, gone: Sequence[Gone]) -> Scene:
    """The scene without what is told of those lines."""
    events = [
        event for event in scene.events
        if not any(each.start <= event.start < each.end for each in gone)
    ]
    return replace(scene, events=events)


def drop(lines: Lines, gone: Sequence[Gone]) -> None:
    skus = {each.sku for each in gone}
    for line in [line for line in lines.lines if line.base and line.base.sku in skus]:
        lines.remove(line)
