"""From the bytes of a recording to samples, within limits set before anything is decoded."""

import gc
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.container import InputContainer
from numpy.typing import NDArray

from ivr.speech.transcriber import Audio, Quality

RATE = 16_000  # samples a second: what Whisper was trained on
Samples = NDArray[np.float32]  # one channel at RATE, full scale at ±1

# The containers that telephones, browsers and phones' own recorders write. Playlists (hls, concat,
# dash) stay out: they make the demuxer open other files and addresses that a stranger names.
FORMATS = "wav,w64,aiff,au,mp3,aac,flac,ogg,mov,mp4,m4a,matroska,webm,amr,caf,3gp"
# Below 4 kHz there is no speech; a header that says 1 Hz would make hours of a few kilobytes.
RATES = range(4_000, 192_001)
MAX_CHANNELS = 8


@dataclass(frozen=True)
class Limits:
    """The largest recording that is looked at."""

    size: int = 8_000_000  # bytes: over four minutes of 16 bits at 16 kHz, 16 minutes of mu-law
    seconds: float = 240.0  # twice the longest turn that a call records


@dataclass(frozen=True)
class Sound:
    """A decoded recording."""

    samples: Samples

    @property
    def seconds(self) -> float:
        return len(self.samples) / RATE


def load(audio: Audio, limits: Limits) -> Sound | Quality:
    """Decode a recording, or say why there is nothing to decode.

    Reads at most `limits.size` + 1 bytes and holds at most `limits.seconds` of samples, whatever
    the file's header claims.

    Returns:
        The sound; or EMPTY, NOT_AUDIO, TOO_BIG or TOO_LONG.
    """
    data = _read(audio, limits.size)
    if isinstance(data, Quality):
        return data
    try:
        return _decode(data, limits)
    except (av.error.FFmpegError, ValueError, MemoryError, OverflowError):
        return Quality.NOT_AUDIO


def _read(audio: Audio, size: int) -> bytes | Quality:
    try:
        if isinstance(audio, Path):
            if not audio.is_file():
                return Quality.NOT_AUDIO
            with audio.open("rb") as file:
                data = _read_file(file, size)
        else:
            data = audio if isinstance(audio, bytes) else _read_file(audio, size)
    except OSError:
        return Quality.NOT_AUDIO
    if len(data) > size:
        return Quality.TOO_BIG
    return data or Quality.EMPTY


def _read_file(file: BinaryIO, size: int) -> bytes:
    """At most size + 1 bytes: enough to know that it is too big, never an endless stream."""
    data = bytearray()
    while len(data) <= size and (part := file.read(min(1 << 20, size + 1 - len(data)))):
        data += part
    return bytes(data)


def _decode(data: bytes, limits: Limits) -> Sound | Quality:
    most = int(limits.seconds * RATE)
    parts: list[Samples] = []
    held = 0
    for samples in _pieces(data):
        held += len(samples)
        if held > most:
            return Quality.TOO_LONG
        parts.append(samples)
    # PyAV's resampler sits in a reference cycle and holds its buffers until they are collected. It
    # is young: going through the whole house's objects would take 0.1 s of every recording.
    gc.collect(1)
    if not held:
        return Quality.EMPTY
    return Sound(np.concatenate(parts))


def _pieces(data: bytes) -> Iterator[Samples]:
    options = {"format_whitelist": FORMATS, "protocol_whitelist": ""}
    with av.open(io.BytesIO(data), "r", metadata_errors="ignore", options=options) as container:
        if not container.streams.audio:
            raise ValueError("no audio stream")
        resampler = AudioResampler(format="flt", layout="mono", rate=RATE)
        for frame in _frames(container):
            if frame.sample_rate not in RATES or len(frame.layout.channels) > MAX_CHANNELS:
                raise ValueError("not a recording of speech")
            frame.pts = None  # a line's clock may jump; the samples follow each other all the same
            for piece in resampler.resample(frame):
                yield piece.to_ndarray().reshape(-1).astype(np.float32, copy=False)
        for piece in resampler.resample(None):
            yield piece.to_ndarray().reshape(-1).astype(np.float32, copy=False)


def _frames(container: InputContainer) -> Iterator[AudioFrame]:
    """The frames that decode: a damaged packet is a click on the line, not the end of the call.

    Raises:
        ValueError: there were packets, and not one of them was sound.
    """
    damaged = decoded = 0
    for packet in container.demux(audio=0):
        try:
            for frame in packet.decode():
                decoded += 1
                yield frame
        except av.error.InvalidDataError:
            damaged += 1
    if damaged and not decoded:
        raise ValueError("every packet is damaged")
