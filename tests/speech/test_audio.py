"""Files are read within limits, whatever they claim to be."""

import io
from pathlib import Path

import numpy as np
import pytest

from ivr.speech.audio import RATE, Limits, Sound, load
from ivr.speech.transcriber import Quality
from tests.speech.recordings import LINE, Wave, encode, hiss

SMALL = Limits(size=100_000, seconds=5.0)


class Endless(io.BytesIO):
    """A file without an end, which counts what is read of it."""

    given = 0

    def read(self, size: int | None = -1) -> bytes:
        assert size is not None
        self.given += size
        return bytes(size)


def wave(seconds: float) -> Wave:
    return hiss(np.random.default_rng(1), seconds, -20)


def test_a_recording_becomes_one_channel_at_sixteen_thousand() -> None:
    sound = load(encode(wave(2)), SMALL)

    assert isinstance(sound, Sound)
    assert sound.samples.dtype == np.float32
    assert sound.samples.shape == (2 * RATE,)
    assert sound.seconds == 2.0


def test_an_endless_file_is_read_no_further_than_the_limit() -> None:
    file = Endless()

    assert load(file, SMALL) is Quality.TOO_BIG
    assert file.given == SMALL.size + 1


def test_a_big_file_on_disk_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "big.wav"
    with path.open("wb") as file:
        file.truncate(3_000_000_000)

    assert load(path, SMALL) is Quality.TOO_BIG


def test_a_device_is_no_recording() -> None:
    assert load(Path("/dev/zero"), SMALL) is Quality.NOT_AUDIO


def test_decoding_stops_at_the_limit_of_seconds() -> None:
    bomb = encode(np.zeros(LINE * 400, np.float32), "flac", "flac")

    assert len(bomb) < SMALL.size
    assert load(bomb, SMALL) is Quality.TOO_LONG


@pytest.mark.parametrize("rate", [1, 100, 1_000_000])
def test_a_header_that_makes_hours_or_nothing_of_a_second_is_refused(rate: int) -> None:
    data = bytearray(encode(wave(1), "wav", "pcm_s16le"))
    data[24:28] = rate.to_bytes(4, "little")

    assert load(bytes(data), SMALL) is Quality.NOT_AUDIO


def test_what_was_recorded_before_a_cut_is_kept() -> None:
    whole = encode(wave(4), "wav", "pcm_mulaw")

    sound = load(whole[: len(whole) // 2], SMALL)

    assert isinstance(sound, Sound)
    assert sound.seconds == pytest.approx(2, abs=0.05)


def test_damage_in_the_middle_does_not_end_the_call() -> None:
    data = bytearray(encode(wave(4), "mp3", "libmp3lame"))
    data[len(data) // 3 : len(data) // 3 + 300] = bytes(300)

    sound = load(bytes(data), SMALL)

    assert isinstance(sound, Sound)
    assert sound.seconds > 3


@pytest.mark.parametrize(
    "playlist",
    [
        "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{path}\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile '{path}'\n",
        "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n",
    ],
)
def test_a_playlist_opens_no_other_file(playlist: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.wav"
    secret.write_bytes(encode(wave(2)))

    assert load(playlist.format(path=secret).encode(), SMALL) is Quality.NOT_AUDIO
