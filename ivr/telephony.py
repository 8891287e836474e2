"""Ports to the telephone firm."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from voiceapp.phone import Phone


@dataclass(frozen=True)
class Placement:
    """A call to be placed: who is rung, and the id that every callback of it carries."""

    call_id: uuid.UUID
    to: Phone
    finds_machines: bool = True


class Dialler(Protocol):
    """Places calls and says what became of one. Raises ProviderDown, ProviderRefused."""

    def place_call(self, placement: Placement) -> str:
        """Ring somebody, recorded; the firm's id of the call. A repeat rings again."""
        ...

    def find_call(self, to: Phone, since: datetime) -> str | None:
        """The firm's id of a call that we placed to a number since a moment."""
        ...

    def take_over(self, sid: str, path: str) -> None:
        """Give a live call to another of our addresses (a caller who waits in the queue)."""
        ...


class RecordingsAtFirm(Protocol):
    """What the firm recorded. Raises ProviderDown, ProviderRefused."""

    def fetch_recording(self, sid: str) -> bytes:
        """The audio of a recording as WAV."""
        ...

    def delete_recording(self, sid: str) -> None:
        """Delete it at the firm. Deleting what is gone changes nothing."""
        ...


class Texts(Protocol):
    """Short messages. Raises ProviderDown, ProviderRefused."""

    def send_message(self, to: Phone, words: str) -> str:
        """Send one; the firm's id of it. A repeat sends again."""
        ...
