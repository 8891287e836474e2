"""Wishes for goods in few words: put right, refused, counted, and told around."""

import pytest

from tests.nlu.utterances import asked, goods, ordered, said, table

WISHES = [
    (*columns, "")[:3] for name in ("goods_brief", "goods_southern") for columns in table(name)
]


@pytest.mark.parametrize(("text", "wished", "questions"), WISHES)
def test_what_is_wished_for_is_ordered_and_no_more_is_asked(
    text: str, wished: str, questions: str
) -> None:
    understood = said(text)

    assert understood["intent"] == "order"
    assert ordered(understood) == goods(wished)
    assert sorted(asked(understood)) == sorted(questions.split())
    assert understood["window"] is None
