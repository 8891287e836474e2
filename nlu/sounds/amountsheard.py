"""What an amount may have been behind the characters heard: 粮斤 is two 斤, 时斤 four or ten."""

from __future__ import annotations

import re

from nlu.amounts.idioms import in_idiom
from nlu.amounts.measures import IDLE_UNITS, amount_said, counts_no_goods, number_said
from nlu.amounts.quantities import unit_at
from nlu.sounds.lattice import Piece
from nlu.sounds.sound import ACCENT, distance, readings
from nlu.sounds.sounding import DOUBLED, SUBSTITUTED

_AMOUNT_CHAR = 0.15
_UNITS = tuple("斤两个瓶袋包盒箱条只块把根颗头桶罐提板卷杯朵节串份片支")
# 四四瓶: a character heard twice, for nobody says forty-four so.
TWICE = re.compile(r"([一二三四五六七八九两])\1")
# 差点儿把糖当盐, 老伴把醋洒了: no 二把, no 半把.
_ENDS_WORD = re.compile("[点会哪那这今明昨后前块]儿|老伴")
# 一直哗哗流: no 一只; 一大家子 no 一袋.
_ALL_THE_TIME = re.compile("一直(?=[哗滴流漏响冒淌往在不没])|一大(?=家子|家[人伙]|帮|伙|群|堆)")
# A number said by a character that only sounds like it. 四 and 十 sound alike to half of China: a
# character for either is read as 几, which asks.
_NUMBER_SOUNDS = {
    "yi": "一", "er": "二", "san": "三", "shan": "三", "si": "几", "shi": "几", "wu": "五",
    "liu": "六", "niu": "六", "qi": "七", "ba": "八", "jiu": "九", "liang": "两", "niang": "两",
    "ban": "半",
}
# Common words that sound like a number and stay what they are.
_NO_NUMBER = frozenset(
    "就是把吧起期其时事市师十四一二三五六七八九两半以已意衣吴武屋物无务气奇器期爸久酒量亮办班牛留流"
    "娘拌搬般"
)


def amounts_heard(
    text: str, heard: list[tuple[str, ...]], start: int, by_sound: bool
) -> list[Piece]:
    """The amounts that may have been said at `start`, and `by_sound` those that only sound so."""
    amount = amount_said(text, start)
    if amount and amount.unit and amount.unit not in IDLE_UNITS and not (
        counts_no_goods(text, amount.unit, amount.end)
    ):
        end, word = amount.end, text[start : amount.end]
        cost = _AMOUNT_CHAR * (end - start)
        if TWICE.match(word):
            word = word[1:]
        found = [Piece(start, end, word, cost, "A")]
        if text[end : end + 1] == text[end - 1] and text[end - 1] in _UNITS:
            found.append(Piece(start, end + 1, word, cost + DOUBLED, "A"))
        return found
    pieces: list[Piece] = []
    if not by_sound:
        return pieces
    number = number_said(text, start)
    if number is not None and (unit := unit_at(text, number.end)) and (
        unit.kind == "count" and unit.name not in IDLE_UNITS
        and not counts_no_goods(text, unit.name, number.end + len(unit.name))
    ):
        end = number.end + len(unit.name)
        cost = _AMOUNT_CHAR * (end - start) + 0.4
        pieces.append(Piece(start, end, text[start:end], cost, "F", True))
    at = number.end if number is not None else len(text)
    if text[start] == "半" and text[start - 1 : start] in tuple("斤两"):
        at = len(text)  # 一斤半咯 is no 半个
    if _ALL_THE_TIME.match(text, start):
        return pieces
    if at < len(text) and heard[at] and (text[start] == "一" or not in_idiom(text, start)):
        for name in _UNITS:
            gap = min(distance(r, s) for r in heard[at] for s in readings(name)[:1])
            if gap <= ACCENT:
                cost = _AMOUNT_CHAR * (at + 1 - start) + SUBSTITUTED + gap
                word = text[start:at] + name
                pieces.append(Piece(start, at + 1, word, cost, "F", True))
    if _ENDS_WORD.match(text, max(0, start - 1)) and start:
        return pieces
    if heard[start] and text[start] not in _NO_NUMBER and text[start + 1 : start + 2] in _UNITS:
        number_char = _NUMBER_SOUNDS.get(heard[start][0])
        if number_char:
            cost = 2 * _AMOUNT_CHAR + SUBSTITUTED
            word = number_char + text[start + 1]
            pieces.append(Piece(start, start + 2, word, cost, "F", True))
    return pieces
