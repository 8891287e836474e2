"""Dial: other telephones ring, and the first who answers is put on a bridge with the caller."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree import ElementTree

from ivr.softphone.bridge import Bridge
from ivr.softphone.call import Call
from ivr.softphone.line import HungUp, Rerouted, Source
from ivr.softphone.queues import take_first
from ivr.softphone.recordings import Recording

NOUNS = ("Number", "Client", "Queue")
BAD_CALLER_ID = 13214


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
