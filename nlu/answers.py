"""The answer to one of our questions completes the one line that it was about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from nlu import intents
from nlu.binding import Event, Loose, Mention
from nlu.choosing import chosen as chosen_of
from nlu.choosing import is_refused
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
from nlu.windows import asked_for

_REFUSED = re.compile(
    r"^(?:那|就|哦|嗯|啊|呃|哎|唉|我|这个|先)*(?:算(?:了|哒|咯|球|啦)|不要了|都不要|不用了?|甭要|不买了|取消|甭(?:来|送|弄|用)|"
    r"莫(?:来|送|要|买)|别(?:来|送|要)|不(?:来|送|弄|修|整|消|订)了|不消|唔使|唔要|勿要|覅|免了|拉倒)|"
    r"^.{1,6}?(?:就|我|也)*(?:不要|不买|算|别要|甭要|不用|莫要|勿要|唔要|免)(?:了|啦|咯|哒|吧)+$|"
    r"^(?:那|就|我|俺)*(?:不要|不买|别要|不拿)[^，。]{1,4}(?:了|吧)$"
)
_ANY = re.compile(
    r"随便|随时|(?:啥|什么|几|哪个|哪天|哪样)(?:时候|点|辰光|天|个|样|种)?(?:都|也)(?:行|可以|成|中|好|得|要得)|"
    r"都(?:行|可以|成|中|要得|得)|看着(?:办|给|来|拿)|(?:再说|不急|不着急|看情况|说不准|没准)"
)


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
    others = [
        e for e in scene.events
        if isinstance(e, Mention) and question.sku not in e.sense.skus and e.sense.skus
    ]
    off = _REFUSED.search(said.text) and not others and _amount(scene.events) is None
    if question.about == "time":
        at = _time(heard, scene, question, vocabulary)
        if at is None and off:
            return Understood("no")
        if at is None and _ANY.search(said.text):
            return Understood("answer", clarify=(question,))
        return at or read_confirm(heard, said, vocabulary)
    if off:
        return Understood("no")
    about = _product if question.about == "product" else _quantity
    line = about(scene, question, vocabulary)
    if line is None and _ANY.search(said.text):
        return Understood("answer", clarify=(question,))
    if line is None:
        return read_confirm(heard, said, vocabulary)
    settled = settle(line, said, vocabulary, 1)
    if isinstance(settled, Clarify):
        return Understood("answer", clarify=(settled,))
    return Understood("answer", (settled,))


def _time(
    heard: Heard, scene: Scene, question: Clarify, vocabulary: Vocabulary
) -> Understood | None:
    wished = scene.wished or asked_for(scene.text, heard.now)
    window = wished[-1].window if wished else None
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
        if inside and len(named) > 1 and is_refused(scene.text, *mention.named):
            continue
        if len(inside) == 1 or (mention.sense.held == "held" and not inside):
            chosen, spec = inside or mention.sense.skus, mention.spec_jin
            break
    if not chosen and options:
        said = [amount for event in scene.events for amount in _said(event)]
        picked = chosen_of(scene.text, options, said) or chosen_of(scene.said.heard, options, [])
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


def _said(event: Event) -> list[Amount]:
    return [event.amount] if event.amount is not None else []


def _amount(events: list[Event]) -> Amount | None:
    """The amount said last, whatever it was bound to."""
    found = [e.amount for e in events if isinstance(e, Loose) or e.amounts]
    return found[-1] if found else None
