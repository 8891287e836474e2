"""The same again, but for what is left out or comes on top."""

from decimal import Decimal
from typing import Any

import pytest

from tests.nlu.utterances import asked, said, table

_SIGNS = {"add": "+", "set": "=", "remove": "-"}


def usual(found: dict[str, Any]) -> str:
    """reorder@11-21T08:00 +egg*2 -apple, and what must be asked."""
    at = f"@{found['window']['start'][5:16]}" if found["window"] else ""
    edits = [
        _SIGNS[edit["op"]] + edit["sku"]
        + (f"*{Decimal(edit['quantity']).normalize():f}" if edit.get("quantity") else "")
        for edit in found["edits"]
    ]
    return " ".join([found["intent"] + at, *sorted(edits), *sorted(asked(found))])


@pytest.mark.parametrize(("expected", "utterances"), table("usual"))
def test_the_usual_comes_with_its_exceptions(expected: str, utterances: str) -> None:
    understood = {text: usual(said(text)) for text in utterances.split()}

    assert {text for text, found in understood.items() if found != expected} == set()
