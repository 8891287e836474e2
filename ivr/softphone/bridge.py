"""Two calls joined, so that what one person says the other hears."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ivr.softphone.prompts import SECONDS_A_CHARACTER
from ivr.softphone.sound import Pcm, silence

if TYPE_CHECKING:
    from ivr.softphone.call import Call


class Bridge:
    """It is over when either leaves."""

    def __init__(self, one: Call, other: Call) -> None:
        self.one, self.other = one, other
        self.began = one.exchange.now()
        self.over = False
        self.heard: list[Pcm] = []

    def hold(self, call: Call, seconds: float) -> None:
        """Keeps `call` on the bridge until it is over, at most for `seconds`."""
        peer = self.other if call is self.one else self.one
        try:
            with call.listening(_End(call, peer, self)):
                call.wait(lambda: self.over or peer.ended is not None, seconds)
        finally:
            self.end()

    def end(self) -> None:
        with self.one.exchange.changed:
            self.over = True
            self.one.exchange.changed.notify_all()

    @property
    def duration_s(self) -> int:
        return round((self.one.exchange.now() - self.began).total_seconds())


@dataclass
class _End:
    """One person's end of a bridge."""

    call: Call
    peer: Call
    bridge: Bridge
    takes: frozenset[str] = frozenset({"keys", "speech", "sound"})

    @property
    def open(self) -> bool:
        return not self.bridge.over

    def key(self, key: str) -> None:
        self.peer.hears("peer", f"[{key}]")

    def speech(self, text: str, confidence: float) -> None:
        self.peer.hears("peer", text)
        self._keep(silence(len(text) * SECONDS_A_CHARACTER))

    def sound(self, pcm: Pcm) -> None:
        self.peer.hears("peer", "♪", sound=pcm)
        self._keep(pcm)

    def murmur(self) -> None:
        """Nobody's timeout runs on a bridge."""

    def silence(self) -> None:
        """Two people may be silent together."""

    def _keep(self, pcm: Pcm) -> None:
        self.bridge.heard.append(pcm)
        self.call.record_on_tape(pcm)
        self.peer.record_on_tape(pcm)
