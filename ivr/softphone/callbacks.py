"""Requests that only tell us something: they leave in the background."""

import threading
from collections import deque
from collections.abc import Callable, Mapping


class Unanswered(Exception):
    """No URL, the fallback included, gave an answer; the text says why."""


class Callbacks:
    """Those of one call leave one after the other, those of several at once."""

    def __init__(self, deliver: Callable[[str, Mapping[str, str], str], None]) -> None:
        self._deliver = deliver
        self._lanes: dict[str, deque[tuple[str, Mapping[str, str], str]]] = {}
        self._changed = threading.Condition()
        self.failures: list[str] = []

    def send(self, lane: str, url: str, params: Mapping[str, str], method: str = "POST") -> None:
        with self._changed:
            if lane in self._lanes:
                self._lanes[lane].append((url, params, method))
                return
            self._lanes[lane] = deque([(url, params, method)])
        threading.Thread(target=self._drive, args=(lane,), name="callbacks", daemon=True).start()

    def settle(self, timeout_s: float) -> bool:
        """Waits until nothing is on its way; False when that took too long."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._lanes, timeout_s)

    def _drive(self, lane: str) -> None:
        while True:
            with self._changed:
                if not self._lanes[lane]:
                    del self._lanes[lane]
                    self._changed.notify_all()
                    return
                parcel = self._lanes[lane].popleft()
            try:
                self._deliver(*parcel)
            except Unanswered as failure:
                self.failures.append(str(failure))
