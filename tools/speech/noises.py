"""What else is on the line than the voice: noise, hum, music, keys, a television. Each has a
loudness of 1."""

from collections.abc import Sequence
from random import Random

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, next_fast_len, rfft

Sound = NDArray[np.float32]


def loudness(sound: Sound) -> float:
    return float(np.sqrt(np.mean(sound**2))) + 1e-6


def coloured(size: int, slope: float, chance: Random) -> Sound:
    """Noise whose power falls with frequency to the power of `slope`: 0 is white, 1 pink, 2
    brown."""
    draw = np.random.default_rng(chance.getrandbits(63))
    fast = next_fast_len(size, real=True)
    spectrum = rfft(draw.standard_normal(fast, dtype=np.float32))
    spectrum[1:] *= np.arange(1, len(spectrum), dtype=np.float32) ** np.float32(-slope / 2)
    spectrum[0] = 0
    noise = irfft(spectrum, fast)[:size]
    return (noise / loudness(noise)).astype(np.float32)


def hum(size: int, rate: int, chance: Random) -> Sound:
    """Mains hum and its harmonics."""
    base, time = chance.choice((50, 60)), np.arange(size) / rate
    wave = np.sum([np.sin(2 * np.pi * base * k * time + k) / k for k in range(1, 9)], axis=0)
    return (wave / loudness(wave)).astype(np.float32)


def melody(size: int, rate: int, chance: Random) -> Sound:
    """Notes of a music on hold or a television: a few harmonics each, dying away."""
    out = np.zeros(size, np.float32)
    at = 0
    while at < size:
        length = int(rate * chance.choice((0.15, 0.25, 0.4, 0.8)))
        time = np.arange(min(length, size - at)) / rate
        for _ in range(chance.choice((1, 1, 2, 3))):
            pitch = 220 * 2 ** (chance.choice((0, 2, 4, 7, 9, 12, 14, 16, 19, 21)) / 12)
            note = sum(
                np.sin(2 * np.pi * pitch * k * time) / k**1.5
                for k in range(1, chance.randint(2, 6))
            )
            out[at : at + len(time)] += (note * np.exp(-time * chance.uniform(0.5, 6))).astype(
                np.float32
            )
        at += length
    return out / loudness(out)


def key_tones(size: int, rate: int, chance: Random) -> Sound:
    """DTMF keys and the network's own tones."""
    out = np.zeros(size, np.float32)
    at = chance.randint(0, max(1, size // 3))
    while at < size:
        time = np.arange(min(int(rate * chance.uniform(0.08, 0.5)), size - at)) / rate
        pair = chance.choice(
            ((697, 1209), (770, 1336), (852, 1477), (941, 1336), (425, 425), (440, 480))
        )
        out[at : at + len(time)] = sum(np.sin(2 * np.pi * f * time) for f in pair)
        at += int(len(time) + rate * chance.uniform(0.05, 0.7))
    return out / loudness(out)


def background(size: int, rate: int, chance: Random, others: Sequence[Sound]) -> Sound:
    """One background of loudness 1; `others` are voices for a television or a room."""
    kind = chance.random()
    if kind < 0.55 or (kind >= 0.8 and not others):
        noise = coloured(size, chance.choice((0.0, 0.5, 1.0, 1.5, 2.0)), chance)
        if chance.random() < 0.4:
            steps = np.array([chance.uniform(0.1, 1) for _ in range(size // (rate // 4) + 2)])
            noise = noise * np.interp(np.arange(size), np.arange(len(steps)) * (rate // 4), steps)
    elif kind < 0.65:
        noise = hum(size, rate, chance)
    elif kind < 0.8:
        noise = melody(size, rate, chance)
    else:
        noise = np.zeros(size, np.float32)
        for voice in chance.sample(others, min(len(others), chance.randint(1, 3))):
            noise += np.resize(np.roll(voice, chance.randrange(len(voice))), size)
    return (noise / loudness(noise)).astype(np.float32)
