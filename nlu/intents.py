"""What kind of request it is, where it is not an order."""

from __future__ import annotations

import re

from nlu.patterns import patterns

_SAID = patterns("intents.tsv")
_DONE_BY_US = re.compile(
    "你们|师傅|阿姨|工人|上[回次趟]|那[回次]|送|买|[修洗擦剪通换装做弄][的了]|完|过"
)
CANCEL, REORDER, NEVER_CAME = _SAID["cancel"], _SAID["reorder"], _SAID["never came"]
QUESTION, PRAISE, CUT_OFF = _SAID["question"], _SAID["praise"], _SAID["cut off"]
ASKS_OF_IT, CHAT = _SAID["asks of it"], _SAID["chat"]


def status(text: str) -> re.Match[str] | None:
    """Where somebody asks what became of an order, and asks for nothing anew."""
    found = _SAID["status"].search(text)
    if _SAID["not ours"].search(text):
        return None
    return None if found is None or _SAID["anew"].search(text, found.start()) else found


def is_agent(text: str) -> bool:
    return bool(_SAID["agent"].search(text)) and not _SAID["agent refused"].search(text)


def is_missent(text: str) -> bool:
    """Whether what was sent or done was wrong, and nothing is wished for in its place."""
    if _SAID["elsewhere"].search(text):
        return False
    return bool(_SAID["missent"].search(text)) and not _SAID["made good"].search(text)


def is_own_trouble(text: str) -> bool:
    """昨天晚上水管漏了一夜: nothing that was sent or done is at fault."""
    return not (_SAID["complaint"].search(text) or _DONE_BY_US.search(text))


def is_complaint(text: str) -> bool:
    if _SAID["elsewhere"].search(text):
        return False
    if _SAID["complaint"].search(text):
        return True
    return bool(_SAID["bad"].search(text) and _SAID["earlier"].search(text))
