"""Orders as they are rambled in the north: stories, corrections, what is at home, whose wish."""

from decimal import Decimal

import pytest

from tests.nlu.utterances import said, table

WISHES = [(*columns, "", "")[:3] for columns in table("goods_northern")]


@pytest.mark.parametrize(("text", "ordered", "asked"), WISHES)
def test_of_all_that_is_told_only_what_is_wished_for_is_ordered(
    text: str, ordered: str, asked: str
) -> None:
    wished = (line.split("=") for line in ordered.split())

    understood = said(text)

    assert understood["intent"] == "order"
    assert {row["sku"]: Decimal(row["quantity"]) for row in understood["items"]} == {
        sku: Decimal(quantity) for sku, quantity in wished
    }
    assert sorted(row["about"] for row in understood["clarify"]) == sorted(asked.split())


def test_who_it_is_for_is_no_time_beside_the_one_that_is_refused() -> None:
    understood = said("俩孙子一人一盒草莓明天不用送了")

    assert understood["items"] == []
