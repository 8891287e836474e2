"""One clip: a sentence in a voice on a line, as the log-mel frames Whisper reads."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random

import numpy as np
from faster_whisper.feature_extractor import FeatureExtractor
from numpy.typing import NDArray

from tools.speech import line, noises, spoken
from tools.speech.voices import Manner, Speaker, seen_voices

#: Frames are kept as bytes: Whisper clamps the logarithm to a range of 2 below its maximum.
LOWEST, STEP = -1.5, 1 / 80
LONGEST = 24.0
#: Between two sentences, s: a breath, or somebody who looks at her list.
PAUSES = (0.25, 1.5), (1.0, 4.0)
#: The share of clips by throats made up: there is no end of them, and brought voices are few.
MADE_UP = 0.35


@dataclass(frozen=True)
class Clip:
    """`frames` are bytes, (time, 80) at 10 ms; `starts` the second at which each character of
    `text` begins and `end` the last one's end. `syllables` is what was said. A clip of nothing but
    noise has no text."""

    frames: np.ndarray
    text: str
    starts: Sequence[float] | NDArray[np.float32]
    end: float
    syllables: tuple[str, ...]
    voice: str


@lru_cache
def _extractor() -> FeatureExtractor:
    return FeatureExtractor()


def frames(sound: np.ndarray) -> np.ndarray:
    """Log-mel frames as bytes, (time, 80), of sound at 16 kHz."""
    mel = _extractor()(sound)[:, :-1].T
    return np.clip(np.round((mel - LOWEST) / STEP), 0, 255).astype(np.uint8)


def mel(kept: np.ndarray) -> np.ndarray:
    """What Whisper's encoder takes, float32, of frames kept as bytes."""
    return kept.astype(np.float32) * STEP + LOWEST


def draw_manner(chance: Random, voices: tuple[str, ...]) -> Manner:
    """A way of speaking, from slow and low to hurried and high."""
    rate = chance.choices(
        (
            chance.randint(155, 195),
            chance.randint(115, 155),
            chance.randint(195, 240),
            chance.randint(85, 115),
        ),
        (56, 14, 26, 4),
    )[0]
    return Manner(
        chance.choice(voices),
        rate,
        chance.randint(20, 90),
        chance.randint(20, 85),
        chance.choice((0,) * 7 + (1, 2, 4)),
        chance.random() < 0.2,
    )


class Studio:
    """Makes clips: one a process, since espeak-ng keeps its state in globals."""

    def __init__(self, throats: range = range(0)) -> None:
        self.speaker = Speaker(throats)
        self.voices = seen_voices()
        self.throats = tuple(f"made{number}" for number in throats)
        self._others: deque[noises.Sound] = deque(maxlen=6)

    def draw_voices(self, chance: Random) -> tuple[str, ...]:
        return self.throats if self.throats and chance.random() < MADE_UP else self.voices

    def speak(
        self, chunks: list[str], manner: Manner, chance: Random
    ) -> tuple[np.ndarray, list[float], spoken.Reading]:
        """The voice without silence around it, at espeak-ng's rate, and when each character
        begins."""
        read = spoken.read_characters if manner.reads_characters else spoken.read_pinyin
        reading = read(chunks, chance)
        sound, words = self.speaker.say(reading.written, manner)
        rate = self.speaker.sample_rate
        loud = np.flatnonzero(np.abs(sound) > 0.01 * np.abs(sound).max()) if len(sound) else ()
        if len(loud) < 0.1 * rate * 0.3:
            raise ValueError(f"espeak-ng kept silent on {reading.written!r}")
        first, last = max(0, loud[0] - rate // 50), loud[-1] + rate // 30
        end = len(sound) / rate
        places, seconds = zip(*words, strict=True)
        starts = (
            np.interp(reading.places, [*places, len(reading.written)], [*seconds, end])
            - first / rate
        )
        return sound[first:last], [max(0.0, float(s)) for s in starts], reading

    def clip(
        self,
        sentences: list[list[str]],
        chance: Random,
        voices: tuple[str, ...] = (),
        manner: Manner | None = None,
        on: line.Line | None = None,
    ) -> tuple[Clip, np.ndarray]:
        """Sentences said one after the other by one voice, and the sound at the line's rate. Raises
        ValueError where the voice kept silent or the clip grew too long."""
        manner = manner or draw_manner(chance, voices or self.draw_voices(chance))
        on = on or line.Line.draw(chance)
        tempo = chance.choice((1.0, 1.0, chance.uniform(0.88, 1.14)))
        rate = self.speaker.sample_rate * tempo
        sounds: list[noises.Sound] = []
        starts: list[float] = []
        syllables: list[str] = []
        at = 0.0
        for number, chunks in enumerate(sentences):
            if number:
                pause = np.zeros(int(chance.uniform(*chance.choice(PAUSES)) * rate), np.float32)
                sounds.append(pause)
                at += len(pause) / rate
            sound, begun, reading = self.speak(chunks, manner, chance)
            sounds.append(sound)
            starts += [on.before + at + s / tempo for s in begun]
            syllables += reading.syllables
            at += len(sound) / rate
        if on.before + at + on.after > LONGEST:
            raise ValueError("too long")
        voice = np.concatenate(sounds)
        heard = on.carry(voice, rate, chance, list(self._others))
        self._others.append(line.resample(sound, self.speaker.sample_rate, line.TELEPHONE_RATE))
        text = "".join(chunk for chunks in sentences for chunk in chunks)
        return Clip(
            frames(line.for_whisper(heard, on.rate)),
            text,
            tuple(starts),
            on.before + at,
            tuple(syllables),
            manner.voice,
        ), heard

    def nothing(self, chance: Random) -> tuple[Clip, np.ndarray]:
        """A clip in which nobody speaks: silence, noise, music, tones, clicks."""
        on, size = line.Line.draw(chance), int(chance.uniform(0.3, 8) * line.TELEPHONE_RATE)
        kind = chance.random()
        if kind < 0.1:
            sound = np.zeros(size, np.float32)
        elif kind < 0.6:
            sound = noises.background(size, line.TELEPHONE_RATE, chance, [])
        else:
            sound = (noises.melody if kind < 0.8 else noises.key_tones)(
                size, line.TELEPHONE_RATE, chance
            )
        level = 10 ** (chance.uniform(-60, -15) / 20) if chance.random() < 0.7 else 0.1
        heard = line.double(line.mu_law(np.clip(sound * level, -1, 1)))
        if chance.random() < 0.3 and on.clicks:
            heard[:: max(1, len(heard) // on.clicks)] += 0.3
        return Clip(frames(heard), "", (), 0.0, (), ""), heard
