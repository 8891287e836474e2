"""The pieces of a conversation: what came from the line, what we say, what must be done."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

import nlu
from ivr.script import SpokenLine
from voiceapp.money import Fen


class Then(StrEnum):
    """What the line does after it has spoken."""

    ASK = "ask"
    """Waits for keys or words."""
    KEYS = "keys"
    """Waits for keys alone."""
    RECORD = "record"
    """Records after a beep; a key ends it."""
    HOLD = "hold"
    """Pauses and comes back."""
    PERSON = "person"
    """Is connected to the desk."""
    EMERGENCY = "emergency"
    """Is connected to the desk before anybody else."""
    END = "end"
    """Hangs up."""


@dataclass(frozen=True)
class Turn:
    """What came from the line: keys, the words the firm recognised, a recording, or nothing."""

    keys: str = ""
    words: str = ""
    recording: str = ""
    seconds: float = 0.0
    answered_by: str = ""
    dialled: str = ""

    @property
    def said(self) -> str:
        """What she answered, as it is kept for a proof: her words, or the key."""
        return self.words or f"按键{self.keys}"


@dataclass(frozen=True)
class Reply:
    """What we say and what the line does then. `notice` is said first and cannot be skipped."""

    says: tuple[str, ...]
    then: Then
    digits: int = 1
    notice: str = ""


@dataclass(frozen=True)
class Deed:
    """Something to do about a turn, by its name in DEEDS, with what it needs."""

    name: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Move:
    """One step of a conversation: what is said, which step hears the answer, what is done.

    Without a `reply` the deeds are done first and `step` then speaks for itself, on what the deeds
    left; `first` is said before it. `missed` says that we did not understand: two on one question
    or three in a call are a person.
    """

    reply: Reply | None
    step: str
    deeds: tuple[Deed, ...] = ()
    missed: bool = False
    remember: Mapping[str, Any] = field(default_factory=dict)
    first: tuple[str, ...] = ()


@dataclass(frozen=True)
class OpenQuestion:
    """A question that waits for this caller, and what she may choose from: skus and names."""

    id: uuid.UUID
    row: nlu.Clarify
    known: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Scene:
    """Everything that a step may look at. `now` is local; nothing here can be changed.

    `known` says whether she is on file, `shown` whether we see her number and can ring it,
    `fulfilled` whether the call has done what it was wished for, `granted` whether its yes was
    carried out.
    """

    now: datetime
    step: str
    memory: Mapping[str, Any]
    vocabulary: nlu.Vocabulary
    known: bool = False
    shown: bool = True
    drafted: bool = False
    people: tuple[tuple[str, str], ...] = ()
    lines: tuple[SpokenLine, ...] = ()
    draft: tuple[nlu.DraftLine, ...] = ()
    total: Fen = 0
    question: OpenQuestion | None = None
    asks_family: bool = True
    as_read: bool = True
    window_lost: bool = False
    told: tuple[str, ...] = ()
    fulfilled: bool = False
    granted: bool = False
    relation: str = ""
    about: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    verdict: Mapping[str, Any] | None = None
    held: float = 0.0

    @property
    def name(self) -> str:
        """How the person is addressed."""
        return self.people[0][1] if self.people else "您家里人"


Step = Callable[[Scene, Turn, nlu.Understood | None], Move]
"""One step: the scene, what came from the line, and what was understood of words, if any."""


def end(*says: str, deeds: tuple[Deed, ...] = ()) -> Move:
    """Say it and hang up."""
    return Move(Reply(says, Then.END), "ended", deeds)


def ask(*says: str, step: str, deeds: tuple[Deed, ...] = ()) -> Move:
    """Say it and wait for one key or for words, which `step` will hear."""
    return Move(Reply(says, Then.ASK), step, deeds)


def again(question: Move, apology: str = "") -> Move:
    """The same question once more, counted as a miss."""
    reply = question.reply
    assert reply is not None, "only a question that was spoken can be asked again"
    says = (apology, *reply.says) if apology else reply.says
    return replace(question, reply=replace(reply, says=says), missed=True)


def look_again(step: str, *first: str, deeds: tuple[Deed, ...] = ()) -> Move:
    """Do the deeds, then let a step speak on what they left."""
    return Move(None, step, deeds, first=first)


def said_yes(turn: Turn, understood: nlu.Understood | None) -> bool:
    """A key, or a whole yes; 嗯 alone or 对，不过… is none."""
    return turn.keys == "1" or (understood is not None and understood.intent == "yes")


def said_no(turn: Turn, understood: nlu.Understood | None) -> bool:
    """A key, or a no in words."""
    return turn.keys == "2" or (understood is not None and understood.intent == "no")
