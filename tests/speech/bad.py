"""Two hundred recordings that hold no order, of twelve kinds, each with its right name."""

import struct
from collections.abc import Callable, Iterator

import numpy as np

from ivr.speech.transcriber import Quality
from tests.speech.recordings import LINE, Wave, caller, encode, hiss, keys, music

Random = np.random.Generator
WAV = [("wav", "pcm_mulaw"), ("wav", "pcm_alaw"), ("wav", "pcm_s16le")]
CODECS = [*WAV, ("flac", "flac"), ("mp3", "libmp3lame")]


def some(random: Random, wave: Wave) -> bytes:
    return encode(wave, *CODECS[random.integers(len(CODECS))])


def empty(random: Random, number: int) -> bytes:
    if number % 2:
        return b""
    return encode(np.zeros(0, np.float32), *WAV[number // 2 % 3])


def silent(random: Random, number: int) -> bytes:
    return some(random, np.zeros(int(random.uniform(1, 8) * LINE), np.float32))


def idle(random: Random, number: int) -> bytes:
    """A line on which nobody says anything: its own faint hiss, and a little direct current."""
    wave = hiss(random, random.uniform(1, 8), random.uniform(-75, -62), random.uniform(0, 0.9))
    return some(random, wave + random.uniform(-0.05, 0.05))


def too_short(random: Random, number: int) -> bytes:
    return some(random, hiss(random, random.uniform(0.01, 0.25), -20))


def noise(random: Random, number: int) -> bytes:
    level = random.uniform(-45, -15)
    return some(random, hiss(random, random.uniform(1, 8), level, random.uniform(0, 0.97)))


def melody(random: Random, number: int) -> bytes:
    return some(random, music(random, random.uniform(2, 8)))


def only_keys(random: Random, number: int) -> bytes:
    pressed = "".join(random.choice(list("0123456789*#"), random.integers(2, 12)))
    wave = keys(pressed, random.uniform(0.08, 0.3), random.uniform(0.05, 0.3))
    return some(random, wave + hiss(random, len(wave) / LINE, -55)[: len(wave)])


def clipped(random: Random, number: int) -> bytes:
    wave = caller(["lunch", "apples", "water", "flour"][number % 4])
    return encode(wave * 10 ** (random.uniform(45, 60) / 20), *WAV[number % 3])


def not_audio(random: Random, number: int) -> bytes:
    noise = random.bytes(int(random.integers(100, 20_000)))
    return [
        noise,
        b"<html><body>404 Not Found</body></html>",
        b"\x89PNG\r\n\x1a\n" + noise,
        b"PK\x03\x04" + noise,
        b"#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n",
        b"ffconcat version 1.0\nfile '/etc/hostname'\n",
        b'{"code": 20404, "message": "The requested resource was not found"}',
        b"RIFF\xff\xff\xff\xffWAVE" + noise[:50],
    ][number % 8]


def lying_header(random: Random, number: int) -> bytes:
    """A header that promises two gigabytes, and a second of silence."""
    data = bytearray(encode(np.zeros(LINE, np.float32), "wav", "pcm_s16le"))
    at = data.index(b"data") + 4
    data[at : at + 4] = struct.pack("<I", 0x7FFF_FFFF)
    data[4:8] = struct.pack("<I", 0x7FFF_FFFF)
    return bytes(data)


def bomb(random: Random, number: int) -> bytes:
    """Hours of silence in a few kilobytes."""
    return encode(np.zeros(int(random.uniform(300, 900)) * LINE, np.float32), "flac", "flac")


def too_big(random: Random, number: int) -> bytes:
    return encode(hiss(random, 1, -20)) + bytes(8_000_000 + int(random.integers(1_000_000)))


KINDS: dict[str, tuple[int, Callable[[Random, int], bytes], Quality]] = {
    "empty": (12, empty, Quality.EMPTY),
    "silent": (16, silent, Quality.SILENT),
    "idle": (20, idle, Quality.SILENT),
    "too short": (16, too_short, Quality.TOO_SHORT),
    "noise": (32, noise, Quality.NOISE),
    "music": (24, melody, Quality.NOISE),
    "keys": (20, only_keys, Quality.NOISE),
    "clipped": (16, clipped, Quality.CLIPPED),
    "not audio": (24, not_audio, Quality.NOT_AUDIO),
    "lying header": (6, lying_header, Quality.SILENT),
    "bomb": (8, bomb, Quality.TOO_LONG),
    "too big": (6, too_big, Quality.TOO_BIG),
}


def recordings(seed: int = 20_261_121) -> Iterator[tuple[str, bytes, Quality]]:
    """(name, file, what it is) of all two hundred, the same for the same seed."""
    random = np.random.default_rng(seed)
    for kind, (count, make, right) in KINDS.items():
        for number in range(count):
            yield f"{kind} {number}", make(random, number), right
