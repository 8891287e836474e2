"""An operator learns from their own recordings how well a model hears."""

import io
import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

import nlu
from ivr.speech.alignment import confusions, errors, plain
from ivr.speech.cases import Case, Outcome, read_manifest
from ivr.speech.evaluating import evaluate, main, transcripts
from ivr.speech.hints import NO_HINTS, Hints
from ivr.speech.page import render
from ivr.speech.summary import interval, summarise
from ivr.speech.transcriber import Audio, Hearing, Quality, Transcriber
from tests.speech.recordings import DATA

EGG = nlu.Product("egg", "goods", "蛋奶", "鸡蛋", "散装", "斤", 580, Decimal("0.1"))


class Parrot:
    """Hears of a file what its name says."""

    def __init__(self, hearings: dict[str, Hearing]) -> None:
        self.hearings = hearings

    def transcribe(self, audio: Audio, hints: Hints = NO_HINTS) -> Hearing:
        assert isinstance(audio, Path)
        return self.hearings[audio.name]

    def warm_up(self) -> None:
        return None


def spoken(text: str, confidence: float = 0.9) -> Hearing:
    return Hearing(Quality.SPEECH, 2.0, text, (), "zh", confidence, "parrot")


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    rows = [
        {"audio": "a.wav", "text": "我要两斤鸡蛋。", "group": "old",
         "order": [{"sku": "egg", "quantity": "2"}]},
        {"audio": "b.wav", "text": "三斤鸡蛋", "group": "young",
         "order": [{"sku": "egg", "quantity": "3"}]},
        {"audio": "c.wav", "text": "四斤鸡蛋", "group": "young",
         "order": [{"sku": "egg", "quantity": "4.0"}]},
    ]  # fmt: skip
    path = tmp_path / "set.jsonl"
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    return path


@pytest.fixture
def models() -> dict[str, Transcriber]:
    good = {
        "a.wav": spoken("我要两斤鸡蛋"),
        "b.wav": spoken("三斤鸡蛋"),
        "c.wav": spoken("四斤鸡蛋"),
    }
    poor = {
        "a.wav": spoken("我要两斤鸡蛋"),
        "b.wav": spoken("山斤鸡蛋", 0.3),
        "c.wav": Hearing(Quality.SILENT, 2.0),
    }
    return {"good": Parrot(good), "poor": Parrot(poor)}


def test_punctuation_space_script_and_case_are_no_errors() -> None:
    assert plain("我要 兩斤雞蛋，OK？") == "我要两斤鸡蛋ok"


def test_errors_are_characters_replaced_dropped_and_added() -> None:
    assert errors("两斤鸡蛋", "两斤鸡蛋") == 0
    assert errors("两斤鸡蛋", "两金鸡蛋啊") == 2


def test_what_is_taken_for_what_is_counted_as_it_stands_together() -> None:
    found = confusions([("两斤毛巾", "两块毛巾"), ("一斤毛巾", "一块毛巾呢"), ("好的呀", "好的")])

    assert found == {("斤", "块"): 2, ("", "呢"): 1, ("呀", ""): 1}


def test_the_interval_holds_the_error_and_narrows_with_more_recordings() -> None:
    few = interval(np.array([1, 0, 2]), np.array([10, 10, 10]))
    many = interval(np.array([1, 0, 2] * 40), np.array([10, 10, 10] * 40))

    assert few[0] <= 0.1 <= few[1]
    assert many[0] <= 0.1 <= many[1]
    assert many[1] - many[0] < few[1] - few[0]


def test_a_model_is_judged_by_group_and_by_the_orders_that_come_of_it(
    manifest: Path, models: dict[str, Transcriber]
) -> None:
    good, poor = evaluate(read_manifest(manifest), models, nlu.Vocabulary([EGG]))

    assert [(g.name, g.recordings, g.error) for g in good.groups] == [
        ("all", 3, 0.0),
        ("old", 1, 0.0),
        ("young", 2, 0.0),
    ]
    assert good.groups[0].orders == {"right": 3}
    assert [g.error for g in poor.groups] == [pytest.approx(5 / 14, abs=1e-4), 0.0, 0.625]
    assert poor.groups[0].orders["asked"] >= 1
    assert poor.qualities == {"speech": 2, "silent": 1}
    assert ("三", "山", 1) in poor.confusions


def test_a_threshold_shows_what_it_would_keep(
    manifest: Path, models: dict[str, Transcriber]
) -> None:
    poor = evaluate(read_manifest(manifest), {"poor": models["poor"]})[0]

    kept = {each.threshold: each for each in poor.kept}
    assert kept[0.0].share == pytest.approx(2 / 3, abs=1e-4)
    assert kept[0.0].error == pytest.approx(0.1)
    assert kept[0.4].share == pytest.approx(1 / 3, abs=1e-4)
    assert kept[0.4].error == 0.0


def test_the_command_writes_json_and_a_page_that_needs_nothing_beside_it(
    manifest: Path, models: dict[str, Transcriber], tmp_path: Path
) -> None:
    out, page = io.StringIO(), tmp_path / "page.html"

    status = main(manifest, models, nlu.Vocabulary([EGG]), out, page)

    assert status == 0
    assert [row["model"] for row in json.loads(out.getvalue())["models"]] == ["good", "poor"]
    html = page.read_text(encoding="utf-8")
    assert "<svg" in html
    assert html.count("<rect") == 6
    assert not any(word in html for word in ("http://", "https://", "<script", "src="))


def test_what_a_recording_says_cannot_become_markup() -> None:
    case = Case(Path("x.wav"), "<b>", now=datetime.fromisoformat("2026-11-20T12:00:00+08:00"))
    summary = summarise("<i>", [Outcome(case, spoken("一"), None)])

    html = render("<u>", [summary])

    assert not any(tag in html for tag in ("<i>", "<u>"))


@pytest.mark.parametrize(
    ("line", "number"),
    [("{}", 1), ("[]", 1), ('{"audio": "a.wav", "text": "好"}\nno json', 2)],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, number: int) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(line, encoding="utf-8")
    out = io.StringIO()

    assert main(path, {}, None, out) == 2
    assert f"line {number}" in json.loads(out.getvalue())["error"]


def test_a_file_says_what_it_is_even_when_it_says_nothing(shipped: Transcriber) -> None:
    rows = list(transcripts([DATA / "lunch.wav", DATA / "sentences.json"], shipped))

    assert rows[0]["text"] == "今天中午送两份午饭"
    assert rows[0]["seconds"] == 3.81
    assert rows[0]["confidence"] > 0.5
    assert (rows[1]["text"], rows[1]["quality"]) == ("", "not_audio")
