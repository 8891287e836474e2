"""What was said behind the characters heard: 溺给我送粮斤 is 你给我送两斤.

A search from left to right over the likeliest sentences. A character stands as it was heard or for
another of a same or near sound, at a cost; what follows what (nlu.sequences) decides. A character
that is met in such company as it stands is not doubted at all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import lru_cache

from nlu.sequences import EDGE, Sequences, cost_in, sequences
from nlu.sound import ACCENT, FAR, NEAR, OTHER, distance, readings

# Natural logarithms: what it costs that a character was heard as another of that distance,
_HEARD_AS = ((0.0, 7.0), (ACCENT, 8.0), (NEAR, 10.5), (FAR, 12.0))
# that it was heard twice, that it was lost, and that it is no part of a word that it seems to be.
_TWICE, _LOST, _WORD = 7.5, 10.0, 2.0
_CLOSE = 8.0
# A run of three says nothing where its last character is as unlikely as this.
_CHANCE = 7.0
_SELDOM = 6.0
# How many sentences are kept, how much worse than the best, and how many others stand for one.
_WIDTH, _WORSE, _OTHERS, _FOUND = 5, 8.0, 8, 4
NUMBERS = frozenset("零一二两俩仨三四五六七八九十百半")
_SELDOM_NUMBERS = frozenset("廿卅")  # rare in any text, and no mishearing of 两
# Numbers that mean the same, so that it matters little which was said.
_SAME_NUMBER = (frozenset("二两俩"), frozenset("三仨"))
# Two numbers whose costs lie nearer than this are both possible.
_CERTAIN = 3.0
# 四 and 十 sound alike to half of China: only the plainest place tells them apart.
_FOUR_OR_TEN = 3.0
# A sentence so far: what came before, its last character, and where that was heard.
_Chain = tuple["_Chain | None", str, int]
# Sentences so far by their last three characters, each with its cost.
_Beam = dict[str, tuple[float, "_Chain | None"]]


class Hearing:
    """Puts single characters right; `is_word` knows the words that stand as they are."""

    def __init__(self, is_word: Callable[[str], bool], table: Sequences | None = None) -> None:
        self._table = table or sequences()
        self._is_word = is_word

    def restore(self, text: str) -> tuple[str, tuple[int, ...]]:
        """The likeliest sentence, and for each of its characters where it was heard."""
        doubted = self.doubted(text)
        if True not in doubted:
            return text, tuple(range(len(text)))
        beam: _Beam = {EDGE * 3: (0.0, None)}
        for at, char in enumerate(text):
            if len(beam) == 1 and not doubted[at]:
                [(before, (spent, chain))] = beam.items()
                beam = {before[1:] + char: (spent, (chain, char, at))}
            else:
                beam = _likeliest(self._next(beam, text, at, doubted))
        cost = self._table.cost
        _, last = min(
            ((spent + cost(before, EDGE), chain) for before, (spent, chain) in beam.items()),
            key=lambda found: found[0],
        )
        chars, origin = _written(last)
        self._ask_for_numbers(chars, origin, text)
        return "".join(chars), tuple(origin)

    def doubted(self, text: str) -> list[bool]:
        """Which characters are met in no known run of three."""
        padded = EDGE + text + EDGE
        is_known = self._table.is_known
        joined = [False] * (len(padded) + 1)
        for at in range(len(text)):
            if is_known(padded[at : at + 3], _CHANCE):
                joined[at] = joined[at + 1] = True
        odd = [
            not joined[at] and not is_known(padded[at : at + 2], _SELDOM)
            for at in range(len(text) + 1)
        ]
        return [
            "\u4e00" <= char <= "\u9fff"
            and char not in _SELDOM_NUMBERS
            and (odd[at] or odd[at + 1] or not (joined[at] or joined[at + 1]))
            for at, char in enumerate(text)
        ]

    def _next(self, beam: _Beam, text: str, at: int, doubted: list[bool]) -> _Beam:
        """The sentences that go on with what was heard at this place."""
        char = text[at]
        reached: _Beam = {}
        levels = {before: self._table.levels(before) for before in beam}
        # Nothing dearer than this is kept, so it need not be reached.
        most = _WORSE + min(
            spent + cost_in(levels[before], char) for before, (spent, _) in beam.items()
        )

        def reach(state: str, total: float, chain: _Chain | None) -> None:
            if state not in reached or total < reached[state][0]:
                reached[state] = (total, chain)

        others: list[tuple[str, float]] = []
        loyal = 0.0
        if doubted[at]:
            best = min(beam, key=lambda before: beam[before][0])
            others = self._others(text, at, best[-1], doubted)
            loyal = self._loyal(text, at)
        for before, (spent, chain) in beam.items():
            here, tail = levels[before], before[1:]
            reach(tail + char, spent + cost_in(here, char), (chain, char, at))
            for other, price in others:
                if spent + price < most:
                    total = spent + cost_in(here, other) + price + loyal
                    if total < most:
                        reach(tail + other, total, (chain, other, at))
            if not doubted[at] or not at:
                continue
            if text[at - 1] == char:
                reach(before, spent + _TWICE + loyal, chain)
            if spent + _LOST >= most:
                continue
            for other in _between(self._table, before[-1], char):
                state = tail + other
                total = spent + _LOST + cost_in(here, other) + self._table.cost(state, char)
                if total < most:
                    reach(state[1:] + char, total, ((chain, other, at), char, at))
        return reached

    def _loyal(self, text: str, at: int) -> float:
        """What it costs to take a character out of a word that stands there."""
        for start in range(max(0, at - 3), at + 1):
            for end in range(max(start + 2, at + 1), min(start + 4, len(text)) + 1):
                if self._is_word(text[start:end]):
                    return _WORD
        return 0.0

    def _others(
        self, text: str, at: int, last: str, doubted: list[bool]
    ) -> list[tuple[str, float]]:
        """What may have been said instead, by what comes after; where that is in doubt too, by
        the sound alone and by what came before."""
        if at + 1 == len(text) or not doubted[at + 1]:
            return _before(self._table, text[at], text[at + 1] if at + 1 < len(text) else EDGE)
        return _alone(self._table, text[at]) + _after(self._table, text[at], last)

    def _ask_for_numbers(self, chars: list[str], origin: list[int], text: str) -> None:
        """A number by sound where another fits as well is 几, which asks."""
        cost = self._table.cost
        for at, char in enumerate(chars):
            if char not in NUMBERS or char == text[origin[at]]:
                continue
            prices = {**_alike(self._table, readings(text[origin[at]])), text[origin[at]]: 0.0}
            padded = EDGE * 3 + "".join(chars) + EDGE

            def spent(
                number: str, at: int = at, padded: str = padded, prices: dict[str, float] = prices
            ) -> float:
                said = padded[: at + 3] + number + padded[at + 4 :]
                ends = range(at + 3, min(at + 7, len(said)))
                return prices.get(number, 0.0) + sum(cost(said[n - 3 : n], said[n]) for n in ends)

            most = spent(char) + _CERTAIN
            rivals = (prices.keys() & NUMBERS) - {char, text[origin[at]]}
            if any(
                spent(number) < most + (_FOUR_OR_TEN if {number, char} == {"四", "十"} else 0.0)
                for number in rivals
                if not any({number, char} <= same for same in _SAME_NUMBER)
            ):
                chars[at] = "几"


def _likeliest(beam: _Beam) -> _Beam:
    most = min(spent for spent, _ in beam.values()) + _WORSE
    kept = [found for found in beam.items() if found[1][0] < most]
    if len(kept) > _WIDTH:
        kept.sort(key=lambda found: found[1][0])
        del kept[_WIDTH:]
    return dict(kept)


def _written(chain: _Chain | None) -> tuple[list[str], list[int]]:
    chars: list[str] = []
    origin: list[int] = []
    while chain is not None:
        chain, char, at = chain
        chars.append(char)
        origin.append(at)
    return chars[::-1], origin[::-1]


@lru_cache(maxsize=20_000)
def _between(table: Sequences, first: str, second: str) -> tuple[str, ...]:
    """What may have stood between two characters that are never met side by side. No number: a
    lost number is asked about."""
    after = table.followers(first)
    if second in after:
        return ()
    before = table.leaders(second)
    found = (after.keys() & before.keys()) - NUMBERS
    ranked = sorted((after[char] + before[char], char) for char in found)
    return tuple(char for _, char in ranked[:_FOUND])


@lru_cache(maxsize=20_000)
def _before(table: Sequences, char: str, after: str) -> list[tuple[str, float]]:
    prices, costs = _alike(table, readings(char)), table.leaders(after)
    return _first(prices, (prices.keys() & costs.keys()) - {char}, costs)


@lru_cache(maxsize=4_000)
def _alone(table: Sequences, char: str) -> list[tuple[str, float]]:
    prices = _alike(table, readings(char))
    close = [other for other, price in prices.items() if price <= _CLOSE and other != char]
    return _first(prices, close, table.followers(""))


def _after(table: Sequences, char: str, last: str) -> list[tuple[str, float]]:
    prices, costs = _alike(table, readings(char)), table.followers(last)
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


@lru_cache(maxsize=1000)
def _alike(table: Sequences, sounds: tuple[str, ...]) -> dict[str, float]:
    """What may have been said where one of these sounds was heard, each with its cost, the
    character heard among them. A number is never guessed from a sound that is merely near."""
    by_sound = _by_sound(table)
    gaps = [
        (min([distance(sound, other) for sound in sounds], default=OTHER), other)
        for other in by_sound
    ]
    prices: dict[str, float] = {}
    for gap, other in sorted((pair for pair in gaps if pair[0] <= FAR), reverse=True):
        price = next(price for limit, price in _HEARD_AS if gap <= limit)
        prices.update(dict.fromkeys(by_sound[other], price))
    for number in NUMBERS:
        if prices.get(number, 0.0) > _CLOSE:
            del prices[number]
    return prices
