"""What is said of lines and of a time that were read out: edits, another time, a yes."""

from typing import Any

import pytest

from tests.nlu.utterances import asked, said

EGGS_AND_SALT = [{"sku": "egg", "quantity": "3"}, {"sku": "salt", "quantity": "2"}]
A_VISIT = [{"sku": "svc-plumb", "quantity": "1"}]
TOMORROW_AT_TEN = {"start": "2026-11-21T10:00:00+08:00", "end": "2026-11-21T11:00:00+08:00"}


def edits(text: str, draft: list[dict[str, str]] = EGGS_AND_SALT) -> list[tuple[str, ...]]:
    out = said(text, "confirm", draft=draft)
    assert out["intent"] == "change"
    assert out["clarify"] == []
    return sorted(tuple(str(part) for part in edit.values()) for edit in out["edits"])


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("头一个不要第二个要三袋", [("remove", "egg"), ("set", "salt", "3")]),
        ("第二样换成白糖", [("add", "sugar", "2"), ("remove", "salt")]),
        ("第一样对的第二样少一袋", [("set", "salt", "1")]),
        ("鸡蛋不是三斤是两斤盐也不是两袋是一袋", [("set", "egg", "2"), ("set", "salt", "1")]),
        ("我没要盐啊", [("remove", "salt")]),
        ("盐我压根没要过家里多的是旁的都对", [("remove", "salt")]),
        ("鸡蛋跟盐拿掉", [("remove", "egg"), ("remove", "salt")]),
        ("哪个要盐哟我说的是白糖两袋", [("add", "sugar", "2"), ("remove", "salt")]),
        ("鸡蛋减半", [("set", "egg", "1.5")]),
        ("除了鸡蛋都不要", [("remove", "salt")]),
        ("鸡蛋多了一斤", [("set", "egg", "2")]),
    ],
)
def test_a_line_is_changed_by_its_place_or_its_name(
    text: str, wished: list[tuple[str, ...]]
) -> None:
    assert edits(text) == wished


@pytest.mark.parametrize(
    ("text", "draft", "wished"),
    [
        ("电池要七号的", "battery-5", [("add", "battery-7", "1"), ("remove", "battery-5")]),
        ("肉不要五花要瘦的", "pork-belly", [("add", "pork-lean", "1"), ("remove", "pork-belly")]),
        ("油换两瓶生抽", "peanut-oil", [("add", "soy-sauce", "2"), ("remove", "peanut-oil")]),
    ],
)
def test_another_kind_takes_the_place_of_what_was_read(
    text: str, draft: str, wished: list[tuple[str, ...]]
) -> None:
    assert edits(text, [{"sku": draft, "quantity": "1"}]) == wished


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("往后推两天吧", "2026-11-23T10:00"),
        ("能早一个小时不", "2026-11-21T09:00"),
        ("晚半个小时我刚好吃完饭", "2026-11-21T10:30"),
        ("推迟一个礼拜", "2026-11-28T10:00"),
    ],
)
def test_the_drafted_time_is_moved_by_so_much(text: str, start: str) -> None:
    out = said(text, "confirm", draft=A_VISIT, window=TOMORROW_AT_TEN)

    assert out["intent"] == "change"
    assert out["window"]["start"].startswith(start)


@pytest.mark.parametrize("text", ["改个日子吧这天不行", "那天我没空", "十点太早了", "时间另约吧"])
def test_a_refused_time_is_asked_about(text: str) -> None:
    out = said(text, "confirm", draft=A_VISIT, window=TOMORROW_AT_TEN)

    assert out["intent"] == "change"
    assert asked(out) == ["time"]


@pytest.mark.parametrize("text", ["嗯嗯嗯", "鸡蛋三斤盐两袋对吧", "盐要低钠的那种哈其他没问题"])
def test_what_repeats_or_lets_pass_the_read_back_is_a_yes(text: str) -> None:
    assert said(text, "confirm", draft=EGGS_AND_SALT)["intent"] == "yes"


@pytest.mark.parametrize(
    "text", ["你是机器人吧", "对门王婶也要买", "中午我孙子来吃饭", "好像不大对"]
)
def test_a_word_that_begins_like_a_yes_is_none(text: str) -> None:
    assert said(text, "confirm", draft=EGGS_AND_SALT)["intent"] != "yes"


@pytest.mark.parametrize("text", ["除了盐都减一斤", "都加一倍我侄子一家要来"])
def test_a_change_of_all_that_cannot_be_counted_is_asked_about(text: str) -> None:
    out = said(text, "confirm", draft=EGGS_AND_SALT)

    assert out["intent"] == "change"
    assert out["edits"] == []
    assert len(out["clarify"]) == 1


def test_another_service_takes_the_place_of_the_one_read_out() -> None:
    draft = [{"sku": "svc-window", "quantity": "1"}]
    wished = [("add", "svc-hood", "1"), ("remove", "svc-window")]

    assert edits("不是擦玻璃是洗油烟机你听岔了", draft) == wished


def test_a_pack_too_heavy_to_carry_is_not_wished() -> None:
    draft = [{"sku": "rice-10", "quantity": "1"}]
    out = said("米是十斤装的吧我扛不动二十斤的", "confirm", draft=draft)

    assert out["edits"] == []


def test_all_right_but_one_line_asks_about_that_line() -> None:
    out = said("除了盐别的都对", "confirm", draft=EGGS_AND_SALT)

    assert out["intent"] == "change"
    assert [row["heard"] for row in out["clarify"]] == ["盐"]


RICE: dict[str, Any] = {
    "id": "q1", "about": "product", "heard": "一袋大米", "options": ["rice-10", "rice-20"],
    "quantity": "1", "unit": "袋",
}
EGGS: dict[str, Any] = {
    "id": "q1", "about": "quantity", "heard": "鸡蛋", "options": [], "sku": "egg",
}


@pytest.mark.parametrize(
    ("text", "question", "wished"),
    [
        ("小袋的我提不动大的", RICE, ("rice-10", "1")),
        ("二十斤的那袋太重了我拎不动就要小的", RICE, ("rice-10", "1")),
        ("三斤吧一个礼拜吃两斤", EGGS, ("egg", "3")),
        ("三斤够不够还是来五斤吧", EGGS, ("egg", "5")),
    ],
)
def test_what_is_told_beside_the_answer_is_no_answer(
    text: str, question: dict[str, Any], wished: tuple[str, str]
) -> None:
    out = said(text, "answer", question=question)

    assert [(item["sku"], item["quantity"]) for item in out["items"]] == [wished]


def test_chatter_about_the_weather_is_no_yes() -> None:
    assert said("今天天气不错", "confirm", draft=EGGS_AND_SALT)["intent"] == "other"


@pytest.mark.parametrize(
    ("text", "left"),
    [("苹果跟梨都少来一斤", ("2", "1")), ("苹果和梨都改成五斤", ("5", "5"))],
)
def test_what_is_said_of_two_together_is_said_of_both(text: str, left: tuple[str, str]) -> None:
    draft = [{"sku": "apple", "quantity": "3"}, {"sku": "pear", "quantity": "2"}]

    assert edits(text, draft) == [("set", "apple", left[0]), ("set", "pear", left[1])]


@pytest.mark.parametrize("text", ["旁的都对", "那一样不是我的别的全没错", "其余的都可以"])
def test_where_only_the_others_are_right_it_is_asked_what_is_wrong(text: str) -> None:
    out = said(text, "confirm", draft=EGGS_AND_SALT)

    assert out["intent"] == "change"
    assert asked(out) == ["product"]


@pytest.mark.parametrize("text", ["俺不订了俺家二小子明天开车带俺去赶集", "不要了我闺女都买来了"])
def test_who_wants_nothing_any_more_says_so_first_and_then_why(text: str) -> None:
    out = said(text, "confirm", draft=EGGS_AND_SALT)

    assert (out["intent"], out["everything"]) == ("no", True)


@pytest.mark.parametrize(
    ("text", "quantity"),
    [("是十六", "16"), ("不是六十是十六你听岔了", "16"), ("一斤吧不半斤半斤就够了", "0.5")],
)
def test_an_amount_put_right_in_the_answer_is_the_last_one(text: str, quantity: str) -> None:
    asked = {"id": "q1", "about": "quantity", "heard": "白菜", "options": [], "sku": "cabbage-napa"}

    out = said(text, "answer", question=asked)

    assert [item["quantity"] for item in out["items"]] == [quantity]
