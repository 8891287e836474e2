"""The same sentence with another day, hour, amount or thing in it, as somebody else would say it.

What follows 明天 follows 后天 as well, and what follows 两斤 follows 三斤: a sentence that was met
once tells it of all of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from random import Random

from tools.speech.phrases import WORDS
from tools.speech.text import Writer

_DAYS = (
    *WORDS["days"],
    *["昨天", "前天", "后儿", "今儿个", "明儿个", "后儿个", "明早", "明晚"],
    *(
        week + day
        for week in ("周", "礼拜", "星期", "下周", "这周", "下礼拜", "这礼拜")
        for day in "一二三四五六日天"
        if (week[-1], day) != ("周", "天")
    ),
)
_PARTS = (*WORDS["parts"], "后晌", "早起")
_UNITS = ("公斤", *"斤个袋盒瓶桶包条块把根颗只箱提卷支板罐棵两份头节")
# How seldom a day, an hour, an amount and a thing stays what it was.
_KEPT, _SAME_THING = 0.35, 0.4


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_SWAPPED = re.compile(
    f"(?P<day>{_any(_DAYS)})|(?P<part>{_any(_PARTS)})"
    f"|(?P<hour>[一二两三四五六七八九十]{{1,3}}(?=点(?!儿|心|了|多少)))"
    f"|(?P<count>[一二两三四五六七八九十]{{1,3}}(?={_any(_UNITS)}))"
)


class Variants:
    """Draws them from a seed, each word as often as the lines have it; what is a thing, and
    which, the `writer` knows."""

    def __init__(self, writer: Writer, seed: int) -> None:
        self._writer = writer
        self._goods = {*writer.source.goods, *writer.source.regional}
        self._chance = Random(seed)
        self._said: dict[str, list[str]] = defaultdict(list)
        for line in writer.source.lines:
            for found in _SWAPPED.finditer(line):
                self._said[str(found.lastgroup)].append(found[0])

    def of(self, words: Iterable[str]) -> str:
        """One more sentence like this one, which is given cut into words."""
        return "".join(said for said, _ in self.pieces(words))

    def pieces(self, words: Iterable[str]) -> Iterator[tuple[str, int]]:
        """The same in pieces, each with where in the sentence given it stands."""
        said, places, at = "", list[int](), 0
        for word in words:
            changed = word in self._goods and self._chance.random() >= _SAME_THING
            other = self._writer.goods() if changed else word
            said += other
            places += [at] * len(other) if changed else range(at, at + len(word))
            at += len(word)
        last = 0
        for found in _SWAPPED.finditer(said):
            yield from zip(said[last : found.start()], places[last:], strict=False)
            yield self._another(found), places[found.start()]
            last = found.end()
        yield from zip(said[last:], places[last:], strict=True)

    def _another(self, found: re.Match[str]) -> str:
        kept = self._chance.random() < _KEPT
        return found[0] if kept else self._chance.choice(self._said[str(found.lastgroup)])
