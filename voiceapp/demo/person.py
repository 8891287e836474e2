"""A caller with a telephone: she rings, speaks after the beep, and answers what she is asked.

She knows nothing but what she hears; how she answers is a table of what is said to her.
"""

import re
import time
from collections.abc import Callable

from ivr.softphone import Handset
from voiceapp.demo.callers import Want
from voiceapp.demo.correcting import Corrector
from voiceapp.demo.telling import Teller
from voiceapp.samples import pcm

POLL_S, LOOK_S = 0.1, 0.4
"""Between two looks at her telephone, and at what is waited for."""

HEARD = ("said", "peer", "sms")
MOST_CHANGES = 10
"""After so many changes in a call she asks for a person, as anybody would."""


class Person:
    """Somebody at her telephone, for as long as somebody waits for something."""

    def __init__(
        self, handset: Handset, name: str, tell: Teller, speech: bytes, wants: tuple[Want, ...]
    ) -> None:
        self.handset, self.name, self.tell = handset, name, tell
        self.speech, self.corrector = speech, Corrector(wants)
        self.last = ""
        self.heard: list[str] = []
        self.changes = 0
        self._asked = 0
        self._seen = len(handset.entries)
        self._read = ""
        self._misheard = False

    def rings(self, number: str) -> None:
        """She dials."""
        self.tell(f"☎ {self.name} rings {number}", "said")
        self.handset.dial(number)

    def lives_until(self, done: Callable[[], bool], seconds: float) -> bool:
        """Pick up, listen and answer until something is so; False where it took too long."""
        deadline = time.monotonic() + seconds
        looked = 0.0
        while time.monotonic() < deadline:
            self._notice()
            if time.monotonic() - looked > LOOK_S:
                looked = time.monotonic()
                if done():
                    self._notice()
                    return True
            time.sleep(POLL_S)
        return False

    @property
    def unread(self) -> list[str]:
        """What she heard since `fresh` was asked last."""
        return self.heard[self._asked :]

    def fresh(self) -> list[str]:
        """The same, and read."""
        heard, self._asked = self.unread, len(self.heard)
        return heard

    @property
    def idle(self) -> bool:
        """Whether her telephone is on the hook."""
        return self.handset.state == "idle"

    def _notice(self) -> None:
        if self.handset.state == "ringing":
            self.tell(f"☎ {self.name}'s telephone rings; she picks up", "said")
            self.handset.answers()
        for entry in self.handset.entries[self._seen :]:
            self._seen += 1
            if entry["kind"] in HEARD:
                sign = "✉" if entry["kind"] == "sms" else "←"
                self.tell(f"{sign} {self.name} hears: {entry['text']}", "heard")
                self.heard.append(entry["text"])
            if entry["kind"] == "said":
                self._answer(entry["text"])
            elif entry["kind"] == "beep":
                self._speak()

    def _answer(self, prompt: str) -> None:
        if prompt.startswith("跟您核对"):
            self._read = ""
        self._read += prompt
        self._misheard = "没听清" in prompt or self._misheard
        for pattern, how in ANSWERS:
            if re.search(pattern, prompt):
                how(self, prompt)
                self._misheard = False
                break
        self.last = prompt

    def _speak(self) -> None:
        if "不要就挂机" in self.last:
            self.hangs_up()
            return
        self.tell(f"→ {self.name} speaks after the beep ♪", "said")
        self.handset.says_wav(self.speech, then="#")

    # How she answers

    def hangs_up(self) -> None:
        """She has heard what there is to hear."""
        self.tell(f"→ {self.name} hangs up", "said")
        self.handset.hangs_up()

    def presses(self, key: str) -> None:
        """A key."""
        self.tell(f"→ {self.name} presses {key}", "said")
        self.handset.presses(key)

    def says(self, words: str) -> None:
        """Words, as the telephone firm's own recognition writes them for a Gather."""
        self.tell(f"→ {self.name} says: {words}", "said")
        self.handset.says(words)

    def checks(self, prompt: str) -> None:
        """Is it what she wanted? A yes, or the first change."""
        change = self.corrector.change(self._read)
        if change is None and not self._misheard:
            self.tell(f"→ {self.name} says 对 ♪", "said")
            self.handset.says_wav(pcm("answers/yes"))
        elif change is None:
            self.presses("1")
        elif self.changes >= MOST_CHANGES:
            self.presses("0")
        else:
            self.changes += 1
            self.says(change)

    def chooses(self, prompt: str) -> None:
        """Which of these."""
        key = self.corrector.choose(prompt)
        self.presses(key) if key else self.says("都不要")

    def tells_amount(self, prompt: str) -> None:
        """How many."""
        self.says(self.corrector.amount(prompt) or "不要了")

    def tells_time(self, prompt: str) -> None:
        """When."""
        self.says(self.corrector.time(prompt))


Way = Callable[[Person, str], None]

ANSWERS: tuple[tuple[str, Way], ...] = (
    ("请问是.+吗", lambda person, prompt: person.presses("1")),
    ("对吗？", Person.checks),
    ("要哪一种？.+请按一", Person.chooses),
    ("哪一种", lambda person, prompt: person.says("不要了")),
    ("要多少？", Person.tells_amount),
    ("什么时候", Person.tells_time),
    ("都不要了，是吗", lambda person, prompt: person.presses("2")),
    ("要改请按一", lambda person, prompt: person.presses("1")),
    ("听清了就挂机", lambda person, prompt: person.hangs_up()),
    ("您满意吗", lambda person, prompt: person.presses("5")),
)
"""What is said to her, as a pattern, and what she does. What is not here she only listens to."""
