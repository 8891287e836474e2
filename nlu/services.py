"""Services by what the caller says is wrong or wanted: 水池子不下水了, 找个师傅来推推头."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from nlu.vocabulary import Sense, Vocabulary

_REACH = 10


@dataclass(frozen=True)
class _Rule:
    name: str
    said: re.Pattern[str] | None
    things: re.Pattern[str] | None
    troubles: re.Pattern[str] | None


@dataclass(frozen=True)
class ServiceMention:
    """A service named or described at `[start, end)`; `plain` where a phrase says it alone."""

    sense: Sense
    start: int
    end: int
    plain: bool


@lru_cache(maxsize=1)
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
    return re.compile("|".join(map(re.escape, longest_first))) if longest_first else None


def services(text: str, vocabulary: Vocabulary) -> list[ServiceMention]:
    """All services said, left to right; of two that overlap the plainer and longer stays."""
    found: list[ServiceMention] = []
    for rule in _rules():
        sense = vocabulary.words.get(rule.name)
        if sense is None or not sense.skus:
            continue
        if rule.said:
            found += [
                ServiceMention(sense, match.start(), match.end(), True)
                for match in rule.said.finditer(text)
            ]
        if rule.things and rule.troubles:
            found += _troubles(text, rule, sense)
    found.sort(key=lambda m: (not m.plain, -(m.end - m.start) if m.plain else m.end - m.start, m.start))
    kept: list[ServiceMention] = []
    for mention in found:
        if all(mention.end <= other.start or mention.start >= other.end for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)


def _troubles(text: str, rule: _Rule, sense: Sense) -> list[ServiceMention]:
    assert rule.things and rule.troubles  # noqa: S101
    things = [match.span() for match in rule.things.finditer(text)]
    if not things:
        return []
    troubles = [match.span() for match in rule.troubles.finditer(text)]
    pairs = []
    for thing in things:
        near = [
            (max(thing[0], trouble[0]) - min(thing[1], trouble[1]), thing, trouble)
            for trouble in troubles
            if trouble[0] >= thing[1] or trouble[1] <= thing[0]
        ]
        if near and min(near)[0] <= _REACH:
            _, first, second = min(near)
            pairs.append(
                ServiceMention(sense, min(first[0], second[0]), max(first[1], second[1]), False)
            )
    return pairs
