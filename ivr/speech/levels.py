"""How loud a recording is, whether it can hold speech at all, and the level it is heard at."""

import numpy as np
from numpy.typing import NDArray

from ivr.speech.audio import RATE, Samples, Sound
from ivr.speech.transcriber import Quality

SHORTEST = 0.3  # seconds; a single 要 takes as long
FRAME = RATE // 50  # 20 ms
SILENCE = -55.0  # dBFS of the loudest 20 ms
SPEECH = -20.0  # dBFS of the loud frames at which the recogniser gets them
MOST_GAIN = 30.0  # dB: beyond that it is the line's own noise that grows
CLIPPED = 0.25  # share of loud samples that are flat


def judge(sound: Sound) -> Quality:
    """What the levels alone say: TOO_SHORT, SILENT, CLIPPED, or SPEECH where they allow it."""
    if sound.seconds < SHORTEST:
        return Quality.TOO_SHORT
    if frame_levels(sound.samples).max() < SILENCE:
        return Quality.SILENT
    if flatness(sound.samples) > CLIPPED:
        return Quality.CLIPPED
    return Quality.SPEECH


def frame_levels(samples: Samples) -> NDArray[np.float32]:
    """The level of every 20 ms, in dBFS, its mean (a line's direct current) taken off."""
    frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    levels: NDArray[np.float32] = 10 * np.log10(frames.var(axis=1) + 1e-10)
    return levels


def flatness(samples: Samples) -> float:
    """The share of the samples that stand at the recording's own ceiling, 0 to 1."""
    peak = float(np.abs(samples).max())
    return float((np.abs(samples) > 0.97 * peak).mean())


def normalise(samples: Samples) -> Samples:
    """The recording with its loud frames at SPEECH, without direct current."""
    loud = float(np.percentile(frame_levels(samples), 95))
    gain = min(SPEECH - loud, MOST_GAIN)
    centred = samples - samples.mean()
    normal: Samples = np.clip(centred * np.float32(10 ** (gain / 20)), -1, 1)
    return normal
