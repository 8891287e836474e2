"""How the firm rings somebody: for the REST API, or for a Dial."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import numpy as np

from ivr.softphone.call import Call, Reporting
from ivr.softphone.line import HungUp, Source
from ivr.softphone.recordings import Recording
from ivr.softphone.verbs import perform

if TYPE_CHECKING:
    from ivr.softphone.exchange import Exchange

RING_S = 60.0  # https://www.twilio.com/docs/voice/api/call-resource, Timeout
MACHINE_WORDS = {"Enable": "machine_start", "DetectMessageEnd": "machine_end_beep"}


def place(call: Call) -> None:
    """A call that the REST API asked for, from the queue to its end."""
    options = call.options
    call.report("initiated")
    ring(call, float(options.get("Timeout", RING_S)))
    recording = _recording_of_the_whole(call)
    try:
        _detect_machine(call)
        perform(
            call,
            Source(
                url=options.get("Url", ""),
                method=options.get("Method", "POST"),
                fallback_url=options.get("FallbackUrl", ""),
                twiml=options.get("Twiml", ""),
            ),
        )
    finally:
        if recording:
            recording.close(call.tape or [])


def join(call: Call, before: Source | None, answered: Callable[[Call], None]) -> None:
    """A leg of a Dial: rings until that gives up, perhaps hears a word in private, and joins."""
    call.report("initiated")
    ring(call, float("inf"))
    perform(call, before)
    answered(call)


def ring(call: Call, timeout_s: float) -> None:
    """Until the telephone is picked up. Raises HungUp, with the call's status saying why not."""
    exchange, telephone = call.exchange, call.telephone
    with exchange.changed:
        call.dialled = exchange.now()
        if telephone is None or telephone.manner == "unreachable":
            call.status = "failed"
            raise HungUp
        call.status = "ringing"
        occupied = telephone.manner == "busy" or telephone.state != "idle"
        if not occupied:
            telephone.enters("ringing", call, call.from_)
            telephone.note("ring", call.from_)
            telephone.picked_up = telephone.manner == "machine"
            if telephone.manner == "nobody":
                telephone.refused = "ignored"
        exchange.changed.notify_all()
    call.report("ringing")
    if occupied:
        call.status = "busy"
        raise HungUp
    call.wait(
        lambda: telephone.picked_up or bool(telephone.refused),
        timeout_s * exchange.tempo.patience,
    )
    if not telephone.picked_up:
        call.status = "busy" if telephone.refused == "declined" else "no-answer"
        raise HungUp
    call.answer()


def reporting_of(options: Mapping[str, str], events: str = "") -> Reporting:
    """Where REST options or the attributes of a Dial's noun want progress told."""
    return Reporting(
        options.get("StatusCallback", options.get("statusCallback", "")),
        tuple((events or "completed").split()),
        options.get("StatusCallbackMethod", options.get("statusCallbackMethod", "POST")),
    )


def _recording_of_the_whole(call: Call) -> Recording | None:
    options = call.options
    if options.get("Record") != "true":
        return None
    call.tape = [np.zeros(0, dtype=np.int16)]
    recording = Recording(
        call,
        "OutboundAPI",
        Reporting(
            options.get("RecordingStatusCallback", ""),
            tuple(options.get("RecordingStatusCallbackEvent", "completed").split()),
            options.get("RecordingStatusCallbackMethod", "POST"),
        ),
        start=call.exchange.now(),
        channels=2 if options.get("RecordingChannels") == "dual" else 1,
        trim=False,
    )
    recording.begin()
    return recording


def _detect_machine(call: Call) -> None:
    wish = call.options.get("MachineDetection", "")
    if wish not in MACHINE_WORDS or call.telephone is None:
        return
    found = MACHINE_WORDS[wish] if call.telephone.manner == "machine" else "human"
    if call.options.get("AsyncAmd") != "true":
        call.answered_by = found
        return
    url = call.options.get("AsyncAmdStatusCallback", "")
    if url:
        told = {
            "CallSid": call.sid,
            "AccountSid": call.exchange.account_sid,
            "AnsweredBy": found,
            "MachineDetectionDuration": "2000",
        }
        call.exchange.webhooks.callbacks.send(call.sid, url, told)


def noun_of(verb: ElementTree.Element) -> str:
    """The number or `client:name` that a Dial's noun stands for."""
    if verb.tag != "Client":
        return (verb.text or "").strip()
    identity = verb.find("Identity")
    return f"client:{((identity.text if identity is not None else verb.text) or '').strip()}"


def start(exchange: Exchange, call: Call, life: Callable[[], None]) -> None:
    """Gives the call a thread for its whole life."""

    def live() -> None:
        try:
            life()
        except HungUp:
            pass
        except Exception as surprise:
            exchange.fault(0, call, f"{type(surprise).__name__}: {surprise}")
            raise
        finally:
            call.finish()

    threading.Thread(target=live, name=call.sid, daemon=True).start()
