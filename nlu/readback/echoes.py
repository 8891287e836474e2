"""A caller who says again what was read out: 两斤就两斤吧, 鸡蛋三斤盐两袋对吧."""

from __future__ import annotations

import re

from nlu.contract import Heard, Understood
from nlu.cues import FILLER
from nlu.marks.binding import Event, Loose, Mention
from nlu.readback.consenting import SAID, is_settled, plainly
from nlu.told.scene import Scene

_AGREES = re.compile(
    rf"(?:{FILLER}|就|对|是|的|嗯|行|好|那|也|可以|成|中|这么(?:多|些)|这些|这个数|没错|的数|都|和|跟|还有)*"
)
_ALONE = re.compile(rf"(?:{FILLER}|也|就|都|那|先)*")
_OTHERS = re.compile("(?:别|旁|其他|其余|剩下|余下)的?(?:都|也|就|全|你|给我)*$")
# 土豆还有一筐 is told, and lets nothing pass.
_HAS_SOME = re.compile(
    "(?:还有|还剩|剩)(?:大半|小半|好几|[一两二三半几])[大小]?(?:筐|缸|坛|堆|兜|柜|冰箱|箩|麻袋)"
)
# 还惦记着要点虾…那就拉倒吧就按你念的送
_LET_GO = re.compile("算了|拉倒|作罢|罢了|不(?:要|加|买|添)了|免了")
_LETS_PASS = re.compile("对|行|好|可以|成|中|没错")


def echoes(heard: Heard, scene: Scene) -> bool:
    """Whether nothing but what was read out was said, and it was let pass."""
    if _says_the_time_again(heard, scene):
        return True
    named = {sku for e in scene.events if isinstance(e, Mention) for sku in e.sense.skus}
    read_out = {line.sku for line in heard.draft}
    if SAID["only these"].search(scene.text) and read_out - named:
        return any(event.amount for event in scene.events) and _agrees(heard, scene)
    return _agrees(heard, scene)


def _agrees(heard: Heard, scene: Scene) -> bool:
    if not scene.events or not all(_was_read_out(event, heard) for event in scene.events):
        return False
    if _HAS_SOME.search(scene.text):
        return False
    taken = {at for event in scene.events for at in range(event.start, event.end)}
    rest = "".join(char for at, char in enumerate(scene.text) if at not in taken)
    return _AGREES.fullmatch(rest) is not None and (
        any(event.amount for event in scene.events) or _LETS_PASS.search(rest) is not None
    )


def _says_the_time_again(heard: Heard, scene: Scene) -> bool:
    """十点对吧: nothing but the time that was read out."""
    if scene.events or not heard.window or not scene.wished:
        return False
    if any(time.window is None or time.window.start != heard.window.start for time in scene.wished):
        return False
    return _AGREES.fullmatch(scene.masked.replace("T", "")) is not None


def stays_as_read(heard: Heard, scene: Scene, change: Understood) -> bool:
    """鸡蛋加一斤哎不加了就这样吧; and 可以的…就你念的这些, where no change was made out."""
    text = scene.text
    for found in SAID["unchanged"].finditer(text):
        if _OTHERS.search(text, 0, found.start()):
            continue
        if any(_is_of(event, text, found.start()) for event in scene.events):
            continue
        later = [event for event in scene.events if event.start >= found.end()]
        if is_settled(text, found.end()) and all(_was_read_out(e, heard) for e in later):
            return True
    as_read = SAID["as read"].search(text)
    if change.edits or change.window or as_read is None:
        return False
    let_go = _LET_GO.search(text, 0, as_read.start())
    return let_go is not None or SAID["yes"].search(plainly(text)) is not None


def _is_of(event: Event, text: str, at: int) -> bool:
    """Whether what is said there is said of this one thing: 盐不加了."""
    if not isinstance(event, Mention) or event.amounts or event.end > at:
        return False
    return _ALONE.fullmatch(text, event.end, at) is not None


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
