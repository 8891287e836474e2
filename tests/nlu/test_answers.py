"""The answer to one of our questions, beside everything that is told with it."""

from typing import Any

import pytest

from tests.nlu.utterances import asked, said

RICE: dict[str, Any] = {
    "about": "product", "heard": "两袋大米", "options": ["rice-10", "rice-20"],
    "quantity": "2", "unit": "袋",
}
BUNS: dict[str, Any] = {
    "about": "product", "heard": "八个包子", "options": ["baozi-pork", "baozi-veg"],
    "quantity": "8", "unit": "个",
}
EGGS: dict[str, Any] = {"about": "quantity", "heard": "鸡蛋", "options": [], "sku": "egg"}
VISIT: dict[str, Any] = {"about": "time", "heard": "修脚", "sku": "svc-foot", "quantity": "1"}


def answer(text: str, question: dict[str, Any]) -> dict[str, Any]:
    return said(text, "answer", question=question)


@pytest.mark.parametrize(
    ("text", "question", "wished"),
    [
        ("十斤的吧二十斤那个我这老腰可扛不上五楼", RICE, ("rice-10", "2")),
        ("要十斤的二十斤的我一个老太太搬不动", RICE, ("rice-10", "2")),
        ("大袋的我儿子在家能扛小袋的两天就吃完了", RICE, ("rice-20", "2")),
        ("上回给买的就是六十二块那个大的就那个", RICE, ("rice-20", "2")),
        ("小的就够了我一个人一天也就二两米", RICE, ("rice-10", "2")),
        ("要素的我血脂高大夫不让吃肉", BUNS, ("baozi-veg", "8")),
        ("肉馅的老头子嫌素的没味儿", BUNS, ("baozi-pork", "8")),
    ],
)
def test_the_one_that_is_refused_or_cannot_be_carried_is_not_the_one(
    text: str, question: dict[str, Any], wished: tuple[str, str]
) -> None:
    out = answer(text, question)

    assert [(item["sku"], item["quantity"]) for item in out["items"]] == [wished]


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("半斤就中牙都掉得差不多了还就馋这一口", "0.5"),
        ("论斤卖的啊那来两斤吧给对门老李也分几个", "2"),
        ("说秃噜了是五斤我腌一缸咸蛋够吃到开春了", "5"),
        ("给我称二斤个头匀一点的", "2"),
        ("上回买了两斤这回三斤吧", "3"),
        ("就我们两个人吃半斤尽够了", "0.5"),
        ("一天一个吃一个礼拜那就七个", "0.7"),
    ],
)
def test_the_amount_that_is_wished_for_is_the_answer(text: str, quantity: str) -> None:
    assert [item["quantity"] for item in answer(text, EGGS)["items"]] == [quantity]


@pytest.mark.parametrize(
    "text",
    ["我家四口人一人两个你算算", "你看着称嘛我哪里晓得要好多", "够吃三天就行", "三斤四斤都行"],
)
def test_an_answer_that_leaves_it_open_is_asked_again(text: str) -> None:
    out = answer(text, EGGS)

    assert (out["intent"], out["items"]) == ("answer", [])
    assert asked(out) == ["quantity"]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("米先不要了我想起来床底下还搁着大半袋呢", RICE),
        ("不要了闺女刚送来三斤", EGGS),
        ("别叫人来了我外孙女刚才给我剪完了", VISIT),
    ],
)
def test_what_was_asked_about_is_not_wanted_any_more(text: str, question: dict[str, Any]) -> None:
    assert answer(text, question)["intent"] == "no"


@pytest.mark.parametrize(
    ("text", "question"),
    [("十斤那种好多钱一袋嘛我先听听看", RICE), ("肉的一个卖多少钱菜的又是多少钱", BUNS)],
)
def test_a_price_that_is_asked_back_chooses_nothing(text: str, question: dict[str, Any]) -> None:
    out = answer(text, question)

    assert (out["intent"], out["items"]) == ("question", [])


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("明儿后半晌三点吧我上午得去给老伴儿上坟", "2026-11-21T15:00"),
        ("礼拜三上午顶好下半天我要困中觉的", "2026-11-25T08:00"),
        ("下周二早上七点半来接我吧医院的号是九点的", "2026-11-24T07:30"),
        ("十点半我九点才起得来", "2026-11-20T10:30"),
    ],
)
def test_a_time_at_which_the_caller_does_something_else_is_no_answer(
    text: str, start: str
) -> None:
    assert answer(text, VISIT)["window"]["start"].startswith(start)


@pytest.mark.parametrize(
    "text",
    ["过两天吧等我这感冒好利索了", "你们啥时候方便就啥时候来", "等我儿子礼拜天回来再说"],
)
def test_an_open_time_is_asked_again(text: str) -> None:
    out = answer(text, VISIT)

    assert out["intent"] == "answer"
    assert asked(out) == ["time"]


def test_the_answer_is_read_on_from_what_was_asked_about() -> None:
    batteries = {
        "about": "product", "heard": "四节电池", "options": [], "quantity": "4", "unit": "节",
    }

    out = answer("遥控器上用的七号的那种细的", batteries)

    assert [(item["sku"], item["quantity"]) for item in out["items"]] == [("battery-7", "1")]


def test_another_thing_may_be_wished_for_in_its_place() -> None:
    potatoes = {"about": "quantity", "heard": "几斤土豆", "options": [], "sku": "potato"}

    out = answer("洋芋算了嘛屋头还有换成红苕要三斤", potatoes)

    assert [(item["sku"], item["quantity"]) for item in out["items"]] == [("sweet-potato", "3")]
