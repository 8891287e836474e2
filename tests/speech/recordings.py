"""Sounds of a telephone line and the files that they come in, made from seeds."""

import io
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import numpy as np
from av.audio.stream import AudioStream
from numpy.typing import NDArray

LINE = 8_000  # samples a second on a telephone line
Wave = NDArray[np.float32]
DATA = Path(__file__).parent / "data"

KEYS = {
    "1": (697, 1209), "2": (697, 1336), "3": (697, 1477), "A": (697, 1633),
    "4": (770, 1209), "5": (770, 1336), "6": (770, 1477), "B": (770, 1633),
    "7": (852, 1209), "8": (852, 1336), "9": (852, 1477), "C": (852, 1633),
    "*": (941, 1209), "0": (941, 1336), "#": (941, 1477), "D": (941, 1633),
}  # fmt: skip


def encode(wave: Wave, form: str = "wav", codec: str = "pcm_mulaw", rate: int = LINE) -> bytes:
    """The wave, full scale at ±1, as a file of that container and codec."""
    file = io.BytesIO()
    with av.open(file, "w", format=form) as container:
        stream = cast(AudioStream, container.add_stream(codec, rate=rate, layout="mono"))
        samples = (np.clip(wave, -1, 1) * 32767).astype(np.int16)
        if len(samples):
            frame = av.AudioFrame.from_ndarray(samples[None], format="s16", layout="mono")
            frame.sample_rate = LINE
            frame.time_base = Fraction(1, LINE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


def decode(data: bytes) -> Wave:
    """The samples of a mono recording at the line's rate."""
    with av.open(io.BytesIO(data), "r") as container:
        resampler = av.AudioResampler(format="flt", layout="mono", rate=LINE)
        return np.concatenate(
            [
                piece.to_ndarray().reshape(-1)
                for frame in [*container.decode(audio=0), None]
                for piece in resampler.resample(frame)
            ]
        ).astype(np.float32)


def caller(name: str) -> Wave:
    """A sentence spoken on the line by a synthetic voice; what it says is in sentences.json."""
    return decode((DATA / f"{name}.wav").read_bytes())


def hiss(random: np.random.Generator, seconds: float, level: float, colour: float = 0.0) -> Wave:
    """Noise at a level in dBFS; colour from 0 (white) towards 1 (a rumble)."""
    white = random.standard_normal(int(seconds * LINE))
    if colour:
        span = np.arange(200)
        white = np.convolve(white, colour**span)[: len(white)]
    quiet: Wave = (white / white.std() * 10 ** (level / 20)).astype(np.float32)
    return quiet


def keys(pressed: str, tone: float = 0.12, gap: float = 0.08, level: float = -10.0) -> Wave:
    """Key tones one after the other; level of each of the two sines, in dBFS of their peak."""
    time = np.arange(int(tone * LINE)) / LINE
    pieces = []
    for key in pressed:
        low, high = KEYS[key]
        both = np.sin(2 * np.pi * low * time) + np.sin(2 * np.pi * high * time)
        pieces += [both * 10 ** (level / 20), np.zeros(int(gap * LINE))]
    return np.concatenate(pieces).astype(np.float32)


def music(random: np.random.Generator, seconds: float) -> Wave:
    """Chords of plucked and held notes, as an exchange plays them to who waits."""
    wave = np.zeros(int(seconds * LINE))
    beat = int(LINE * random.uniform(0.25, 0.5))
    scale = 220 * 2 ** (np.array([0, 2, 4, 7, 9, 12, 14, 16]) / 12)
    for start in range(0, len(wave), beat):
        time = np.arange(min(3 * beat, len(wave) - start)) / LINE
        for note in random.choice(scale, 3, replace=False):
            envelope = np.exp(-time * random.uniform(1, 6))
            for overtone in range(1, 5):
                tone = np.sin(2 * np.pi * note * overtone * time) / overtone
                wave[start : start + len(time)] += envelope * tone
    tune: Wave = (wave / np.abs(wave).max() * 0.4).astype(np.float32)
    return tune
