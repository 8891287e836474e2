"""Amounts that are said and not wished for: refuted for the next, or parts of a whole."""

from __future__ import annotations

import re

from nlu.amounts.measures import amount_said
from nlu.amounts.quantities import Amount
from nlu.marks.portions import ends_with_thing, portions
from nlu.vocabulary import Vocabulary

_NOT = re.compile(
    "(?:不是|(?:不|别|甭|莫|不用|用不着|勿)(?:给我|给俺)?(?:要|来|拿|买|送|称|用|带))(?:给我)?"
)
_ISNT = re.compile("(?:啊|哦|呀)?不是")
_BUT = re.compile(
    "的?(?:[嗯呃哎啊哦呀嘛吧呢，。、,]|而|应该|我|咱|俺)*(?:是|要|来|拿|就|只|改|给我|买|称|送|有)*"
)
_VERB = re.compile("[是要来拿就只改给买称送]")
_SETTLED = re.compile("吧|就|够|得了|行|好了|$")
_COOKED = re.compile(
    "(?:拿来|用来|我)?(?:[炖炒煮蒸炸拌煲涮焖卤煨烤]|红烧|清蒸|剁|切|做(?!饭)|包(?!装)|腌|冻|存)"
    "[^，要来买拿称送一二两三四五六七八九半几]{0,3}"
)


def not_wished(text: str, vocabulary: Vocabulary) -> frozenset[int]:
    """Where such amounts are said: 馒头不要五个要三个, 三斤土豆两斤炖着吃一斤炒丝."""
    told = portions(text, vocabulary)
    cooked = [
        (start, end) for start, end in _parts(text, vocabulary)
        if not any(start <= part[0] < end for part in told)
    ]
    right = _after_the_right_one(text, vocabulary)
    spans = [*_refuted(text, vocabulary), *cooked, *told, *right]
    return frozenset(at for start, end in spans for at in range(start, end))


def _refuted(text: str, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    spans = []
    for found in _NOT.finditer(text):
        first = _counted(text, found.end())
        link = _BUT.match(text, first.end) if first else None
        second = _counted(text, link.end()) if link else None
        if first is None or second is None or text[second.end : second.end + 1] == "的":
            continue
        if first.value == second.value or not (
            _VERB.search(link[0] if link else "") or _SETTLED.match(text, second.end)
        ):
            continue
        if second.end == len(text) or vocabulary.sense_at(text, second.end) is None:
            spans.append((first.start, first.end))
    return spans


def _after_the_right_one(text: str, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """要十个不是四个馒头: what is not meant, between the right amount and the thing."""
    spans = []
    for found in _ISNT.finditer(text):
        wrong = _counted(text, found.end())
        right = next(
            (
                amount for at in range(max(0, found.start() - 4), found.start())
                if (amount := _counted(text, at)) and amount.end == found.start()
            ),
            None,
        )
        if wrong and right and right.unit == wrong.unit and right.value != wrong.value and (
            wrong.end < len(text) and vocabulary.sense_at(text, wrong.end)
        ):
            spans.append((found.start(), wrong.end))
    return spans


def _parts(text: str, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """两斤炖着吃一斤炒丝: what becomes of each part, after the amount of the whole."""
    spans: list[tuple[int, int]] = []
    pos = 0
    while pos < len(text):
        first = _counted(text, pos)
        cooked = _COOKED.match(text, first.end) if first else None
        second = _counted(text, cooked.end()) if cooked else None
        also = _COOKED.match(text, second.end) if second else None
        if cooked and ends_with_thing(cooked[0], vocabulary):
            also = None  # 鸡腿二斤炖羊肉二斤涮
        if first and second and also and first.unit == second.unit:
            spans.append((first.start, also.end()))
            pos = also.end()
        pos += 1
    return spans


def _counted(text: str, pos: int) -> Amount | None:
    amount = amount_said(text, pos) if pos < len(text) else None
    return amount if amount and amount.unit and amount.value is not None else None
