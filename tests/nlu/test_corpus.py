"""The labelled utterances as a floor: what was understood stays understood.

`kept` was never looked at while the parser was built; the others were.
"""

import pytest

from tests.nlu.utterances import score

# name: the least share right, the largest share silently wrong, as measured (docs/nlu.md).
FLOORS = {
    "goods_north": (0.93, 0.04),
    "goods_south": (0.85, 0.07),
    "services_intents": (0.92, 0.04),
    "confirm_rating": (0.95, 0.03),
    "kept": (0.76, 0.17),
}


@pytest.mark.parametrize("name", FLOORS)
def test_the_utterances_are_understood_as_often_as_measured(name: str) -> None:
    right, silent = FLOORS[name]

    total = score(name)

    assert total.right_share >= right, total.wrong_ids
    assert total.silent_share <= silent, total.wrong_ids
