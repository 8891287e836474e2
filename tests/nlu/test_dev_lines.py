"""The contract's own examples, line by line."""

from typing import Any

import pytest

from nlu.scoring import compare
from tests.nlu.utterances import rows, understood


@pytest.mark.parametrize("row", rows("dev"), ids=lambda row: f"{row['id']} {row['text']}")
def test_a_line_of_the_contract_is_understood(row: dict[str, Any]) -> None:
    out = understood(row)

    assert compare(row, out) == []
