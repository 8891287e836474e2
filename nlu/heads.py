"""So much for each of them: 四姐妹一人一盒草莓 is four boxes, and 一人一盒 alone is asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from nlu.numerals import numeral_at
from nlu.quantities import Amount

_GIVES = "(?:就|都|也|来|要|买|拿|送|发|分|给|吃|喝|用|带|称)*"
_EACH = re.compile(rf"(?:[一每各]个?(?:人|户|家)|人手|一?个人|每[位口]){_GIVES}$")
_NUMBER = "(?P<number>[二两三四五六七八九十]{1,2})"
_COUNTED = re.compile(
    rf"{_NUMBER}(?:个|位|口|户|家)?(?:[^一每各的，\d]{{0,4}})$"
)
_WE_TWO = re.compile(
    "(?:[我俺咱他她]们?俩|[老两]两?口子?|两公婆|俩口子?|[我俺](?:和|跟|同|与)[^一每各，]{1,5}|俩[^一每各，]{0,3})$"
)


def for_each(said: Sequence[Amount], before: str) -> list[Amount]:
    """The amounts as they are for all of those named `before` them, None where nobody knows of
    how many."""
    each = _EACH.search(before)
    if each is None or not said or said[-1].value is None:
        return list(said)
    heads = _heads(before[: each.start()])
    value = said[-1].value * heads if heads else None
    return [*said[:-1], replace(said[-1], value=value, vague=heads is None)]


def _heads(before: str) -> int | None:
    if _WE_TWO.search(before):
        return 2
    counted = _COUNTED.search(before)
    numeral = numeral_at(counted["number"], 0) if counted else None
    return int(numeral.value) if numeral and numeral.value is not None else None
