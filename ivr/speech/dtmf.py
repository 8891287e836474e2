"""Key tones (DTMF) in a recording: found by Goertzel's bins and silenced where they stand.

A caller who presses a key while we record leaves two sine waves that Whisper hears as words.
"""

import numpy as np
from numpy.typing import NDArray

from ivr.speech.audio import RATE, Samples

LOW = (697, 770, 852, 941)  # Hz, ITU-T Q.23
HIGH = (1209, 1336, 1477, 1633)
FRAME = 410  # 25.6 ms: the usual 205 samples at 8 kHz; the bins are 39 Hz wide
HOP = FRAME // 2
SHORTEST = 3  # frames that overlap by half: 51 ms; Q.24 asks that 40 ms be recognised
MARGIN = 2 * FRAME  # samples silenced on both sides of a tone: coders smear its edges
PURITY = 0.85  # share of a frame's energy in its two tones; vowels stay under 0.7
TWIST = 10.0  # the most that one tone may be over the other (Q.24: 4 to 8 dB), in dB
FLOOR = 10 ** (-45 / 20)  # full scale; quieter than any key that a line lets through

_TURNS = np.outer(np.arange(FRAME), LOW + HIGH) / RATE
_BINS = (np.exp(-2j * np.pi * _TURNS) * np.hanning(FRAME)[:, None]).astype(np.complex64)


def silence_keys(samples: Samples) -> Samples:
    """The recording with its key tones silenced, its length unchanged."""
    tonal = _runs(_tonal_frames(samples))
    if not tonal:
        return samples
    quiet = samples.copy()
    for first, last in tonal:
        start = max(0, first * HOP - MARGIN)
        quiet[start : last * HOP + FRAME + MARGIN] = 0
    return quiet


def _tonal_frames(samples: Samples) -> NDArray[np.bool_]:
    if len(samples) < FRAME:
        return np.zeros(0, dtype=np.bool_)
    frames = np.lib.stride_tricks.sliding_window_view(samples, FRAME)[::HOP]
    window = np.hanning(FRAME).astype(np.float32)
    # A sine of amplitude a has a²·Σw²/2 of windowed energy and (a·Σw/2)² in its bin.
    scale = 2 * float((window**2).sum()) / float(window.sum()) ** 2
    energy = ((frames * window) ** 2).sum(axis=1) + 1e-12
    bins = np.abs(frames @ _BINS) ** 2 * scale
    low, high = bins[:, :4].max(axis=1), bins[:, 4:].max(axis=1)
    twist = 10 * np.abs(np.log10((low + 1e-12) / (high + 1e-12)))
    loud = energy / float((window**2).sum()) > FLOOR**2
    tonal: NDArray[np.bool_] = loud & ((low + high) / energy > PURITY) & (twist < TWIST)
    return tonal


def _runs(tonal: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and last frame of every run that is long enough to be a key."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], tonal, [False])).astype(np.int8)))
    starts, ends = edges[::2], edges[1::2]
    return [
        (int(start), int(end) - 1)
        for start, end in zip(starts, ends, strict=True)
        if end - start >= SHORTEST
    ]
