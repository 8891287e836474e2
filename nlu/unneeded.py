"""What is spoken of beside a wish: what they do not eat, what is not wanted now or made at home."""

from __future__ import annotations

import re

from nlu import droppings
from nlu.belonging import NOT_FOR_THEM
from nlu.binding import Mention
from nlu.orderlines import Around, Line, Lines

_MADE_THERE = "主食速食"
# 五号电池一板上回拿成七号了
_MADE_INTO_LEAD = re.compile("[送拿弄整搞记听装买当]成了?$")


def is_not_for_them(event: Mention, around: Around) -> bool:
    """洗衣粉两袋洗衣液用不惯."""
    if event.sense.kind and _MADE_INTO_LEAD.search(around.lead):
        return True
    return NOT_FOR_THEM.match(around.trail) is not None


def is_told_apart(event: Mention, known: Line | None, said: str) -> bool:
    """大葱三根小葱可不要: two words of one thing, which to the caller are two."""
    if known is None or known.base is not None or said.endswith(("了", "啦", "咯")):
        return False
    return event.sense.how == "regional" and known.sense.word != event.sense.word and (
        known.sense.word[-1] == event.sense.word[-1]
    )


def is_not_for_now(lines: Lines, event: Mention, trail: str) -> bool:
    """灯泡不忙要, 饺子我自己包."""
    if droppings.NOT_YET_TRAIL.match(trail):
        return True
    made = {lines.vocabulary.products[sku].category for sku in event.sense.skus} == {_MADE_THERE}
    return made and droppings.MADE_AT_HOME_TRAIL.fullmatch(trail) is not None
