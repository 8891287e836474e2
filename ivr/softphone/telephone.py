"""The telephones that stand in people's rooms: what they show, and what is done with them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol, get_args

from ivr.softphone.sound import Pcm

if TYPE_CHECKING:
    from ivr.softphone.call import Call

Manner = Literal["person", "machine", "busy", "nobody", "unreachable"]
MANNERS: tuple[Manner, ...] = get_args(Manner)
State = Literal["idle", "calling", "ringing", "talking"]
Kind = Literal["said", "sound", "beep", "mine", "keys", "ring", "answered", "over", "sms", "peer"]


class Intake(Protocol):
    """What a line takes from the person on it at this moment: a Gather, a Record, a bridge."""

    takes: frozenset[str]  # of "keys", "speech", "sound"

    @property
    def open(self) -> bool:
        """Whether it takes anything more."""

    def key(self, key: str) -> None: ...

    def speech(self, text: str, confidence: float) -> None: ...

    def sound(self, pcm: Pcm) -> None: ...

    def murmur(self) -> None:
        """The person has begun to speak; the sound comes when it is whole."""

    def silence(self) -> None: ...


@dataclass(frozen=True)
class Entry:
    """One line of what a telephone's owner heard and did. `n` counts from 1."""

    n: int
    kind: Kind
    text: str
    call_sid: str = ""
    language: str = ""
    sound: int = -1  # which of the telephone's sounds was heard with it


@dataclass
class Telephone:
    """A telephone under a number (or `client:name`). The exchange's lock guards all of it."""

    number: str
    name: str = ""
    manner: Manner = "person"
    call: Call | None = None
    state: State = "idle"
    other: str = ""  # the number that it shows
    picked_up: bool = False
    refused: Literal["", "declined", "ignored"] = ""
    entries: list[Entry] = field(default_factory=list)
    sounds: list[Pcm] = field(default_factory=list)
    version: int = 0

    def enters(self, state: State, call: Call | None = None, other: str = "") -> None:
        self.state, self.call, self.other = state, call, other
        self.picked_up, self.refused = False, ""
        self.version += 1

    def note(self, kind: Kind, text: str, language: str = "", sound: Pcm | None = None) -> None:
        sid = self.call.sid if self.call else ""
        at = -1
        if sound is not None:
            at = len(self.sounds)
            self.sounds.append(sound)
        self.entries.append(Entry(len(self.entries) + 1, kind, text, sid, language, at))
        self.version += 1

    def shown(self, after: int = 0) -> dict[str, Any]:
        """What the telephone shows, with the entries after number `after`."""
        intake = self.call.intake if self.call and self.state == "talking" else None
        return {
            "number": self.number,
            "name": self.name,
            "manner": self.manner,
            "state": self.state,
            "other": self.other,
            "call_sid": self.call.sid if self.call else "",
            "takes": sorted(intake.takes) if intake else [],
            "version": self.version,
            "entries": [asdict(entry) for entry in self.entries[after:]],
        }
