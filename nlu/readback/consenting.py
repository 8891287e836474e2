"""A whole yes or no to what was read out; what is thought over or said aside is neither."""

from __future__ import annotations

import re

from nlu.contract import Understood
from nlu.marks.places import names_a_place
from nlu.patterns import patterns

SAID = patterns("consent.tsv")
_ASKS = re.compile("(?:是|对)(?:不(?![用要消必改换加])|吗)")  # 对不对; but 对不用再念了 agrees


def plainly(text: str) -> str:
    """Two noes are a yes, and the caller's own mistake is no fault of ours."""
    return SAID["my ear"].sub("", SAID["two noes"].sub("对的", without_others(text)))


def without_others(text: str) -> str:
    """别的过两天再订: what can wait is none of what was read out."""
    return SAID["others later"].sub("", text)


def denies_a_fault(text: str) -> bool:
    """没错, 没问题, 错不了."""
    return SAID["two noes"].search(text) is not None


def is_all_off(text: str, named: bool) -> bool:
    if SAID["rest off"].search(text) or names_a_place(text):
        return False
    return bool(SAID["whole off"].search(text)) and not named


def is_taken_back(text: str, start: int) -> bool:
    """不对哦不不对的对的: whether what was said from there on lets it pass after all."""
    return SAID["taken back"].search(text, start) is not None


def is_settled(text: str, start: int = 0) -> bool:
    return SAID["agreed"].search(text, start) is not None


def _is_put_off(text: str) -> bool:
    """好让我想想, 晓得了你们先坐: no yes is said after it, or none that can only be ours."""
    unsure = [*SAID["unsure"].finditer(text)]
    if unsure and not is_settled(text, unsure[-1].end()):
        return True
    return SAID["aside"].search(text) is not None and SAID["ours"].search(text) is None


def is_open(text: str) -> bool:
    """Whether we are asked to wait, or it is thought over, or said to somebody else."""
    return SAID["wait"].search(text) is not None or _is_put_off(text)


def _all_off(text: str) -> re.Match[str] | None:
    """The last word that calls all of it off; 袋子不要了 and 别的不要了 call off something else."""
    found = [
        off for off in SAID["all off"].finditer(text)
        if not SAID["something else"].search(text, 0, off.start())
    ]
    return found[-1] if found else None


def yes_or_no(text: str) -> Understood:
    if SAID["wait"].search(text):
        return Understood("other")
    if SAID["in the end"].search(text):
        return Understood("yes")
    text = re.sub("没错", "好的", re.sub("不错|打岔", "好", text))  # 天气不错 is no yes
    wrong, right = SAID["wrong"].search(text), SAID["yes within"].search(text)
    off = _all_off(text)
    if off and not SAID["ours"].search(text, off.end()):
        return Understood("no", everything=True)
    if wrong and not off and is_taken_back(text, wrong.end()):
        return Understood("yes")
    if _is_put_off(text) and not (wrong or off):
        return Understood("other")
    first = not wrong or (right is not None and right.start() < wrong.start())
    if first and SAID["yes"].search(text) and not _ASKS.match(text):
        return Understood("yes")
    if SAID["withdrawn"].search(text):
        return Understood("no", everything=True)
    if right and not wrong:
        return Understood("yes")
    if wrong or off:
        return Understood("no", everything=bool(off))
    return Understood("yes") if right else Understood("other")
