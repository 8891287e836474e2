"""A telephone in the hands of a test or of the demo, in this process or another.

mei = Handset(exchange_url, "+12025550123")
mei.dial("+12025550100")
mei.hears("请讲")
mei.says_wav(recording)
mei.rings_within(30)
mei.answers()
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

import requests

from ivr.softphone.acts import PATIENCE_S
from ivr.softphone.telephone import Manner

LONGEST_POLL_S = 25.0  # after which the exchange answers, whether anything happened or not
SLACK_S = 30.0  # that a busy machine may add to any wait
Shown = dict[str, Any]  # a telephone as the exchange shows it: `Telephone.shown`
_HEARD = ("said", "peer", "sound", "beep", "sms")


class Handset:
    """One telephone, driven as a person would. Every wait ends in an AssertionError that tells
    what was heard; a thing that the telephone cannot do now raises one too."""

    def __init__(
        self, exchange_url: str, number: str, name: str = "", *, patience_s: float = PATIENCE_S
    ) -> None:
        """`patience_s` is how long she waits for anything, where nothing else is said: raise it
        where prompts take real time."""
        self.number = number
        self._rung = ""  # the call whose ringing she noticed last
        self._patience_s = patience_s
        self._url = f"{exchange_url}/softphone/api/telephones/{quote(number, safe='')}"
        self._http = requests.Session()
        self._http.trust_env = False
        self._noticed: dict[tuple[str, ...], int] = {}
        self._put(name=name)

    # What she does

    def dial(self, to: str, *, withheld: bool = False) -> Self:
        return self._act("dial", to=to, withheld=withheld)

    def answers(self) -> Self:
        return self._act("answer")

    def lets_it_ring(self) -> Self:
        """Nobody answers; the caller's patience ends at once."""
        return self._act("ignore")

    def declines(self) -> Self:
        return self._act("decline")

    def hangs_up(self) -> Self:
        return self._act("hang-up")

    def presses(self, keys: str, seconds: float | None = None) -> Self:
        """Presses keys one by one, each when the line takes one."""
        return self._act("press", seconds, keys=keys)

    def says(self, text: str, confidence: float | None = None) -> Self:
        """Says words to a Gather, or to whom she is connected with."""
        surely = {} if confidence is None else {"confidence": confidence}
        return self._act("say", text=text, **surely)

    def says_wav(self, wav: Path | bytes, then: str = "") -> Self:
        """Speaks into a Record or a Gather; `then` is a key, `acts.HANG_UP`, or a silence."""
        sound = wav.read_bytes() if isinstance(wav, Path) else wav
        asked: dict[str, str | float] = {"then": then, "seconds": self._patience_s}
        answer = self._http.post(
            f"{self._url}/sound",
            params=asked,
            data=sound,
            headers={"Content-Type": "audio/wav"},
            timeout=self._patience_s + SLACK_S,
        )
        return self._done(answer)

    def begins_to_speak(self) -> Self:
        """From here a Record waits for her words instead of hearing a silence."""
        return self._act("murmur")

    def stays_silent(self) -> Self:
        """Lets the timeout of the present prompt pass, at once."""
        return self._act("stay-silent")

    def is_owned_by(self, manner: Manner) -> Self:
        """From here on it is answered by a person, a machine, nobody, or it is busy or off."""
        return self._put(manner=manner)

    # What she notices

    def hears(self, text: str, seconds: float | None = None) -> str:
        """Waits for a prompt that holds `text`, among those not waited for yet; the whole of it."""
        return self._notices(text, _HEARD[:2], seconds)

    def reads(self, text: str, seconds: float | None = None) -> str:
        """Waits for a text message that holds `text`; the whole of it."""
        return self._notices(text, ("sms",), seconds)

    def hears_the_beep(self, seconds: float | None = None) -> Self:
        self._notices("", ("beep",), seconds)
        return self

    def rings_within(self, seconds: float | None = None) -> Self:
        self._rung = self._until(lambda shown: shown["state"] == "ringing", "ringing", seconds)
        return self

    def is_connected_within(self, seconds: float | None = None) -> Self:
        self._until(lambda shown: shown["state"] == "talking", "talking", seconds)
        return self

    def is_over_within(self, seconds: float | None = None) -> Self:
        """The call has ended, whoever ended it; the next one may ring already."""
        self._until(self._is_free, "idle", seconds)
        return self

    @property
    def state(self) -> str:
        return str(self._look()["state"])

    @property
    def call_sid(self) -> str:
        """Of the call that she is on; empty where there is none."""
        return str(self._look()["call_sid"])

    @property
    def entries(self) -> list[dict[str, Any]]:
        """All that happened on this telephone, oldest first: `kind`, `text`, `call_sid`."""
        entries: list[dict[str, Any]] = self._look()["entries"]
        return entries

    @property
    def transcript(self) -> str:
        """The same as lines to read: `< ` what she heard, `> ` what she did, `- ` the rest."""
        signs = {"mine": ">", "keys": ">"} | dict.fromkeys(_HEARD, "<")
        return "\n".join(
            f"{signs[entry['kind']]} {entry['text']}"
            if entry["kind"] in signs
            else f"- {entry['kind']} {entry['text']}".rstrip()
            for entry in self.entries
        )

    # How

    def _notices(self, text: str, kinds: tuple[str, ...], seconds: float | None) -> str:
        seconds = self._patience_s if seconds is None else seconds
        deadline = time.monotonic() + seconds
        version = -1
        while True:
            shown = self._look(version, deadline - time.monotonic())
            version = shown["version"]
            for entry in shown["entries"]:
                fresh = entry["n"] > self._noticed.get(kinds, 0)
                if fresh and entry["kind"] in kinds and text in entry["text"]:
                    self._noticed[kinds] = entry["n"]
                    return str(entry["text"])
            if time.monotonic() >= deadline:
                raise AssertionError(
                    f"{self.number} noticed no {'/'.join(kinds)} with {text!r} in {seconds:g} s\n"
                    f"{self.transcript}"
                )

    def _is_free(self, shown: Shown) -> bool:
        rings_anew = shown["state"] == "ringing" and shown["call_sid"] != self._rung
        return bool(shown["state"] == "idle" or rings_anew)

    def _until(self, so: Callable[[Shown], bool], meant: str, seconds: float | None) -> str:
        """Wait until the telephone is as asked; the call that it is on then, if any."""
        seconds = self._patience_s if seconds is None else seconds
        deadline = time.monotonic() + seconds
        version = -1
        while True:
            shown = self._look(version, deadline - time.monotonic())
            version = shown["version"]
            if so(shown):
                return str(shown["call_sid"])
            if time.monotonic() >= deadline:
                raise AssertionError(
                    f"{self.number} is {shown['state']}, not {meant}, after {seconds:g} s\n"
                    f"{self.transcript}"
                )

    def _look(self, version: int = -1, seconds: float = 0.0) -> Shown:
        asked = {"version": version, "seconds": max(0.0, seconds)}
        answer = self._http.get(self._url, params=asked, timeout=LONGEST_POLL_S + SLACK_S)
        answer.raise_for_status()
        shown: Shown = answer.json()
        return shown

    def _act(self, act: str, seconds: float | None = None, **wanted: Any) -> Self:
        wanted["seconds"] = self._patience_s if seconds is None else seconds
        slowest_s = wanted["seconds"] * len(wanted.get("keys", "1")) + SLACK_S
        return self._done(self._http.post(f"{self._url}/{act}", json=wanted, timeout=slowest_s))

    def _put(self, **wanted: Any) -> Self:
        given = {key: value for key, value in wanted.items() if value}
        return self._done(self._http.put(self._url, json=given, timeout=SLACK_S))

    def _done(self, answer: requests.Response) -> Self:
        if not answer.ok:
            raise AssertionError(f"{answer.text}\n{self.transcript}")
        return self
