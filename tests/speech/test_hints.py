"""What the recogniser is told about a caller before it listens."""

from hypothesis import given
from hypothesis import strategies as st

from ivr.speech.hints import NO_HINTS, hints

WORDS = st.lists(st.text("米面油盐鸡蛋葱姜蒜", max_size=8), max_size=60)


def test_nothing_known_hints_at_nothing() -> None:
    assert hints() == NO_HINTS


def test_her_own_things_come_as_a_sentence_and_the_shop_as_words() -> None:
    given = hints(usual=["鸡蛋", "花生油"], lexicon=["洋芋"], catalogue=["大米", "鸡蛋"])

    assert given.prompt == "喂，你好，我要鸡蛋，花生油，洋芋。"
    assert given.hotwords == "大米"


def test_the_season_goes_before_the_rest_of_the_catalogue() -> None:
    given = hints(catalogue=["大米", "月饼", "粽子（肉）"], month=6)

    assert given.hotwords == "粽子，大米，月饼，粽子（肉）"


def test_a_season_is_not_hinted_where_the_shop_has_nothing_of_it() -> None:
    assert hints(catalogue=["大米"], month=9).hotwords == "大米"


def test_what_she_orders_most_is_kept_when_the_budget_is_short() -> None:
    given = hints(usual=["鸡蛋", "花生油", "酱油"], budget=12)

    assert given.prompt == "喂，你好，我要鸡蛋。"


@given(WORDS, WORDS, WORDS, st.integers(1, 12), st.integers(0, 150))
def test_the_budget_is_never_exceeded(
    usual: list[str], lexicon: list[str], catalogue: list[str], month: int, budget: int
) -> None:
    given = hints(usual, lexicon, catalogue, month, budget)

    assert len(given.prompt) + len(given.hotwords) <= max(budget, 0)
