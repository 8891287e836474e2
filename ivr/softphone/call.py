"""One call at the exchange: what is known of it, and what is told of it."""

from __future__ import annotations

import math
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING, Literal
from urllib.parse import urljoin
from xml.etree import ElementTree

from ivr.softphone.line import Line, Source
from ivr.softphone.sound import Pcm
from ivr.softphone.telephone import Telephone
from ivr.softphone.webhooks import new_session

if TYPE_CHECKING:
    from ivr.softphone.exchange import Exchange

Status = Literal[
    "queued", "ringing", "in-progress", "completed", "busy", "failed", "no-answer", "canceled"
]
Direction = Literal["inbound", "outbound-api", "outbound-dial"]
# A call that ends otherwise than by "completed" is reported with that event all the same.
SIP_CODES = {"completed": "200", "busy": "486", "no-answer": "487", "canceled": "487"}
_PLACE = ("City", "State", "Zip", "Country")


@dataclass(frozen=True)
class Reporting:
    """Where to report a call's progress, and which of its events."""

    url: str = ""
    events: tuple[str, ...] = ("completed",)
    method: str = "POST"


class Call(Line):
    """A leg between the firm and one telephone."""

    def __init__(
        self,
        exchange: Exchange,
        *,
        to: str,
        from_: str,
        direction: Direction,
        telephone: Telephone | None,
        reporting: Reporting | None = None,
        parent: Call | None = None,
        options: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(exchange.changed, telephone)
        self.sid = f"CA{uuid.uuid4().hex}"
        self.exchange = exchange
        self.to, self.from_, self.direction = to, from_, direction
        self.reporting = reporting or Reporting()
        self.parent = parent
        self.tape: list[Pcm] | None = None  # where the call is recorded as a whole
        self.options = options or {}
        self.status: Status = "ringing" if direction == "inbound" else "queued"
        self.created = exchange.now()
        self.dialled = self.created if direction == "inbound" else None
        self.started: datetime | None = None
        self.ended: datetime | None = None
        self.answered_by = ""
        self.url = ""  # of the document being obeyed, from which relative URLs start
        self._reports = 0
        self.session = new_session()

    # What the firm says about it

    def fields(self) -> dict[str, str]:
        """The form fields of each voice request."""
        ends = {"From": self.from_, "To": self.to, "Caller": self.from_, "Called": self.to}
        places = {f"{end}{part}": "" for end in ends for part in _PLACE}
        places |= {f"{end}Country": "US" for end in ends}
        fields = {
            "CallSid": self.sid,
            "AccountSid": self.exchange.account_sid,
            "CallStatus": self.status,
            "ApiVersion": "2010-04-01",
            "Direction": self.direction,
            **ends,
            **places,
        }
        if self.parent:
            fields["ParentCallSid"] = self.parent.sid
        if self.answered_by:
            fields["AnsweredBy"] = self.answered_by
        return fields

    @property
    def duration_s(self) -> int:
        if not self.started or not self.ended:
            return 0
        return round((self.ended - self.started).total_seconds())

    def report(self, event: str) -> None:
        """Sends a status callback where this event was asked for."""
        if not self.reporting.url or event not in self.reporting.events:
            return
        now = format_datetime(self.exchange.now())
        told = {
            **self.fields(),
            "CallbackSource": "call-progress-events",
            "SequenceNumber": str(self._reports),
            "Timestamp": now,
        }
        if event == "initiated":
            told["CallStatus"] = event
        if event == "completed":
            told["SipResponseCode"] = SIP_CODES.get(self.status, "404")
            told["CallDuration"] = str(self.duration_s)
            told["Duration"] = str(math.ceil(self.duration_s / 60))
        self._reports += 1
        self.exchange.webhooks.callbacks.send(
            self.sid, self.reporting.url, told, self.reporting.method
        )

    def answer(self) -> None:
        """The two ends are connected."""
        exchange = self.exchange
        with exchange.changed:
            self.status, self.started = "in-progress", exchange.now()
            if self.telephone:
                other = self.to if self.direction == "inbound" else self.from_
                self.telephone.enters("talking", self, other)
                self.telephone.note("answered", other)
            exchange.changed.notify_all()
        self.report("answered")

    def finish(self) -> None:
        """The call is over; whatever was not settled before ended in the ordinary way."""
        exchange = self.exchange
        with exchange.changed:
            if self.status in ("queued", "ringing"):
                self.status = "canceled" if self.direction != "inbound" else "no-answer"
            elif self.status == "in-progress":
                self.status = "completed"
            self.ended = exchange.now()
            if self.telephone and self.telephone.call is self:
                self.telephone.note("over", self.status)
                self.telephone.enters("idle")
            self.report("completed")
            exchange.changed.notify_all()

    # What the verbs need

    def hears(
        self,
        kind: Literal["said", "sound", "beep", "peer"],
        text: str,
        language: str = "",
        sound: Pcm | None = None,
    ) -> None:
        with self.exchange.changed:
            if self.telephone:
                self.telephone.note(kind, text, language, sound)
            self.exchange.changed.notify_all()

    def reporting_of_recording(self, verb: ElementTree.Element) -> Reporting:
        """What a Record or a Dial says about reporting its recording."""
        url = verb.get("recordingStatusCallback", "")
        return Reporting(
            self.absolute(url) if url else "",
            tuple(verb.get("recordingStatusCallbackEvent", "completed").split()),
            verb.get("recordingStatusCallbackMethod", "POST"),
        )

    def tell(self, source: Source) -> None:
        """Requests a document that this call can no longer obey."""
        params = {**self.fields(), **(source.params or {})}
        self.exchange.webhooks.callbacks.send(self.sid, source.url, params, source.method)

    def record_on_tape(self, pcm: Pcm) -> None:
        if self.tape is not None:
            self.tape.append(pcm)

    def absolute(self, url: str) -> str:
        return urljoin(self.url, url)

    def follow(self, verb: ElementTree.Element, params: Mapping[str, str]) -> Source:
        """The document that a verb's `action` names; without one, this document again."""
        return Source(
            url=self.absolute(verb.get("action", "")),
            params=params,
            method=verb.get("method", "POST"),
        )
