"""Lines named by their place in what was read out: 头一个不要, 末了那样要三袋."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from nlu.contract import DraftLine
from nlu.marks.reading import Mark
from nlu.vocabulary import Sense, Vocabulary

_NTH = "一二三四五六"
_PLACE = re.compile(
    rf"(?:(?<!倒数)第(?P<nth>[{_NTH}])|倒数第(?P<back>[二三四])|"
    r"(?P<last>末了|最后头?|末尾|最末|倒数第一)|(?P<first>头|打头|最前)|(?P<middle>中间|当中|正中间?)的?)"
    r"一?那?一?(?:个|样儿?|项|种|件)"
)


def names_a_place(text: str) -> bool:
    return _PLACE.search(text) is not None


# 头一样改成一瓶, 后头那个不要了: of the list that was said before.
_IN_LIST = re.compile(
    rf"(?:第(?P<nth>[{_NTH}])[个样]|(?P<last>最后[头面]?(?:那)?一?[个样]|末了那?一?[个样])|"
    "(?P<first>头一[个样]|最前[头面]那?一?[个样])|(?P<fore>前[头面边]|先头)(?:说的|要的)?那一?[个样]|"
    "(?P<aft>后[头面边])(?:说的|要的)?那一?[个样])"
    "(?=(?:的|就|给我|也|都|你)*(?:[改换变减]|不要|别要|去掉|甭要|不用|少来|多来|再?加|[要来][一二两三四五六七八九十半]))"
)


def by_order(text: str, listed: Sequence[Mark]) -> list[Mark]:
    """What was named with its amount before, named again by its place among the others."""
    marks = []
    for found in _IN_LIST.finditer(text):
        named = [
            mark for mark, after in pairwise(listed)
            if mark.sense and mark.sense.held == "held" and after.amount
            and after.end <= found.start()
        ]
        place = 0 if found["first"] or found["fore"] else -1
        place = _NTH.index(found["nth"]) if found["nth"] else place
        of_two = not (found["fore"] or found["aft"]) or len(named) == 2
        if len(named) > 1 and of_two and -len(named) <= place < len(named):
            sense = named[place].sense
            assert sense is not None
            marks.append(Mark(*found.span(), sense))
    return marks


def by_place(text: str, draft: Sequence[DraftLine], vocabulary: Vocabulary) -> list[Mark]:
    """The drafted lines that are named so, as if by their names."""
    marks = []
    for found in _PLACE.finditer(text):
        if found["middle"]:
            place = len(draft) // 2 if len(draft) % 2 else len(draft)
        elif found["back"]:
            place = -1 - _NTH.index(found["back"])
        else:
            place = -1 if found["last"] else 0 if found["first"] else _NTH.index(found["nth"])
        if -len(draft) <= place < len(draft):
            product = vocabulary.products.get(draft[place].sku)
            if product:
                sense = Sense(product.name, "held", (product.sku,))
                marks.append(Mark(*found.span(), sense))
    return marks
