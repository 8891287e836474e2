"""Text messages from us to a telephone."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

SEGMENT_CHARACTERS = 67  # of a part in UCS-2; one alone holds 70, in the GSM alphabet 153 and 160
GSM_SEGMENT_CHARACTERS = 153


@dataclass
class Message:
    """One message sent through the REST API."""

    to: str
    from_: str
    body: str
    created: datetime
    status: Literal["queued", "delivered", "undelivered"] = "queued"
    error_code: int | None = None
    sid: str = field(default_factory=lambda: f"SM{uuid.uuid4().hex}")

    @property
    def segments(self) -> int:
        """How many parts it is billed as."""
        plain = self.body.isascii()
        alone = 160 if plain else 70
        part = GSM_SEGMENT_CHARACTERS if plain else SEGMENT_CHARACTERS
        return 1 if len(self.body) <= alone else -(-len(self.body) // part)
