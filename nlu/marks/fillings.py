"""What is in the dumplings that were named: 汤圆两斤芝麻馅花生馅都行 wishes for no peanuts."""

from __future__ import annotations

import re

from nlu.vocabulary import Sense, Vocabulary

_FILLED = re.compile("(?:汤圆|汤团|元宵|圆子|饺子?|水饺|扁食|馄饨|云吞|抄手|包面|清汤)(?![皮馅])")
_INSIDE = "[^一二两三四五六七八九十半斤袋包盒份个，要来给买拿送称了是吃做馅TPQH的]{1,6}馅儿?"
_SO_MANY = "[一二两三四五六七八九十半][袋包盒斤份个]"
_LIKE = re.compile(
    # 芝麻馅花生馅都行, 要白菜猪肉馅的; but the mince of 肉馅一斤 is bought.
    f"(?<![斤半两包袋盒来个])(?:猪|鲜)?肉馅(?=的|也|都|随便|就|最好|$)|(?!(?:猪|鲜)?肉馅){_INSIDE}(?=(?:{_INSIDE}|[和跟或者]|还是)*(?:的|都|也|随便|就|咸|好吃|最好|$))"
)
# 汤圆两袋一袋芝麻馅一袋花生馅: how many of each, after how many of all.
_PARTS = re.compile(
    f"[^，一二两三四五六七八九十半]{{0,3}}{_SO_MANY}(?:{_SO_MANY}{_INSIDE}的?){{2,}}"
)

_PART = re.compile(f"(?<={_SO_MANY}){_INSIDE}")
# 芹菜馅的饺子
_WITH = re.compile(
    "(?P<inside>[^，一二两三四五六七八九十半斤袋包盒个来要给买拿送称了是的爱吃TPQH]{1,5})馅儿?的?$"
)
_DUMPLINGS = ("饺子", "水饺", "扁食")
_PLAIN = ("肉", "鲜肉", "猪", "大肉", "白菜猪肉", "白菜肉")


def filled_otherwise(text: str, pos: int, sense: Sense, vocabulary: Vocabulary) -> int | None:
    """Where 芹菜馅饺子 begins, if those that are held have something else inside."""
    named = _WITH.search(text, max(0, pos - 8), pos) if sense.word in _DUMPLINGS else None
    if named is None or named["inside"] in _PLAIN:
        return None
    specs = [vocabulary.products[sku].spec for sku in sense.skus]
    held = any("肉" not in spec or named["inside"] in spec for spec in specs)
    return None if held else named.start()


def fillings(text: str) -> frozenset[int]:
    """Where it is said what should be inside of a thing that was named before."""
    named = _FILLED.search(text) if "馅" in text else None
    if named is None:
        return frozenset()
    parts = _PARTS.match(text, named.end())
    if parts:
        spans = [m.span() for m in _PART.finditer(text, *parts.span())]
    else:
        spans = [
            m.span() for m in _LIKE.finditer(text, named.end())
            if not _FILLED.match(text, m.end() + text.startswith("的", m.end()))
        ]
    return frozenset(at for span in spans for at in range(*span))
