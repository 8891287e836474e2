"""So much money's worth of a thing: 十块钱的苹果 is an amount that nobody can tell yet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.amounts.measures import amount_said
from nlu.amounts.quantities import Amount
from nlu.cues import FILLER
from nlu.marks.reading import Mark
from nlu.vocabulary import Vocabulary

_MONEY = re.compile(
    "[一二两三四五六七八九十百几\\d]+(?:(?:来|多)?(?:块|元)(?:来|多)?钱?|毛钱?|蚊)(?P<of>的)?"
)
_ASKED = re.compile(
    rf"(?:^|{FILLER}|[买称来拿要割切剁打搞弄捎带送]|[给帮][我俺额]|再|和|跟|"
    "[斤个两袋瓶盒把块条只])"
    "(?:上|个|点)?$"
)
_TOLD = re.compile("[花省涨降跌赚亏付给欠赔贵宜找退收卖到才就要](?:了|过|我)*$")
# 五块钱的苹果来两斤: what it costs, where it is said how much.
_COUNTED = re.compile(rf"(?:{FILLER}|来|要|称|拿|给我|帮我|买|就|秤)*")


def spent(text: str, vocabulary: Vocabulary) -> Iterator[Mark]:
    """The amounts of money that are to be laid out, for what is named right after."""
    for found in _MONEY.finditer(text) if "块" in text or "元" in text or "毛" in text else ():
        if "钱" not in found[0] and not found["of"]:
            continue
        asked = _ASKED.search(text, 0, found.start())
        if not asked and (not found["of"] or _TOLD.search(text, 0, found.start())):
            continue
        sense = vocabulary.sense_at(text, found.end()) if found.end() < len(text) else None
        if sense is None or sense.held != "held" or vocabulary.is_service(sense):
            continue
        if not found["of"] and text[found.start() - 1 : found.start()] in tuple("斤个两袋瓶盒"):
            continue
        counted = _COUNTED.match(text, found.end() + len(sense.word))
        after = amount_said(text, counted.end()) if counted and counted.end() < len(text) else None
        if after and after.unit not in ("块", "元", "毛") and not _names(text, after, vocabulary):
            continue
        amount = Amount(None, "", found.start(), found.end(), vague=True)
        yield Mark(found.start(), found.end(), amount=amount)


def _names(text: str, amount: Amount, vocabulary: Vocabulary) -> bool:
    """Whether the amount is of the thing that follows it: 十块钱的苹果两斤梨."""
    following = vocabulary.sense_at(text, amount.end) if amount.end < len(text) else None
    return following is not None and following.held == "held"
