"""Which of the options is meant, told by what it is for or like: 包饺子用的, 刺少的, 擦嘴的."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from nlu.catalogue import Product
from nlu.lexing import rows

_HIDDEN = "×"


@lru_cache(maxsize=1)
def _uses() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in rows("uses.tsv")}


def by_use(text: str, options: Sequence[Product]) -> list[tuple[int, int, Product]]:
    """Where the text tells what one of the options alone is for."""
    found = [
        (*match.span(), option)
        for option in options if option.name in _uses()
        for match in _uses()[option.name].finditer(text)
    ]
    return [
        (start, end, option) for start, end, option in found
        if not any(
            other is not option and begins <= start and end <= ends
            for begins, ends, other in found
        )
    ]


def hidden(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text without what was read there."""
    taken = {at for start, end in spans for at in range(start, end)}
    return "".join(_HIDDEN if at in taken else char for at, char in enumerate(text))
