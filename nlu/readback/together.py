"""What is said at the read-back of several lines at once: 苹果跟梨都少来一斤, 就留鸡蛋."""

from __future__ import annotations

import re
from itertools import pairwise

from nlu.cues import FILLER
from nlu.marks.binding import Mention
from nlu.marks.orderlines import Line, Lines, drafted
from nlu.readback.consenting import SAID
from nlu.told.scene import Scene
from nlu.wishes.refusals import ALL_OF_THEM, WITH

_OTHERS_GO = re.compile(
    "(?:别的|其他|其余|剩下)(?!(?:的)?(?:都|也|就|一样|全)*(?:对|[莫别不甭没]动|照|没错|不变|不改|行|好|没问题|可以))"
)
_ALIKE = re.compile(
    "(?:都|全部?|统统|一律|每样|各样|各)(?:给我)?(?:改|改成|改为|改到|换成|要|来|变成|加到|减到|按|算)?$"
)
# What may stand around the things that alone are to come.
_ONLY_THEY = re.compile(
    rf"(?:{FILLER}|只|就|光|单|仅|留下?|留着|要|剩|保留|买|送|来|和|跟|与|同埋|同|还有|那个|这个|那|的|我|"
    "行|好|够|可以|就行|就好|了|这?[一两二三]样|剃|擦|修|洗|通)*"
)
_LISTED = re.compile(rf"(?:{FILLER}|和|跟|还有|同埋|同|与|连|连同|那个|这个|、)*")
_THIS_COMES = re.compile("(?:只|就|光|单|仅|还是|给我)(?:要|留|剩|来|送|买)(?:个|那个)?$")
_COMES = re.compile(
    rf"(?:{FILLER}|了|就|我|给我|给|帮我|重新|只|光|换|改|成|要|来|送|买|拿|派|叫|约|人|师傅)*"
    r"(?:[一两二三四五六七八九十半]*[斤个袋瓶盒箱桶条块包次位])?"
)
_THEY_GO = re.compile("(?:给我|我|就|也|先)*(?:去掉|划掉|拿掉|免了|取消|删|退了)")
_ALL_GO = re.compile(
    r"(?:给我|我|就|也|先)*(?:都|全|统统|一概|通通|(?=唔要|勿要))(?:就|先|给我|也)*"
    r"(?:[不别甭莫唔勿覅](?:要|用|买|送|来|拿)|去掉|划掉|取消|免了|算了|退了)(?!太|那么)"
)


def all_together(scene: Scene, lines: Lines) -> None:
    """The same amount, more, less or in all, for every drafted line of such a row."""
    named = [event for event in scene.events if isinstance(event, Mention)]
    for one, next_one in reversed(list(pairwise(named))):
        joined = WITH.fullmatch(scene.text, one.named[1], next_one.named[0])
        if not joined or not ALL_OF_THEM.match(scene.text, next_one.named[1]):
            continue
        mine = next(iter(drafted(lines.lines, one)), None)
        other = next(iter(drafted(lines.lines, next_one)), None)
        if mine and other and mine.mode == "kept" != other.mode and other.amounts:
            lines.say(mine, [*other.amounts], other.mode)


def all_alike(scene: Scene, lines: Lines) -> None:
    """两样都改成三斤: the same amount for every line that was read out."""
    goods = [line for line in lines.lines if line.base and not lines.is_service(line.sense)]
    if any(isinstance(event, Mention) for event in scene.events):
        return
    for event in scene.events:
        if len(goods) > 1 and event.amount and _ALIKE.search(scene.text, 0, event.start):
            for line in goods:
                lines.say(line, [event.amount], "set")


def drop_called_off(lines: Lines, skus: list[str]) -> None:
    """玻璃不擦了: the services that were refused by their thing or their deed."""
    for line in [*lines.lines]:
        if line.base and line.base.sku in skus:
            lines.remove(line)


def all_dropped(scene: Scene, lines: Lines) -> None:
    """豆腐醋都不要: what is named in a row goes together."""
    events = scene.events
    for at, event in enumerate(events):
        if not isinstance(event, Mention) or event.amounts or not (
            _ALL_GO.match(scene.text, event.end)
            or at and events[at - 1].end == event.start and _THEY_GO.match(scene.text, event.end)
        ):
            continue
        while at and isinstance(before := events[at - 1], Mention) and not before.amounts:
            if not _LISTED.fullmatch(scene.text, before.end, events[at].start):
                break
            if _THIS_COMES.search(scene.text, 0, before.start):
                break
            for line in drafted([*lines.lines], before):
                if line.mode == "kept":
                    lines.remove(line)
            at -= 1


def leave_out(scene: Scene, lines: Lines) -> None:
    """除了豆腐全要: those that were named go, and all the others come."""
    if not SAID["except these"].search(scene.text):
        return
    for event in scene.events:
        for line in drafted([*lines.lines], event) if isinstance(event, Mention) else ():
            lines.remove(line)


def clear_before(scene: Scene, lines: Lines) -> None:
    """都不要了来个修水管的: all that was read out goes, and only what is named after it comes."""
    all_off = SAID["whole off"].search(scene.text)
    named = [event for event in scene.events if isinstance(event, Mention)]
    if all_off is None or not named or named[0].start < all_off.end() or not _COMES.fullmatch(
        scene.text, all_off.end(), named[0].named[0]
    ):
        return
    kept = [line for event in named for line in drafted(lines.lines, event)]
    for line in [*lines.lines]:
        if line.base and line not in kept:
            lines.remove(line)


def keep_only(scene: Scene, lines: Lines) -> None:
    """就留鸡蛋，剩下的都不要了: every drafted line that was not named goes."""
    if not SAID["rest off"].search(scene.text) and not _only(scene):
        return
    named: list[Line] = [
        line
        for e in scene.events if isinstance(e, Mention)
        for line in drafted([*lines.lines, *lines.removed], e)
    ]
    if not named:
        return
    for line in [*lines.lines]:
        if line.base and line not in named:
            lines.remove(line)
    for line in named:
        if line in lines.removed:
            lines.removed.remove(line)
            lines.lines.append(line)


def _only(scene: Scene) -> bool:
    """只要盐和瘦肉: nothing else was said, or that the others go."""
    alone = SAID["only these"].search(scene.text)
    if alone is None or _OTHERS_GO.search(scene.text):
        return alone is not None
    if not scene.events or any(event.amount for event in scene.events) or scene.wished:
        return False
    named = [(e.start, e.end) for e in scene.events if isinstance(e, Mention)]
    named += [(m.start, m.end) for m in scene.called]
    taken = {at for start, end in named for at in range(start, end)}
    rest = "".join(char for at, char in enumerate(scene.text) if at not in taken)
    return _ONLY_THEY.fullmatch(rest) is not None
