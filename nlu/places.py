"""Lines named by their place in what was read out: 头一个不要, 末了那样要三袋."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlu.contract import DraftLine
from nlu.reading import Mark
from nlu.vocabulary import Sense, Vocabulary

_NTH = "一二三四五六"
_PLACE = re.compile(
    rf"(?:(?<!倒数)第(?P<nth>[{_NTH}])|(?P<last>末了|最后头?|末尾|最末|倒数第一)|(?P<first>头|打头|最前))"
    r"一?那?一?(?:个|样儿?|项|种|件)"
)


def names_a_place(text: str) -> bool:
    return _PLACE.search(text) is not None


def by_place(text: str, draft: Sequence[DraftLine], vocabulary: Vocabulary) -> list[Mark]:
    """The drafted lines that are named so, as if by their names."""
    marks = []
    for found in _PLACE.finditer(text):
        place = -1 if found["last"] else 0 if found["first"] else _NTH.index(found["nth"])
        if -len(draft) <= place < len(draft):
            product = vocabulary.products.get(draft[place].sku)
            if product:
                sense = Sense(product.name, "held", (product.sku,))
                marks.append(Mark(*found.span(), sense))
    return marks
