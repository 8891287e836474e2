"""How well a text fits the sounds that a model heard."""

from itertools import product
from pathlib import Path

import numpy as np
import pytest

from ivr.speech.phonemes import Phonemes

NAMES = ("n", "i3", "h", "ao3", "ma1", "a1", "m")
NONE = len(NAMES)


def head() -> Phonemes:
    """Hears in each step what its vector says."""
    return Phonemes(NAMES, np.eye(NONE + 1, dtype=np.float32), np.zeros(NONE + 1, np.float32))


def sounds(*said: str) -> np.ndarray:
    """A vector for each step, sure of the phoneme said in it; a dash is none."""
    steps = np.zeros((len(said), NONE + 1), np.float32)
    for step, name in zip(steps, said, strict=True):
        step[NONE if name == "-" else NAMES.index(name)] = 9
    return steps


def test_the_text_whose_sounds_were_heard_fits_best() -> None:
    heard = sounds("-", "n", "n", "i3", "-", "h", "ao3", "-")

    fits = head().fit(heard, ["你好", "你", "好", "你你好", "妈"])

    assert fits.argmax() == 0
    assert fits[0] > np.log(0.9)


def test_a_sound_said_twice_needs_a_moment_between() -> None:
    held, twice = sounds("m", "a1", "a1", "-"), sounds("m", "a1", "m", "a1")

    assert head().fit(held, ["妈", "妈妈"]).argmax() == 0
    assert head().fit(twice, ["妈", "妈妈"]).argmax() == 1


def test_the_chance_counts_every_way_in_which_the_sounds_may_lie() -> None:
    heard = np.random.default_rng(3).normal(size=(4, NONE + 1)).astype(np.float32)
    heard[:, NONE] -= 9  # so that every step is some sound's and none is cut off
    chances = np.exp(heard) / np.exp(heard).sum(1, keepdims=True)
    wanted = [NAMES.index("h"), NAMES.index("ao3")]

    def told(way: tuple[int, ...]) -> list[int]:
        kept = [one for at, one in enumerate(way) if at == 0 or way[at - 1] != one]
        return [one for one in kept if one != NONE]

    expected = sum(
        np.prod([chances[step, one] for step, one in enumerate(way)])
        for way in product(range(NONE + 1), repeat=4)
        if told(way) == wanted
    )

    assert head().fit(heard, ["好"])[0] == pytest.approx(np.log(expected), abs=1e-4)


def test_the_silence_after_the_last_sound_changes_nothing() -> None:
    said = sounds("h", "ao3", "-", "-", "-", "-", "-")
    long = np.concatenate([said, sounds(*"-" * 1000)])

    assert head().fit(long, ["好", "你"]) == pytest.approx(head().fit(said, ["好", "你"]))


def test_where_nothing_is_heard_no_text_fits_better_than_none() -> None:
    assert head().fit(sounds(*"-" * 20), ["好", "", "，"]).argmax() > 0


def test_a_text_too_long_for_its_sounds_is_the_unlikeliest() -> None:
    fits = head().fit(sounds("h", "ao3"), ["好", "你好你好你好"])

    assert fits[1] < -1e6 < fits[0]


def test_a_head_lies_beside_its_model(tmp_path: Path) -> None:
    assert Phonemes.beside(tmp_path) is None

    head().save(tmp_path)
    found = Phonemes.beside(tmp_path)

    assert found is not None
    assert found.names == NAMES
    assert (found.weight == head().weight).all()
    assert (found.bias == head().bias).all()
