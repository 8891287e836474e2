"""The port through which the house hears: a recording goes in, a `Hearing` comes out, and nothing
is raised for anything that a telephone line can deliver.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Protocol

from ivr.speech.hints import NO_HINTS, Hints

Audio = bytes | BinaryIO | Path
THRESHOLD = 0.4  # see docs/speech.md: how it is chosen for a model


class Quality(StrEnum):
    """What a recording turned out to be; each kind has its own sentence to the caller."""

    SPEECH = "speech"
    UNSURE = "unsure"  # heard, but below the threshold: the text is for a clerk, never acted on
    NOISE = "noise"  # only noise, music or key tones
    SILENT = "silent"
    EMPTY = "empty"  # no audio in the file at all
    TOO_SHORT = "too_short"
    CLIPPED = "clipped"  # overdriven past understanding: shouted, or held too close
    NOT_AUDIO = "not_audio"
    TOO_LONG = "too_long"
    TOO_BIG = "too_big"


@dataclass(frozen=True)
class Word:
    """One word as the recogniser cut it (in Chinese, mostly one character)."""

    text: str
    start: float  # seconds from the beginning of the recording
    end: float
    probability: float


@dataclass(frozen=True)
class Hearing:
    """What was made of one recording. `text` and `words` are empty but for SPEECH and UNSURE."""

    quality: Quality
    seconds: float = 0.0  # of the whole recording, silences included; 0 where it was not decoded
    text: str = ""  # simplified characters
    words: tuple[Word, ...] = ()
    language: str = ""
    confidence: float = 0.0  # geometric mean of the characters' probabilities, 0 to 1
    model: str = ""

    @property
    def understood(self) -> bool:
        return self.quality is Quality.SPEECH


class Transcriber(Protocol):
    """Hears recordings, one at a time."""

    def transcribe(self, audio: Audio, hints: Hints = NO_HINTS) -> Hearing:
        """Hear one recording, given as bytes, an open binary file or the path of one.

        Never raises for the recording's sake: whatever it is, the answer says so in `quality`.
        """
        ...

    def warm_up(self) -> None:
        """Load the model and run it once, so that the first caller doesn't wait for it.

        Raises:
            OSError, ValueError, RuntimeError: the model can't be loaded. A worker must not
                say that it is ready.
        """
        ...
