"""Where somebody speaks in a recording, and the pieces in which it is given to the recogniser."""

from dataclasses import dataclass
from itertools import pairwise

from faster_whisper.vad import VadOptions, get_speech_timestamps  # type: ignore[import-untyped]

from ivr.speech.audio import RATE, Samples
from ivr.speech.levels import FRAME, frame_levels


@dataclass(frozen=True)
class Span:
    """A stretch of a recording, in samples."""

    start: int
    end: int

    @property
    def seconds(self) -> float:
        return (self.end - self.start) / RATE


# Of 80 synthetic callers all were over 0.5, and of 76 recordings of noise, music and keys none.
# But after four seconds of silence the detector doubts a voice's first syllables: 4 of the 80 lost
# a part at 0.5, one at 0.25. So the strict threshold says whether somebody speaks, the loose where.
SOMEBODY = 0.5
WHERE = 0.25
PAD = 200  # ms kept around a voice, for consonants too faint to be found
PAUSE = 300  # ms; shorter silences are part of speaking
SYLLABLE = 100  # ms; anything shorter is a click


def voiced(samples: Samples) -> tuple[Span, ...]:
    """The stretches with a voice in them (Silero VAD), in order; none in noise or music."""
    return _over(WHERE, samples) if _over(SOMEBODY, samples) else ()


def _over(threshold: float, samples: Samples) -> tuple[Span, ...]:
    options = VadOptions(
        threshold=threshold,
        min_speech_duration_ms=SYLLABLE,
        min_silence_duration_ms=PAUSE,
        speech_pad_ms=PAD,
    )
    return tuple(
        Span(found["start"], found["end"]) for found in get_speech_timestamps(samples, options)
    )


def turns(
    samples: Samples, spans: tuple[Span, ...], longest: float, pause: float
) -> tuple[Span, ...]:
    """The voiced stretches gathered into pieces of at most `longest` seconds, with no more than
    `pause` seconds between two stretches of one.

    The widest pause is cut first, so that a piece ends where the speaker did. A stretch that is
    too long by itself is cut where its middle half is quietest.
    """
    if not spans:
        return ()
    whole = Span(spans[0].start, spans[-1].end)
    pauses = [after.start - before.end for before, after in pairwise(spans)]
    if whole.seconds <= longest and max(pauses, default=0) <= pause * RATE:
        return (whole,)
    if len(spans) == 1:
        middle = _quietest(samples, whole)
        spans, pauses = (Span(whole.start, middle), Span(middle, whole.end)), [0]
    cut = pauses.index(max(pauses)) + 1
    first, rest = spans[:cut], spans[cut:]
    return turns(samples, first, longest, pause) + turns(samples, rest, longest, pause)


def _quietest(samples: Samples, span: Span) -> int:
    quarter = (span.end - span.start) // 4
    levels = frame_levels(samples[span.start + quarter : span.end - quarter])
    return span.start + quarter + int(levels.argmin()) * FRAME + FRAME // 2
