"""Choosing by key. Nobody keeps more than three things in mind while they are read to her: of more
than that two are read, and one key is for the others."""

from collections.abc import Callable
from dataclasses import replace

from ivr import script
from ivr.talk import Move, Scene, Turn, again

AT_ONCE, PAGE = 3, 2

Choice = tuple[str, str]
"""What is meant by it, and how it is read."""

Asks = Callable[[tuple[str, ...], bool], Move]
"""Puts the question: the names that are read, and whether there are others."""


def offer(choices: tuple[Choice, ...], asks: Asks, skip: int = 0) -> Move:
    """Ask which of these. What was read is remembered: a key means that."""
    read = _read(choices, skip)
    more = len(read) < len(choices)
    move = asks(tuple(name for _, name in read), more)
    remembered = {"skip": skip, "read": [list(choice) for choice in read], "more": more}
    return replace(move, remember={**move.remember, **remembered})


def chosen(scene: Scene, turn: Turn, choices: tuple[Choice, ...]) -> Choice | None:
    """The choice that she made by key, or by a name that is one choice's alone.

    By key it is what was read to her, though it may be no choice any more.
    """
    read = was_read(scene, choices)
    if turn.keys.isdigit() and 1 <= int(turn.keys) <= len(read):
        return read[int(turn.keys) - 1]
    named = [choice for choice in choices if turn.words and choice[1] in turn.words]
    return named[0] if len(named) == 1 else None


def offer_again(scene: Scene, turn: Turn, choices: tuple[Choice, ...], asks: Asks) -> Move:
    """She chose none of what was read: the others, if she wants those, else the same anew."""
    skip = _skip(scene)
    read = was_read(scene, choices)
    more = scene.memory.get("more", len(read) < len(choices))
    if more and turn.keys == str(len(read) + 1):
        after = skip + len(read)
        return offer(choices, asks, after if after < len(choices) else 0)
    return again(offer(choices, asks, skip), script.AGAIN)


def was_read(scene: Scene, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """What was read to her; choices may have gone since."""
    if "read" not in scene.memory:
        return _read(choices, _skip(scene))
    return tuple((meant, name) for meant, name in scene.memory["read"])


def _skip(scene: Scene) -> int:
    return int(scene.memory.get("skip", 0))


def _read(choices: tuple[Choice, ...], skip: int) -> tuple[Choice, ...]:
    if len(choices) <= AT_ONCE:
        return choices
    return choices[skip : skip + PAGE] or choices[:PAGE]
