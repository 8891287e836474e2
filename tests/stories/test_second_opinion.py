"""A word of her region that no list of ours has, with and without somebody who knows it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from orders.lifecycle import State
from tests.ivr.chat_firm import KEY, MODEL, Firm, chat_firm, means
from tests.stories.building import town
from tests.stories.ears import Told
from tests.stories.town import Passes, Town
from voiceapp.config import Settings
from voiceapp.embedded import free_port

WORDS = "我要两斤鸡蛋再来两条手捏子"


@pytest.fixture
def with_model(
    settings: Settings, tmp_path: Path, passes: Passes, unhurried: None
) -> Iterator[Callable[[str], Town]]:
    """A town whose endpoint for a second opinion is at this address."""
    with ExitStack() as stack:

        def build(url: str) -> Town:
            set_up = replace(settings, llm_api_url=url, llm_api_key=KEY, llm_model=MODEL)
            return stack.enter_context(town(set_up, tmp_path, Told(), passes))

        yield build


@pytest.fixture
def firm() -> Iterator[Firm]:
    """A model that knows what a 手捏子 is."""
    with chat_firm(means("towel", word="手捏子")) as opened:
        yield opened


def test_an_unknown_word_is_asked_about_by_a_name_and_her_yes_makes_the_order(
    with_model: Callable[[str], Town], firm: Firm
) -> None:
    place = with_model(firm.url)
    place.mei_orders(WORDS)
    draft = place.reaches(State.DRAFT)
    assert [line.sku for line in draft.lines] == ["egg"]
    assert [question.clarify.options for question in draft.open_questions] == [("towel",)]

    place.mei_picks_up()
    place.mei.hears("两条手捏子要哪一种？毛巾请按一")
    place.mei.presses("1")
    place.mei.hears("两斤鸡蛋，两条毛巾")
    place.mei.hears("对吗")
    place.mei.says("对")
    place.mei.hears("记下了")

    order = place.reaches(State.AWAITING_APPROVAL)
    assert [(line.sku, f"{line.quantity.normalize():f}") for line in order.lines] == [
        ("egg", "2"),
        ("towel", "2"),
    ]
    assert len(firm.asked) == 1
    for personal in ("王梅", "幸福里", "2025550101"):
        assert personal not in str(firm.asked)


def test_an_unknown_word_in_what_she_says_again_is_asked_about_by_a_name_too(
    with_model: Callable[[str], Town], firm: Firm
) -> None:
    place = with_model(firm.url)
    place.mei_orders("两斤鸡蛋")
    place.mei_says_it_again("鸡蛋改成三斤，再来两条手捏子")

    place.mei.hears("两条手捏子要哪一种？毛巾请按一")
    place.mei.says("对")
    place.mei.hears("三斤鸡蛋，两条毛巾")
    place.mei.hears("对吗")


def test_with_the_endpoint_down_the_same_word_is_asked_about_openly(
    with_model: Callable[[str], Town],
) -> None:
    place = with_model(f"http://127.0.0.1:{free_port()}/v1")
    place.mei_orders(WORDS)

    place.mei_picks_up()
    place.mei.hears("您要的两条手捏子是哪一种？请说一下")
    place.mei.says("毛巾")
    place.mei.hears("两斤鸡蛋，两条毛巾")
    place.mei.hears("对吗")
    place.mei.says("对")
    place.mei.hears("记下了")

    order = place.reaches(State.AWAITING_APPROVAL)
    assert [line.sku for line in order.lines] == ["egg", "towel"]


def test_a_stranger_s_words_are_sent_nowhere(
    with_model: Callable[[str], Town], firm: Firm
) -> None:
    place = with_model(firm.url)
    place.bo.dial("+12025550100")
    place.bo.hears("录音")
    place.bo.says_wav(place.ears.voice(WORDS))

    place.reaches(State.WITH_STAFF)

    assert firm.asked == []
