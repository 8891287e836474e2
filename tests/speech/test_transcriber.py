"""What every engine promises: whatever the recording is, a hearing comes back."""

import io
from pathlib import Path

import pytest

from ivr.speech.engines import open_transcriber
from ivr.speech.hints import Hints
from ivr.speech.transcriber import Quality, Transcriber
from tests.speech.conftest import MODEL
from tests.speech.recordings import DATA, caller, encode

HEARD = {Quality.SPEECH, Quality.UNSURE}


def test_a_caller_is_heard_from_bytes_a_file_and_a_path_alike(transcriber: Transcriber) -> None:
    path = DATA / "water.wav"

    heard = [
        transcriber.transcribe(audio)
        for audio in (path, path.read_bytes(), io.BytesIO(path.read_bytes()))
    ]

    assert heard[0].quality in HEARD
    assert heard[0] == heard[1] == heard[2]


def test_every_word_has_its_place_in_the_recording(transcriber: Transcriber) -> None:
    hearing = transcriber.transcribe(DATA / "water.wav")

    assert hearing.words
    assert "".join(word.text for word in hearing.words).strip() == hearing.text
    for word in hearing.words:
        assert 0 <= word.start <= word.end <= hearing.seconds
        assert 0 <= word.probability <= 1
    starts = [word.start for word in hearing.words]
    assert starts == sorted(starts)


def test_a_hearing_says_what_heard_it_and_how_sure_it_is(transcriber: Transcriber) -> None:
    hearing = transcriber.transcribe(DATA / "water.wav")

    assert hearing.language == "zh"
    assert hearing.model
    assert 0 < hearing.confidence <= 1
    assert hearing.seconds == pytest.approx(3.79, abs=0.01)


def test_hints_are_taken(transcriber: Transcriber) -> None:
    hearing = transcriber.transcribe(DATA / "water.wav", Hints("我要矿泉水。", "矿泉水"))

    assert hearing.quality in Quality


def test_nothing_that_is_not_a_caller_is_an_error(transcriber: Transcriber, tmp_path: Path) -> None:
    absent = tmp_path / "absent.wav"

    assert transcriber.transcribe(b"").quality is Quality.EMPTY
    assert transcriber.transcribe(b"no recording").quality is Quality.NOT_AUDIO
    assert transcriber.transcribe(absent).quality is Quality.NOT_AUDIO
    assert transcriber.transcribe(tmp_path).quality is Quality.NOT_AUDIO


def test_overdriven_speech_is_not_guessed_at(transcriber: Transcriber) -> None:
    hearing = transcriber.transcribe(encode(caller("water") * 300))

    assert hearing.quality is Quality.CLIPPED
    assert hearing.text == ""


def test_warming_up_leaves_it_ready(transcriber: Transcriber) -> None:
    transcriber.warm_up()

    assert transcriber.transcribe(DATA / "lunch.wav").quality in HEARD


def test_a_model_that_is_not_there_is_said_before_any_caller_waits(tmp_path: Path) -> None:
    transcriber = open_transcriber("faster-whisper", tmp_path, "cpu")

    with pytest.raises((OSError, ValueError, RuntimeError)):
        transcriber.warm_up()


def test_an_unknown_engine_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="tape"):
        open_transcriber("tape", "large-v3-turbo")


def test_under_the_threshold_of_the_settings_a_caller_is_not_acted_on() -> None:
    strict = open_transcriber("faster-whisper", MODEL, "cpu", 1, threshold=0.9999)

    hearing = strict.transcribe(DATA / "lunch.wav")

    assert hearing.quality is Quality.UNSURE
    assert hearing.text
