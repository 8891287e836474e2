"""How loud a recording is, whether it can hold speech at all, and the level it is heard at."""

import numpy as np
from numpy.typing import NDArray

from ivr.speech.audio import RATE, Samples, Sound
from ivr.speech.transcriber import Quality

SHORTEST = 0.3  # seconds; a single 要 takes as long
FRAME = RATE // 50  # 20 ms
SYLLABLE = 8  # frames; a click or a lost packet is shorter, a single 对 longer
SILENCE = -55.0  # dBFS; an idle line has -60 and less, the faintest understood caller about -45
SPEECH = -20.0  # dBFS of the loud frames at which the recogniser gets them
MOST_GAIN = 30.0  # dB: beyond that it is the line's own noise that grows
# Speech has 0.15 to 0.36 of its samples near its own level, noise 0.33, a sine 0.58. Driven 26 dB
# into the rails, clips had 0.73, and the recogniser wrote seven characters of ten wrong.
CLIPPED = 0.73


def judge(sound: Sound) -> Quality:
    """What the levels alone say: TOO_SHORT, SILENT, CLIPPED, or SPEECH where they allow it."""
    if sound.seconds < SHORTEST:
        return Quality.TOO_SHORT
    if _loud(frame_levels(sound.samples)) < SILENCE:
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
    """The share of the loud frames' samples within 3 dB of their level, 0 to 1: a wave cut off at
    the rails stays near them.
    """
    frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    loud = frames[frames.std(axis=1) >= np.percentile(frames.std(axis=1), 60)]
    level = np.sqrt((loud**2).mean()) + 1e-9
    near = (np.abs(loud) > 0.7 * level) & (np.abs(loud) < 1.4 * level)
    return float(near.mean())


def _loud(levels: NDArray[np.float32]) -> float:
    """The level of the loud frames: the loudest twentieth, or fewer where a syllable is a smaller
    part of the recording. A click is no voice, and shorter than a syllable.
    """
    rank = min(len(levels) // 20, SYLLABLE)
    return float(np.partition(levels, -1 - rank)[-1 - rank])


def normalise(samples: Samples) -> Samples:
    """The recording with its loud frames at SPEECH, without direct current.

    One short word in a long silence sets the level by itself: measured over all of the recording,
    the line's noise would, and the word be driven into the rails.
    """
    gain = min(SPEECH - _loud(frame_levels(samples)), MOST_GAIN)
    centred = samples - samples.mean()
    normal: Samples = np.clip(centred * np.float32(10 ** (gain / 20)), -1, 1)
    return normal
