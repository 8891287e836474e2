"""Wishes for goods and when they are to come: one time for all, or each line its own."""

from decimal import Decimal

import pytest

from tests.nlu.utterances import asked, said, table

WISHES = [(*columns, "")[:3] for columns in table("goods_timed")]


@pytest.mark.parametrize(("text", "ordered", "questions"), WISHES)
def test_each_line_comes_when_it_is_wished(text: str, ordered: str, questions: str) -> None:
    wished = {}
    for line in ordered.split():
        goods, _, start = line.partition("@")
        sku, quantity = goods.split("=")
        start = start if ":" in start or not start else f"{start}:00"
        wished[sku] = (Decimal(quantity), start and f"2026-11-{start}")

    understood = said(text)

    top = understood["window"] or {"start": ""}
    assert understood["intent"] == "order"
    assert {
        row["sku"]: (Decimal(row["quantity"]), (row.get("window") or top)["start"][:16])
        for row in understood["items"]
    } == wished
    assert sorted(asked(understood)) == sorted(questions.split())
