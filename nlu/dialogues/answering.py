"""The answer to one of our questions completes the one line that it was about."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from nlu.amounts.measures import plausible
from nlu.amounts.numerals import find_numerals
from nlu.amounts.quantities import Amount
from nlu.answers.sums import summed
from nlu.answers.whichone import amount_of, product_of, said_of, sounding_like
from nlu.contract import Clarify, Heard, Item, Understood
from nlu.cues import SWAP_LEAD
from nlu.dialogues.confirming import REPEAT, read_confirm
from nlu.dialogues.requesting import wishes_of
from nlu.marks.binding import Mention
from nlu.marks.orderlines import Line, line_of
from nlu.patterns import patterns
from nlu.readback.consenting import SAID
from nlu.requests import intents
from nlu.sounds.repaired import Repaired
from nlu.times.spread import said_beside
from nlu.times.windows import asked_for, is_vague
from nlu.told.scene import Scene, look
from nlu.vocabulary import Sense, Vocabulary
from nlu.wishes.lines import item, settle

_SAID = patterns("answers.tsv")
# 不要了家里翻出来一袋: an amount beside a refusal counts where something is asked for after all.
_ASKED_ANEW = re.compile(
    "(?<![出回起过进送带寄拿捎])来|拿(?![了出])|买(?!了)|给我|换|改|就|还是|"
    "要(?!了|的)"
)
# What a number counts that is no amount: 三口人, 两顿.
_COUNTS_ELSE = re.compile(
    "口|个人|个?(?:礼拜|星期|月|钟头|小时)|位|岁|代|辈|天|顿|点|月|号|楼|年|回|次|元|块钱|毛|礼拜|星期|周|家"
)
# 一小篮: so many of what nobody weighed.
_IN_A_VESSEL = re.compile("[大小]?(?:篮|筐|筲|盆|兜|捧|缸|碗|锅|堆|坛|网|蛇皮)")

_CHOOSES = re.compile("(?:就|还是|那就|给我)(?:要|来|拿|买|称)")

# 肉的五个素的五个
_SOME_OF_BOTH = re.compile(
    "一半[^不]{1,5}一半|的[一二两三四五六七八九十俩仨]+[个斤袋桶瓶][^不]{1,4}的[一二两三四五六七八九十俩仨]+[个斤袋桶瓶]"
    "|(?:[两三几]|[小贵轻]的)(?:种|样|个|桶|袋)?都(?:要|来|拿|买)|^都(?:要|来|拿)(?![大小贵便十二三])|各(?:来|要|拿|买)?一|每(?:样|种)(?:来|要|一)|"
    "^一样(?:来|要|拿)?一"
)


def read_answer(heard: Heard, said: Repaired, vocabulary: Vocabulary) -> Understood:
    """A person first; then the answer; what is none is read as at the read-back."""
    question = heard.question
    if question is None or intents.is_agent(said.text):
        return read_confirm(heard, said, vocabulary)
    if said.either(SAID["looks first"].search):
        return Understood("other")
    if REPEAT.search(said.text):
        return Understood("repeat")
    scene = look(heard, said, vocabulary)
    others = [
        e for e in scene.events
        if isinstance(e, Mention) and e.sense.skus
        and not {question.sku, *question.options}.intersection(e.sense.skus)
    ]
    off = said.either(_SAID["refused"].search) and not others and (
        amount_of(scene, question, vocabulary) is None or not _ASKED_ANEW.search(said.text)
    )
    if question.about == "time" and (
        SAID["asks whether"].search(said.text) or _SAID["asks whether"].search(said.text)
    ):
        return Understood("question", about=tuple(_asked_about(scene, question, vocabulary)))
    if question.about == "time":
        at = _time(heard, scene, question, vocabulary)
        if at is None and off:
            return Understood("no")
        if at is None and (_SAID["any"].search(said.text) or is_vague(scene.text, heard.now)):
            return Understood("answer", clarify=(question,))
        return at or read_confirm(heard, said, vocabulary)
    if off:
        return Understood("no")
    about = product_of if question.about == "product" else _quantity
    if said.either(_SAID["price"].search) and not _CHOOSES.search(said.text):
        return Understood("question", about=tuple(_asked_about(scene, question, vocabulary)))
    if question.options and _SOME_OF_BOTH.search(said.text):
        return Understood("answer", clarify=(question,))
    switched = _another(scene, others) if question.about == "quantity" else None
    line = switched or about(scene, question, vocabulary)
    line = line or _with_the_question(heard, said, vocabulary)
    if line is None and said.either(_SAID["any"].search):
        return Understood("answer", clarify=(question,))
    if line is None:
        other = read_confirm(heard, said, vocabulary)
        asked = sounding_like(scene, question, vocabulary) if other.intent == "other" else None
        return other if asked is None else Understood("answer", clarify=(asked,))
    settled = settle(line, said, vocabulary, 1)
    if isinstance(settled, Clarify):
        return Understood("answer", clarify=(settled,))
    in_parts = question.about == "quantity" and said.either(summed) is not None
    window = None if in_parts else said_beside(scene.said, scene.wished)  # 中午一条晚上一条
    return Understood("answer", (settled,), window)


def _asked_about(scene: Scene, question: Clarify, vocabulary: Vocabulary) -> list[str]:
    """The products whose price is asked back."""
    line = product_of(scene, question, vocabulary) if question.about == "product" else None
    return list(line.sense.skus) if line else [question.sku] if question.sku else []


def _another(scene: Scene, others: list[Mention]) -> Line | None:
    """洋芋算了换成红苕要三斤: what is wished for in place of what was asked about."""
    last = others[-1] if others else None
    if last is None or not SWAP_LEAD.search(scene.masked, 0, last.start):
        return None
    return line_of(last)


def _with_the_question(heard: Heard, said: Repaired, vocabulary: Vocabulary) -> Line | None:
    """四节电池 …… 遥控器上用的七号的: the answer read on from what was asked about."""
    question = heard.question
    if question is None or question.about != "product" or question.options:
        return None
    scene = look(heard, said.after(question.heard), vocabulary)
    lines = [line for line in wishes_of(scene, vocabulary).lines if len(line.sense.skus) == 1]
    return lines[0] if len(lines) == 1 else None


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


def _quantity(scene: Scene, question: Clarify, vocabulary: Vocabulary) -> Line | None:
    product = vocabulary.products.get(question.sku or "")
    if product is None:
        return None
    amount = scene.said.either(summed) or amount_of(scene, question, vocabulary)
    if amount is None and (told := [a for event in scene.events for a in said_of(event)]):
        amount = replace(told[-1], value=None, vague=True)
    if amount is None:
        numbers = [
            n for n in find_numerals(scene.masked)
            if not n.vague and n.value > 0 and not _COUNTS_ELSE.match(scene.masked, n.end)
            and not _IN_A_VESSEL.match(scene.masked, n.end)
        ]
        if not numbers or not plausible(product, Decimal(numbers[-1].value)):
            return None
        last = numbers[-1]
        amount = Amount(last.value, question.unit or product.unit, last.start, last.end, False)
    sense = Sense(product.name, "held", (product.sku,))
    return Line(sense, [amount], start=amount.start, end=amount.end)
