"""WAV files as Twilio records a telephone call: 8 kHz, one channel, G.711 mu-law."""

import struct
from pathlib import Path

import numpy as np

from tools.speech.line import TELEPHONE_RATE
from tools.speech.noises import Sound

_BIAS, _CLIP, _MU_LAW = 132, 32_635, 7


def mu_law_bytes(sound: Sound) -> bytes:
    """G.711 (ITU-T, table 2a): sign, segment and four bits of mantissa, all inverted."""
    samples = np.round(np.clip(sound, -1, 1) * 32_767).astype(np.int32)
    size = np.minimum(np.abs(samples), _CLIP) + _BIAS
    segment = np.floor(np.log2(size)).astype(np.int32) - 7
    code = (samples < 0) << 7 | segment << 4 | size >> (segment + 3) & 15
    return (~code & 255).astype(np.uint8).tobytes()


def write(path: Path, sound: Sound) -> None:
    """Write sound at 8 kHz."""
    data = mu_law_bytes(sound)
    data += b"\xff" * (len(data) % 2)
    form = struct.pack("<HHIIHHH", _MU_LAW, 1, TELEPHONE_RATE, TELEPHONE_RATE, 1, 8, 0)
    fact = struct.pack("<I", len(data))
    parts = b"".join(
        name + struct.pack("<I", len(body)) + body
        for name, body in ((b"fmt ", form), (b"fact", fact), (b"data", data))
    )
    path.write_bytes(b"RIFF" + struct.pack("<I", 4 + len(parts)) + b"WAVE" + parts)
