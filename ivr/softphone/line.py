"""A line between the firm and a telephone, and how the thread that serves it waits on it."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from ivr.softphone.telephone import Intake, Telephone

_LONGEST_WAIT_S = 60.0  # of one look at the lock, which takes no infinite timeout


class HungUp(Exception):
    """The line is gone; nothing more can be done on this call."""


class Rerouted(Exception):
    """The call goes on with another document."""

    def __init__(self, source: Source) -> None:
        super().__init__(source.url)
        self.source = source


@dataclass(frozen=True)
class Source:
    """Where the next document comes from: a URL with extra fields, or the document itself."""

    url: str = ""
    params: Mapping[str, str] | None = None
    method: str = "POST"
    fallback_url: str = ""
    twiml: str = ""


class Line:
    """Everything that may happen to a line while it is served, raised where its thread waits."""

    def __init__(self, changed: threading.Condition, telephone: Telephone | None) -> None:
        self.telephone = telephone
        self.intake: Intake | None = None  # what takes the person's keys and words, if anything
        self._changed = changed
        self._cut = False
        self._diversion: Exception | None = None
        self._limit = math.inf

    def wait(self, ready: Callable[[], bool], seconds: float) -> bool:
        """Waits for `ready`, at most `seconds` real ones; tells whether it came.

        Raises HungUp, or what `divert` was given. `ready` is asked under the exchange's lock.
        """
        deadline = time.monotonic() + seconds
        with self._changed:
            while True:
                if time.monotonic() >= self._limit:
                    self._cut = True
                if self._cut:
                    raise HungUp
                if self._diversion:
                    diversion, self._diversion = self._diversion, None
                    raise diversion
                if ready():
                    return True
                left = min(deadline, self._limit) - time.monotonic()
                if left <= 0 and time.monotonic() >= deadline:
                    return False
                self._changed.wait(min(max(0.0, left), _LONGEST_WAIT_S))

    def pass_time(self, seconds: float) -> None:
        self.wait(lambda: False, seconds)

    @contextmanager
    def listening(self, intake: Intake) -> Iterator[None]:
        """While it lasts, what the person does goes to `intake`."""
        with self._changed:
            before, self.intake = self.intake, intake
            if self.telephone and self.telephone.manner == "machine":
                intake.silence()
            self._touch()
        try:
            yield
        finally:
            with self._changed:
                self.intake = before
                self._touch()

    def cut(self) -> None:
        """Ends the call, whoever wants it."""
        with self._changed:
            self._cut = True
            self._changed.notify_all()

    def divert(self, diversion: Exception) -> None:
        """Raises `diversion` in the call's own thread where it waits next."""
        with self._changed:
            self._diversion = diversion
            self._changed.notify_all()

    def limit(self, seconds: float) -> None:
        self._limit = time.monotonic() + seconds

    def _touch(self) -> None:
        if self.telephone:
            self.telephone.version += 1
        self._changed.notify_all()
