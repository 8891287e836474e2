"""Wishes for goods in few words: put right, refused, counted, and told around."""

from decimal import Decimal

import pytest

from tests.nlu.utterances import said, table

WISHES = [
    (*columns, "")[:3] for name in ("goods_brief", "goods_southern") for columns in table(name)
]


@pytest.mark.parametrize(("text", "ordered", "asked"), WISHES)
def test_what_is_wished_for_is_ordered_and_no_more_is_asked(
    text: str, ordered: str, asked: str
) -> None:
    wished = (line.split("=") for line in ordered.split())

    understood = said(text)

    assert understood["intent"] == "order"
    assert {row["sku"]: Decimal(row["quantity"]) for row in understood["items"]} == {
        sku: Decimal(quantity) for sku, quantity in wished
    }
    assert sorted(row["about"] for row in understood["clarify"]) == sorted(asked.split())
    assert understood["window"] is None
