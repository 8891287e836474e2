"""What a telephone line does to a sound."""

import io
import wave

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.softphone.sound import RATE, is_silent, seconds, silence, telephone_sound, wav_file


def tone(hertz: float, rate: int, length_s: float = 1.0, channels: int = 1) -> bytes:
    samples = 12000 * np.sin(2 * np.pi * hertz * np.arange(int(rate * length_s)) / rate)
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((channels, 2, rate, 0, "NONE", ""))
        file.writeframes(np.repeat(samples, channels).astype("<i2").tobytes())
    return out.getvalue()


def recoded(wav: bytes, coding: str) -> bytes:
    out = io.BytesIO()
    with av.open(io.BytesIO(wav)) as source, av.open(out, "w", format="wav") as target:
        stream = target.add_stream(coding, rate=RATE)
        for frame in source.decode(audio=0):
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return out.getvalue()


@pytest.mark.parametrize(("rate", "channels"), [(8000, 1), (16000, 1), (44100, 2), (48000, 1)])
def test_a_tone_of_the_voice_keeps_its_pitch_and_length(rate: int, channels: int) -> None:
    heard = telephone_sound(tone(1000, rate, channels=channels))

    loudest = np.argmax(np.abs(np.fft.rfft(heard))) * RATE / heard.size
    assert seconds(heard) == pytest.approx(1.0, abs=0.01)
    assert loudest == pytest.approx(1000, abs=2)


@pytest.mark.parametrize("coding", ["pcm_mulaw", "pcm_alaw", "pcm_s24le"])
def test_a_wav_of_any_coding_is_taken(coding: str) -> None:
    heard = telephone_sound(recoded(tone(1000, RATE), coding))

    loudest = np.argmax(np.abs(np.fft.rfft(heard))) * RATE / heard.size
    assert seconds(heard) == pytest.approx(1.0, abs=0.01)
    assert loudest == pytest.approx(1000, abs=2)


def test_what_a_telephone_does_not_carry_is_gone_and_not_folded() -> None:
    heard = telephone_sound(tone(6000, 48000))

    # The first and last moments are a click, which has every frequency.
    assert is_silent(heard[RATE // 10 : -RATE // 10])


def test_companding_costs_little_of_a_voice() -> None:
    clean = tone(440, RATE)
    heard = telephone_sound(clean).astype(float)
    meant = np.frombuffer(clean[44:], dtype="<i2").astype(float)

    noise = np.mean((heard - meant) ** 2) / np.mean(meant**2)
    assert 0 < noise < 10 ** (-30 / 10)


@given(st.binary(max_size=200))
def test_what_is_no_sound_is_refused(rubbish: bytes) -> None:
    with pytest.raises(ValueError, match="WAV"):
        telephone_sound(rubbish)


def test_two_channels_keep_the_caller_on_the_first() -> None:
    wav = wav_file(np.full(RATE, 5000, dtype=np.int16), channels=2)

    with wave.open(io.BytesIO(wav)) as file:
        frames = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").reshape(-1, 2)
    assert (frames[:, 0] == 5000).all()
    assert (frames[:, 1] == 0).all()


def test_nothing_is_silent() -> None:
    assert is_silent(silence(0))
    assert is_silent(silence(1))
