"""The contract's rules, each with cases of its own."""

import pytest

from tests.nlu.utterances import asked, items, said

DRAFT = [{"sku": "egg", "quantity": "2"}, {"sku": "peanut-oil", "quantity": "1"}]


def edits(text: str, draft: list[dict[str, str]] | None = None) -> list[tuple[str, ...]]:
    out = said(text, "confirm", draft=draft or DRAFT)
    return [tuple(edit.values()) for edit in out["edits"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("来斤半羊肉", {"lamb": "1.5"}),
        ("俩茄子", {"eggplant": "1"}),
        ("一对猪蹄", {"pig-trotter": "2"}),
        ("半个冬瓜", {"winter-melon": "2.5"}),
        ("两公斤土豆", {"potato": "4"}),
        ("二十斤面粉", {"flour": "4"}),
        ("红豆绿豆各一斤", {"red-bean": "1", "mung-bean": "1"}),
        ("六包泡面", {}),
        ("来瓶醋", {"vinegar": "1"}),
        ("两个牙膏", {"toothpaste": "2"}),
    ],
)
def test_an_amount_becomes_a_quantity_in_the_sale_unit(text: str, expected: dict[str, str]) -> None:
    assert items(text) == expected


@pytest.mark.parametrize(
    "text",
    ["几个土豆", "来两三条黄瓜", "三五斤苹果", "斤把排骨", "十来个馒头", "买点葱",
     "一千斤白菜", "半桶花生油",
     "三斤挂面", "一把葱"],
)
def test_what_nobody_could_weigh_out_is_asked_about_once(text: str) -> None:
    assert asked(said(text)) == ["quantity"]


@pytest.mark.parametrize(
    "text", ["来两斤海参", "一瓶苹果醋", "给我送桶油", "要五斤水果",
                 "一张葱油饼", "我要蔬菜", "一袋大米"]
)
def test_what_is_not_held_or_names_a_shelf_is_a_question_about_the_product(text: str) -> None:
    assert asked(said(text)) == ["product"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("两斤鸡蛋不对三斤", {"egg": "3"}),
        ("一斤香蕉一斤梨香蕉不要了", {"pear": "1"}),
        ("来桶花生油换成菜籽油", {"rapeseed-oil": "1"}),
        ("鸡蛋两斤再加一斤鸡蛋", {"egg": "3"}),
        ("馒头八个嗯馒头八个", {"steamed-bun": "8"}),
        ("排骨两斤哎排骨三斤", {"pork-rib": "3"}),
    ],
)
def test_the_last_word_wins(text: str, expected: dict[str, str]) -> None:
    assert items(text) == expected


def test_two_wishes_at_two_times_carry_a_window_each() -> None:
    out = said("今天中午送一份午饭明天上午来个人打扫卫生")

    starts = [item["window"]["start"] for item in out["items"]]
    assert out["window"] is None
    assert starts == ["2026-11-20T11:00:00+08:00", "2026-11-21T08:00:00+08:00"]


def test_a_service_without_a_time_stays_and_asks() -> None:
    out = said("马桶堵了")

    assert [item["sku"] for item in out["items"]] == ["svc-toilet"]
    assert asked(out) == ["time"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("鸡蛋改成三斤", [("set", "egg", "3")]),
        ("油不要了", [("remove", "peanut-oil")]),
        ("鸡蛋少来一斤", [("set", "egg", "1")]),
        ("再来两斤土豆", [("add", "potato", "2")]),
        ("不是花生油是菜籽油", [("remove", "peanut-oil"), ("add", "rapeseed-oil", "1")]),
        ("就留鸡蛋其他的不要了", [("remove", "peanut-oil")]),
    ],
)
def test_a_change_at_the_read_back_is_an_edit(text: str, expected: list[tuple[str, ...]]) -> None:
    assert sorted(edits(text)) == sorted(expected)


def test_all_of_it_off_is_a_no_to_everything() -> None:
    out = said("都不要了", "confirm", draft=DRAFT)

    assert (out["intent"], out["everything"]) == ("no", True)


def test_a_mere_not_right_is_a_no_to_nothing_in_particular() -> None:
    out = said("不对", "confirm", draft=DRAFT)

    assert (out["intent"], out["everything"]) == ("no", False)


def test_an_answer_keeps_the_amount_that_was_said_before() -> None:
    question = {
        "id": "q1", "about": "product", "heard": "两袋大米", "options": ["rice-10", "rice-20"],
        "quantity": "2", "unit": "袋",
    }

    out = said("二十斤的那种", "answer", question=question)

    assert out["intent"] == "answer"
    assert [(item["sku"], item["quantity"]) for item in out["items"]] == [("rice-20", "2")]


def test_an_item_says_what_was_heard_and_how_it_was_found() -> None:
    item = said("要两斤几蛋")["items"][0]

    assert item["heard"] == "两斤几蛋"
    assert item["evidence"]["how"] == "sound"


def test_the_callers_own_words_and_history_are_used() -> None:
    from nlu import Heard, Vocabulary, load_catalogue, parse
    from nlu.contract import moment
    from tests.nlu.utterances import CATALOGUE, NOW

    mine = Vocabulary(load_catalogue(CATALOGUE), [("大胖米", "rice-20")], ["rice-10"])

    named = parse(Heard("来一袋大胖米", moment(NOW)), mine)
    usual = parse(Heard("来一袋大米", moment(NOW)), mine)

    assert [item.sku for item in named.items] == ["rice-20"]
    assert [(item.sku, item.evidence.how) for item in usual.items] == [("rice-10", "history")]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("我就等到礼拜三晚上送三斤鸡蛋", "2026-11-25T18:00:00+08:00"),
        ("下下个礼拜二来个人修水管", "2026-12-01T08:00:00+08:00"),
        ("礼拜天上午我女儿在家再送三斤鸡蛋", "2026-11-22T08:00:00+08:00"),
        ("后天家里来客请个师傅上午十点来家里做饭", "2026-11-22T10:00:00+08:00"),
        ("明天九点之前送三斤鸡蛋来活动是十点开始", "2026-11-21T08:00:00+08:00"),
    ],
)
def test_a_time_is_wished_for_however_the_wish_is_put(text: str, start: str) -> None:
    assert (said(text)["window"] or {}).get("start") == start
