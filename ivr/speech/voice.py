"""Where somebody speaks in a recording, and the pieces in which it is given to the recogniser."""

from dataclasses import dataclass
from itertools import pairwise

from faster_whisper.vad import VadOptions, get_speech_timestamps  # type: ignore[import-untyped]

from ivr.speech.audio import RATE, Samples


@dataclass(frozen=True)
class Span:
    """A stretch of a recording, in samples."""

    start: int
    end: int

    @property
    def seconds(self) -> float:
        return (self.end - self.start) / RATE


OPTIONS = VadOptions(threshold=0.5, min_speech_duration_ms=100, min_silence_duration_ms=300,
                     speech_pad_ms=200)


def voiced(samples: Samples) -> tuple[Span, ...]:
    """The stretches with a voice in them (Silero VAD), in order; none in noise or music."""
    return tuple(
        Span(found["start"], found["end"]) for found in get_speech_timestamps(samples, OPTIONS)
    )


def turns(spans: tuple[Span, ...], longest: float) -> tuple[Span, ...]:
    """The voiced stretches gathered into pieces of at most `longest` seconds, cut at pauses.

    The widest pause is cut first, so that a piece ends where the speaker did; a stretch that is
    too long by itself is halved.
    """
    if not spans:
        return ()
    whole = Span(spans[0].start, spans[-1].end)
    if whole.seconds <= longest:
        return (whole,)
    if len(spans) == 1:
        middle = (whole.start + whole.end) // 2
        spans = (Span(whole.start, middle), Span(middle, whole.end))
    pauses = [after.start - before.end for before, after in pairwise(spans)]
    cut = pauses.index(max(pauses)) + 1
    return turns(spans[:cut], longest) + turns(spans[cut:], longest)
