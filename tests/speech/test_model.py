"""The shipped model against a small, fixed, unfiltered part of its test set."""

import json
from itertools import groupby
from pathlib import Path

import numpy as np
import pytest
from faster_whisper import WhisperModel
from rapidfuzz.distance import Levenshtein

import ivr.speech
from ivr.speech.engines import open_transcriber

MODEL = Path(ivr.speech.__file__).parent / "model"
SAMPLE = Path(__file__).parent / "data" / "sample"
LINES = (SAMPLE / "sample.jsonl").read_text(encoding="utf-8").splitlines()
#: Wrong characters for each hundred said that no later model may exceed: 7.3 and 11.3 where they
#: were measured, and as much more as another processor's 8-bit products may make of them.
CEILING = {"seen": 9.0, "unseen": 13.5}
#: The same through the transcriber, both groups together: 6.3 where it was measured.
PRODUCTS_CEILING = 7.5


@pytest.fixture(scope="module")
def whisper() -> WhisperModel:
    return WhisperModel(str(MODEL), device="cpu", compute_type="int8", cpu_threads=1)


def heard(whisper: WhisperModel, audio: str | np.ndarray) -> str:
    segments, _ = whisper.transcribe(
        audio,
        language="zh",
        temperature=0.0,
        condition_on_previous_text=False,
        without_timestamps=True,
    )
    return "".join(segment.text for segment in segments)


def test_the_model_is_small_enough_to_ship() -> None:
    assert sum(path.stat().st_size for path in MODEL.iterdir()) <= 8_000_000


def test_the_model_knows_that_it_is_multilingual_and_names_chinese(whisper: WhisperModel) -> None:
    language, _, _ = whisper.detect_language(np.zeros(16_000, np.float32))

    assert whisper.model.is_multilingual
    assert language in whisper.supported_languages


def test_it_mishears_no_more_than_it_did(whisper: WhisperModel) -> None:
    rows = [json.loads(line) for line in LINES]

    for group, clips in groupby(rows, key=lambda row: row["group"]):
        said = wrong = 0
        for clip in clips:
            wrong += Levenshtein.distance(clip["text"], heard(whisper, str(SAMPLE / clip["audio"])))
            said += len(clip["text"])
        assert 100 * wrong / said <= CEILING[group], group


def test_through_the_transcriber_no_more_is_misheard_than_was() -> None:
    transcriber = open_transcriber("faster-whisper", MODEL, "cpu", 1)
    said = wrong = 0
    for clip in map(json.loads, LINES):
        text = transcriber.transcribe((SAMPLE / clip["audio"]).read_bytes()).text
        wrong += Levenshtein.distance(clip["text"], text)
        said += len(clip["text"])

    assert 100 * wrong / said <= PRODUCTS_CEILING


def test_silence_is_nothing_and_noise_at_most_a_syllable(whisper: WhisperModel) -> None:
    noise = np.random.default_rng(7).standard_normal(3 * 16_000).astype(np.float32)

    assert heard(whisper, noise * 0) == ""
    assert all(len(heard(whisper, noise * level)) <= 1 for level in (0.003, 0.01, 0.03))
