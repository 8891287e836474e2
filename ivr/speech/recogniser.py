"""What an engine of speech recognition gives, before anything is judged."""

from dataclasses import dataclass, replace
from typing import Protocol

from ivr.speech.audio import Samples
from ivr.speech.hints import Hints
from ivr.speech.transcriber import Word


@dataclass(frozen=True)
class Passage:
    """What the engine wrote for one piece of a recording, times from the piece's start."""

    words: tuple[Word, ...]
    log_probability: float  # mean of its tokens'
    no_speech: float  # probability that nobody speaks

    def shifted(self, seconds: float) -> "Passage":
        """The same passage, later by so much."""
        words = tuple(
            replace(word, start=word.start + seconds, end=word.end + seconds)
            for word in self.words
        )
        return replace(self, words=words)

    @property
    def text(self) -> str:
        return "".join(word.text for word in self.words)


class Recogniser(Protocol):
    """An engine with a model in it."""

    @property
    def model(self) -> str:
        """Its name."""
        ...

    @property
    def language(self) -> str:
        """Of the speech, as Whisper names it."""
        ...

    @property
    def longest(self) -> float:
        """Seconds that the model takes at once."""
        ...

    @property
    def pause(self) -> float:
        """Seconds of silence in the middle of a piece that the model hears through."""
        ...

    def recognise(self, samples: Samples, hints: Hints) -> Passage | None:
        """Write down at most `longest` seconds of speech; None where there is none."""
        ...
