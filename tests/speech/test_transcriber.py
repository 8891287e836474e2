"""The port's promise: whatever the recording is, a hearing comes back."""

from pathlib import Path

import pytest

from ivr.speech.transcriber import Quality, Transcriber, open_transcriber

MODEL = Path(__file__).parents[2] / "ivr/speech/model"


@pytest.fixture(scope="module")
def transcriber() -> Transcriber:
    return open_transcriber("faster-whisper", MODEL, "cpu", 1)


def test_an_empty_recording_is_empty(transcriber: Transcriber) -> None:
    hearing = transcriber.transcribe(b"")

    assert hearing.quality is Quality.EMPTY


def test_an_unknown_engine_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="tape"):
        open_transcriber("tape", MODEL)
