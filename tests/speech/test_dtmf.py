"""Key tones are found and silenced; voices, noise and music are not taken for them."""

import io

import numpy as np
import pytest

from ivr.speech.audio import RATE, Limits, Samples, Sound, load
from ivr.speech.dtmf import silence_keys
from tests.speech.recordings import DATA, KEYS, LINE, Wave, encode, hiss, keys, music


def heard(wave: Wave) -> Samples:
    sound = load(io.BytesIO(encode(wave)), Limits())
    assert isinstance(sound, Sound)
    return sound.samples


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("level", [-30.0, -6.5])
def test_every_key_is_silenced_whatever_its_level(key: str, level: float) -> None:
    samples = heard(keys(key, tone=0.1, level=level))

    assert np.abs(silence_keys(samples)).max() < 0.1 * np.abs(samples).max()


def test_a_key_in_a_hiss_is_silenced() -> None:
    random = np.random.default_rng(1)
    wave = hiss(random, 2, -40)
    tone = keys("5", tone=0.2, gap=0.0)
    wave[LINE : LINE + len(tone)] += tone

    quiet = silence_keys(heard(wave))

    assert np.abs(quiet[RATE : RATE + RATE // 5]).max() < 0.05
    assert np.abs(quiet[: RATE // 2]).max() > 0


@pytest.mark.parametrize("name", ["lunch", "apples", "water", "flour"])
def test_a_voice_loses_nothing(name: str) -> None:
    sound = load(DATA / f"{name}.wav", Limits())
    assert isinstance(sound, Sound)

    assert silence_keys(sound.samples) is sound.samples


@pytest.mark.parametrize("seed", range(5))
def test_noise_and_music_are_no_keys(seed: int) -> None:
    random = np.random.default_rng(seed)
    for wave in (hiss(random, 5, -20), music(random, 5)):
        samples = heard(wave)

        assert silence_keys(samples) is samples


def test_a_recording_shorter_than_a_tone_is_left_as_it_is() -> None:
    samples = np.zeros(100, np.float32)

    assert silence_keys(samples) is samples
