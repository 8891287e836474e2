"""What the firm keeps of a call's sound."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Literal

import numpy as np

from ivr.softphone.call import Call, Reporting
from ivr.softphone.sound import RATE, Pcm, is_silent, seconds, silence

TOO_SHORT, SILENT = 16101, 16102
# The firm publishes no limit for "too short"; a cough is shorter, a 对 is longer.
SHORTEST_S = 0.2

RecordingStatus = Literal["in-progress", "completed", "absent"]


@dataclass
class Recording:
    """One recording, made by a Record verb, a Dial, or of an outbound call as a whole."""

    call: Call
    source: Literal["RecordVerb", "DialVerb", "OutboundAPI"]
    reporting: Reporting
    start: datetime
    channels: int = 1
    trim: bool = True
    sid: str = field(default_factory=lambda: f"RE{uuid.uuid4().hex}")
    status: RecordingStatus = "in-progress"
    error_code: int = 0
    pcm: Pcm = field(default_factory=lambda: silence(0))

    @property
    def duration_s(self) -> int:
        """Whole seconds, as the firm states them; a begun one counts."""
        return -int(-seconds(self.pcm) // 1)

    @property
    def url(self) -> str:
        """Its address without an extension; with `.wav` it is the sound."""
        exchange = self.call.exchange
        return (
            f"{exchange.api_url}/2010-04-01/Accounts/{exchange.account_sid}/Recordings/{self.sid}"
        )

    def begin(self) -> None:
        self.call.exchange.recordings[self.sid] = self
        self._report()

    def close(self, heard: list[Pcm], longest_s: float = 3600.0) -> bool:
        """Keeps what was heard; tells whether there is anything to fetch."""
        pcm = np.concatenate(heard) if heard else silence(0)
        self.pcm = pcm[: int(longest_s * RATE)]
        if self.trim and is_silent(self.pcm):
            self.status, self.error_code = "absent", SILENT
        elif seconds(self.pcm) < SHORTEST_S:
            self.status, self.error_code = "absent", TOO_SHORT
        else:
            self.status = "completed"
        self._report()
        return self.status == "completed"

    def _report(self) -> None:
        if not self.reporting.url or self.status not in self.reporting.events:
            return
        told = {
            "AccountSid": self.call.exchange.account_sid,
            "CallSid": self.call.sid,
            "RecordingSid": self.sid,
            "RecordingUrl": self.url,
            "RecordingStatus": self.status,
            "RecordingDuration": str(self.duration_s),
            "RecordingChannels": str(self.channels),
            "RecordingSource": self.source,
            "RecordingStartTime": format_datetime(self.start),
            "ErrorCode": str(self.error_code),
        }
        self.call.exchange.webhooks.callbacks.send(
            self.call.sid, self.reporting.url, told, self.reporting.method
        )
