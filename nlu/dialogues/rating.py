"""How was it? A number said, or what the words amount to."""

from __future__ import annotations

import re

from nlu.amounts.numerals import numeral_at
from nlu.contract import Heard, Understood
from nlu.lexing import rows
from nlu.requests import intents
from nlu.sounds.repaired import Repaired
from nlu.vocabulary import Vocabulary

_MARK = r"(?:分|颗星|个星|粒星|星|芬|份|颗)"
_SAID = re.compile(
    rf"(?P<number>[零一二两三四五六七八九十仨俩满0-9]+)(?:个|颗|粒)?{_MARK}(?!钟|之|半|[都也]?[不没](?:用|要|必|能)?[差少扣]|钱)"
)
# 给四个吧, 按三算: a number that is plainly the mark.
_BARE = re.compile(
    r"(?:^(?:嗯|呃|就|那)*|(?:给|打)(?:个|他们?|她们?|你们?|师傅)*)([一二两三四五1-5])(?:吧|啊|呀|了)*$|"
    r"(?:按|算|给|打|是)(?:他们?|她们?|你们?|师傅)*([一二两三四五1-5])(?:个(?!人)|算|吧)|"
    r"^(?:嗯|呃|就|那)*([一二两俩三仨四五1-5])(?:个|个\3|\3+)?(?:吧|啊|呀|嘛)*$"
)
_FULL = 5
_DIGITS = {"两": 2, "俩": 2, "仨": 3, **{digit: at for at, digit in enumerate("一二三四五", 1)}, **{
    str(mark): mark for mark in range(1, 6)
}}
_NEGATED = re.compile(
    r"(?:(?:少|差|扣|缺|欠|留|剩)(?:下|掉|了|给|他们?|她们?|个|着|的|那|在)*|(?:还有|另外?)(?:那|的)?|不是|不给|没给|想给|要给|本来想给|本想给|原想给|不止|给不了|够不上|够不着|到不了)(?:你|"
    r"您)?$"
)
# 四分那一分扣在他迟到上: what is missing from full marks, and why
_MISSING = re.compile("(?:是|就|都|也|我|先)*(?:扣|留着?[给让等下]?|不能给|没给|不给|欠着)")
_WORDS = [(int(mark), re.compile(pattern)) for mark, pattern in rows("ratings.tsv")]
# 九十分, 六十分: from what on it is a mark, and what the four better ones need
_OF_A_HUNDRED = (30, 50, 60, 80, 95)
# 五分扣一分: what is taken off full marks.
_TAKEN_OFF = re.compile(r"(?<!不)(?:扣|减|少)(?:掉|了|他|个|你)*([一两二三四])(?:分|颗星|个星|星)")


# 一分是最好还是五分最好: how marks are given is asked.
_ASKS = re.compile(
    "(?:几|[一二三四五])分.{0,5}(?:最?好|最?高|最?差|最?低|满分).{0,6}(?:还是|吗|么)|几分(?:是|算|最)"
)

# 我哪晓得你说的打分是啥玩意儿
_ASKS_WHAT = re.compile(
    "(?:打分|评分|打几分|几分|分数|评价)[^，]{0,3}(?:是|叫)?(?:个)?(?:啥|什么|么子|咋|怎么|咩)(?:玩意儿?|东西|意思|个?打法|回事)?|"
    "(?:啥|什么)(?:叫|是)(?:打分|评分|打几分|评价)|[一二三四五]分(?:到|和|跟|还是)[一二三四五]分.{0,6}(?:哪|是不是|什么|啥)(?:[个样]?是?(?:最)?[好高差坏低])?"
)


def read_rating(heard: Heard, said: Repaired, vocabulary: Vocabulary) -> Understood:
    text = said.text
    if intents.is_agent(text):
        return Understood("agent")
    if _ASKS.search(text):
        return Understood("other")
    if (asked := _ASKS_WHAT.search(text)) and not _words(text[asked.end() :]):
        return Understood("other")
    number = _number(text) or _number(said.heard)
    if number in (None, _FULL):
        number = _taken_off(text) or _taken_off(said.heard) or number
    rating = number
    if rating is None:
        heard_as = _words(said.heard)
        rating = _words(text) if heard_as is None else heard_as
    return Understood("rate", rating=rating) if rating else Understood("other")


def _number(text: str) -> int | None:
    """The last number said as a mark, the refused ones aside."""
    said: list[int] = []
    for match in _SAID.finditer(text):
        if _NEGATED.search(text[: match.start()]) or said and _MISSING.match(text, match.end()):
            continue
        if match["number"] == "满":
            said.append(5)
            continue
        numeral = numeral_at(text, match.start("number"))
        if match["number"][0] in "仨俩":
            said.append(3 if match["number"][0] == "仨" else 2)
        elif numeral and 1 <= numeral.value <= 5:
            said.append(int(numeral.value))
        elif numeral and match[0].endswith("分") and _OF_A_HUNDRED[0] <= numeral.value <= 100:
            said.append(5 - sum(numeral.value < least for least in _OF_A_HUNDRED[1:]))
    if said:
        return said[-1]
    bare = _BARE.search(text)
    return _DIGITS[bare[bare.lastindex or 1]] if bare else None


def _taken_off(text: str) -> int | None:
    found = _TAKEN_OFF.search(text)
    numeral = numeral_at(text, found.start(1)) if found else None
    return 5 - int(numeral.value) if numeral else None


def _words(text: str) -> int | None:
    """What the words amount to: 0 where it is refused to give a mark."""
    for rating, words in _WORDS:
        if words.search(text):
            return rating
    return None
