"""`python -m nlu` speaks the contract's lines."""

import json
import subprocess
import sys

from tests.nlu.utterances import CATALOGUE, NOW


def answers(lines: list[str], *arguments: str) -> tuple[list[dict[str, object]], int]:
    run = subprocess.run(
        [sys.executable, "-m", "nlu", *arguments],
        input="\n".join(lines), capture_output=True, text=True, check=False, encoding="utf-8",
    )
    return [json.loads(line) for line in run.stdout.splitlines()], run.returncode


def test_one_line_in_is_one_line_out_in_the_same_order() -> None:
    lines = [
        json.dumps({"id": name, "text": text, "now": NOW, "dialogue": "request"})
        for name, text in (("a", "两斤鸡蛋"), ("b", "喂听得见吗"))
    ]

    rows, status = answers(lines, "--catalogue", str(CATALOGUE))

    assert [row["id"] for row in rows] == ["a", "b"]
    assert [row["intent"] for row in rows] == ["order", "other"]
    assert status == 0


def test_a_line_that_is_not_valid_gets_an_error_and_the_run_goes_on() -> None:
    good = json.dumps({"id": "b", "text": "一袋盐", "now": NOW})
    bad = ["{", '{"id": "x"}', json.dumps({"id": "y", "text": "盐", "now": "tomorrow"}), "[]"]

    rows, status = answers([*bad, good], "--catalogue", str(CATALOGUE))

    assert [("error" in row) for row in rows] == [True, True, True, True, False]
    assert [row["id"] for row in rows] == [None, "x", "y", None, "b"]
    assert status == 1


def test_the_parts_read_lines_of_their_own() -> None:
    line = json.dumps({"id": "1", "text": "明天上午三斤", "now": NOW})

    numbers, _ = answers([line], "numbers")
    times, _ = answers([line], "times")
    quantities, _ = answers([line], "quantities")

    assert numbers[0]["values"] == ["3"]
    assert times[0]["window"] == {
        "start": "2026-11-21T08:00:00+08:00", "end": "2026-11-21T12:00:00+08:00"
    }
    assert quantities[0]["values"] == [{"value": 3, "unit": "斤", "grams": 1500}]
