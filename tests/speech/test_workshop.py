"""The parts of the demo model's workshop that need nothing but Python."""

import json
from pathlib import Path
from random import Random

import pytest

import ivr.speech
from tools.speech import phrases

ROOT = Path(__file__).parents[2]
CALLERS = Path(ivr.speech.__file__).parent / "callers"
TEXTS = (ROOT / "tools/speech/data/test_texts.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "零"),
        (10, "十"),
        (15, "十五"),
        (20, "二十"),
        (99, "九十九"),
        (105, "一百零五"),
        (110, "一百一十"),
        (215, "二百一十五"),
        (1003, "一千零三"),
        (1050, "一千零五十"),
    ],
)
def test_numbers_are_written_as_they_are_said(value: int, said: str) -> None:
    assert phrases.number(value) == said


def test_the_same_seed_says_the_same() -> None:
    drawn = [[part(Random(7)) for part in (phrases.time, phrases.amount)] for _ in range(2)]

    assert drawn[0] == drawn[1]


def test_no_sentence_of_the_test_set_is_there_twice() -> None:
    sentences = {line.replace("|", "") for line in TEXTS}

    assert len(sentences) == len(TEXTS) == 300


def test_every_sample_recording_is_telephone_sound_and_has_its_words() -> None:
    written = json.loads((CALLERS / "callers.json").read_text(encoding="utf-8"))

    assert len(written["callers"]) == 6
    for row in (*written["callers"], *written["answers"]):
        header = (CALLERS / row["file"]).read_bytes()[:36]
        assert header[20:22] == b"\x07\x00"  # mu-law
        assert int.from_bytes(header[24:28], "little") == 8_000
        assert row["text"]
