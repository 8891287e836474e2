"""The labelled utterances as a floor: what was understood stays understood.

`kept` and those numbered after it were never looked at while the parser was built; the others were.
"""

import pytest

from tests.nlu.utterances import said, score, table

# name: the least share right, the largest share silently wrong, as measured (docs/nlu.md).
FLOORS = {
    "goods_north": (0.95, 0.02),
    "goods_south": (0.89, 0.04),
    "services_intents": (0.94, 0.02),
    "confirm_rating": (0.98, 0.02),
    "kept": (0.80, 0.12),
    "kept_2": (0.83, 0.11),
    "kept_3": (0.89, 0.08),
    "kept_4": (0.82, 0.08),
    "kept_5": (0.82, 0.08),
    "kept_6": (0.86, 0.06),
    "kept_7": (0.76, 0.09),
}


@pytest.mark.parametrize("name", FLOORS)
def test_the_utterances_are_understood_as_often_as_measured(name: str) -> None:
    right, silent = FLOORS[name]

    total = score(name)

    assert total.right_share >= right, total.wrong_ids
    assert total.silent_share <= silent, total.wrong_ids


def test_what_callers_are_about_is_known_as_often_as_measured() -> None:
    """Of talk by two authors, a third of it roundabout, that was never looked at."""
    told = table("kept_talk")

    right = sum(said(text)["intent"] == intent for intent, text in told)

    assert right / len(told) >= 0.91
