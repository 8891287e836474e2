"""Sound as the telephone carries it and as the firm stores it: 8 kHz, 16 bits, WAV."""

import io
import wave

import numpy as np
from numpy.typing import NDArray

RATE = 8000  # samples a second, of every recording the firm serves
Pcm = NDArray[np.int16]

# Below this peak the firm's trim-silence leaves nothing (about -46 dB of full scale).
SILENT_PEAK = 160
_MU = 255.0


def silence(seconds: float) -> Pcm:
    return np.zeros(int(seconds * RATE), dtype=np.int16)


def telephone_sound(wav: bytes) -> Pcm:
    """A 16-bit PCM WAV of any rate as one channel through the telephone network.

    It is resampled to 8 kHz and companded by G.711's mu-law, 8 bits a sample, which costs it
    what a real line would. Raises ValueError where it is no such WAV.
    """
    try:
        with wave.open(io.BytesIO(wav)) as file:
            if file.getsampwidth() != 2:
                raise ValueError("a WAV of 16 bits a sample is needed")
            frames = file.readframes(file.getnframes())
            channels, rate = file.getnchannels(), file.getframerate()
    except (wave.Error, EOFError) as error:
        raise ValueError(f"not a WAV: {error}") from error
    samples = np.frombuffer(frames, dtype="<i2").reshape(-1, channels).mean(axis=1) / 32768.0
    return _companded(_resampled(samples, rate))


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


def _resampled(samples: NDArray[np.float64], rate: int) -> NDArray[np.float64]:
    """Resampling by cutting the spectrum, which also keeps frequencies above 4 kHz from folding."""
    if rate == RATE or samples.size == 0:
        return samples
    length = max(1, round(samples.size * RATE / rate))
    spectrum = np.fft.rfft(samples)
    kept = np.zeros(length // 2 + 1, dtype=complex)
    shared = min(kept.size, spectrum.size)
    kept[:shared] = spectrum[:shared]
    return np.fft.irfft(kept, length) * (length / samples.size)


def _companded(samples: NDArray[np.float64]) -> Pcm:
    loudness = np.log1p(_MU * np.abs(np.clip(samples, -1.0, 1.0))) / np.log1p(_MU)
    coded = np.round(loudness * 127) / 127
    heard: NDArray[np.float64] = np.sign(samples) * np.expm1(coded * np.log1p(_MU)) / _MU
    pcm: Pcm = np.round(heard * 32767).astype(np.int16)
    return pcm
