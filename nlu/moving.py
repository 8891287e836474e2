"""The time that was read out, moved: 往后挪一天, 早一个钟头来, 换个日子."""

from __future__ import annotations

import re
from datetime import timedelta

from nlu.contract import Window
from nlu.spans import Length, length_at

_MOVED = re.compile(
    r"(?:(?P<earlier>提前|提早|(?:往|朝|向)前(?:挪|提|赶|移)?|早)"
    r"|推迟|延[后迟期]|(?:往|朝|向)?后?(?:挪|推|拖|延|移|顺)[迟后延晚]?|(?:往|朝|向)后|晚|迟)(?:个|上|它|来|到)?"
)
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


def _signed(length: Length, *, earlier: bool) -> timedelta:
    return -length.rest if earlier else length.rest
