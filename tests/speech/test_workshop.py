"""The parts of the demo model's workshop that need nothing but Python."""

import json
from pathlib import Path
from random import Random

import pytest

import ivr.speech
from tools.speech import phrases
from tools.speech.corpora import corpus_lines, visible

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


def test_what_is_kept_for_a_last_test_is_never_said_in_training(tmp_path: Path) -> None:
    rows = [{"id": f"c-{n:03}", "text": f"要{phrases.number(n)}斤米"} for n in range(1, 9)]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    for name in ("kept.jsonl", "kept_2.jsonl", "goods_north.jsonl"):
        (tmp_path / name).write_text(lines, encoding="utf-8")
    corpora = visible(tmp_path)

    assert [path.name for path in corpora] == ["goods_north.jsonl"]
    assert corpus_lines(corpora, kept=True) == ["要四斤米", "要八斤米"]
    assert not {"要四斤米", "要八斤米"} & set(corpus_lines(corpora))
    assert len(corpus_lines(corpora)) == 6


def test_what_stands_between_in_a_table_of_sentences_is_not_said(tmp_path: Path) -> None:
    path = tmp_path / "read_back.tsv"
    rows = ("# 说明", "+salt:1\t盐再来一袋 盐加袋", "11-20 17:00\t-\t傍晚送来")
    path.write_text("\n".join(rows), encoding="utf-8")

    assert visible(tmp_path) == [path]
    assert corpus_lines([path]) == ["盐再来一袋", "盐加袋", "傍晚送来"]
    assert corpus_lines([path], kept=True) == []


def test_what_a_recogniser_misheard_is_nobodys_words(tmp_path: Path) -> None:
    path = tmp_path / "fresh_x.jsonl"
    rows = [{"id": "x-001", "text": "来一把 香菜"}, {"id": "x-002", "text": "洗红", "noisy": True}]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")

    assert corpus_lines([path]) == ["来一把香菜"]
