"""The answer to one of our questions completes the one line that it was about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from nlu import intents
from nlu.binding import Event, Loose, Mention
from nlu.catalogue import Product
from nlu.confirming import REPEAT, read_confirm
from nlu.contract import Clarify, Heard, Item, Understood
from nlu.emergency import is_emergency
from nlu.lines import item, settle
from nlu.measures import in_jin, plausible
from nlu.numerals import find_numerals
from nlu.orderlines import Line
from nlu.quantities import Amount
from nlu.repaired import Repaired
from nlu.requesting import Scene, look
from nlu.vocabulary import Sense, Vocabulary

_REFUSED = re.compile(
    r"^(?:那|就|哦|嗯|啊|呃|哎|唉)*(?:算了|不要了|都不要|不用了|甭要|不买了|取消)"
)
_NEGATED = re.compile(r"(?:不|别|甭|莫)(?:爱|想|要|吃|是|喜欢)*[^的]{0,3}")
_FIRST = re.compile(r"(?:第一|头一|前面|前头|前一|先头|先说)(?:个|样|种|那)?")
_LAST = re.compile(r"(?:第二|后面|后头|后一|最后|末了|后说)(?:个|样|种|那)?")
_LARGE, _SMALL = re.compile(r"大(?!米|豆|葱|蒜|白菜)"), re.compile(r"小(?!米|时|心|白菜|青菜)|便宜")


def read_answer(heard: Heard, said: Repaired, vocabulary: Vocabulary) -> Understood:
    """Danger and a person first; then the answer; what is none is read as at the read-back."""
    if is_emergency(said.text) or is_emergency(said.heard):
        return Understood("emergency")
    question = heard.question
    if question is None or intents.is_agent(said.text):
        return read_confirm(heard, said, vocabulary)
    if REPEAT.search(said.text):
        return Understood("repeat")
    scene = look(heard, said, vocabulary)
    if question.about == "time":
        return _time(heard, scene, question, vocabulary) or read_confirm(heard, said, vocabulary)
    if _REFUSED.search(said.text) and not any(isinstance(e, Mention) for e in scene.events):
        return Understood("no")
    about = _product if question.about == "product" else _quantity
    line = about(scene, question, vocabulary)
    if line is None:
        return read_confirm(heard, said, vocabulary)
    settled = settle(line, said, vocabulary, 1)
    if isinstance(settled, Clarify):
        return Understood("answer", clarify=(settled,))
    return Understood("answer", (settled,))


def _time(
    heard: Heard, scene: Scene, question: Clarify, vocabulary: Vocabulary
) -> Understood | None:
    window = scene.wished[-1].window if scene.wished else None
    if window is None:
        return None
    items: tuple[Item, ...] = ()
    product = vocabulary.products.get(question.sku or "")
    if product and question.quantity is not None:
        line = Line(Sense(product.name, "held", (product.sku,)))
        items = (item(line, product, question.quantity, heard.text, (0, len(heard.text))),)
    return Understood("answer", items, window)


def _product(scene: Scene, question: Clarify, vocabulary: Vocabulary) -> Line | None:
    """The product named, or the option that the words single out, with the amount known."""
    options = [vocabulary.products[sku] for sku in question.options if sku in vocabulary.products]
    named = [e for e in scene.events if isinstance(e, Mention)]
    amount = _amount(scene.events)
    chosen: tuple[str, ...] = ()
    spec = None
    for mention in reversed(named):
        inside = tuple(sku for sku in mention.sense.skus if sku in question.options)
        if len(inside) == 1 or (mention.sense.held == "held" and not inside):
            chosen, spec = inside or mention.sense.skus, mention.spec_jin
            break
    if not chosen and options:
        picked = _singled_out(scene.text, options, scene.events)
        chosen = (picked.sku,) if picked else ()
    if not chosen:
        return None
    line = Line(Sense(question.heard, "held", chosen), spec_jin=spec, end=len(scene.text))
    if amount is not None and not _is_pack(amount, chosen, vocabulary):
        line.amounts = [amount]
    elif question.quantity is not None:
        unit = question.unit if question.unit is not None else "个"
        line.amounts = [Amount(question.quantity, unit, 0, 0, False)]
    return line


def _is_pack(amount: Amount, chosen: Iterable[str], vocabulary: Vocabulary) -> bool:
    """二十斤的那种 says which pack, and not how much."""
    jin = in_jin(amount)
    return jin is not None and any(vocabulary.products[sku].pack_jin == jin for sku in chosen)


def _singled_out(text: str, options: list[Product], events: list[Event]) -> Product | None:
    text = _NEGATED.sub("", text)
    weights = [in_jin(e.amount) for e in events if e.amount is not None]
    for weight in reversed([weight for weight in weights if weight]):
        by_pack = [product for product in options if product.pack_jin == weight]
        if len(by_pack) == 1:
            return by_pack[0]
    scores = [(_own_marks(text, product, options), product) for product in options]
    best = max(score for score, _ in scores)
    leading = [product for score, product in scores if score == best]
    if best > 0 and len(leading) == 1:
        return leading[0]
    if _FIRST.search(text):
        return options[0]
    if _LAST.search(text):
        return options[-1]
    by_price = sorted(options, key=lambda product: product.price_fen or 0)
    if _LARGE.search(text):
        return by_price[-1]
    return by_price[0] if _SMALL.search(text) else None


def _own_marks(text: str, product: Product, options: list[Product]) -> int:
    """How many characters of the text only this option has in its names, spec and unit."""
    others = "".join(_said_of(other) for other in options if other is not product)
    return sum(char in _said_of(product) and char not in others for char in set(text))


def _said_of(product: Product) -> str:
    return product.name + product.spec + product.unit + "".join(product.aliases)


def _quantity(scene: Scene, question: Clarify, vocabulary: Vocabulary) -> Line | None:
    product = vocabulary.products.get(question.sku or "")
    if product is None:
        return None
    amount = _amount(scene.events)
    if amount is None:
        numbers = [n for n in find_numerals(scene.masked) if not n.vague and n.value > 0]
        if not numbers or not plausible(product, Decimal(numbers[-1].value)):
            return None
        last = numbers[-1]
        amount = Amount(last.value, question.unit or product.unit, last.start, last.end, False)
    sense = Sense(product.name, "held", (product.sku,))
    return Line(sense, [amount], start=amount.start, end=amount.end)


def _amount(events: list[Event]) -> Amount | None:
    """The amount said last, whatever it was bound to."""
    found = [e.amount for e in events if isinstance(e, Loose) or e.amounts]
    return found[-1] if found else None
