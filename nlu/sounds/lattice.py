"""The walk over a sentence's possible words: what it costs that one follows another.

Costs are in characters heard wrong (see nlu.sound); those below zero make a reading likelier.
"""

from __future__ import annotations

from typing import NamedTuple

PLAIN = 1.25  # a character of which nothing is made
BESIDE_AMOUNT = -0.9
BEFORE_AMOUNT = -0.5
AFTER_VERB = -0.2
TIME_BESIDE_TIME = -0.8
AFTER_SWAP = -0.5
BEFORE_DROP = -0.4
UNJUSTIFIED = 1.6
ALONE = 0.5
AFTER_THING = 0.1


class Piece(NamedTuple):
    """One way to read the characters up to an end.

    `kind`: T a thing, S a thing of one character by sound, A an amount, F an amount by sound, V a
    verb of asking, D a word that drops or swaps, Z a time, C other talk of ordering, O the rest.
    """

    start: int
    end: int
    word: str
    cost: float
    kind: str
    fuzzy: bool = False


def walk(length: int, ends: list[list[Piece]]) -> list[Piece]:
    """The cheapest chain of pieces over the text."""
    best: list[dict[str, tuple[float, Piece | None, str]]] = [{} for _ in range(length + 1)]
    best[0]["O"] = (0.0, None, "")
    for end in range(1, length + 1):
        here = best[end]
        for piece in ends[end]:
            for kind, (cost, _, _) in best[piece.start].items():
                total = cost + piece.cost + _step(kind, piece)
                state = _state(kind, piece)
                if state not in here or total < here[state][0]:
                    here[state] = (total, piece, kind)
    final = {
        kind: cost + (UNJUSTIFIED if kind in "FS" else 0.0)
        for kind, (cost, _, _) in best[length].items()
    }
    state = min(final, key=lambda kind: final[kind])
    chain: list[Piece] = []
    at = length
    while at > 0:
        _, chosen, before = best[at][state]
        assert chosen is not None
        chain.append(chosen)
        at, state = chosen.start, before
    return chain[::-1]


def _state(before: str, piece: Piece) -> str:
    """What the walk remembers: B is an amount that has its thing, W a verb after a thing."""
    if piece.kind in "AF" and before in "TSW":
        return "B"
    if piece.kind == "F" and before == "V":
        return "G"
    if piece.kind == "V" and before in "TW":
        return "W"
    if piece.kind == "S" and before in "ABFG":
        return "T"
    return piece.kind


def _step(before: str, piece: Piece) -> float:
    """What it costs, or saves, that this piece follows that kind of piece."""
    kind = piece.kind
    if before in "ABFG" and kind in "TS":
        return BESIDE_AMOUNT
    if before == "F":
        return UNJUSTIFIED
    if before == "G":
        return ALONE
    if before == "A" and kind != "D":
        return ALONE
    if before in "TSW" and kind in "AF":
        return BEFORE_AMOUNT
    if before == "S":
        return UNJUSTIFIED
    if before == "T" and kind == "O" and piece.cost == PLAIN:
        return AFTER_THING
    if before in "VW" and kind in "TAF":
        return AFTER_VERB
    if before == "Z" and kind == "Z":
        return TIME_BESIDE_TIME
    if before == "D" and kind == "T":
        return AFTER_SWAP
    if before in "TSW" and kind == "D":
        return BEFORE_DROP
    return 0.0
