"""Sound as the telephone carries it and as the firm stores it: 8 kHz, 16 bits, WAV."""

import io
import wave

import av
import numpy as np
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

RATE = 8000  # samples a second, of every recording the firm serves
Pcm = NDArray[np.int16]

# Below this peak the firm's trim-silence leaves nothing (about -46 dB of full scale).
SILENT_PEAK = 160
_MU = 255.0


def silence(seconds: float) -> Pcm:
    return np.zeros(int(seconds * RATE), dtype=np.int16)


def telephone_sound(wav: bytes) -> Pcm:
    """A WAV of any coding and rate (PCM, G.711's mu-law or A-law) as one channel through the
    telephone network.

    It is resampled to 8 kHz and companded by G.711's mu-law, 8 bits a sample, which costs it
    what a real line would. Raises ValueError where it is no such WAV.
    """
    try:
        samples = _decoded(wav)
    except (av.FFmpegError, IndexError) as error:
        raise ValueError(f"not a WAV: {error}") from error
    return _companded(samples)


def _decoded(wav: bytes) -> NDArray[np.float64]:
    resampler = AudioResampler(format="dbl", layout="mono", rate=RATE)
    pieces = []
    with av.open(io.BytesIO(wav), "r", options={"format_whitelist": "wav"}) as file:
        for frame in [*file.decode(audio=0), None]:
            pieces += [piece.to_ndarray().reshape(-1) for piece in resampler.resample(frame)]
    return np.concatenate(pieces) if pieces else np.zeros(0)


def wav_file(pcm: Pcm, channels: int = 1) -> bytes:
    """The bytes of a WAV file; with two channels the caller is on the first, we on the second."""
    if channels == 2:
        pcm = np.stack([pcm, np.zeros_like(pcm)], axis=1).reshape(-1)
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(pcm.astype("<i2").tobytes())
    return out.getvalue()


def is_silent(pcm: Pcm) -> bool:
    return pcm.size == 0 or int(np.abs(pcm.astype(np.int32)).max()) < SILENT_PEAK


def seconds(pcm: Pcm) -> float:
    return pcm.size / RATE


def _companded(samples: NDArray[np.float64]) -> Pcm:
    loudness = np.log1p(_MU * np.abs(np.clip(samples, -1.0, 1.0))) / np.log1p(_MU)
    coded = np.round(loudness * 127) / 127
    heard: NDArray[np.float64] = np.sign(samples) * np.expm1(coded * np.log1p(_MU)) / _MU
    pcm: Pcm = np.round(heard * 32767).astype(np.int16)
    return pcm
