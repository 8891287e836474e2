"""The desk line's markup: waiting, being put through, and the legs that ring clerks."""

import uuid
from dataclasses import dataclass

from twilio.twiml.voice_response import VoiceResponse

from ivr.twiml import SAY_LANGUAGE, VOICE

DESK_SECONDS = 30
"""How long a telephone of the desk, or a caller whom a clerk rings, is let ring."""

PAUSE = 12
"""Seconds of quiet between two sentences to somebody who waits."""

KEY_SECONDS = 4
"""How long a key is waited for: 1 is a call back, 999 an emergency."""

SILENCE, LONGEST_MESSAGE = 5, 120
"""Seconds of quiet that end a message, and of the longest one."""

JOIN_SECONDS = 6
"""How long a clerk's leg waits for a caller who may just have hung up."""


@dataclass(frozen=True)
class Hooks:
    """Where the firm finds us, and our own number."""

    root: str
    ours: str

    def desk(self, call_id: uuid.UUID, step: str) -> str:
        """The address of one step of a call on the desk line."""
        return f"{self.root}/desk/{call_id}/{step}"


def say(*sentences: str, hang_up: bool = True) -> str:
    """Sentences, and the end of the call."""
    response = VoiceResponse()
    _speak(response, *sentences)
    if hang_up:
        response.hangup()
    return str(response)


def enqueue(hooks: Hooks, call_id: uuid.UUID, queue: str) -> str:
    """Into a queue of the caller's own: who is next is decided here, not by the firm."""
    response = VoiceResponse()
    response.enqueue(
        queue,
        action=hooks.desk(call_id, "left"),
        wait_url=hooks.desk(call_id, "wait"),
    )
    return str(response)


def hold(hooks: Hooks, call_id: uuid.UUID, told: str) -> str:
    """One round of waiting: the truth, a key if she likes, a pause."""
    response = VoiceResponse()
    gather = response.gather(
        input="dtmf",
        num_digits=3,
        timeout=KEY_SECONDS,
        action=hooks.desk(call_id, "key"),
    )
    gather.say(told, voice=VOICE, language=SAY_LANGUAGE)
    response.pause(length=PAUSE)
    return str(response)


def keep_waiting(hooks: Hooks, call_id: uuid.UUID) -> str:
    """Back to the round of waiting."""
    response = VoiceResponse()
    response.redirect(hooks.desk(call_id, "wait"))
    return str(response)


def leave(told: str) -> str:
    """Out of the queue, after a sentence."""
    response = VoiceResponse()
    _speak(response, told)
    response.leave()
    return str(response)


def take_message(hooks: Hooks, call_id: uuid.UUID, *told: str) -> str:
    """Sentences, then a beep: what she says is heard like anything else that she says to us."""
    response = VoiceResponse()
    _speak(response, *told)
    response.record(
        action=hooks.desk(call_id, "said"),
        max_length=LONGEST_MESSAGE,
        timeout=SILENCE,
        finish_on_key="#",
        play_beep=True,
        recording_status_callback=f"{hooks.root}/recording/{call_id}",
        recording_status_callback_event="completed absent",
    )
    response.hangup()
    return str(response)


def take_up(hooks: Hooks, clerk_leg: uuid.UUID, caller: uuid.UUID, queue: str) -> str:
    """The clerk's leg takes its caller out of her queue; the talk is recorded on her call."""
    response = VoiceResponse()
    dial = response.dial(
        action=hooks.desk(clerk_leg, "talked"),
        timeout=JOIN_SECONDS,
        record="record-from-answer",
        recording_status_callback=f"{hooks.root}/recording/{caller}",
    )
    dial.queue(queue, url=hooks.desk(caller, "joined"))
    return str(response)


def ring_out(hooks: Hooks, call_id: uuid.UUID, number: str) -> str:
    """From one leg to a number outside, recorded: the clerk's to a caller, or a caller's to the
    desk's own telephone where nobody is on duty."""
    response = VoiceResponse()
    dial = response.dial(
        action=hooks.desk(call_id, "talked"),
        timeout=DESK_SECONDS,
        caller_id=hooks.ours,
        record="record-from-answer",
        recording_status_callback=f"{hooks.root}/recording/{call_id}",
    )
    dial.number(
        number,
        status_callback=hooks.desk(call_id, "reached"),
        status_callback_event="answered",
    )
    return str(response)


def _speak(response: VoiceResponse, *sentences: str) -> None:
    for sentence in sentences:
        response.say(sentence, voice=VOICE, language=SAY_LANGUAGE)
