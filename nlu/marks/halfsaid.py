"""Amounts that were said by half: a measure with no number, a number with none, an odd measure."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from nlu.amounts.idioms import in_idiom
from nlu.amounts.measures import IDLE_UNITS, MOST_UNITS, amount_said, counts_no_goods, number_said
from nlu.amounts.numerals import Numeral
from nlu.amounts.quantities import Amount, unit_at
from nlu.vocabulary import Vocabulary

# A measure word alone after one of these is one: 来瓶醋, 送箱啤酒.
GIVES = (
    "来要买缺差拿给送带捎割扛打搞弄称整再添加提搬装切配抓捡拣取换和跟加灌订拎背递下炖熬俾秤剁斩掏抱上煲"
)
# 漏了袋盐
_LEFT_OUT = re.compile("(?:漏|忘|落|少)(?:念|说|记|报|写|读)?(?:了|掉了)(?:我)?$")
# Measures that are no word of their own: alone before a thing they have lost their number.
_PACKS = frozenset("斤瓶袋盒箱桶")
_PLAIN_PACKS = _PACKS | frozenset("包份提")
_OF_EACH = re.compile("各(?:自|样)?(?:给我)?(?:来|要|拿|买|送|带|称|捎)?$")
# 各一半, 各一大包, 各十来个: no number alone.
_GOES_ON = re.compile("[半大小点些多来几整]")
# 来条大的草鱼
_LIKE = re.compile(
    "(?:(?:新鲜|[大小好活鲜肥嫩新])(?:一?点儿?)?|[一二两三四五六七八九十]+(?:斤|公斤|克|升)装?|"
    # 再要瓶上色用的老抽
    "[^，来要给买送拿的有是了TH]{1,5}(?:用|使|吃|喝|蘸|拌|泡))[的哩]|新鲜|[靓鲜嫩活好]"
)
_OR = re.compile("或者?是?|或是|要么")
_CLAUSE_GOES_ON = re.compile("都|也|吧|随|看|就|的|够|行|成|，")
_ROUGH = re.compile("[三十](.)[两五八]\\1")
_ASKED_OF_IT = re.compile("(?:也|再|还|给我|多|就)*(?:[加添来拿要买捎带送]|再来|多要)")
_CLAUSE_ENDS = re.compile("$|[吧呗嘛啊呀哈噻咯啦哦](?:$|[^子])|就[行好够成中]")
_NO_MEASURE = re.compile("[的了是号年月日点要来买不声下遍句TH]")
_COMES_BACK = re.compile("[回出起过进]来$|不要$|[这那哪]$|[看问说等算听修试想歇]下$")
_WRAPPED = re.compile(
    "包(?:[点些]儿?|个|顿|几个)?(?:素|肉)?(?:饺子?|水饺|馄饨|云吞|抄手|包子|粽子|汤圆|元宵|春卷|角子|扁食|"
    "豆包|团子|糖三角|烧麦|馅饼|粽)"
)
_COOKED = re.compile("烤|炸|卤|熏|腊|红烧|清蒸|凉拌|油炸")


def of_two_things(text: str, amount: Amount, vocabulary: Vocabulary) -> Amount:
    """土豆三斤两斤西红柿: no three or so, but the amounts of the things on either side."""
    if not _ROUGH.fullmatch(text, amount.start, amount.end):
        return amount
    if not _held_at(text, amount.end, vocabulary):
        return amount
    number = number_said(text, amount.start)
    value = number.value if number else None
    return Amount(value, amount.unit, amount.start, amount.start + 2, value is None)


def odd_measure(text: str, pos: int, vocabulary: Vocabulary) -> Amount | None:
    """一辫子大蒜, 一梳香蕉, 两头蒜: a number, a word that nothing else explains, a thing."""
    number = number_said(text, pos)
    if number is None or number.value <= 0:
        return None
    if in_idiom(text, pos) and text[pos : pos + 2] != "两头":
        return None
    unit = unit_at(text, number.end)
    if unit and counts_no_goods(text, unit.name, number.end + len(unit.name)):
        return None
    after_thing = pos > 0 and any(
        text[max(0, pos - size) : pos] in vocabulary.words for size in range(1, 5)
    )
    if unit and (after_thing or _held_at(text, number.end + len(unit.name), vocabulary)):
        end = number.end + len(unit.name)
        value = None if number.vague else number.value
        return Amount(value, unit.name, pos, end, number.vague)
    if text[number.end : number.end + 1] in IDLE_UNITS:
        return None  # 十二桌光啤酒
    for end in (number.end + 1, number.end + 2):
        if _held_at(text, end, vocabulary) and not _NO_MEASURE.search(text, number.end, end):
            measure = text[number.end : end]
            return Amount(number.value, measure, pos, end, vague=False)
    return None


def each_so_many(text: str, pos: int) -> Amount | None:
    """盐醋各一: a number alone, of each of the things listed and in the measure each is sold by."""
    if text.startswith("一样", pos) and _OF_EACH.search(text, 0, pos):
        return Amount(Decimal(1), "", pos, pos + 2, vague=False)  # 油盐酱醋各来一样
    number = number_said(text, pos) if _OF_EACH.search(text, 0, pos) else None
    if number is None or unit_at(text, number.end):
        return None
    if _GOES_ON.match(text, number.end):
        return None
    return Amount(None if number.vague else number.value, "", pos, number.end, number.vague)


def or_so_many(text: str, amount: Amount) -> Amount:
    """两斤或者三斤: nobody can tell which of the two."""
    found = _OR.match(text, amount.end) if amount.unit else None
    other = amount_said(text, found.end()) if found else None
    if other is None or other.unit != amount.unit or _held_next(text, other.end):
        return amount
    return replace(amount, value=None, vague=True, end=other.end)


def _held_next(text: str, pos: int) -> bool:
    """鸡翅一斤或者一斤鸡腿 is of two things: a name follows, and no word that ends the clause."""
    return pos < len(text) and _CLAUSE_GOES_ON.match(text, pos) is None


def lost_measure(text: str, pos: int, vocabulary: Vocabulary) -> Amount | None:
    """三牛肉: a number right before a thing has lost its measure word."""
    number = number_said(text, pos)
    if number is None or in_idiom(text, pos) or text[pos - 1 : pos] in ("第", "初", "T", "H") or (
        text.startswith("一半", pos)
    ):
        return None
    if not _held_at(text, number.end, vocabulary) or number.value > MOST_UNITS:
        return None
    return Amount(None, "个", pos, number.end, vague=True)


def _held_at(text: str, pos: int, vocabulary: Vocabulary) -> bool:
    sense = vocabulary.sense_at(text, pos) if pos < len(text) else None
    return sense is not None and sense.held == "held" and len(sense.word) > 1


def bare_before(text: str, pos: int) -> Amount | None:
    """来板七号的: a counting word with no number, whatever it is of."""
    unit = unit_at(text, pos) if text[pos - 1 : pos] and text[pos - 1] in GIVES else None
    if unit is None or unit.pieces > 1:
        return None
    return Amount(Decimal(1), unit.name, pos, pos + len(unit.name), vague=False)


def one_more_of_it(text: str, pos: int, thing_end: int) -> Amount | None:
    """饺子加袋, 盐再来包吧: a thing, a word of wishing, and a measure that ends the clause."""
    unit = unit_at(text, pos)
    if unit is None or unit.pieces > 1 or unit.name in IDLE_UNITS | {"斤", "两"}:
        return None
    end = pos + len(unit.name)
    if not _ASKED_OF_IT.fullmatch(text, thing_end, pos) or not _CLAUSE_ENDS.match(text, end):
        return None
    return Amount(Decimal(1), unit.name, pos, end, vague=False)


def bare_measure(text: str, pos: int, vocabulary: Vocabulary) -> Amount | None:
    """来瓶醋: a counting word with no number is one. Elsewhere (斤排骨) its number was lost."""
    unit = unit_at(text, pos)
    if unit is None or _COMES_BACK.search(text[max(0, pos - 2) : pos]) or _WRAPPED.match(text, pos):
        return None
    end = pos + len(unit.name)
    like = _LIKE.match(text, end)
    named = like.end() if like and pos and text[pos - 1] in GIVES else end
    sense = vocabulary.sense_at(text, named) if named < len(text) else None
    if sense is None and named > end:  # 来板电池收音机用的: what it is for comes after it
        sense, named = vocabulary.sense_at(text, end), end
    if sense is None and (done := _COOKED.match(text, named)):  # 来只烤鸭子
        sense = vocabulary.sense_at(text, done.end()) if done.end() < len(text) else None
    if sense is None or vocabulary.is_service(sense) or unit.pieces > 1:
        return None
    if like and named > end and text[named - 1] not in "的哩" and sense.held != "held":
        return None  # 带把好剪子
    if pos and (text[pos - 1] in GIVES or _LEFT_OUT.search(text, 0, pos)):
        return Amount(Decimal(1), unit.name, pos, end, vague=False)
    lost = unit.name in _PACKS and sense.held == "held" and len(sense.word) > 1
    return Amount(None, unit.name, pos, end, vague=True) if lost else None


def lost_number(
    text: str, pos: int, after_thing: bool, vocabulary: Vocabulary, strange: frozenset[int]
) -> Amount | None:
    """An amount of which one character was not understood: its number (秘斤), or its measure
    (毛巾两铁, 二尼个)."""
    number = number_said(text, pos)
    if number is not None:
        return _lost_measure_word(text, number, after_thing, strange)
    unit = unit_at(text, pos + 1) if pos in strange else None
    if unit is None or unit.name in IDLE_UNITS | {"两", "牙"} or text[pos] in GIVES:
        return None
    end = pos + 1 + len(unit.name)
    if counts_no_goods(text, unit.name, end):
        return None
    sense = vocabulary.sense_at(text, end) if end < len(text) else None
    beside = after_thing or sense is not None and sense.held == "held"
    if not beside and unit.name not in _PLAIN_PACKS:
        return None
    return Amount(None, unit.name, pos, end, vague=True)


def _lost_measure_word(
    text: str, number: Numeral, after_thing: bool, strange: frozenset[int]
) -> Amount | None:
    if number.end not in strange or in_idiom(text, number.start):
        return None
    unit = unit_at(text, number.end + 1)
    if unit and unit.name not in IDLE_UNITS and (
        not counts_no_goods(text, unit.name, number.end + 1 + len(unit.name))
    ):
        end = number.end + 1 + len(unit.name)
        return Amount(None, unit.name, number.start, end, vague=True)
    if not after_thing:
        return None
    return Amount(None, "个", number.start, number.end + 1, vague=True)
