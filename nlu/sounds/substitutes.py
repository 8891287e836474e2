"""What may have been said where a character was heard: by its sound, and by what stands beside it.

Each comes with what it costs that it was heard so. Worked out once for every two characters.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from nlu.sounds.sequences import Sequences
from nlu.sounds.sound import ACCENT, FAR, NEAR, OTHER, Neighbours, readings

# Natural logarithms: what it costs that a character was heard as another of that distance.
HEARD_AS = ((0.0, 5.7), (ACCENT, 7.0), (NEAR, 10.0), (FAR, 11.0))
_CLOSE = 7.0
# How many others stand for one, and how many are tried as lost between two.
_OTHERS, _FOUND = 8, 4
NUMBERS = frozenset("零一二两俩仨三四五六七八九十百半")
# Numbers that mean the same, so that it matters little which was said.
_SAME_NUMBER = (frozenset("二两俩"), frozenset("三仨"))
# What would turn a wish into its opposite: 牛奶一箱要低脂的 has not lost its 不.
DENIALS = frozenset("不别没莫甭勿")


def are_the_same(number: str, other: str) -> bool:
    """Whether two numbers mean the same."""
    return any({number, other} <= same for same in _SAME_NUMBER)


@lru_cache(maxsize=20_000)
def between(table: Sequences, first: str, second: str) -> tuple[str, ...]:
    """What may have stood between two characters that are never met side by side. No number, for
    a lost number is asked about, and no denial."""
    after = table.followers(first)
    if second in after:
        return ()
    before = table.leaders(second)
    found = (after.keys() & before.keys()) - NUMBERS - DENIALS
    ranked = sorted((after[char] + before[char], char) for char in found)
    return tuple(char for _, char in ranked[:_FOUND])


@lru_cache(maxsize=20_000)
def before(table: Sequences, char: str, after: str) -> list[tuple[str, float]]:
    prices, costs = alike(table, readings(char)), table.leaders(after)
    return _first(prices, (prices.keys() & costs.keys()) - {char}, costs)


@lru_cache(maxsize=4_000)
def alone(table: Sequences, char: str) -> list[tuple[str, float]]:
    prices = alike(table, readings(char))
    close = [other for other, price in prices.items() if price <= _CLOSE and other != char]
    return _first(prices, close, table.followers(""))


@lru_cache(maxsize=20_000)
def after(table: Sequences, char: str, last: str) -> list[tuple[str, float]]:
    prices, costs = alike(table, readings(char)), table.followers(last)
    return _first(prices, (prices.keys() & costs.keys()) - {char}, costs)


def _first(
    prices: dict[str, float], found: Collection[str], costs: dict[str, float]
) -> list[tuple[str, float]]:
    ranked = sorted([(prices[other] + costs[other], other) for other in found])
    return [(other, prices[other]) for _, other in ranked[:_OTHERS]]


@lru_cache(maxsize=4)
def _by_sound(table: Sequences) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for char in table.characters:
        for sound in readings(char):
            found.setdefault(sound, []).append(char)
    return found


@lru_cache(maxsize=4)
def _neighbours(table: Sequences) -> Neighbours:
    return Neighbours(_by_sound(table))


@lru_cache(maxsize=1000)
def alike(table: Sequences, sounds: tuple[str, ...]) -> dict[str, float]:
    """What may have been said where one of these sounds was heard, each with its cost, the
    character heard among them. A number is never guessed from a sound that is merely near."""
    by_sound = _by_sound(table)
    gaps: dict[str, float] = {}
    for sound in sounds:
        for other, gap in _neighbours(table).of(sound):
            gaps[other] = min(gap, gaps.get(other, OTHER))
    prices: dict[str, float] = {}
    for gap, other in sorted(((gap, other) for other, gap in gaps.items()), reverse=True):
        price = next(price for limit, price in HEARD_AS if gap <= limit)
        prices.update(dict.fromkeys(by_sound[other], price))
    for number in NUMBERS:
        if prices.get(number, 0.0) > _CLOSE:
            del prices[number]
    return prices
