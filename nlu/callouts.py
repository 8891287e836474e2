"""Services by what the caller says is wrong or wanted: 水池子不下水了, 找个师傅来推推头."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from importlib.resources import files

from nlu.calling import DEED, ServiceMention, as_told
from nlu.vocabulary import Sense, Vocabulary

# How far a trouble may stand from its thing; of what is not held, only what is plain is asked.
_REACH, _CLOSE = 14, 5
_PORTION = re.compile(
    r"(?:份|盒|送(?:点|些|个|我)?|给.{0,2})((?:盒|热|现成)?饭)"
    r"(?!店|菜馆|锅|量|桌|前|后|钱|点|碗|盆|勺)"
)
_NOON = re.compile("中午|晌午|晌|午(?!夜)|昼|十[一二]点")
_LATE = re.compile("晚(?!点|一点|些)|夜|黑了|黑里|傍黑|擦黑|后晌|[六七]点")


@dataclass(frozen=True)
class _Rule:
    name: str
    said: re.Pattern[str] | None
    things: re.Pattern[str] | None
    troubles: re.Pattern[str] | None


def _rules() -> tuple[_Rule, ...]:
    text = (files("nlu") / "data" / "services.tsv").read_text(encoding="utf-8")
    rules = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, *columns = [*line.split("\t"), "", ""][:4]
            rules.append(_Rule(name, *(_any(column) for column in columns)))
    return tuple(rules)


def _any(words: str) -> re.Pattern[str] | None:
    longest_first = sorted(set(words.split()), key=len, reverse=True)
    return re.compile("|".join(longest_first)) if longest_first else None


_RULES = _rules()


def services(text: str, vocabulary: Vocabulary) -> list[ServiceMention]:
    """All services said, left to right; of two that overlap the plainer and longer stays."""
    found: list[ServiceMention] = []
    for rule in _RULES:
        sense = _sense(rule, vocabulary)
        if rule.said:
            plain = bool(sense.skus)
            found += [
                as_told(text, ServiceMention(sense, *m.span(), plain, words=(m.span(),)))
                for m in rule.said.finditer(text)
            ]
        if rule.things and rule.troubles:
            found += [as_told(text, mention) for mention in _troubles(text, rule, sense)]
    found += _meals(text, vocabulary)
    found.sort(key=_rank)
    kept: list[ServiceMention] = []
    taken: set[int] = set()
    for mention in found:
        if taken.isdisjoint(range(mention.start, mention.end)):
            kept.append(mention)
            taken.update(range(mention.start, mention.end))
    return sorted(kept, key=lambda mention: mention.start)


def _meals(text: str, vocabulary: Vocabulary) -> list[ServiceMention]:
    """中午送两份饭来: which meal is told by the hour it is wished for."""
    late = _LATE.search(text) is not None
    sense = vocabulary.words.get("送晚餐" if late else "送午餐")
    if sense is None or not sense.skus or late == bool(_NOON.search(text)):
        return []
    return [
        ServiceMention(sense, *found.span(1), True, words=(found.span(1),))
        for found in _PORTION.finditer(text)
    ]


def _sense(rule: _Rule, vocabulary: Vocabulary) -> Sense:
    """The service of the catalogue, or one that it does not hold and that is asked about."""
    sense = vocabulary.words.get(rule.name)
    return sense if sense and sense.skus else Sense(rule.name, "unheld")


def by_thing(text: str, vocabulary: Vocabulary) -> Sense | None:
    """叫个人来看看, and somewhere before the washing machine: the service for what was named."""
    found: list[tuple[int, Sense]] = []
    for rule in _RULES:
        if rule.things:
            sense = _sense(rule, vocabulary)
            found += [(len(m[0]), sense) for m in rule.things.finditer(text) if len(m[0]) > 1]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _rank(mention: ServiceMention) -> tuple[bool, bool, int, int]:
    length = mention.end - mention.start
    return (mention.told, not mention.plain, -length if mention.plain else length, mention.start)


def _troubles(text: str, rule: _Rule, sense: Sense) -> list[ServiceMention]:
    assert rule.things and rule.troubles
    things = [match.span() for match in rule.things.finditer(text)]
    if not things:
        return []
    troubles = [match.span() for match in rule.troubles.finditer(text)]
    pairs = []
    for thing in things:
        first = bisect_left(troubles, (thing[0] - 2 * _REACH, 0))
        last = bisect_left(troubles, (thing[1] + _REACH + 1, 0))
        near = [
            (max(thing[0], trouble[0]) - min(thing[1], trouble[1]), thing, trouble)
            for trouble in troubles[first:last]
            if trouble[0] >= thing[1]
            or thing[0] - (_REACH if DEED.search(text, *trouble) else _CLOSE) <= trouble[1]
            and trouble[1] <= thing[0]
        ]
        if near and min(near)[0] <= (_REACH if sense.skus else _CLOSE):
            _, one, other = min(near)
            start, end = min(one[0], other[0]), max(one[1], other[1])
            pairs.append(ServiceMention(sense, start, end, False, words=(one, other)))
    return pairs
