"""Dial: ringing other telephones and joining two calls, so that what one says the other hears."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from ivr.softphone.call import Call
from ivr.softphone.line import HungUp, Rerouted, Source
from ivr.softphone.prompts import SECONDS_A_CHARACTER
from ivr.softphone.queues import take_first
from ivr.softphone.recordings import Recording
from ivr.softphone.sound import Pcm, silence

if TYPE_CHECKING:
    from datetime import datetime

NOUNS = ("Number", "Client", "Queue")
BAD_CALLER_ID = 13214


class Bridge:
    """Two calls joined. It is over when either leaves."""

    def __init__(self, one: Call, other: Call) -> None:
        self.one, self.other = one, other
        self.began: datetime = one.exchange.now()
        self.over = False
        self.heard: list[Pcm] = []

    def hold(self, call: Call, seconds: float) -> None:
        """Keeps `call` on the bridge until it is over, at most for `seconds`."""
        peer = self.other if call is self.one else self.one
        try:
            with call.listening(_End(call, peer, self)):
                call.wait(lambda: self.over or peer.ended is not None, seconds)
        finally:
            self.end()

    def end(self) -> None:
        with self.one.exchange.changed:
            self.over = True
            self.one.exchange.changed.notify_all()

    @property
    def duration_s(self) -> int:
        return round((self.one.exchange.now() - self.began).total_seconds())


@dataclass
class _End:
    """One person's end of a bridge."""

    call: Call
    peer: Call
    bridge: Bridge
    takes: frozenset[str] = frozenset({"keys", "speech", "sound"})

    @property
    def open(self) -> bool:
        return not self.bridge.over

    def key(self, key: str) -> None:
        self.peer.hears("peer", f"[{key}]")

    def speech(self, text: str, confidence: float) -> None:
        self.peer.hears("peer", text)
        self._keep(silence(len(text) * SECONDS_A_CHARACTER))

    def sound(self, pcm: Pcm) -> None:
        self.peer.hears("peer", "♪", sound=pcm)
        self._keep(pcm)

    def murmur(self) -> None:
        """Nobody's timeout runs on a bridge."""

    def silence(self) -> None:
        """Two people may be silent together."""

    def _keep(self, pcm: Pcm) -> None:
        self.bridge.heard.append(pcm)
        self.call.record_on_tape(pcm)
        self.peer.record_on_tape(pcm)


@dataclass
class _Race:
    """Who of those rung answers first, and the bridge that puts them and the caller together."""

    caller: Call
    legs: list[Call] = field(default_factory=list)
    bridge: Bridge | None = None
    over: bool = False

    def answered(self, leg: Call) -> None:
        """In the leg's own thread, once its telephone was picked up. Raises HungUp if too late."""
        with leg.exchange.changed:
            if self.over:
                raise HungUp
            self.over, self.bridge = True, Bridge(self.caller, leg)
            leg.exchange.changed.notify_all()
        self.bridge.hold(leg, float("inf"))

    def end(self) -> Bridge | None:
        """From here nobody can win; the telephones of those who did not stop ringing."""
        with self.caller.exchange.changed:
            self.over = True
            for leg in self.legs:
                if not self.bridge or leg is not self.bridge.other:
                    leg.cut()
            return self.bridge

    def settled(self) -> bool:
        return self.over or all(leg.ended for leg in self.legs)


def dial(call: Call, verb: ElementTree.Element) -> Source | None:
    nouns = list(verb) or [_number(verb)]
    if nouns[0].tag == "Queue":
        bridge = _somebody_of_the_queue(call, verb, nouns[0])
        result = {"DialCallStatus": "completed" if bridge else "no-answer"}
        if bridge:
            result |= _talk(call, verb, bridge, bridge.one)
    else:
        result = _ring_out(call, verb, nouns)
    return call.follow(verb, result) if verb.get("action") else None


def _somebody_of_the_queue(
    call: Call, verb: ElementTree.Element, noun: ElementTree.Element
) -> Bridge | None:
    """Who waits longest; where nobody waits, whoever comes within the Dial's timeout."""
    found: list[Bridge] = []

    def taken() -> bool:
        bridge = take_first(call, noun)
        found.extend([bridge] if bridge else [])
        return bridge is not None

    call.wait(taken, float(verb.get("timeout", "30")) * call.exchange.tempo.patience)
    return found[0] if found else None


def _ring_out(
    call: Call, verb: ElementTree.Element, nouns: list[ElementTree.Element]
) -> dict[str, str]:
    exchange = call.exchange
    caller_id = verb.get("callerId", call.from_)
    if caller_id not in {call.from_, call.to, *exchange.numbers} and nouns[0].tag == "Number":
        exchange.fault(BAD_CALLER_ID, call, caller_id)
        return {"DialCallStatus": "failed"}
    timeout = float(verb.get("timeout", "30")) * exchange.tempo.patience
    race = _Race(call)
    try:
        race.legs = [exchange.ring_leg(call, noun, caller_id, race.answered) for noun in nouns]
        call.wait(race.settled, timeout)
    finally:
        bridge = race.end()
    if not bridge:
        return {"DialCallStatus": _why_lost(race), "DialCallSid": race.legs[0].sid}
    return {"DialCallStatus": "completed"} | _talk(call, verb, bridge, bridge.other)


def _talk(call: Call, verb: ElementTree.Element, bridge: Bridge, peer: Call) -> dict[str, str]:
    """Until one of them leaves; the fields of the Dial's action."""
    recording = None
    if verb.get("record", "do-not-record") != "do-not-record":
        recording = Recording(
            call, "DialVerb", call.reporting_of_recording(verb), call.exchange.now(), trim=False
        )
        recording.begin()
    parting: Exception | None = None
    try:
        bridge.hold(call, float(verb.get("timeLimit", "14400")))
    except (HungUp, Rerouted) as leaving:
        parting = leaving
    result = {"DialCallSid": peer.sid, "DialCallDuration": str(bridge.duration_s)}
    if recording and recording.close(bridge.heard):
        result["RecordingUrl"] = recording.url
    if parting:
        if verb.get("action") and isinstance(parting, HungUp):
            call.tell(call.follow(verb, {"DialCallStatus": "completed", **result}))
        raise parting
    return result


def _why_lost(race: _Race) -> str:
    """The one status of all legs; `no-answer` where they differ or are ringing still."""
    found = {leg.status for leg in race.legs}
    return found.pop() if len(found) == 1 and not found & {"queued", "ringing"} else "no-answer"


def _number(verb: ElementTree.Element) -> ElementTree.Element:
    """<Dial>+1…</Dial> is short for a Number inside."""
    number = ElementTree.Element("Number")
    number.text = verb.text
    return number
