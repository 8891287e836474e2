"""What a call is about where nothing is asked for in it: told by what became of something.

Read where the plainer wordings of intents.tsv say nothing. What a thing is like (香蕉全是黑的) is a
grievance only where it is not the caller's own and nothing is to come in its place.
"""

from __future__ import annotations

import re

from nlu.contract import Intent
from nlu.patterns import patterns
from nlu.requests import intents

_SAID = patterns("roundabout.tsv")


def grievance(text: str) -> re.Match[str] | None:
    """Where our people or what they sent are at fault, and nothing is to make it good."""
    return None if intents.is_made_good(text) else _SAID["complaint"].search(text)


def told_of(text: str, *, named: bool, bare: bool, timed: bool) -> Intent | None:
    """The intent, given whether goods are named, no line was made of it, and a time is wished."""
    if named and not timed and _is_spoilt(text):
        return "complaint"
    if _SAID["status"].search(text):
        return "order_status"
    if _SAID["cancel"].search(text):
        return "cancel_order"
    if bare and _SAID["again"].search(text):
        return "reorder"
    return "question" if not timed and _SAID["question"].search(text) else None


def _is_spoilt(text: str) -> bool:
    if intents.MADE_GOOD.search(text) or _SAID["OWN"].search(text):
        return False
    return bool(_SAID["spoilt"].search(text))
