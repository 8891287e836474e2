"""A measure word that an answer lost to its sound: 三快 of tofu, 两代 of salt, 五今 of eggs."""

from __future__ import annotations

from nlu.amounts.quantities import UNITS
from nlu.contract import Clarify
from nlu.sounds.sound import ACCENT, distance, readings
from nlu.sounds.substitutes import NUMBERS
from nlu.vocabulary import Vocabulary

# 三天, 五点 and 两口人 count something; 五今天 and 三快乐 begin another word.
_BEGINS = {
    "今": "天儿晚早日朝年", "快": "乐点些来送", "进": "来去门", "代": "替他",
    "平": "时常", "近": "来",
}
_COUNTS = frozenset("天点号月年日岁口人回次趟顿样家楼大小多半来")


def by_measure(text: str, question: Clarify, vocabulary: Vocabulary) -> str:
    """The answer with the measure that was asked for put right, character for character."""
    asked = {question.sku or "", *question.options} & vocabulary.products.keys()
    units = {vocabulary.products[sku].unit for sku in asked}
    units |= {question.unit} if question.unit else set()
    sounds = {unit: readings(unit)[0] for unit in sorted(units) if len(unit) == 1}
    out = list(text)
    for at in range(1, len(text)):
        char = text[at]
        if text[at - 1] not in NUMBERS or char in UNITS or char in _COUNTS or char in NUMBERS:
            continue
        if text[at + 1 : at + 2] and text[at + 1] in _BEGINS.get(char, ""):
            continue
        near = [
            unit for unit, sound in sounds.items()
            if any(distance(sound, other) <= ACCENT for other in readings(char))
        ]
        if len(near) == 1:
            out[at] = near[0]
    return "".join(out)
