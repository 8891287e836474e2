"""One recording, heard from end to end."""

from functools import cached_property
from math import exp, log

import numpy as np
from opencc import OpenCC

from ivr.speech import levels
from ivr.speech.audio import RATE, Limits, Sound, load
from ivr.speech.dtmf import silence_keys
from ivr.speech.hints import NO_HINTS, Hints
from ivr.speech.recogniser import Recogniser
from ivr.speech.transcriber import Audio, Hearing, Quality
from ivr.speech.voice import turns, voiced


class Listener:
    """A `Transcriber` around any engine.

    Args:
        recogniser: the engine.
        threshold: confidence under which a text is UNSURE.
        limits: the largest recording that is looked at.
    """

    def __init__(
        self, recogniser: Recogniser, threshold: float = 0.4, limits: Limits | None = None
    ) -> None:
        self.recogniser = recogniser
        self.threshold = threshold
        self.limits = limits or Limits()

    def warm_up(self) -> None:
        second = np.zeros(RATE, np.float32)
        voiced(second)
        self.recogniser.recognise(second, NO_HINTS)

    def transcribe(self, audio: Audio, hints: Hints = NO_HINTS) -> Hearing:
        sound = load(audio, self.limits)
        if isinstance(sound, Quality):
            return Hearing(sound)
        quality = levels.judge(sound)
        if quality is not Quality.SPEECH:
            return Hearing(quality, sound.seconds)
        return self._hear(sound, hints)

    def _hear(self, sound: Sound, hints: Hints) -> Hearing:
        samples, _ = silence_keys(sound.samples)
        samples = levels.normalise(samples)
        spans = voiced(samples)
        passages = [
            passage.shifted(turn.start / RATE)
            for turn in turns(spans, self.recogniser.longest)
            if (passage := self.recogniser.recognise(samples[turn.start : turn.end], hints))
        ]
        words = tuple(word for passage in passages for word in passage.words)
        text = "".join(word.text for word in words).strip()
        if not text:
            return Hearing(Quality.NOISE, sound.seconds)
        confidence = exp(sum(log(max(w.probability, 1e-6)) for w in words) / len(words))
        return Hearing(
            Quality.SPEECH if confidence >= self.threshold else Quality.UNSURE,
            sound.seconds,
            self._simplified.convert(text),
            words,
            self.recogniser.language,
            confidence,
            self.recogniser.model,
        )

    @cached_property
    def _simplified(self) -> OpenCC:
        return OpenCC("t2s")
