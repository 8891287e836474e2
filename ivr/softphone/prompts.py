"""Say, Play and Pause: what may also stand inside a Gather."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from ivr.softphone.callbacks import Unanswered
from ivr.softphone.sound import seconds, silence, telephone_sound
from ivr.softphone.webhooks import FETCH_FAILED

if TYPE_CHECKING:
    from ivr.softphone.call import Call

SECONDS_A_CHARACTER = 0.25  # of Mandarin at the pace of a prompt: four syllables a second
REPEATED_AT_MOST = 1000  # what loop="0" stands for
LONGEST_ON_TAPE_S = 60.0  # of one prompt: endless music would fill the memory

Interrupted = Callable[[], bool]


def say(call: Call, verb: ElementTree.Element, interrupted: Interrupted) -> None:
    text = " ".join("".join(verb.itertext()).split())
    call.hears("said", text, verb.get("language", ""))
    _sound(call, len(text) * SECONDS_A_CHARACTER * _times(verb), interrupted)


def play(call: Call, verb: ElementTree.Element, interrupted: Interrupted) -> None:
    url = call.absolute((verb.text or "").strip())
    if verb.get("digits"):
        return
    try:
        sound = call.exchange.webhooks.fetch_sound(url)
    except Unanswered as failure:
        call.exchange.fault(FETCH_FAILED, call, str(failure))
        return
    call.hears("sound", url)
    try:
        length = seconds(telephone_sound(sound))
    except ValueError:  # the firm plays formats that we have no need to measure
        length = 1.0
    _sound(call, length * _times(verb), interrupted)


def pause(call: Call, verb: ElementTree.Element, interrupted: Interrupted) -> None:
    call.wait(interrupted, float(verb.get("length", "1")) * call.exchange.tempo.pause)


def _sound(call: Call, length_s: float, interrupted: Interrupted) -> None:
    call.record_on_tape(silence(min(length_s, LONGEST_ON_TAPE_S)))
    call.wait(interrupted, length_s * call.exchange.tempo.speech)


def _times(verb: ElementTree.Element) -> int:
    return int(verb.get("loop", "1")) or REPEATED_AT_MOST


PROMPTS = {"Say": say, "Play": play, "Pause": pause}
