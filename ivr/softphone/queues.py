"""Enqueue and Leave: people who wait for a person, hearing music and the truth meanwhile."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import NoReturn
from xml.etree import ElementTree

from ivr.softphone.bridge import Bridge
from ivr.softphone.call import Call
from ivr.softphone.line import HungUp, Rerouted, Source

BREATH_S = 0.05  # between two rounds of a waiting document that takes no time itself


@dataclass
class Member:
    """One waiting call."""

    call: Call
    since: datetime
    taken: bool = False
    bridge: Bridge | None = None  # that a Dial has put the call on


@dataclass
class Queue:
    """A named queue, first come, first served."""

    name: str
    created: datetime
    max_size: int = 100
    sid: str = field(default_factory=lambda: f"QU{uuid.uuid4().hex}")
    members: list[Member] = field(default_factory=list)
    waits_s: list[int] = field(default_factory=list)

    @property
    def average_wait_s(self) -> int:
        return round(sum(self.waits_s) / len(self.waits_s)) if self.waits_s else 0

    def position(self, member: Member) -> int:
        return self.members.index(member) + 1

    def waited_s(self, member: Member) -> int:
        return round((member.call.exchange.now() - member.since).total_seconds())


class Left(Exception):
    """The caller asked to leave the queue."""


class Dequeued(Exception):
    """A Dial took the caller out of the queue, onto a bridge, perhaps with a word before."""

    def __init__(self, bridge: Bridge, before: Source | None) -> None:
        super().__init__()
        self.bridge, self.before = bridge, before


def enqueue(call: Call, verb: ElementTree.Element) -> Source | None:
    exchange = call.exchange
    queue = exchange.queue((verb.text or "").strip())
    member = Member(call, exchange.now())
    with exchange.changed:
        full = len(queue.members) >= min(queue.max_size, int(verb.get("maxQueueSize", "1000")))
        if not full:
            queue.members.append(member)
            exchange.changed.notify_all()
    here = call.url
    try:
        result, parting = ("queue-full", None) if full else _wait(call, verb, queue, member)
    finally:
        if member.bridge:
            member.bridge.end()
    call.url = here
    following = call.follow(
        verb,
        {
            "QueueResult": result,
            "QueueSid": queue.sid,
            "QueueTime": str(queue.waits_s[-1] if not full else 0),
        },
    )
    if parting:
        if verb.get("action"):
            call.tell(following)
        raise parting
    return following if verb.get("action") else None


def leave(call: Call, verb: ElementTree.Element) -> None:
    raise Left


def _wait(
    call: Call, verb: ElementTree.Element, queue: Queue, member: Member
) -> tuple[str, Exception | None]:
    """The QueueResult, with the exception that ended the whole document if one did."""
    try:
        _hear_the_wait(call, verb, queue, member)
    except Left:
        return "leave", None
    except HungUp as parting:
        return "hangup", parting
    except Rerouted as parting:
        return "redirected", parting
    except Dequeued as dequeued:
        bridge, before = dequeued.bridge, dequeued.before
    finally:
        with call.exchange.changed:
            queue.members.remove(member)
            queue.waits_s.append(queue.waited_s(member))
    try:
        call.exchange.walk(call, before)
        bridge.hold(call, float("inf"))
    except HungUp as parting:
        return "bridged", parting
    except Rerouted as parting:
        return "redirected-from-bridged", parting
    return "bridged", None


def _hear_the_wait(call: Call, verb: ElementTree.Element, queue: Queue, member: Member) -> NoReturn:
    """The document of `waitUrl` over and over; without one, music until somebody comes."""
    wait_url = call.absolute(verb.get("waitUrl", "")) if verb.get("waitUrl") else ""
    while True:
        if not wait_url:
            call.wait(lambda: False, float("inf"))
        fields = {
            "QueueSid": queue.sid,
            "QueuePosition": str(queue.position(member)),
            "QueueTime": str(queue.waited_s(member)),
            "AvgQueueTime": str(queue.average_wait_s),
            "CurrentQueueSize": str(len(queue.members)),
        }
        source = Source(wait_url, fields, verb.get("waitUrlMethod", "POST"))
        call.exchange.walk(call, source)
        call.pass_time(BREATH_S)


def take_first(call: Call, noun: ElementTree.Element) -> Bridge | None:
    """Takes the one who waits longest in the queue that a Dial names; None where nobody does."""
    queue = call.exchange.queue((noun.text or "").strip())
    with call.exchange.changed:
        waiting = next((member for member in queue.members if not member.taken), None)
        if not waiting:
            return None
        waiting.taken = True
        waiting.bridge = bridge = Bridge(waiting.call, call)
        before = None
        if noun.get("url"):
            fields = {
                "QueueSid": queue.sid,
                "QueueTime": str(queue.waited_s(waiting)),
                "DequeingCallSid": call.sid,
            }
            before = Source(call.absolute(noun.get("url", "")), fields, noun.get("method", "POST"))
        waiting.call.divert(Dequeued(bridge, before))
        return bridge
