"""Which of its own readings a small model is made to choose."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from faster_whisper.audio import pad_or_trim  # type: ignore[import-untyped]

from ivr.speech import talk
from ivr.speech.alignment import errors
from ivr.speech.audio import Limits, Sound, load
from ivr.speech.decoding import Decoding
from ivr.speech.hints import Hints
from ivr.speech.phonemes import FILE, Phonemes
from ivr.speech.rescoring import CHARACTER, Rescoring
from ivr.speech.transcriber_faster_whisper import FasterWhisper
from tests.speech.conftest import MODEL
from tests.speech.recordings import DATA

SAMPLE = DATA / "sample"
LINES = (SAMPLE / "sample.jsonl").read_text(encoding="utf-8").splitlines()
RECORDINGS = sorted(SAMPLE.glob("*.wav"))[::4]


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("两斤鸡蛋一桶油", "两斤鸡但一桶由"),
        ("明天上午找人来修水管", "明天上五找人来修水罐"),
        ("都不要了", "都不要聊"),
        ("再来两袋大米", "在来两代大米"),
    ],
)
def test_what_callers_say_surprises_less_than_what_sounds_like_it(said: str, heard: str) -> None:
    assert talk.surprisal(said) < talk.surprisal(heard)


def test_the_more_talk_counts_the_less_surprising_is_what_is_read() -> None:
    deaf, fond = (
        [_unlike_talk(_read(FasterWhisper(MODEL, "cpu", 1, Decoding(beam=8, talk=talk)), path))
         for path in RECORDINGS]
        for talk in (0.0, 50.0)
    )

    assert all(much <= none for much, none in zip(fond, deaf, strict=True))
    assert sum(fond) < sum(deaf)


def test_the_more_the_sounds_count_the_better_they_fit_what_is_read(tmp_path: Path) -> None:
    for part in MODEL.iterdir():
        if part.name != FILE:
            (tmp_path / part.name).symlink_to(part)
    all_ears, deaf, headless = (
        [_read(FasterWhisper(model, "cpu", 1, Decoding(beam=8, sounds=sounds)), path)
         for path in RECORDINGS]
        for model, sounds in ((MODEL, 50.0), (MODEL, 0.0), (tmp_path, 50.0))
    )

    assert deaf == headless != all_ears
    fits = [
        _fits([sounded, deafly], path)
        for sounded, deafly, path in zip(all_ears, deaf, RECORDINGS, strict=True)
    ]
    assert all(sounded >= deafly for sounded, deafly in fits)


def test_the_callers_own_words_are_heard_where_they_may_have_been_said() -> None:
    whisper = FasterWhisper(MODEL, "cpu", 1)
    said = {row["audio"]: row["text"] for row in map(json.loads, LINES)}

    def wrong(hinted: bool) -> int:
        return sum(
            errors(text := said[path.name], _read(whisper, path, text if hinted else ""))
            for path in RECORDINGS
        )

    assert wrong(hinted=True) < wrong(hinted=False)


def test_words_that_were_not_said_are_not_put_into_a_callers_mouth() -> None:
    whisper = FasterWhisper(MODEL, "cpu", 1)

    heard = _read(whisper, DATA / "water.wav", "榴莲鲍鱼燕窝")

    assert not {"榴莲", "鲍鱼", "燕窝"} & {heard[at : at + 2] for at in range(len(heard))}


def _read(whisper: FasterWhisper, path: Path, words: str = "") -> str:
    """What is read, each two characters of `words` being the caller's own."""
    sound = load(path, Limits())
    assert isinstance(sound, Sound)
    own = tuple("".join(pair) for pair in pairwise(words))
    passage = whisper.recognise(sound.samples, Hints(own=own))
    assert passage is not None
    return passage.text


def _fits(texts: list[str], path: Path) -> list[float]:
    """How well each text fits the sounds of a recording."""
    sound = load(path, Limits())
    assert isinstance(sound, Sound)
    whisper = Rescoring(str(MODEL), device="cpu", compute_type="float32")
    frames = whisper.feature_extractor(sound.samples)
    heard = whisper.encode(pad_or_trim(frames, whisper.feature_extractor.nb_max_frames))
    phonemes = Phonemes.beside(MODEL)
    assert phonemes is not None
    return [float(fit) for fit in phonemes.fit(np.asarray(heard)[0], texts)]


def _unlike_talk(text: str) -> float:
    """Its surprisal, every character given back what it costs."""
    return talk.surprisal(text) - CHARACTER * len(text)
