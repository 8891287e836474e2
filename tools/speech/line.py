"""What a telephone line and a living room do to a voice.

All sound is float32 within ±1. The line carries 8 kHz mu-law between about 300 and 3,400 Hz (ITU-T
G.711, G.712).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from scipy.fft import irfft, next_fast_len, rfft, rfftfreq

from tools.speech.noises import Sound, background, coloured, loudness

TELEPHONE_RATE, WHISPER_RATE = 8_000, 16_000
MU = 255.0


def resample(sound: Sound, rate: float, to: int) -> Sound:
    """Sound at another rate; what lies above the new half rate is cut off first."""
    return np.interp(
        np.arange(int(len(sound) * to / rate)) * (rate / to),
        np.arange(len(sound)),
        _filtered(sound, rate, lambda f: f < 0.475 * to),
    ).astype(np.float32)


def double(sound: Sound) -> Sound:
    """Sound at twice its rate, with nothing added above the old half rate."""
    size = next_fast_len(len(sound), real=True)
    return irfft(rfft(sound, size), 2 * size)[: 2 * len(sound)] * np.float32(2)


def _filtered(sound: Sound, rate: float, response: Callable[[Sound], Sound]) -> Sound:
    size = next_fast_len(len(sound), real=True)
    shape = response(rfftfreq(size, 1 / rate)).astype(np.float32)
    return irfft(rfft(sound, size) * shape, size)[: len(sound)]


def mu_law(sound: Sound) -> Sound:
    """Through G.711's companding and back."""
    squeezed = np.sign(sound) * np.log1p(MU * np.abs(sound)) / np.log1p(MU)
    heard = np.round((squeezed + 1) / 2 * MU) / MU * 2 - 1
    return (np.sign(heard) * ((1 + MU) ** np.abs(heard) - 1) / MU).astype(np.float32)


def for_whisper(sound: Sound, rate: int) -> Sound:
    """Sound of either rate at 16 kHz."""
    return sound if rate == WHISPER_RATE else double(sound)


@dataclass(frozen=True)
class Line:
    """One call's line, drawn from a seed by `draw`. Levels in dB; `low` and `high` in Hz; `tilt` in
    dB an octave."""

    wideband: bool
    low: float
    high: float
    tilt: float
    signal_to_noise: float
    level: float
    overdrive: bool
    lost_packets: int
    clicks: int
    before: float
    after: float

    @classmethod
    def draw(cls, chance: Random, wideband: float = 0.1) -> "Line":
        """A line as they come: mostly fair, some bad. `wideband` is the share that is no telephone
        at all."""
        return cls(
            wideband=chance.random() < wideband,
            low=chance.uniform(60, 340),
            high=chance.uniform(3000, 3800),
            tilt=chance.choice((0, 0, chance.uniform(-4, 4))),
            signal_to_noise=chance.choice(
                (chance.uniform(8, 20), chance.uniform(15, 30), chance.uniform(25, 50))
            ),
            level=chance.uniform(-32, -10),
            overdrive=chance.random() < 0.12,
            lost_packets=chance.choice((0,) * 7 + (1, 2, 5)),
            clicks=chance.choice((0,) * 8 + (1, 3)),
            before=chance.choice(
                (chance.uniform(0.02, 0.25), chance.uniform(0.02, 0.25), chance.uniform(0.1, 0.95))
            ),
            after=chance.choice(
                (chance.uniform(0.02, 0.25), chance.uniform(0.02, 0.25), chance.uniform(0.1, 1.0))
            ),
        )

    @property
    def rate(self) -> int:
        return WHISPER_RATE if self.wideband else TELEPHONE_RATE

    def carry(
        self, voice: Sound, rate: float, chance: Random, others: Sequence[Sound] = ()
    ) -> Sound:
        """What arrives, at this line's own rate, when `voice` (at `rate`) speaks after `before`
        seconds."""
        to = self.rate
        voice = resample(voice, rate, to)
        sound = np.concatenate(
            [
                np.zeros(int(self.before * to), np.float32),
                voice,
                np.zeros(int(self.after * to), np.float32),
            ]
        )
        return self.disturb(sound, loudness(voice), to, chance, others)

    def disturb(
        self, sound: Sound, voice_level: float, to: int, chance: Random, others: Sequence[Sound]
    ) -> Sound:
        noise = background(len(sound), to, chance, others)
        sound = sound + noise * voice_level * 10 ** (-self.signal_to_noise / 20)
        for _ in range(self.clicks):
            at, length = chance.randrange(len(sound)), chance.randint(8, 400)
            sound[at : at + length] += (
                coloured(length, 0.0, chance)[: len(sound) - at]
                * voice_level
                * chance.uniform(1, 6)
            )
        if not self.wideband or chance.random() < 0.5:
            high = self.high if not self.wideband else self.high * 2
            sound = _filtered(sound, to, lambda f: _band(f, self.low, high) * _tilt(f, self.tilt))
        sound = sound * (10 ** (self.level / 20) / loudness(sound))
        sound = np.tanh(sound * 4) / 2 if self.overdrive else np.clip(sound, -1, 1)
        for _ in range(self.lost_packets):
            at = chance.randrange(len(sound))
            sound[at : at + chance.choice((1, 1, 2)) * to // 50] = 0
        sound = sound.astype(np.float32)
        return sound if self.wideband else mu_law(sound)


def _band(frequency: Sound, low: float, high: float) -> Sound:
    return 1 / np.sqrt((1 + (low / np.maximum(frequency, 1)) ** 8) * (1 + (frequency / high) ** 16))


def _tilt(frequency: Sound, slope: float) -> Sound:
    return 10 ** (slope * np.log2(np.maximum(frequency, 50) / 1000) / 20)
