"""What is said in a few words and is no order: each kind in many ways."""

from typing import Any

import pytest

from tests.nlu.utterances import said, table

DRAFT = [{"sku": "egg", "quantity": "2"}, {"sku": "rice-10", "quantity": "1"}]


@pytest.mark.parametrize(("dialogue", "intent", "utterances"), table("brief"))
def test_each_way_of_saying_it_is_known(dialogue: str, intent: str, utterances: str) -> None:
    more: dict[str, Any] = {"draft": DRAFT} if dialogue == "confirm" else {}

    understood = {text: said(text, dialogue, **more)["intent"] for text in utterances.split()}

    assert {text for text, found in understood.items() if found != intent} == set()


@pytest.mark.parametrize(
    "text",
    [
        "叫小王把鸡蛋送来",
        "找个人来修水管",
        "来个人帮我通下水道",
        "让师傅来的时候带个梯子",
        "换个师傅来上次那个不行",
        "叫个人来擦玻璃",
        "让他到了跟我说一声",
    ],
)
def test_who_is_sent_for_is_no_clerk(text: str) -> None:
    assert said(text)["intent"] != "agent"


def test_a_question_about_a_pack_orders_none() -> None:
    asked = said("一箱牛奶有多少袋")

    assert (asked["intent"], asked["items"]) == ("question", [])
