"""What the shipped model and everything around it make of a recording."""

import json
import resource
from pathlib import Path

import numpy as np
import pytest

import ivr.speech
from ivr.speech.hearing import Listener
from ivr.speech.hints import Hints
from ivr.speech.transcriber import Quality, Transcriber
from tests.speech import bad
from tests.speech.recordings import DATA, LINE, caller, decode, encode, hiss, keys

CALLERS = Path(ivr.speech.__file__).parent / "callers"
SENTENCES = json.loads((DATA / "sentences.json").read_text(encoding="utf-8"))


def errors(said: str, heard: str) -> int:
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(said, heard)


def test_callers_are_understood(shipped: Transcriber) -> None:
    heard = {name: shipped.transcribe(DATA / f"{name}.wav") for name in SENTENCES}

    assert {hearing.quality for hearing in heard.values()} == {Quality.SPEECH}
    wrong = sum(errors(text, heard[name].text) for name, text in SENTENCES.items())
    assert wrong <= 2


@pytest.mark.parametrize(
    ("form", "codec", "rate"),
    [
        ("wav", "pcm_mulaw", 8_000),
        ("wav", "pcm_alaw", 8_000),
        ("wav", "pcm_s16le", 8_000),
        ("wav", "pcm_s16le", 44_100),
        ("flac", "flac", 8_000),
        ("mp3", "libmp3lame", 24_000),
        ("mp4", "aac", 16_000),
        ("webm", "libopus", 48_000),
        ("ogg", "libopus", 48_000),
    ],
)
def test_a_caller_is_understood_in_whatever_file_she_comes(
    shipped: Transcriber, form: str, codec: str, rate: int
) -> None:
    hearing = shipped.transcribe(encode(caller("lunch"), form, codec, rate))

    assert errors(SENTENCES["lunch"], hearing.text) <= 1


@pytest.mark.parametrize("gain", [-30.0, -15.0, 0.0, 6.0])
def test_a_faint_and_a_loud_caller_are_understood_alike(shipped: Transcriber, gain: float) -> None:
    hearing = shipped.transcribe(encode(caller("lunch") * np.float32(10 ** (gain / 20))))

    assert errors(SENTENCES["lunch"], hearing.text) <= 1


def test_keys_and_silence_around_a_sentence_change_nothing_in_it(shipped: Transcriber) -> None:
    random = np.random.default_rng(3)
    line = [hiss(random, 2, -60), keys("12#"), hiss(random, 1, -60)]

    hearing = shipped.transcribe(encode(np.concatenate([*line, caller("flour"), *line])))

    assert errors(SENTENCES["flour"], hearing.text) <= 1
    assert hearing.words[0].start > 3


@pytest.mark.parametrize(("answer", "words"), [("no", "不对"), ("person", "人工")])
def test_a_short_word_in_a_long_silence_is_heard_as_if_it_stood_alone(
    shipped: Transcriber, answer: str, words: str
) -> None:
    said = decode((CALLERS / "answers" / f"{answer}.wav").read_bytes())
    line = hiss(np.random.default_rng(4), 8, -65)

    hearing = shipped.transcribe(encode(np.concatenate([line, said, line])))

    assert (hearing.text, hearing.quality) == (words, Quality.SPEECH)


def test_a_long_turn_is_cut_at_its_pauses_and_every_part_of_it_is_heard(
    shipped: Transcriber,
) -> None:
    pause = np.zeros(LINE, np.float32)
    sentence = np.concatenate([caller("lunch"), pause])

    hearing = shipped.transcribe(encode(np.tile(sentence, 8)))

    assert hearing.seconds > 35
    seconds = len(sentence) / LINE
    for number in range(8):
        within = [w for w in hearing.words if number <= w.start / seconds < number + 1]
        assert len(within) >= 4


@pytest.mark.parametrize("pause", [1.5, 3.0])
@pytest.mark.parametrize("order", [("lunch", "flour"), ("water", "apples")])
def test_what_is_said_after_thinking_for_seconds_is_heard_as_well(
    shipped: Transcriber, order: tuple[str, str], pause: float
) -> None:
    first, then = order
    thinking = hiss(np.random.default_rng(1), pause, -60)

    hearing = shipped.transcribe(
        encode(np.concatenate([caller(first), thinking, caller(then)]))
    )

    assert errors(SENTENCES[first] + SENTENCES[then], hearing.text) <= 2


def test_a_hint_does_not_put_off_a_model_that_was_never_taught_to_take_one(
    shipped: Transcriber,
) -> None:
    told = Hints("喂，你好，我要土豆，鸡蛋，花生油。", "粽子，月饼")

    assert shipped.transcribe(DATA / "lunch.wav", told) == shipped.transcribe(DATA / "lunch.wav")


def test_under_the_threshold_the_text_is_kept_for_the_clerk_and_not_acted_on(
    shipped: Listener,
) -> None:
    doubtful = Listener(shipped.recogniser, threshold=1.0)

    hearing = doubtful.transcribe(DATA / "flour.wav")

    assert hearing.quality is Quality.UNSURE
    assert not hearing.understood
    assert errors(SENTENCES["flour"], hearing.text) <= 1


def test_two_hundred_bad_recordings_each_get_their_kind_and_memory_stays_bounded(
    shipped: Transcriber,
) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # KiB

    answers = [
        (name, right, shipped.transcribe(data).quality) for name, data, right in bad.recordings()
    ]

    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert len(answers) == 200
    assert [answer for answer in answers if answer[1] is not answer[2]] == []
    assert after - before < 300_000
