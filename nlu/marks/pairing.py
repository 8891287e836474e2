"""The cheapest pairing of each amount with the thing said just before or just after it."""

from __future__ import annotations

from nlu.marks.belonging import NEVER, backward, forward, touches, unbound
from nlu.marks.reading import Mark
from nlu.vocabulary import Vocabulary

# Who says 葱三斤 goes on to say 姜半斤: turning the order round costs a little.
_TURN = 0.12
_PAUSE = 0.5
_State = tuple[int, bool, int, int]


def pair(
    text: str,
    marks: list[Mark],
    owners: list[tuple[int, int]],
    vocabulary: Vocabulary,
    pauses: frozenset[int] = frozenset(),
) -> None:
    """Add to `owners` (amount, thing) for every amount that the cheapest pairing gives to one."""
    shared_amounts = {a for a, _ in owners}
    shared_things = {thing for _, thing in owners}
    # state: (last thing, is it bound, amount waiting, amounts go first) -> (cost, pairs)
    states: dict[_State, tuple[float, tuple[tuple[int, int], ...]]] = {(-1, True, -1, 0): (0.0, ())}
    for index, mark in enumerate(marks):
        if index in shared_amounts:
            continue
        following: dict[_State, tuple[float, tuple[tuple[int, int], ...]]] = {}

        def reach(key: _State, cost: float, pairs: tuple[tuple[int, int], ...]) -> None:
            if key not in following or cost < following[key][0]:  # noqa: B023 - used in this turn only
                following[key] = (cost, pairs)  # noqa: B023

        for (thing, bound, waiting, way), (cost, pairs) in states.items():
            if mark.sense:
                left = 0.0 if bound or thing < 0 else unbound(text, marks, thing)
                if waiting >= 0:
                    price = forward(text, marks[waiting], mark, vocabulary)
                    price += _over(pauses, marks[waiting].end, mark.start)
                    if price < NEVER:
                        price += _TURN if way < 0 else 0.0
                        reach((index, True, -1, 1), cost + left + price, (*pairs, (waiting, index)))
                    reach((index, index in shared_things, -1, way), cost + left + 1.0, pairs)
                else:
                    reach((index, index in shared_things, -1, way), cost + left, pairs)
            else:
                if waiting >= 0:
                    cost += 1.0
                reach((thing, bound, index, way), cost, pairs)
                if thing >= 0 and waiting < 0 and not bound:
                    price = backward(text, marks[thing], mark, vocabulary, touches(marks, index))
                    price += _over(pauses, marks[thing].end, mark.start)
                    if price < NEVER:
                        price += _TURN if way > 0 else 0.0
                        reach((thing, True, -1, -1), cost + price, (*pairs, (index, thing)))
                reach((thing, bound, -1, way), cost + 1.0, pairs)
        states = following
    best = min(
        states.items(),
        key=lambda pair: pair[1][0]
        + (1.0 if pair[0][2] >= 0 else 0)
        + (0.0 if pair[0][1] or pair[0][0] < 0 else unbound(text, marks, pair[0][0])),
    )
    owners += best[1][1]


def _over(pauses: frozenset[int], end: int, start: int) -> float:
    """What a pause between an amount and a thing costs."""
    return _PAUSE if pauses and any(at in pauses for at in range(end, start + 1)) else 0.0
