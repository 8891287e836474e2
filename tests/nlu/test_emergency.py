"""Danger is heard whatever else is said, and talk of danger is not taken for it."""

import pytest

from tests.nlu.utterances import DATA, said

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
