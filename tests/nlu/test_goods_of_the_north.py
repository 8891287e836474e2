"""Orders as they are rambled in the north: stories, corrections, what is at home, whose wish."""

import pytest

from tests.nlu.utterances import asked, goods, ordered, said, table

WISHES = [(*columns, "", "")[:3] for columns in table("goods_northern")]


@pytest.mark.parametrize(("text", "wished", "questions"), WISHES)
def test_of_all_that_is_told_only_what_is_wished_for_is_ordered(
    text: str, wished: str, questions: str
) -> None:
    understood = said(text)

    assert understood["intent"] == "order"
    assert ordered(understood) == goods(wished)
    assert sorted(asked(understood)) == sorted(questions.split())


def test_who_it_is_for_is_no_time_beside_the_one_that_is_refused() -> None:
    understood = said("俩孙子一人一盒草莓明天不用送了")

    assert understood["items"] == []
