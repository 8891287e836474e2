"""The time that was read out, moved (往后挪一天, 早一个钟头来), or that of one line alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from nlu.contract import DraftLine, Window
from nlu.marks.binding import Mention
from nlu.times.spans import Length, length_at
from nlu.told.scene import Scene

_MOVED = re.compile(
    r"(?:(?P<earlier>提前|提早|(?:往|朝|向)前(?:挪|提|赶|移)?|早)"
    r"|推迟|延[后迟期]|(?:往|朝|向)?后?(?:挪|推|拖|延|移|顺|缓)[迟后延晚]?|(?:往|朝|向)后错?|后(?=一[天日])|晚|迟)"
    r"(?:个|上|它|来|到)?"
)
_KEEPS = "(?:不变|照旧|照原|别动|不动|甭动|莫动|照常|照样|按原|还是(?:原来|原定|老|T))"
_STAYS = re.compile(f"(?:的|那个|就|也|都|时间|师傅)*{_KEEPS}")
_OTHERS_STAY = re.compile(
    f"(?:别的|其他|其余|剩下的?|旁的|余下的?)(?:东西|活儿?)?(?:就|也|都|时间)*(?:{_KEEPS}|T)"
)
_ALONE = re.compile("^(?:嗯|哦|那|就|对|好|行)*(?:光|只|单|就)(?:是|把|有)")
_NOT = re.compile(r"(?:别|不|甭|莫|没|勿|唔|不用|不要|不能)(?:再)?$")
# 晚一个钟头了 complains of it.
_DONE = re.compile(r"[了咧哒啦]")


def moved(text: str, drafted: Window | None) -> Window | None:
    """The drafted window, moved by as much as was said last; None where nothing was."""
    if drafted is None:
        return None
    by = timedelta()
    for found in _MOVED.finditer(text):
        length = length_at(text, found.end())
        if length is None or length.vague or length.months or _NOT.search(text[: found.start()]):
            continue
        if not _DONE.match(text, length.end):
            by = _signed(length, earlier=found["earlier"] is not None)
    return Window(drafted.start + by, drafted.end + by) if by else None


def is_of_one_line(scene: Scene, draft: Sequence[DraftLine]) -> bool:
    """擦玻璃推到后天理发不变: of several lines, another time is said of one alone."""
    text, skus = scene.masked, {line.sku for line in draft}
    named = [
        (event.named[1], skus.intersection(event.sense.skus)) for event in scene.events
        if isinstance(event, Mention) and not event.amounts
    ]
    named += [(mention.end, skus.intersection(mention.sense.skus)) for mention in scene.called]
    moved = {sku for end, of in named if not _STAYS.match(text, end) for sku in of}
    if not moved or len(moved) == len(skus):
        return False
    stays = {sku for end, of in named if _STAYS.match(text, end) for sku in of}
    return bool(stays or scene.said.either(_ALONE.search) or _OTHERS_STAY.search(text))


def _signed(length: Length, *, earlier: bool) -> timedelta:
    return -length.rest if earlier else length.rest
