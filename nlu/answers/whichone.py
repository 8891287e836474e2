"""Which product an answer means: the one that it names, or the option that its words single out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from nlu.amounts.measures import in_jin
from nlu.amounts.quantities import Amount
from nlu.answers.answered import answered
from nlu.answers.choosing import chosen, is_refused
from nlu.answers.uses import by_use
from nlu.catalogue import Product
from nlu.contract import Clarify
from nlu.cues import MADE_OF, WANT_LEAD
from nlu.marks.binding import Event, Mention
from nlu.marks.orderlines import Line
from nlu.told.scene import Scene
from nlu.vocabulary import Sense, Vocabulary

# What is said around a name that answers; how long one may be, how unlike it may sound for each
# of its characters, and how many are offered.
_AROUND_NAME = re.compile(
    r"^(?:那|就|哦|嗯|啊|呃|哎|我|俺|说的|讲的|要的?|想|是|买|来|给)+|(?:啊|呀|吧|嘛|呢|哦|的|咯|啦)+$"
)
_LONGEST_NAME, _LIKE, _NAMES_OFFERED = 8, 0.8, 3
# 后一个, 二十斤一袋的, 一卷一卷的, 三个里头最便宜的: which one, and not how many.
_WHICH_ONE = re.compile("[前后][头面边]?$|另外?$|(?:剩下?|余下)的?那?$")
_OF_SUCH_PACKS = re.compile("(?<=斤)一[袋桶箱包]的(?=$|[吧那嘛啊])")
_ONE_BY_ONE = re.compile(r"一(?P<unit>.)一(?P=unit)的")
_OF_THEM = re.compile("里头|里面|当中|之中|里(?:最|顶)")
_OF_WHAT = re.compile("馅?的|[榨做磨熬酿压]的?")
_AND = re.compile("(?:和|跟|与|、|还有|也|不要|不)*")


def product_of(scene: Scene, question: Clarify, vocabulary: Vocabulary) -> Line | None:
    """The line of the product named, or of the option meant, with the amount known."""
    options = [vocabulary.products[sku] for sku in question.options if sku in vocabulary.products]
    named = _naming(scene, options)
    if named is not None and named.sense.held == "unheld":
        return Line(named.sense, [], None, named.start, named.end)
    skus: tuple[str, ...] = ()
    if named is not None:
        inside = tuple(sku for sku in named.sense.skus if sku in question.options)
        skus = inside or named.sense.skus
    elif option := _option(scene, options):
        skus = (option.sku,)
    if not skus:
        return None
    spec = named.spec_jin if named else None
    line = Line(Sense(question.heard, "held", skus), spec_jin=spec, end=len(scene.text))
    packs = {*skus, *question.options} & vocabulary.products.keys()
    by_weight = len(skus) == 1 and vocabulary.products[skus[0]].unit == "斤"
    amount = _how_many(scene, question, vocabulary)
    if amount is not None and (by_weight or not _is_pack(amount, packs, vocabulary)):
        line.amounts = [amount]
    elif question.quantity is not None:
        unit = question.unit if question.unit is not None else "个"
        line.amounts = [Amount(question.quantity, unit, 0, 0, False)]
    return line


def amount_of(scene: Scene, question: Clarify, vocabulary: Vocabulary) -> Amount | None:
    """The amount that answers, in whatever measure it was said."""
    asked = {question.sku or "", *question.options} & vocabulary.products.keys()
    units = frozenset(vocabulary.products[sku].unit for sku in asked)
    return answered(scene.masked, scene.events, units)


def said_of(event: Event) -> list[Amount]:
    return [event.amount] if event.amount is not None else []


def sounding_like(scene: Scene, question: Clarify, vocabulary: Vocabulary) -> Clarify | None:
    """An answer that is no name, and sounds like one as a whole, is asked about once more."""
    if question.about != "product" or question.options:
        return None
    name = _AROUND_NAME.sub("", scene.said.heard)
    found = vocabulary.nearest.to(name) if 1 < len(name) <= _LONGEST_NAME else []
    near = [word for cost, word in found if cost <= _LIKE * len(name)][:_NAMES_OFFERED]
    skus = dict.fromkeys(sku for word in near for sku in vocabulary.words[word].skus)
    return replace(question, options=tuple(skus)) if skus else None


def _how_many(scene: Scene, question: Clarify, vocabulary: Vocabulary) -> Amount | None:
    """The amount, where it does not merely say which one."""
    amount, text = amount_of(scene, question, vocabulary), scene.text
    if amount is None or _OF_THEM.match(text, amount.end):
        return None
    if any(found.start() <= amount.start < found.end() for found in _ONE_BY_ONE.finditer(text)):
        return None
    if amount.value == 1 and (
        _WHICH_ONE.search(text, 0, amount.start) or _OF_SUCH_PACKS.match(text, amount.start)
        or text[amount.start - 1 : amount.start] in ("块", "元")
    ):
        return None
    return amount


def _naming(scene: Scene, options: Sequence[Product]) -> Mention | None:
    """The thing named last that answers: an option, or what is wished for in its place."""
    text, skus = scene.text, {option.sku for option in options}
    named = [event for event in scene.events if isinstance(event, Mention)]
    told = _told_of(scene, options)
    left = _left_out(text, named, skus)
    for mention in reversed(named):
        inside = skus.intersection(mention.sense.skus)
        if inside and (mention.named[0] in left or is_refused(text, *mention.named)):
            continue
        if told and _is_said_within(mention, told) or not inside and _is_only_about(
            mention, text, options
        ):
            continue
        wanted = WANT_LEAD.search(text, 0, mention.start)
        if mention.sense.held == "unheld" and wanted:
            return mention
        if len(inside) == 1 or (mention.sense.held == "held" and not inside):
            return mention
    return None


def _is_only_about(mention: Mention, text: str, options: Sequence[Product]) -> bool:
    """花生的, of oil; 肉馅的, of dumplings; 要鲫鱼炖豆腐; 灯泡一闪一闪, of what to mend."""
    if not options:
        return False
    if any(mention.sense.word in option.name for option in options):
        return True
    if mention.sense.word.endswith("馅") or _OF_WHAT.match(text, mention.end):
        return True
    if MADE_OF.search(text, 0, mention.start):
        return True
    wanted = WANT_LEAD.search(text, 0, mention.start)
    return all(option.is_service for option in options) and not wanted


def _option(scene: Scene, options: Sequence[Product]) -> Product | None:
    """The option that the words single out, or that is left of those refused."""
    if not options:
        return None
    named = [event for event in scene.events if isinstance(event, Mention)]
    left = set(_left_out(scene.text, named, {option.sku for option in options}).values())
    rest = [option for option in options if option.sku not in left]
    if len(left) > 1 and len(rest) == 1:
        return rest[0]
    amounts = [amount for event in scene.events for amount in said_of(event)]
    if by_use(scene.said.heard, options) and not by_use(scene.text, options):
        return chosen(scene.said.heard, options, [])  # 刺少的, taken for 瓷少的
    return chosen(scene.text, options, amounts) or chosen(scene.said.heard, options, [])


def _told_of(scene: Scene, options: Sequence[Product]) -> list[tuple[int, int, Product]]:
    return by_use(scene.text, options) or by_use(scene.said.heard, options)


def _left_out(text: str, named: Sequence[Mention], options: set[str]) -> dict[int, str]:
    """不要菜油豆油: where each option that is refused together with the one before it is named."""
    left: dict[int, str] = {}
    end = -1
    for mention in named:
        start, sku = mention.named[0], next((s for s in mention.sense.skus if s in options), None)
        joined = left and _AND.fullmatch(text, end, start)
        if sku and (joined or is_refused(text, *mention.named)):
            left[start] = sku
        end = mention.named[1]
    return left


def _is_said_within(mention: Mention, told: Sequence[tuple[int, int, Product]]) -> bool:
    """有肥有瘦的, 刺少的: what is told of one option names no other, nor does what sounds so."""
    skus = mention.sense.skus
    return not any(product.sku in skus for _, _, product in told) and any(
        mention.sense.how == "sound" or start <= mention.named[0] < end for start, end, _ in told
    )


def _is_pack(amount: Amount, packs: Iterable[str], vocabulary: Vocabulary) -> bool:
    """二十斤的那种 says which pack, and not how much."""
    jin = in_jin(amount)
    return jin is not None and any(vocabulary.products[sku].pack_jin == jin for sku in packs)
