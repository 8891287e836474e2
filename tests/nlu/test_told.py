"""What is told in a roundabout way: danger, grievances, orders on their way, the same again."""

from decimal import Decimal

import pytest

from tests.nlu.utterances import asked, said, table


@pytest.mark.parametrize(
    ("expected", "text"),
    [(intent, text) for intent, *more, text in table("told") if not more],
)
def test_what_the_call_is_about_is_heard_however_it_is_told(expected: str, text: str) -> None:
    intent = said(text)["intent"]

    assert intent == expected if expected != "no danger" else intent != "emergency"


@pytest.mark.parametrize(
    ("text", "items", "questions"),
    [(text, *order) for _, *order, text in table("told") if order],
)
def test_an_order_that_is_told_like_something_else_is_an_order(
    text: str, items: str, questions: str
) -> None:
    out = said(text)
    lines = [f"{i['sku']}:{Decimal(i['quantity']).normalize():f}" for i in out["items"]]

    assert (out["intent"], sorted(lines)) == ("order", sorted(items.split()))
    assert sorted(asked(out)) == sorted(questions.split())
