"""What is asked about, because nobody knows it or it may mean two things."""

import pytest

from tests.nlu.utterances import asked, items, said


@pytest.mark.parametrize(
    "text",
    [
        "胰子两块再要一盒取灯儿",
        "虾两斤瑶柱半斤",
        "俺要买洋火",
        "三斤黄瓜两斤七七子一斤豆角",
        "松花蛋两盒钙片你这儿有没有啊也来一瓶",
        "有没有粘豆包给我拿两袋",
        "西兰花两个土豆两个蛋糕一个孙女过生日",
    ],
)
def test_a_thing_that_nobody_knows_is_asked_about(text: str) -> None:
    assert asked(said(text)) == ["product"]


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("茄子辣椒冬瓜这么几样你都晓得的", ["quantity", "quantity", "quantity"]),
        ("那个转椅的轮子明天上午十点", ["product"]),
        ("遥控器按不动了给我拿颁电池", ["product"]),
    ],
)
def test_a_request_of_which_nothing_was_made_is_asked_about(text: str, about: list[str]) -> None:
    understood = said(text)

    assert understood["intent"] == "order"
    assert asked(understood) == about


@pytest.mark.parametrize("text", ["喂听得见吗", "我昨儿看电视那戏唱得真好", "你今年多大岁数了"])
def test_chatter_is_not_asked_about(text: str) -> None:
    understood = said(text)

    assert (understood["intent"], understood["clarify"]) == ("other", [])


def test_a_second_amount_that_may_mend_the_first_is_asked_about() -> None:
    understood = said("馒头十个咱弄它二十个省得老跑")

    assert understood["items"] == []
    assert asked(understood) == ["quantity"]


@pytest.mark.parametrize(
    "text",
    ["馒头十个我孙子一顿能吃两个", "馒头十个对十个", "馒头十个豆腐两块上次买的一瓶香油还没开封"],
)
def test_a_second_amount_that_is_a_story_or_the_same_is_not_asked_about(text: str) -> None:
    assert asked(said(text)) == []


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("盐啊擦玻璃啊都取消得了", "product"),
        ("盐是两袋么不是两袋是一袋", "product"),
        ("九点吧九点好我中午雷打不动要眯一觉", "time"),
    ],
)
def test_more_than_a_yes_or_a_no_is_asked_about(text: str, about: str) -> None:
    draft = [{"sku": sku, "quantity": "1"} for sku in ("svc-clean", "svc-window", "salt")]
    noon = {"start": "2026-11-21T11:00:00+08:00", "end": "2026-11-21T13:00:00+08:00"}

    understood = said(text, "confirm", draft=draft, window=noon)

    assert understood["intent"] == "change"
    assert asked(understood) == [about]


@pytest.mark.parametrize(
    "text", ["对就是明天中午你们来就行", "都不要了我自己擦", "等一下我去关个火"]
)
def test_a_plain_yes_or_no_is_not_asked_about(text: str) -> None:
    draft = [{"sku": "svc-window", "quantity": "1"}]
    noon = {"start": "2026-11-21T11:00:00+08:00", "end": "2026-11-21T13:00:00+08:00"}

    assert said(text, "confirm", draft=draft, window=noon)["clarify"] == []


def test_a_second_amount_of_the_same_thing_with_a_story_between_is_asked_about() -> None:
    understood = said("土豆三斤我爱吃炒的土豆两斤")

    assert asked(understood) == ["quantity"]


@pytest.mark.parametrize(
    ("text", "wished", "about"),
    [
        ("豆腐一块黄瓜西红柿两个", {"tofu": "1", "tomato": "0.8"}, "quantity"),
        ("给我买点摔炮再来二斤白菜", {"cabbage-napa": "2"}, "product"),
        ("灯泡送两个来再派个师傅换上", {"light-bulb": "2"}, "product"),
    ],
)
def test_what_stands_beside_a_wish_and_became_no_line_is_asked_about(
    text: str, wished: dict[str, str], about: str
) -> None:
    assert items(text) == wished
    assert asked(said(text)) == [about]


@pytest.mark.parametrize("text", ["苹果或者梨来三斤", "来两斤苹果或者梨", "苹果三斤或者梨两斤"])
def test_one_or_the_other_is_asked_about(text: str) -> None:
    understood = said(text)

    assert understood["items"] == []
    assert [set(row["options"]) for row in understood["clarify"]] == [{"apple", "pear"}]


@pytest.mark.parametrize("text", ["鸡蛋三斤土豆两斤鸡蛋家里还有几个", "土豆两斤鸡蛋两斤不是三斤"])
def test_what_may_mend_the_line_is_asked_about(text: str) -> None:
    assert items(text) == {"potato": "2"}
    assert asked(said(text)) == ["quantity"]


@pytest.mark.parametrize("text", ["我要两斤鸡蛋再来两条手捏子", "两斤鸡蛋两条手捏子"])
def test_a_thing_that_nobody_knows_is_asked_about_once(text: str) -> None:
    assert [row["heard"] for row in said(text)["clarify"]] == ["两条手捏子"]
