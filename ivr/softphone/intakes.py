"""Gather and Record: the two verbs that take something from the person on the line."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from ivr.softphone.line import HungUp, Rerouted, Source
from ivr.softphone.prompts import PROMPTS, SECONDS_A_CHARACTER
from ivr.softphone.recordings import Recording
from ivr.softphone.sound import Pcm, seconds, silence, wav_file

if TYPE_CHECKING:
    from ivr.softphone.call import Call


EVERY_KEY = "1234567890*#"
LONGEST_SPEECH_S = 60.0  # https://www.twilio.com/docs/voice/twiml/gather, maxSpeechTime


@dataclass
class Gathering:
    """Keys and words for one Gather, complete by count, by the finishing key, or by a silence."""

    takes: frozenset[str]
    num_digits: int
    finish_on_key: str
    digits: str = ""
    said: str = ""
    confidence: float = 0.0
    pcm: Pcm | None = None
    speaking: bool = False
    done: bool = False

    def key(self, key: str) -> None:
        if self.done:
            return
        if key in self.finish_on_key:
            self.done = bool(self.digits)  # the firm overlooks a finishing key that ends nothing
        else:
            self.digits += key
            self.done = len(self.digits) == self.num_digits

    def speech(self, text: str, confidence: float) -> None:
        self.said, self.confidence, self.done = text, confidence, True

    def sound(self, pcm: Pcm) -> None:
        self.pcm, self.done = pcm, True

    def murmur(self) -> None:
        self.speaking = True

    def silence(self) -> None:
        self.done = True

    @property
    def open(self) -> bool:
        return not self.done

    @property
    def begun(self) -> bool:
        return self.done or self.speaking or bool(self.digits)


def gather(call: Call, verb: ElementTree.Element) -> Source | None:
    inputs = verb.get("input", "dtmf").split()
    takes = {"dtmf": {"keys"}, "speech": {"speech", "sound"}}
    intake = Gathering(
        takes=frozenset().union(*(takes[each] for each in inputs)),
        num_digits=int(verb.get("numDigits", "0")),
        finish_on_key=verb.get("finishOnKey", "#"),
    )
    patience = float(verb.get("timeout", "5")) * call.exchange.tempo.patience
    barge_in = verb.get("bargeIn") != "false"

    def interrupted() -> bool:
        return barge_in and intake.begun

    with call.listening(intake):
        for prompt in verb:
            if not interrupted():
                PROMPTS[prompt.tag](call, prompt, interrupted)
        _await_the_rest(call, intake, patience)
    result = _result(call, intake)
    if not result and verb.get("actionOnEmptyResult") != "true":
        return None
    return call.follow(verb, result or ({"Digits": ""} if "dtmf" in inputs else {}))


def _await_the_rest(call: Call, intake: Gathering, patience: float) -> None:
    """Until complete, or until `patience` passed since the last key or the first word."""

    def state() -> tuple[bool, bool, str]:
        return intake.done, intake.speaking, intake.digits

    def more(since: tuple[bool, bool, str]) -> bool:
        return call.wait(
            lambda: state() != since, LONGEST_SPEECH_S if intake.speaking else patience
        )

    while not intake.done and more(state()):
        pass


def _result(call: Call, intake: Gathering) -> dict[str, str]:
    if intake.digits:
        return {"Digits": intake.digits}
    if intake.pcm is not None:
        call.record_on_tape(intake.pcm)
        intake.said, intake.confidence = call.exchange.recognised(wav_file(intake.pcm))
    elif intake.said:
        call.record_on_tape(silence(len(intake.said) * SECONDS_A_CHARACTER))
    if not intake.said:
        return {}
    return {"SpeechResult": intake.said, "Confidence": f"{intake.confidence:.7f}"}


@dataclass
class Taping:
    """Sound for one Record, ended by a key, a silence or the end of the line."""

    finish_on_key: str
    takes: frozenset[str] = frozenset({"keys", "sound"})
    heard: list[Pcm] = field(default_factory=list)
    ended_by: str | None = None  # a key, or "" for a silence
    speaking: bool = False
    stirs: int = 0

    @property
    def open(self) -> bool:
        return self.ended_by is None

    def key(self, key: str) -> None:
        if key in self.finish_on_key and self.ended_by is None:
            self.ended_by = key

    def speech(self, text: str, confidence: float) -> None:
        """Words without sound leave nothing on a recording."""

    def sound(self, pcm: Pcm) -> None:
        self.heard.append(pcm)
        self.speaking, self.stirs = False, self.stirs + 1

    def murmur(self) -> None:
        self.speaking, self.stirs = True, self.stirs + 1

    def silence(self) -> None:
        if self.ended_by is None:
            self.ended_by = ""


def record(call: Call, verb: ElementTree.Element) -> Source | None:
    if verb.get("playBeep") != "false":
        call.hears("beep", "")
    intake = Taping(finish_on_key=verb.get("finishOnKey", EVERY_KEY))
    recording = Recording(
        call,
        "RecordVerb",
        reporting=call.reporting_of_recording(verb),
        start=call.exchange.now(),
        trim=verb.get("trim") != "do-not-trim",
    )
    recording.begin()
    parting: Exception | None = None
    try:
        with call.listening(intake):
            _listen(call, intake, verb)
        call.pass_time(sum(map(seconds, intake.heard)) * call.exchange.tempo.speech)
    except (HungUp, Rerouted) as leaving:
        parting = leaving
    for pcm in intake.heard:
        call.record_on_tape(pcm)
    taken = recording.close(intake.heard, float(verb.get("maxLength", "3600")))
    result = call.follow(
        verb,
        {
            "RecordingUrl": recording.url,
            "RecordingDuration": str(recording.duration_s),
            "Digits": "hangup" if isinstance(parting, HungUp) else intake.ended_by or "",
        },
    )
    if parting:
        if taken and isinstance(parting, HungUp):
            call.tell(result)
        raise parting
    return result if taken else None


def _listen(call: Call, intake: Taping, verb: ElementTree.Element) -> None:
    """Until a key, a silence as long as `timeout`, or `maxLength`."""
    patience = call.exchange.tempo.patience
    timeout = float(verb.get("timeout", "5")) * patience
    deadline = time.monotonic() + float(verb.get("maxLength", "3600")) * patience

    def stirred(since: int) -> bool:
        return call.wait(
            lambda: intake.ended_by is not None or intake.stirs > since,
            min(math.inf if intake.speaking else timeout, deadline - time.monotonic()),
        )

    while stirred(intake.stirs) and intake.ended_by is None:
        pass
