"""The answer to one of our questions completes the one line that it was about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from nlu import intents
from nlu.binding import Event, Loose, Mention
from nlu.choosing import chosen as chosen_of
from nlu.choosing import is_refused
from nlu.confirming import REPEAT, read_confirm
from nlu.contract import Clarify, Heard, Item, Understood
from nlu.cues import FILLER, MEND
from nlu.emergency import is_emergency
from nlu.lines import item, settle
from nlu.measures import in_jin, plausible
from nlu.numerals import find_numerals
from nlu.orderlines import Line
from nlu.quantities import Amount
from nlu.repaired import Repaired
from nlu.scene import Scene, look
from nlu.vocabulary import Sense, Vocabulary
from nlu.windows import asked_for

_REFUSED = re.compile(
    r"^(?:那|就|哦|嗯|啊|呃|哎|唉|我|这个|先)*(?:算(?:了|哒|咯|球|啦)|不要了|都不要|不用了?|甭要|不买了|取消|甭(?:来|送|弄|用)|"
    r"莫(?:来|送|要|买)|别(?:来|送|要)|不(?:来|送|弄|修|整|消|订)了|不消|唔使|唔要|勿要|覅|免了|拉倒)|"
    r"^.{1,6}?(?:就|我|也)*(?:不要|不买|算|别要|甭要|不用|莫要|勿要|唔要|免)(?:了|啦|咯|哒|吧)+$|"
    r"^(?:那|就|我|俺)*(?:不要|不买|别要|不拿)[^，。]{1,4}(?:了|吧)$"
)
# 二十个吧老伴一天吃三个: what is said after the answer is told.
_FIRST = re.compile(rf"(?:{FILLER}|就|那|要|来|拿|给我|我|你|买|称)*")
_ANSWERED = re.compile("吧|就(?:行|够|好|成|中|可以)|够了|得了|好了|行了")
# 不要了家里翻出来一袋: an amount beside a refusal counts where something is asked for after all.
_ASKED_ANEW = re.compile("(?<![出回起过进])来|拿(?![了出])|买(?!了)|给我|换|改|就|还是|要(?!了|的)")
# What a number counts that is no amount: 三口人, 两顿.
_COUNTS_ELSE = re.compile(
    "口|个人|位|岁|代|辈|天|顿|点|月|号|楼|年|回|次|元|块钱|毛|礼拜|星期|周|家"
)
_ANY = re.compile(
    r"划算|实惠|上[回次]|以前|平常|往常|老样|一样|你[定选挑]|你说了算|你做主|哪[个种](?:都|好|便宜|要)|^除[了开]|"
    r"随便|随时|(?:啥|什么|几|哪个|哪天|哪样)(?:时候|点|辰光|天|个|样|种)?(?:都|也)(?:行|可以|成|中|好|得|要得)|"
    r"都(?:行|可以|成|中|要得|得)|看着(?:办|给|来|拿)|(?:再说|不急|不着急|看情况|说不准|没准)"
)

# What is said around a name that answers; how long one may be, how unlike it may sound for each
# of its characters, and how many are offered.
_AROUND_NAME = re.compile(
    r"^(?:那|就|哦|嗯|啊|呃|哎|我|俺|说的|讲的|要的?|想|是|买|来|给)+|(?:啊|呀|吧|嘛|呢|哦|的|咯|啦)+$"
)
_LONGEST_NAME, _LIKE, _NAMES_OFFERED = 8, 0.8, 3


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
    off = _REFUSED.search(said.text) and not others and (
        _amount(scene.masked, scene.events) is None or not _ASKED_ANEW.search(said.text)
    )
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
        other = read_confirm(heard, said, vocabulary)
        asked = _sounding_like(scene, question, vocabulary) if other.intent == "other" else None
        return other if asked is None else Understood("answer", clarify=(asked,))
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
    amount = _amount(scene.masked, scene.events)
    chosen: tuple[str, ...] = ()
    spec = None
    for mention in reversed(named):
        inside = tuple(sku for sku in mention.sense.skus if sku in question.options)
        if inside and is_refused(scene.text, *mention.named):
            continue
        if not inside and any(mention.sense.word in option.name for option in options):
            continue  # 花生的, of oil
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
    packs = {*chosen, *question.options} & vocabulary.products.keys()
    if amount is not None and not _is_pack(amount, packs, vocabulary):
        line.amounts = [amount]
    elif question.quantity is not None:
        unit = question.unit if question.unit is not None else "个"
        line.amounts = [Amount(question.quantity, unit, 0, 0, False)]
    return line


def _sounding_like(scene: Scene, question: Clarify, vocabulary: Vocabulary) -> Clarify | None:
    """An answer that is no name, and sounds like one as a whole, is asked about once more."""
    if question.about != "product" or question.options:
        return None
    name = _AROUND_NAME.sub("", scene.said.heard)
    found = vocabulary.nearest.to(name) if 1 < len(name) <= _LONGEST_NAME else []
    near = [word for cost, word in found if cost <= _LIKE * len(name)][:_NAMES_OFFERED]
    skus = dict.fromkeys(sku for word in near for sku in vocabulary.words[word].skus)
    return replace(question, options=tuple(skus)) if skus else None


def _is_pack(amount: Amount, chosen: Iterable[str], vocabulary: Vocabulary) -> bool:
    """二十斤的那种 says which pack, and not how much."""
    jin = in_jin(amount)
    return jin is not None and any(vocabulary.products[sku].pack_jin == jin for sku in chosen)


def _quantity(scene: Scene, question: Clarify, vocabulary: Vocabulary) -> Line | None:
    product = vocabulary.products.get(question.sku or "")
    if product is None:
        return None
    amount = _amount(scene.masked, scene.events)
    if amount is None:
        numbers = [
            n for n in find_numerals(scene.masked)
            if not n.vague and n.value > 0 and not _COUNTS_ELSE.match(scene.masked, n.end)
        ]
        if not numbers or not plausible(product, Decimal(numbers[-1].value)):
            return None
        last = numbers[-1]
        amount = Amount(last.value, question.unit or product.unit, last.start, last.end, False)
    sense = Sense(product.name, "held", (product.sku,))
    return Line(sense, [amount], start=amount.start, end=amount.end)


def _said(event: Event) -> list[Amount]:
    return [event.amount] if event.amount is not None else []


def _amount(text: str, events: list[Event]) -> Amount | None:
    """The amount said last, whatever it was bound to; the first where what follows is told."""
    found = [e.amount for e in events if isinstance(e, Loose) or e.amounts]
    first, last = (found[0], found[-1]) if found else (None, None)
    if first is None:
        return last
    answered = _ANSWERED.match(text, first.end) and _FIRST.fullmatch(text, 0, first.start)
    return first if answered and not MEND.search(text, first.end) else last
