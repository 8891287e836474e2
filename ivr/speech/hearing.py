"""One recording, heard from end to end."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from math import exp, log

import numpy as np
from opencc import OpenCC

from ivr.speech import guards, levels
from ivr.speech.audio import RATE, Limits, Samples, Sound, load
from ivr.speech.dtmf import silence_keys
from ivr.speech.hints import NO_HINTS, Hints
from ivr.speech.recogniser import Passage, Recogniser
from ivr.speech.transcriber import THRESHOLD, Audio, Hearing, Quality, Word
from ivr.speech.voice import Span, turns, voiced


class Listener:
    """A `Transcriber` around any engine.

    Args:
        recogniser: the engine.
        threshold: confidence under which a text is UNSURE.
        limits: the largest recording that is looked at.
    """

    def __init__(
        self, recogniser: Recogniser, threshold: float = THRESHOLD, limits: Limits | None = None
    ) -> None:
        self.recogniser = recogniser
        self.threshold = threshold
        self.limits = limits or Limits()

    def warm_up(self) -> None:
        second = np.zeros(RATE, np.float32)
        voiced(second)
        self.recogniser.recognise(second, NO_HINTS)
        self._simplified.convert("")

    def transcribe(self, audio: Audio, hints: Hints = NO_HINTS) -> Hearing:
        sound = load(audio, self.limits)
        if isinstance(sound, Quality):
            return Hearing(sound)
        quality = levels.judge(sound)
        if quality is not Quality.SPEECH:
            return Hearing(quality, sound.seconds)
        return self._hear(sound, hints)

    def _hear(self, sound: Sound, hints: Hints) -> Hearing:
        samples = levels.normalise(silence_keys(sound.samples))
        spans = voiced(samples)
        voices = tuple((span.start / RATE, span.end / RATE) for span in spans)
        words = tuple(
            word
            for passage in self._passages(samples, spans, hints)
            for word in guards.believable(passage, voices, hints)
        )
        if not words:
            return Hearing(Quality.NOISE, sound.seconds)
        confidence = mean_probability(words)
        sure = confidence >= self.threshold and not guards.too_fast(words, voices)
        return Hearing(
            Quality.SPEECH if sure else Quality.UNSURE,
            sound.seconds,
            "".join(word.text for word in words).strip(),
            words,
            self.recogniser.language,
            confidence,
            self.recogniser.model,
        )

    def _passages(
        self, samples: Samples, spans: tuple[Span, ...], hints: Hints
    ) -> Iterator[Passage]:
        for turn in turns(samples, spans, self.recogniser.longest, self.recogniser.pause):
            passage = self.recogniser.recognise(samples[turn.start : turn.end], hints)
            if passage:
                yield self._plain(passage).shifted(turn.start / RATE)

    def _plain(self, passage: Passage) -> Passage:
        """The passage in simplified characters. They are converted together, since one traditional
        character can stand for two, and given back to their words one for one.
        """
        plain = self._simplified.convert(passage.text)
        if len(plain) != len(passage.text):
            return passage
        words, end = [], 0
        for word in passage.words:
            start, end = end, end + len(word.text)
            words.append(replace(word, text=plain[start:end]))
        return replace(passage, words=tuple(words))

    @cached_property
    def _simplified(self) -> OpenCC:
        return OpenCC("t2s")


def mean_probability(words: tuple[Word, ...]) -> float:
    """The geometric mean of the words' probabilities."""
    return exp(sum(log(max(word.probability, 1e-6)) for word in words) / len(words))
