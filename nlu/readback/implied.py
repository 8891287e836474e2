"""A yes or a no to the read-back that is told by something else: 我在家等着, 儿子都买回来了."""

from __future__ import annotations

from nlu.contract import Understood
from nlu.patterns import patterns
from nlu.readback.consenting import is_open, without_others
from nlu.sounds.repaired import Repaired

_TOLD = patterns("implied.tsv")
_AGREES = ("receives", "trusts", "hurries")


def hurries(text: str) -> bool:
    """别念了赶紧送: who is out of patience lets it pass as it was read."""
    return _TOLD["hurries"].search(text) is not None


def is_not_needed(text: str) -> bool:
    """下个月再买, 就不麻烦你们了: all of it is refused by the reason."""
    return _TOLD["not needed"].search(without_others(text)) is not None


def implied(said: Repaired, *, visit: bool) -> Understood:
    """What follows from what will be done, unless we are to wait; a visit is made ready for."""
    if said.either(is_open):
        return Understood("other")
    if said.either(is_not_needed):
        return Understood("no", everything=True)
    meanings = (*_AGREES, "prepares") if visit else _AGREES
    agrees = any(said.either(_TOLD[meaning].search) for meaning in meanings)
    return Understood("yes" if agrees else "other")
