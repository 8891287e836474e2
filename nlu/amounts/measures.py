"""From an amount as it was said to a quantity in the product's sale unit, or to a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from nlu.amounts.numerals import Numeral, numeral_at
from nlu.amounts.quantities import UNITS, Amount, amount_at
from nlu.catalogue import Product

# What one piece of a thing sold by weight is counted in; any other word is asked about.
PIECES = frozenset("个根颗棵头只块节条朵串")
# What one of many small things is counted in, and never a pack of them.
_GRAINS = frozenset("粒枚")
# Measure words of stories, not of shopping: 三样, 一顿, 两口.
IDLE_UNITS = frozenset(
    "样顿次回趟口名位种层锅缸身味场股滴面道台间辆架部床扇级圈针户家桌页"
)
_BEFORE, _AHEAD = 4, 24  # characters around an amount that decide where it ends
MOST_UNITS = 50
MOST_FEN = 100_000
# Words that are one and the same measure to a shopkeeper.
_SAME_MEASURE = {"樽": "瓶", "听": "罐", "管": "支", "兜": "袋", "盘": "板"}
_GRAMS_PER_JIN = Decimal(500)


_PEOPLE = re.compile(
    "老?人|老的|老家伙|大人|小孩|孩子|娃|朋友|亲戚|客人|老头|老太|姐妹|老姐|同学|工友|儿子|女儿|"
    "闺女|孙|老倌|伢|字(?!典)|意思|问题|办法|道理|主意|题目|电话|姊妹|兄弟|崽|囡|外孙|外甥|侄|女婿|媳妇|姑娘|丫头|小家伙|师傅|同事|战友|邻居"
)
_QUALITY = re.compile(
    "(?:[贵大小好软硬甜嫩老早晚快慢近远轻重烂稀咸淡辣酸肥瘦粗细厚薄长短热凉亮省乎乖稠]|"
    "便宜|新鲜|干净|仔细|小心|当心|认真)$"
)
_US = re.compile(
    "[哥姐爷娘妯娌妹弟]儿?(?:们)?$|[我俺额他她](?:跟|和|同|与)[^来要给买拿送，]{1,4}$"
)
_WE = re.compile("(?:^|[^给帮替跟])[我俺咱他她]们?$")  # 我俩一人三个
_DOES = re.compile(
    "(?:是(?![否不么吗吧])|[要不爱][吃喝]|能[吃喝](?!着|好|[一两三四五六七八九十几半]+[天顿个])|不能|喜欢|在[家外上北深广]|去了|说|讲|嫁)"
)
_SPANS = re.compile("时间|路|日子|月|礼拜|星期|钟头|小时|多月|来月|多小时|年头|晚上|上午|下午")


@lru_cache(maxsize=8192)
def _amount_in(text: str, pos: int) -> Amount | None:
    return amount_at(text, pos)


@lru_cache(maxsize=8192)
def _number_in(text: str, pos: int) -> Numeral | None:
    return numeral_at(text, pos)


def amount_said(text: str, pos: int) -> Amount | None:
    """The amount that starts at `pos`, read from the few characters that can belong to it."""
    since = max(0, pos - _BEFORE)
    found = _amount_in(text[since : pos + _AHEAD], pos - since)
    if found is None:
        return None
    return replace(found, start=found.start + since, end=found.end + since)


def number_said(text: str, pos: int) -> Numeral | None:
    """The number that starts at `pos`, likewise."""
    since = max(0, pos - _BEFORE)
    found = _number_in(text[since : pos + _AHEAD], pos - since)
    if found is None:
        return None
    return replace(found, start=found.start + since, end=found.end + since)


def counts_no_goods(text: str, unit: str, end: int) -> bool:
    """Whether the amount that ends at `end` counts people or time: 两个老人家, 一个礼拜."""
    if unit == "个儿" and text[end : end + 1] in ("子", "女", "媳", "孙"):
        return True
    if unit not in ("个", "名", "位", "口", "只", "整", "段"):
        return False
    return bool(_PEOPLE.match(text, end) or _SPANS.match(text, end))


def compares(text: str, amount: Amount) -> bool:
    """贵一点, 软乎点儿: how it is or should be, and not how much of it."""
    return not amount.unit and _QUALITY.search(text, 0, amount.start) is not None


def counts_us(text: str, amount: Amount) -> bool:
    """我跟猫两个, 一个要吃辣一个不吃: who is meant, and no goods."""
    if amount.unit != "个":
        return False
    if text[amount.start] in "俩仨" and _WE.search(text, 0, amount.start):
        return True
    return bool(_US.search(text, 0, amount.start) or _DOES.match(text, amount.end))


@dataclass(frozen=True)
class Fit:
    """How well an amount suits a product (higher is better) and what it comes to."""

    score: float
    quantity: Decimal | None


def measure_of(unit: str) -> str:
    """The measure word without size and 儿: 大袋 and 袋儿 are 袋."""
    bare = unit.removesuffix("儿") or unit
    if len(bare) == 2 and bare[0] in "大小整" and bare[1:] in UNITS:
        bare = bare[1:]
    return bare


def in_jin(amount: Amount) -> Decimal | None:
    """The weight said, in 斤; None where the amount is no weight."""
    unit = UNITS.get(amount.unit)
    if amount.value is None or unit is None or unit.grams is None:
        return None
    return amount.value * unit.grams / _GRAMS_PER_JIN


def fit(product: Product, amount: Amount | None) -> Fit:
    """What `amount` of `product` comes to. The quantity is None where it must be asked."""
    if amount is None:
        return Fit(0, Decimal(1) if product.is_service else None)
    if product.is_service:
        counted = amount.value is not None and measure_of(amount.unit) in (product.unit, "个", "份")
        return Fit(1, amount.value if counted else Decimal(1))
    if amount.value is None:
        return Fit(_vague_score(product, measure_of(amount.unit)), None)
    found = _goods(product, amount.value, amount)
    return found if plausible(product, found.quantity) else Fit(found.score, None)


def comes_to(product: Product, value: Decimal | None, unit: str | None) -> Decimal | None:
    """What so many of a measure come to in the sale unit; None where it must be asked."""
    amount = None if value is None else Amount(value, unit or "个", 0, 0, False)
    return fit(product, amount).quantity


def plausible(product: Product, quantity: Decimal | None) -> bool:
    """Whether nobody would wonder at it: up to 50 sale units and 1,000 yuan on a line."""
    if quantity is None:
        return True
    price = (product.price_fen or 0) * quantity
    return 0 < quantity <= MOST_UNITS and price <= MOST_FEN


def _vague_score(product: Product, measure: str) -> float:
    if measure == product.unit:
        return 3
    return 1 if measure in product.inner else 0.5


def _goods(product: Product, value: Decimal, amount: Amount) -> Fit:
    measure = measure_of(amount.unit)
    jin = in_jin(amount)
    if jin is not None:
        return _by_weight(product, jin)
    if product.unit == "斤":
        if measure in PIECES and product.piece_jin is not None:
            return Fit(2.5, value * product.piece_jin)
        return Fit(0.5, None)
    if measure == product.unit:
        return Fit(3, _whole(value))
    for said in (measure, _SAME_MEASURE.get(measure, measure)):
        if said == product.unit:
            return Fit(2.8, _whole(value))
        if said in product.inner:
            packs = value / product.inner[said]
            whole = _whole(packs)
            return Fit(2 if whole else 0.7, whole)
    if measure == "个" and any(value % held == 0 for held in product.inner.values()):
        return Fit(2, value / max(held for held in product.inner.values() if value % held == 0))
    if measure in _GRAINS and product.unit not in PIECES:
        return Fit(0.4, None)  # 鸡蛋十枚 are no ten trays
    if measure == "" or UNITS.get(amount.unit) is None or UNITS[amount.unit].kind == "count":
        # 珍珠米两根 is corn, and no rice.
        pieces = measure in PIECES and product.unit in PIECES
        return Fit(1.5 if pieces else 1, _whole(value))
    return Fit(0.2, None)


def _by_weight(product: Product, jin: Decimal) -> Fit:
    if product.unit == "斤":
        return Fit(3, jin)
    if product.pack_jin is None:
        return Fit(0.2, None)
    packs = _whole(jin / product.pack_jin)
    # Of two packs that both come out even the larger is taken.
    return Fit(2 + float(product.pack_jin) / 1000 if packs else 0.6, packs)


def _whole(value: Decimal) -> Decimal | None:
    return value if value == value.to_integral_value() and value > 0 else None


def pick(products: Sequence[Product], amount: Amount | None, spec_jin: Decimal | None) -> list[
    tuple[Product, Fit]
]:
    """The products that the amount and the pack size said leave, best first, ties together."""
    fitted = [(product, fit(product, amount)) for product in products]
    if spec_jin is not None and any(product.pack_jin == spec_jin for product in products):
        fitted = [pair for pair in fitted if pair[0].pack_jin == spec_jin]
    best = max(found.score for _, found in fitted)
    return [pair for pair in fitted if pair[1].score > best - 0.005]
