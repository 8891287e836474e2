"""Danger is heard whatever else is said, and talk of danger is not taken for it."""

import pytest

from tests.nlu.utterances import DATA, rows, said, understood

DANGER = (DATA / "danger.txt").read_text(encoding="utf-8").splitlines()
NO_DANGER = (DATA / "no_danger.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("text", DANGER)
@pytest.mark.parametrize("dialogue", ["request", "confirm", "rating", "answer"])
def test_danger_now_comes_before_all_else(text: str, dialogue: str) -> None:
    out = said(text, dialogue, draft=[{"sku": "egg", "quantity": "2"}])

    assert out["intent"] == "emergency"


@pytest.mark.parametrize("text", NO_DANGER)
def test_fear_the_past_and_idioms_are_no_danger(text: str) -> None:
    out = said(text)

    assert out["intent"] != "emergency"


def test_of_dangers_that_nobody_read_nearly_all_are_heard_and_few_others_alarm() -> None:
    """90 dangers and 70 lines that look like some, by an author who never saw the program; as
    measured (docs/nlu.md)."""
    told = rows("kept_danger")

    heard = {row["id"] for row in told if understood(row)["intent"] == "emergency"}

    dangers = {row["id"] for row in told if row["expect"]["intent"] == "emergency"}
    assert len(dangers - heard) <= 5
    assert len(heard - dangers) <= 4
