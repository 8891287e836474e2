"""The marks in a sentence: what is named, how much, when; and the stretches between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from nlu.idioms import in_idiom
from nlu.measures import IDLE_UNITS, MOST_UNITS, amount_said, counts_no_goods, number_said
from nlu.paying import PAYS_OTHER, PAYS_SELF
from nlu.quantities import UNITS, Amount, unit_at
from nlu.vocabulary import Sense, Vocabulary

# Dialect characters that stand for a common one in every word, one for one.
_DIALECT = str.maketrans("樽嘅冇冚咗啲佢哋唔㗎囉咧捞", "瓶的没全了些他们不嘎啰咧捞")
# A measure word alone after one of these is one: 来瓶醋, 送箱啤酒.
_GIVES = (
    "来要买拿给送带捎割扛打搞弄称整再添加提搬装切配抓捡拣取换和跟加灌订拎背递下炖熬俾秤剁斩掏抱上煲"
)
_PRICE = re.compile(
    r"(?<=[要卖花收才])(?<!要(?=[一两半]块))[一二三四五六七八九十百\d]+块(?![豆姜肥香皂毛肉瘦五排生二两抹洗嫩老])|"
    r"[一二两三四五六七八九十百零几半\d]+块[一二两三四五六七八九\d](?:毛|角)?|"
    r"[一二两三四五六七八九十百零几\d]+(?:块|元)(?:多|来)?钱(?:一[斤条个袋瓶只盒提箱把桶])?|"
    r"[一二三四五六七八九]?十[一二三四五六七八九]一[斤条个袋瓶盒]|"
    r"[一二两三四五六七八九十\d]+(?:毛|元)(?:一[斤条个袋瓶只盒提箱把桶])?|"
    r"[一二两三四五六七八九十百零\d]+(?:块|元)?一[斤条个袋瓶只盒提箱把桶](?=是|太|贵|我嫌|对|吧|啊|"
    r"呢|了)|多少钱一[斤条个袋瓶只盒提箱把桶次]|啥价.?一斤"
)
_MADE = re.compile(
    "(?:(?<![一二两三四五六七八九十几0-9半])|(?<=[斤两]半))包(?:三鲜|白菜|韭菜)?(?:饺子|水饺|馄饨|"
    "云吞|包子|粽子|汤圆)"
)
# Measures that are no word of their own: alone before a thing they have lost their number.
_PACKS = frozenset("斤瓶袋盒箱桶")
_NO_MEASURE = re.compile("[的了是号年月日点要来买不T]")
_COMES_BACK = re.compile("[回出起过进]来$|不要$|[这那哪]$")
# 一八 is no number that anybody buys by: one of its digits was heard wrong.
_DIGITS_IN_A_ROW = re.compile("[一二两三四五六七八九]{2}[^十百千万多来几]")
# 一打开 is no dozen.
_BEATS = tuple("开电听车针扫招算")
_WRAPPED = re.compile("包(?:饺子|水饺|馄饨|云吞|抄手|包子|粽子|汤圆|元宵)")
# What turns a product's name into a thing of another kind: 苹果醋, 鸡蛋糕, 牛肉丸.
_TAIL = re.compile(
    "豆渣|牙膏味|罐头|丸子|干儿|蜜饯|片儿|粉条|粉丝|串儿|手机|电视|电脑|汽车|沙拉|蛋糕|月饼|"
    "饮料|冰棍|雪糕|瓶子|袋子|箱子|盒子|杯子|篮子|叶子|奶糖|公司|饺子|包子|馒头|盖饭|炒饭|"
    "炒蛋|精华|精油|面膜|香精|灌饼|夹馍|泡馍|火锅|糕|饼|汤|醋|酱|汁|粥|丸|脯|酒|糖|茶|籽|"
    "机|味|馅|皮|泥|丝|圈|饭|罐|筐|园|树|地|花|苗|叶|秧|皂|奶|锅|碗|刀|架|盆|铺|店|摊|厂|"
    "馆|车|面|串|卷|酥|露|膏|羹|浆|冻|霜|灯"
)
# Tails that begin a clause as often as they end a name.
_SOFT_TAILS = frozenset("地花面干味汤皮茶粉糖机奶锅刀车店盆酒串卷罐冻灯皂饭丝泥")
_HEADS = re.compile(r"(腊|熏|卤|烤|炸|臭|油炸|红烧|清蒸|鹌鹑|凉拌|卤水|风干)$")


@dataclass(frozen=True)
class Mark:
    """A thing or a `service` named (`sense`), or an amount said, at `[start, end)`."""

    start: int
    end: int
    sense: Sense | None = None
    amount: Amount | None = None
    service: bool = False


def plain(text: str) -> str:
    """Dialect and traditional writing made common, character for character."""
    return text.translate(_DIALECT)


def marks(
    text: str,
    vocabulary: Vocabulary,
    blocked: frozenset[int] = frozenset(),
    known: Sequence[Mark] = (),
    strange: frozenset[int] = frozenset(),
) -> list[Mark]:
    """Things and amounts from left to right; characters in `blocked` belong to something else.

    `known` are marks found before (services), which stand where they are. A measure word after
    a `strange` character and beside a thing is an amount whose number was lost.
    """
    found: list[Mark] = []
    starts = {mark.start: mark for mark in known}
    pos = 0
    while pos < len(text):
        if pos in starts:
            found.append(starts[pos])
            pos = starts[pos].end
            continue
        if pos in blocked:
            pos += 1
            continue
        mark = _mark_at(text, pos, vocabulary, blocked)
        if mark is None and pos in strange:
            mark = _lost_number(text, pos, found, vocabulary)
        if mark is None:
            pos += 1
            continue
        found.append(mark)
        pos = mark.end
    return found


def unmeant(text: str) -> frozenset[int]:
    """Prices, 包饺子 and who pays: no amounts of anything, and 不用我女儿掏钱 drops no line."""
    patterns = (_PRICE, _MADE, PAYS_SELF, PAYS_OTHER)
    spans = [m.span() for pattern in patterns for m in pattern.finditer(text)]
    return frozenset(at for start, end in spans for at in range(start, end))


def _mark_at(
    text: str, pos: int, vocabulary: Vocabulary, blocked: frozenset[int]
) -> Mark | None:
    sense = vocabulary.sense_at(text, pos)
    amount = amount_said(text, pos)
    if amount and text[amount.end - 1] == "打" and text[amount.end : amount.end + 1] in _BEATS:
        amount = None
    if amount and counts_no_goods(text, amount.unit, amount.end):
        amount = None
    if amount and _DIGITS_IN_A_ROW.match(text[amount.start : amount.end]):
        amount = replace(amount, value=None, vague=True)
    if amount and any(at in blocked for at in range(amount.start, amount.end)):
        amount = None
    if sense and amount:
        if len(sense.word) > 1 and amount.end <= pos + len(sense.word):
            return _named(text, pos, sense, vocabulary)
        return Mark(pos, amount.end, None, amount)
    if sense:
        return _named(text, pos, sense, vocabulary)
    if amount:
        return Mark(pos, amount.end, amount=amount)
    if odd := _odd_measure(text, pos, vocabulary) or _lost_measure(text, pos, vocabulary):
        return odd
    return _bare_measure(text, pos, vocabulary)


def _odd_measure(text: str, pos: int, vocabulary: Vocabulary) -> Mark | None:
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
        return Mark(pos, end, amount=Amount(value, unit.name, pos, end, number.vague))
    for end in (number.end + 1, number.end + 2):
        if _held_at(text, end, vocabulary) and not _NO_MEASURE.search(text, number.end, end):
            measure = text[number.end : end]
            return Mark(pos, end, amount=Amount(number.value, measure, pos, end, vague=False))
    return None


def _lost_measure(text: str, pos: int, vocabulary: Vocabulary) -> Mark | None:
    """三牛肉: a number right before a thing has lost its measure word."""
    number = number_said(text, pos)
    if number is None or in_idiom(text, pos) or text[pos - 1 : pos] in ("第", "初", "T"):
        return None
    if not _held_at(text, number.end, vocabulary) or number.value > MOST_UNITS:
        return None
    return Mark(pos, number.end, amount=Amount(None, "个", pos, number.end, vague=True))


def _held_at(text: str, pos: int, vocabulary: Vocabulary) -> bool:
    sense = vocabulary.sense_at(text, pos) if pos < len(text) else None
    return sense is not None and sense.held == "held" and len(sense.word) > 1


def _bare_measure(text: str, pos: int, vocabulary: Vocabulary) -> Mark | None:
    """来瓶醋: a counting word with no number is one. Elsewhere (斤排骨) its number was lost."""
    unit = unit_at(text, pos)
    if unit is None or _COMES_BACK.search(text[max(0, pos - 2) : pos]) or _WRAPPED.match(text, pos):
        return None
    end = pos + len(unit.name)
    sense = vocabulary.sense_at(text, end) if end < len(text) else None
    if sense is None or vocabulary.is_service(sense):
        return None
    if pos and text[pos - 1] in _GIVES:
        return Mark(pos, end, amount=Amount(Decimal(1), unit.name, pos, end, vague=False))
    lost = unit.name in _PACKS and sense.held == "held" and len(sense.word) > 1
    return Mark(pos, end, amount=Amount(None, unit.name, pos, end, vague=True)) if lost else None


def _lost_number(text: str, pos: int, found: list[Mark], vocabulary: Vocabulary) -> Mark | None:
    unit = unit_at(text, pos + 1)
    if unit is None or unit.name in IDLE_UNITS or unit.name == "两":
        return None
    end = pos + 1 + len(unit.name)
    sense = vocabulary.sense_at(text, end) if end < len(text) else None
    after_thing = bool(found) and found[-1].sense is not None and found[-1].end == pos
    if not after_thing and (sense is None or sense.held != "held"):
        return None
    return Mark(pos, end, amount=Amount(None, unit.name, pos, end, vague=True))


def _named(text: str, pos: int, sense: Sense, vocabulary: Vocabulary) -> Mark:
    end = pos + len(sense.word)
    if sense.held != "held" or len(sense.word) < 2:
        return Mark(pos, end, sense)
    if head := _HEADS.search(text, max(0, pos - 2), pos):
        word = text[head.start() : end]
        if vocabulary.words.get(word) is None:
            return Mark(head.start(), end, Sense(word, "unheld"))
    tail = _TAIL.match(text, end)
    if tail and not _begins_word(text, end, tail[0], vocabulary):
        return Mark(pos, tail.end(), Sense(text[pos : tail.end()], "unheld"))
    return Mark(pos, end, sense)


def _begins_word(text: str, pos: int, tail: str, vocabulary: Vocabulary) -> bool:
    """Whether what looks like a tail is the next thing named (鸡蛋面条, 苹果梨)."""
    following = vocabulary.sense_at(text, pos)
    if following and following.held == "held" and len(following.word) >= len(tail):
        return True
    return tail in _SOFT_TAILS and not _ends_name(text, pos + len(tail))


def _ends_name(text: str, pos: int) -> bool:
    """Whether a name may end here: an amount, a particle or the end follows."""
    if pos >= len(text) or amount_said(text, pos) is not None:
        return True
    return text[pos] in "来有给的了，。吗没多呢要再和跟还吧"


def is_weight(amount: Amount) -> bool:
    unit = UNITS.get(amount.unit)
    return unit is not None and unit.kind == "weight"
