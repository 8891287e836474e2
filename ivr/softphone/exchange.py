"""The exchange: numbers, telephones, calls and all that the firm remembers of them."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

from ivr.softphone.call import Call, Reporting
from ivr.softphone.conditions import AT_ONCE, FINE, Tempo, Weather
from ivr.softphone.dialling import join, noun_of, place, reporting_of, start
from ivr.softphone.line import Rerouted, Source
from ivr.softphone.messages import Message
from ivr.softphone.queues import Queue
from ivr.softphone.recordings import Recording
from ivr.softphone.telephone import Telephone
from ivr.softphone.verbs import perform, walk
from ivr.softphone.webhooks import Webhooks

# What the firm shows for a caller who withholds the number: ANONYMOUS on a keypad.
ANONYMOUS = "+266696687"
UNREACHABLE_HANDSET = 30003  # a message to a telephone that is off or unknown

Recognise = Callable[[bytes], str]


@dataclass
class Number:
    """A number of ours at the firm, and where it sends what happens on it."""

    voice_url: str
    fallback_url: str = ""
    status_callback: str = ""
    sid: str = field(default_factory=lambda: f"PN{uuid.uuid4().hex}")


@dataclass(frozen=True)
class Fault:
    """Something that we gave the firm and that it could not obey."""

    code: int
    call_sid: str
    detail: str

    def __str__(self) -> str:
        return f"{self.code} {self.call_sid}: {self.detail}"


def utc_now() -> datetime:
    return datetime.now(UTC)


class Exchange:
    """All state, in memory, guarded by one lock on which every waiting thread waits.

    `recognise` turns a WAV of 8 kHz into words, for a Gather that is answered with sound; without
    it such a Gather hears nothing.
    """

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        numbers: Mapping[str, Number],
        *,
        recognise: Recognise | None = None,
        tempo: Tempo = AT_ONCE,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.account_sid, self.auth_token = account_sid, auth_token
        self.numbers = dict(numbers)
        self.now = now
        self.tempo = tempo
        self.weather: Weather = FINE
        self.api_url = ""  # where its own REST API is found; the server knows it first
        self.changed = threading.Condition(threading.RLock())
        self.telephones: dict[str, Telephone] = {}
        self.calls: dict[str, Call] = {}
        self.recordings: dict[str, Recording] = {}
        self.messages: dict[str, Message] = {}
        self.queues: dict[str, Queue] = {}
        self.faults: list[Fault] = []
        self.requests: list[tuple[str, str, dict[str, list[str]]]] = []
        self._recognise = recognise
        self.webhooks = Webhooks(auth_token, tempo=lambda: self.tempo, weather=lambda: self.weather)

    @property
    def errors(self) -> list[str]:
        """Every fault so far, and every callback that nobody took, in words."""
        return [*map(str, self.faults), *self.webhooks.callbacks.failures]

    @property
    def credentials(self) -> tuple[str, str]:
        """Whoever asks the REST API shows these."""
        return self.account_sid, self.auth_token

    def fault(self, code: int, call: Call, detail: str) -> None:
        self.faults.append(Fault(code, call.sid, detail))

    def telephone(self, number: str) -> Telephone:
        """The telephone under a number, put up if there is none."""
        with self.changed:
            return self.telephones.setdefault(number, Telephone(number))

    def queue(self, name: str) -> Queue:
        """The queue of this name, opened if there is none."""
        with self.changed:
            return self.queues.setdefault(name, Queue(name, self.now()))

    # Calls

    def ring_us(self, telephone: Telephone, to: str, *, withheld: bool = False) -> Call | None:
        """A telephone dials one of our numbers; None where the number is not in service."""
        number = self.numbers.get(to)
        with self.changed:
            if telephone.state != "idle":
                raise ValueError("the telephone is in use")
            if not number:
                telephone.note("over", "not in service")
                self.changed.notify_all()
                return None
            call = self._new_call(
                to=to,
                from_=ANONYMOUS if withheld else telephone.number,
                direction="inbound",
                telephone=telephone,
                reporting=Reporting(number.status_callback),
            )
            telephone.enters("calling", call, to)
            self.changed.notify_all()
        source = Source(number.voice_url, fallback_url=number.fallback_url)
        start(self, call, lambda: perform(call, source))
        return call

    def place(self, options: Mapping[str, str], events: str) -> Call:
        """The REST API's Calls.create, of options already checked."""
        call = self._new_call(
            to=options["To"],
            from_=options["From"],
            direction="outbound-api",
            telephone=self.telephones.get(options["To"]),
            reporting=reporting_of(options, events),
            options=options,
        )
        if options.get("TimeLimit"):
            call.limit(float(options["TimeLimit"]))
        start(self, call, lambda: place(call))
        return call

    def ring_leg(
        self,
        parent: Call,
        noun: ElementTree.Element,
        caller_id: str,
        answered: Callable[[Call], None],
    ) -> Call:
        """One of those whom a Dial rings."""
        reporting = reporting_of(noun.attrib, noun.get("statusCallbackEvent", ""))
        leg = self._new_call(
            to=noun_of(noun),
            from_=caller_id,
            direction="outbound-dial",
            telephone=self.telephones.get(noun_of(noun)),
            reporting=Reporting(
                parent.absolute(reporting.url) if reporting.url else "",
                reporting.events,
                reporting.method,
            ),
            parent=parent,
        )
        before = None
        if noun.get("url"):
            before = Source(parent.absolute(noun.get("url", "")), method=noun.get("method", "POST"))
        start(self, leg, lambda: join(leg, before, answered))
        return leg

    def reroute(self, call: Call, source: Source) -> None:
        """The REST API's Calls.update with a new document."""
        call.divert(Rerouted(source))

    def walk(self, call: Call, source: Source | None) -> None:
        """Lets a call hear another document meanwhile, and come back."""
        walk(call, source)

    def _new_call(self, **known: Any) -> Call:
        call = Call(self, **known)
        with self.changed:
            self.calls[call.sid] = call
        return call

    # The rest

    def send(self, message: Message, status_callback: str) -> None:
        """Delivers a message to its telephone, and says so."""
        with self.changed:
            self.messages[message.sid] = message
            telephone = self.telephones.get(message.to)
            if telephone and telephone.manner != "unreachable":
                message.status = "delivered"
                telephone.note("sms", message.body)
            else:
                message.status, message.error_code = "undelivered", UNREACHABLE_HANDSET
            self.changed.notify_all()
        for status in ("sent", message.status) if status_callback else ():
            told = {
                "AccountSid": self.account_sid,
                "ApiVersion": "2010-04-01",
                "From": message.from_,
                "To": message.to,
                "MessageSid": message.sid,
                "SmsSid": message.sid,
                "MessageStatus": status,
                "SmsStatus": status,
            }
            if message.error_code and status == message.status:
                told["ErrorCode"] = str(message.error_code)
            self.webhooks.callbacks.send(message.sid, status_callback, told)

    def recognised(self, wav: bytes) -> tuple[str, float]:
        """The words in a sound, and how sure the firm's recogniser would say it is."""
        words = self._recognise(wav) if self._recognise else ""
        return words, 0.9 if words else 0.0

    def close(self) -> None:
        """Cuts every line and sends nothing more."""
        self.webhooks.closed = True
        for call in list(self.calls.values()):
            call.cut()

    def settle(self, timeout_s: float = 10.0) -> bool:
        """Waits until every call is over and every callback delivered; False if it takes longer."""
        deadline = time.monotonic() + timeout_s
        with self.changed:
            over = self.changed.wait_for(
                lambda: all(call.ended for call in self.calls.values()), timeout_s
            )
        return over and self.webhooks.callbacks.settle(max(0.0, deadline - time.monotonic()))
