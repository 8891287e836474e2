"""What callers' lines make likely: what a request is about, and what in it is wanted."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from math import exp

import pytest

from nlu.contract import Clarify, Heard, Item, Understood
from nlu.requests.gist import about
from nlu.requests.weighing import weighed
from nlu.sounds.network import read
from tests.nlu.utterances import said

NOW = datetime.fromisoformat("2026-11-20T09:30:00+08:00")
TEXT = "家里还有半袋面呢今天就给我送两斤土豆来"


def test_of_what_is_at_home_the_network_says_that_it_is_not_wanted() -> None:
    reading = read(TEXT)

    assert reading
    assert reading.wanted[TEXT.index("面")] < 0.5 < reading.wanted[TEXT.index("土豆")]


def opinion(understood: Understood, text: str) -> Understood:
    """What comes of it where there is no order to be made of it otherwise."""
    return weighed(understood, Heard(text, NOW), text, lambda: Understood("other"))


def test_a_question_is_only_left_out_where_something_else_is_left() -> None:
    asked = Clarify("q1", "product", "半袋面")
    alone = Understood("order", clarify=(asked,))

    assert opinion(alone, TEXT).clarify
    beside = replace(alone, clarify=(asked, Clarify("q2", "quantity", "两斤土豆")))
    assert [row.heard for row in opinion(beside, TEXT).clarify] == ["两斤土豆"]


def test_a_visit_is_always_asked_for_its_time() -> None:
    when = Understood("order", clarify=(Clarify("q1", "time", "修水管"),))

    assert opinion(when, "找人来修水管") == when


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("豆瓣酱开盖就是一层白毛毛我七十几岁咯你们还哄我", "complaint"),
        ("冬天送菜是几点开始我早上五点就醒了", "question"),
        ("修门把手的你派了没派啊从窗户里看半天了", "order_status"),
        ("那个草鱼我孙子钓了几条回来你们那条就免了", "cancel_order"),
        ("中饭还和往日一样送来", "reorder"),
        ("我今天蒸了两屉包子给楼上楼下都送了你说我这手艺还行吧", "other"),
        ("番薯我小时候吃怕了一年三百六十天吃番薯", "other"),
        ("社保认证要刷脸我不会弄你们来教一教", "order"),
    ],
)
def test_what_a_whole_sentence_is_about_outweighs_the_things_in_it(
    text: str, intent: str
) -> None:
    assert said(text)["intent"] == intent


def test_what_the_rules_found_stands_unless_something_else_is_plainly_likelier() -> None:
    potatoes = Understood("order", items=(Item("potato", Decimal(2), "斤", "两斤土豆", (0, 4)),))

    assert opinion(potatoes, "两斤土豆") == potatoes
    assert opinion(potatoes, "你们送来的那两斤土豆全是芽子").intent == "complaint"


def test_a_text_without_characters_says_nothing() -> None:
    assert about("") == about("，。") == {}


def test_the_intents_share_all_the_chances() -> None:
    chances = about("给我送两斤鸡蛋")

    assert max(chances, key=lambda each: chances[each]) == "order"
    assert sum(map(exp, chances.values())) == pytest.approx(1)
