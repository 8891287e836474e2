"""Utterances of other authors, most of them not read before the rules were written.

`data/pending.json` names the lines still misunderstood, so that a line that turns right is taken
off the list and stays right from then on.
"""

import json

import pytest

from nlu.scoring import compare
from tests.nlu.utterances import DATA, rows, understood

PENDING: dict[str, list[str]] = json.loads((DATA / "pending.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", PENDING)
def test_the_lines_still_misunderstood_are_those_on_the_list(name: str) -> None:
    wrong = [row["id"] for row in rows(name) if compare(row, understood(row))]

    assert wrong == PENDING[name]
