"""A whole yes or no to the read-back, and what only sounds like one."""

import pytest

from tests.nlu.utterances import asked, said

EGGS_AND_SALT = [{"sku": "egg", "quantity": "3"}, {"sku": "salt", "quantity": "2"}]


def intent(text: str) -> str:
    return str(said(text, "confirm", draft=EGGS_AND_SALT)["intent"])


@pytest.mark.parametrize(
    "text",
    [
        "我就是打打看这电话灵不灵", "是楼下老王叫我打的", "你好你是谁呀", "对了问你个事",
        "好什么好", "你说得对不对我不知道", "成心气我", "好冷啊今天",
    ],
)
def test_what_begins_like_a_yes_and_goes_on_otherwise_is_none(text: str) -> None:
    assert intent(text) != "yes"


@pytest.mark.parametrize("text", ["好让我想想", "行让我问问我闺女", "嗯我再琢磨琢磨", "中午再说吧"])
def test_what_must_be_thought_over_is_no_yes(text: str) -> None:
    assert intent(text) == "other"


@pytest.mark.parametrize("text", ["我晓得了你们先坐到我在打电话嘛", "知道了知道了别催"])
def test_what_is_said_to_somebody_in_the_room_is_no_yes(text: str) -> None:
    assert intent(text) == "other"


@pytest.mark.parametrize(
    "text",
    [
        "嗯我想想对着呢就这样送吧", "对对对孙子你别吵就这些", "没有了没有了就这两样",
        "就这么多了别的没有了", "那就麻烦你们了", "鸡蛋三斤盐两袋嗯就是这个数",
    ],
)
def test_a_yes_beside_other_talk_is_a_yes(text: str) -> None:
    assert intent(text) == "yes"


@pytest.mark.parametrize(
    "text", ["哦我听岔了对的", "不对哦不不对的对的你说三斤那就没错", "不对不对等会哦对的对的"]
)
def test_who_was_mistaken_and_says_so_agrees(text: str) -> None:
    assert intent(text) == "yes"


@pytest.mark.parametrize("text", ["一样也别给我送", "什么都别给我送", "别给我送来了", "都给我去掉"])
def test_nothing_at_all_is_to_come(text: str) -> None:
    out = said(text, "confirm", draft=EGGS_AND_SALT)

    assert (out["intent"], out["everything"]) == ("no", True)


@pytest.mark.parametrize(
    ("text", "wished"),
    [("你讲慢滴再讲过一次我耳仔唔好", "repeat"), ("对对就这些你们慢点骑路上滑", "yes")],
)
def test_only_our_speech_is_asked_to_be_slower(text: str, wished: str) -> None:
    assert intent(text) == wished


@pytest.mark.parametrize(
    "text",
    [
        "鸡蛋加一斤算了算了不加了就这样吧", "盐换成三袋算了还是两袋吧",
        "可以的隔壁喊我买大米我不消买就你念的这些",
    ],
)
def test_who_takes_a_change_back_agrees_to_what_was_read(text: str) -> None:
    assert intent(text) == "yes"


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("鸡蛋再加两斤别的不要动了就这样", [("add", "egg", "2")]),
        ("盐加一袋鸡蛋不改了就这样吧", [("add", "salt", "1")]),
        ("盐不要了鸡蛋改成四斤哎等下盐还是留着吧", [("set", "egg", "4")]),
        ("盐不要了哦不盐还是来一袋", [("set", "salt", "1")]),
        ("鸡蛋我讲的是四斤不是十斤哦十斤哪吃得完", [("set", "egg", "4")]),
        ("鸡蛋要五斤不不四斤豆腐一块就够盐不动", [("add", "tofu", "1"), ("set", "egg", "4")]),
        ("鸡蛋要四斤时间不变冰箱里还剩几个", [("set", "egg", "4")]),
    ],
)
def test_the_last_word_about_a_line_that_was_read_wins(
    text: str, wished: list[tuple[str, ...]]
) -> None:
    out = said(text, "confirm", draft=EGGS_AND_SALT)

    assert out["intent"] == "change"
    assert out["clarify"] == []
    assert sorted(tuple(edit.values()) for edit in out["edits"]) == wished


@pytest.mark.parametrize("text", ["先讲给我听那袋盐几钿", "慢点先问一声你们几点关门"])
def test_who_only_asks_changes_nothing(text: str) -> None:
    assert intent(text) == "question"


@pytest.mark.parametrize("text", ["再加点东西", "我还要买点别的"])
def test_more_of_nobody_knows_what_is_asked_about(text: str) -> None:
    out = said(text, "confirm", draft=EGGS_AND_SALT)

    assert asked(out) == ["product"]


@pytest.mark.parametrize(
    "text", ["还有厨房水龙头漏水再加个师傅来修", "都对了再叫个师傅来给我修修水龙头吧"]
)
def test_a_service_added_to_goods_is_asked_for_its_time(text: str) -> None:
    out = said(text, "confirm", draft=EGGS_AND_SALT)

    assert [edit["sku"] for edit in out["edits"]] == ["svc-plumb"]
    assert asked(out) == ["time"]


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("除了盐全要", [("remove", "salt")]),
        ("盐我昨天刚买了两袋就不要了", [("remove", "salt")]),
        ("少念了一样我还说了两瓶酱油", [("add", "soy-sauce", "2")]),
    ],
)
def test_what_goes_and_what_was_left_out(text: str, wished: list[tuple[str, ...]]) -> None:
    out = said(text, "confirm", draft=EGGS_AND_SALT)

    assert sorted(tuple(edit.values()) for edit in out["edits"]) == wished


@pytest.mark.parametrize(
    ("text", "about"), [("可以是可以就是鸡蛋能不能少点", "quantity"), ("能早点来不", "time")]
)
def test_less_or_earlier_by_nobody_knows_how_much_is_asked_about(text: str, about: str) -> None:
    out = said(text, "confirm", draft=EGGS_AND_SALT)

    assert out["intent"] == "change"
    assert asked(out) == [about]


def test_one_of_two_visits_that_moves_is_asked_about() -> None:
    draft = [
        {"sku": "svc-haircut", "quantity": "1", "window": {
            "start": "2026-11-24T14:00:00+08:00", "end": "2026-11-24T15:00:00+08:00"}},
        {"sku": "svc-foot", "quantity": "1", "window": {
            "start": "2026-11-26T09:00:00+08:00", "end": "2026-11-26T10:00:00+08:00"}},
    ]

    out = said("修脚那个别动理发的给我挪到礼拜四上午十点", "confirm", draft=draft)

    assert (out["intent"], out["window"]) == ("change", None)
    assert asked(out) == ["time"]
