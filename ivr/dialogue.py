"""One turn of any conversation. Pure: a scene and a turn in, a move out."""

from dataclasses import replace
from typing import Any

import nlu
from ivr import desk_talk, other_talks, rating, reading_back, ringing_us, script, undoing
from ivr.talk import Deed, Move, Reply, Scene, Step, Then, Turn
from nlu.contract import Dialogue

STEPS: dict[str, Step] = (
    ringing_us.STEPS
    | reading_back.STEPS
    | other_talks.STEPS
    | rating.STEPS
    | undoing.STEPS
    | desk_talk.STEPS
)
"""Every step of every conversation by its name."""

HEARS: dict[str, Dialogue] = {"question": "answer", "rated": "rating"}
"""How words at a step are read (the NLU's `dialogue`); at any other as an answer to a read-back."""

MISSES_HERE, MISSES_ALL = 2, 3
"""So many misses on one question, or in one call, are a person."""


def converse(scene: Scene, turn: Turn) -> Move:
    """What to say to a turn, and what to do. The same scene and turn always give the same."""
    understood = understand(scene, turn.words) if turn.words else None
    move = _reserved(scene, turn, understood) or STEPS[scene.step](scene, turn, understood)
    return _count(scene, move)


def understand(scene: Scene, words: str) -> nlu.Understood:
    """Words that the firm recognised in a gather, read as the step needs them."""
    heard = nlu.Heard(
        text=words,
        now=scene.now,
        dialogue=HEARS.get(scene.step, "confirm"),
        draft=scene.draft,
        window=scene.draft[0].window if scene.draft else None,
        question=scene.question.row if scene.question else None,
    )
    return nlu.parse(heard, scene.vocabulary)


def _reserved(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move | None:
    keep = (ringing_us.kept(turn),) if turn.recording and scene.step == "said" else ()
    if turn.keys == "999" or (scene.step == "nine" and turn.keys == "99"):
        return emergency(keep)
    if understood is not None and understood.intent == "emergency":
        return emergency(keep)
    if turn.keys == "0" or (understood is not None and understood.intent == "agent"):
        return person("asked_for_person", keep)
    if turn.keys == "9" and scene.step not in ("code", "nine"):
        back = "hold" if keep else scene.step
        reply = Reply((script.NINE,), Then.KEYS, digits=2)
        return Move(reply, "nine", keep, remember={"back": back})
    return None


def emergency(deeds: tuple[Deed, ...] = ()) -> Move:
    """Connect at once, whatever else was said."""
    reply = Reply((script.EMERGENCY,), Then.EMERGENCY)
    return Move(reply, "connected", (*deeds, Deed("emergency")))


def person(reason: str, deeds: tuple[Deed, ...] = ()) -> Move:
    """Connect to the desk, and put before it why."""
    reply = Reply((script.CONNECTING,), Then.PERSON)
    return Move(reply, "connected", (*deeds, Deed("want_person", {"reason": reason})))


def _count(scene: Scene, move: Move) -> Move:
    misses: dict[str, Any] = dict(scene.memory.get("misses", {}))
    if not move.missed:
        if move.step != scene.step:
            misses["here"] = 0
        return replace(move, remember={**move.remember, "misses": misses})
    here, total = misses.get("here", 0) + 1, misses.get("all", 0) + 1
    if here >= MISSES_HERE or total >= MISSES_ALL:
        move = person("missed_too_often", move.deeds)
    return replace(move, remember={**move.remember, "misses": {"here": here, "all": total}})
