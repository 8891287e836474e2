"""One amount for a whole list, totals, halves, and amounts put right later in the sentence."""

import pytest

from tests.nlu.utterances import asked, items, said

DRAFT = [{"sku": "tomato", "quantity": "2"}, {"sku": "cucumber", "quantity": "4"}]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("萝卜白菜土豆一共三样每样三斤", {"radish": "3", "cabbage-napa": "3", "potato": "3"}),
        ("各来两斤黄瓜茄子青椒", {"cucumber": "2", "eggplant": "2", "green-pepper": "2"}),
        ("排骨三斤吃不完吧一半就够了", {"pork-rib": "1.5"}),
        ("鸡蛋十个哎呀还是凑二十个吧", {"egg": "2"}),
        ("五号电池两板七号一板", {"battery-5": "2", "battery-7": "1"}),
        ("来一打啤酒", {"beer": "1"}),
        ("抽纸一提三包的", {"tissue": "1"}),
        ("土豆三斤萝卜两斤土豆多了来两斤就行", {"potato": "2", "radish": "2"}),
        ("来一条鲈鱼算了鲈鱼贵来两条鲫鱼", {"crucian-carp": "2"}),
        ("鲈鱼两条太贵了干脆换成鲫鱼算了", {"crucian-carp": "2"}),
        ("菜油两桶等哈两桶我搬不动就一桶嘛", {"rapeseed-oil": "1"}),
        ("番茄两斤哦勿对番茄三斤", {"tomato": "3"}),
        ("酱油来两瓶不是炒菜的生抽是上色那个老抽", {"soy-sauce-dark": "2"}),
        ("鸡蛋拿三十个不要整板的", {"egg": "3"}),
        ("包子来五个不要肉的", {"baozi-veg": "5"}),
        ("五个馒头三个菜包子哦菜包子五个馒头三个", {"steamed-bun": "3", "baozi-veg": "5"}),
        ("我妹妹讲她要五斤花生米我只买一斤花生米", {"peanut": "1"}),
        ("我妈那会儿一斤面能蒸八个馒头给我来五斤面粉", {"flour": "1"}),
        ("鸡腿二十个孩子们都回来啃", {"chicken-leg": "6"}),
        ("女儿说要给我买面包我说不要就要两斤挂面", {"noodle": "1"}),
    ],
)
def test_the_amount_settled_upon_is_ordered(text: str, expected: dict[str, str]) -> None:
    assert items(text) == expected
    assert not said(text)["clarify"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("两样都改成三斤", {"tomato": "3", "cucumber": "3"}),
        ("西红柿黄瓜都改三斤", {"tomato": "3", "cucumber": "3"}),
        ("黄瓜减一半", {"cucumber": "2"}),
    ],
)
def test_what_was_read_out_is_changed_all_alike_or_by_half(
    text: str, expected: dict[str, str]
) -> None:
    edits = said(text, "confirm", draft=DRAFT)["edits"]

    assert {edit["sku"]: edit["quantity"] for edit in edits} == expected
    assert {edit["op"] for edit in edits} == {"set"}


@pytest.mark.parametrize("text", ["对的对的快点送", "没错赶紧送来吧"])
def test_a_yes_in_a_hurry_is_a_yes(text: str) -> None:
    assert said(text, "confirm", draft=DRAFT)["intent"] == "yes"


def test_a_service_read_out_is_dropped_though_another_is_named_after_it() -> None:
    draft = [{"sku": "svc-clean", "quantity": "1"}, {"sku": "svc-window", "quantity": "1"}]

    out = said("擦玻璃那个不要了就打扫卫生", "confirm", draft=draft)

    assert [(edit["op"], edit["sku"]) for edit in out["edits"]] == [("remove", "svc-window")]


def test_one_service_at_two_times_is_asked_about() -> None:
    out = said("明天上午擦玻璃后天上午再来擦一次")

    assert asked(out) == ["time"]
