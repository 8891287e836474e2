"""What is only told of beside an order is not asked about."""

from dataclasses import replace
from datetime import datetime

from nlu.contract import Clarify, Heard, Understood
from nlu.requests.gist import weighed
from nlu.sounds.network import read
from tests.nlu.utterances import said

NOW = datetime.fromisoformat("2026-11-20T09:30:00+08:00")
TEXT = "冰箱里还有半只鸡没吃完呢今天就给我送两斤土豆来"


def test_of_what_is_at_home_the_network_says_that_it_is_not_wanted() -> None:
    reading = read(TEXT)

    assert reading
    assert reading.wanted[TEXT.index("鸡")] < 0.5 < reading.wanted[TEXT.index("土豆")]


def test_a_question_is_only_left_out_where_something_else_is_left() -> None:
    potatoes = said("两斤土豆")
    asked = Clarify("q1", "product", "半只鸡")
    heard = Heard(TEXT, NOW)
    alone = Understood("order", clarify=(asked,))

    assert potatoes["intent"] == "order"
    assert weighed(alone, heard).clarify
    beside = replace(alone, clarify=(asked, Clarify("q2", "quantity", "两斤土豆")))
    assert [row.heard for row in weighed(beside, heard).clarify] == ["两斤土豆"]


def test_a_visit_is_always_asked_for_its_time() -> None:
    when = Understood("order", clarify=(Clarify("q1", "time", "修水管"),))

    assert weighed(when, Heard("找人来修水管", NOW)) == when
