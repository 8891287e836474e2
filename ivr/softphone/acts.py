"""What a person does with a telephone.

An act waits until the line takes it: a key waits for a Gather or a Record, words wait for a
Gather that listens. So a test says what somebody does, in order, and nothing races.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from ivr.softphone.exchange import Exchange
from ivr.softphone.sound import Pcm
from ivr.softphone.telephone import Intake, Telephone

PATIENCE_S = 10.0  # until an act that the line does not take is given up
HANG_UP = "hang up"
CONFIDENCE = 0.92  # the firm's usual figure for a short clear answer

Act = Callable[[Exchange, Telephone, dict[str, Any]], None]


class Refused(Exception):
    """The telephone cannot do that now; the text says why."""


def dial(exchange: Exchange, telephone: Telephone, wanted: dict[str, Any]) -> None:
    """Dials, once the line of the last call is free."""
    with exchange.changed:
        seconds = float(wanted.get("seconds", PATIENCE_S))
        if not exchange.changed.wait_for(lambda: telephone.state == "idle", seconds):
            raise Refused(f"{telephone.number} is {telephone.state}")
    exchange.ring_us(telephone, wanted["to"], withheld=bool(wanted.get("withheld")))


def answer(exchange: Exchange, telephone: Telephone, wanted: dict[str, Any]) -> None:
    with _ringing(exchange, telephone, wanted):
        telephone.picked_up = True


def ignore(exchange: Exchange, telephone: Telephone, wanted: dict[str, Any]) -> None:
    """Lets it ring until the caller gives up, which then happens at once."""
    with _ringing(exchange, telephone, wanted):
        telephone.refused = "ignored"


def decline(exchange: Exchange, telephone: Telephone, wanted: dict[str, Any]) -> None:
    with _ringing(exchange, telephone, wanted):
        telephone.refused = "declined"


def hang_up(exchange: Exchange, telephone: Telephone, wanted: dict[str, Any]) -> None:
    with exchange.changed:
        if not telephone.call:
            raise Refused(f"{telephone.number} is idle")
        telephone.call.cut()


def press(exchange: Exchange, telephone: Telephone, wanted: dict[str, Any]) -> None:
    for key in wanted["keys"]:
        with exchange.changed:
            intake = _intake(exchange, telephone, "keys", wanted)
            telephone.note("keys", key)
            intake.key(key)
            exchange.changed.notify_all()


def say(exchange: Exchange, telephone: Telephone, wanted: dict[str, Any]) -> None:
    with exchange.changed:
        intake = _intake(exchange, telephone, "speech", wanted)
        telephone.note("mine", wanted["text"])
        intake.speech(wanted["text"], float(wanted.get("confidence", CONFIDENCE)))
        exchange.changed.notify_all()


def murmur(exchange: Exchange, telephone: Telephone, wanted: dict[str, Any]) -> None:
    """Begins to speak: a Record's silence does not run until the sound is there."""
    with exchange.changed:
        _intake(exchange, telephone, "sound", wanted).murmur()
        exchange.changed.notify_all()


def stay_silent(exchange: Exchange, telephone: Telephone, wanted: dict[str, Any]) -> None:
    """Lets a Gather's or a Record's timeout pass, which then happens at once."""
    with exchange.changed:
        _intake(exchange, telephone, "", wanted).silence()
        exchange.changed.notify_all()


def speak(
    exchange: Exchange, telephone: Telephone, pcm: Pcm, then: str | None, patience_s: float
) -> None:
    """Speaks a sound, and then presses a key, hangs up, or is silent."""
    with exchange.changed:
        intake = _intake(exchange, telephone, "sound", {"seconds": patience_s})
        telephone.note("mine", "♪")
        intake.sound(pcm)
        if then == HANG_UP:
            hang_up(exchange, telephone, {})
        elif then:
            telephone.note("keys", then)
            intake.key(then)
        else:
            intake.silence()
        exchange.changed.notify_all()


def _intake(exchange: Exchange, telephone: Telephone, wants: str, wanted: dict[str, Any]) -> Intake:
    """What takes the act, waited for. Called under the lock. Raises Refused."""

    def taking() -> Intake | None:
        intake = telephone.call.intake if telephone.call else None
        return intake if intake and intake.open and (not wants or wants in intake.takes) else None

    intake = exchange.changed.wait_for(taking, float(wanted.get("seconds", PATIENCE_S)))
    if not intake:
        raise Refused(f"{telephone.number} is {telephone.state} and the line takes no {wants}")
    return intake


@contextmanager
def _ringing(exchange: Exchange, telephone: Telephone, wanted: dict[str, Any]) -> Iterator[None]:
    """Waits for the ring, then holds the lock for what is done with it. Raises Refused."""
    with exchange.changed:
        patience_s = float(wanted.get("seconds", PATIENCE_S))
        if not exchange.changed.wait_for(lambda: telephone.state == "ringing", patience_s):
            raise Refused(f"{telephone.number} does not ring: it is {telephone.state}")
        yield
        exchange.changed.notify_all()


ACTS: dict[str, Act] = {
    "dial": dial,
    "answer": answer,
    "ignore": ignore,
    "decline": decline,
    "hang-up": hang_up,
    "press": press,
    "say": say,
    "murmur": murmur,
    "stay-silent": stay_silent,
}
