"""Days and times that point back to what was said before, and options that are singled out."""

import pytest

from tests.nlu.utterances import asked, said

RICE = {
    "id": "q1", "about": "product", "heard": "大米", "options": ["rice-10", "rice-20"],
    "quantity": "1", "unit": "袋",
}


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("正月初六我闺女女婿都来呢那天上午送一条草鱼", "2027-02-11T08:00"),
        ("大后天我过生日前一天下午送一条鲈鱼", "2026-11-22T13:00"),
        ("下周三孙子结婚提前一天送三箱啤酒", "2026-11-24T08:00"),
        ("半个钟头以后我就到家了那会儿把两箱啤酒送来", "2026-11-20T10:00"),
        ("下礼拜一上午十点我去复查派个人陪我去医院", "2026-11-23T10:00"),
    ],
)
def test_a_time_that_points_back_falls_on_the_day_said_before(text: str, start: str) -> None:
    window = said(text)["window"]

    assert window["start"][:16] == start


@pytest.mark.parametrize("text", ["后天是老头子忌日给我送两瓶白酒", "孙子明天要考试来一只三黄鸡"])
def test_a_day_that_is_only_told_of_is_no_time_of_delivery(text: str) -> None:
    assert said(text)["window"] is None


@pytest.mark.parametrize(
    ("text", "sku"),
    [
        ("头一个", "rice-10"), ("后头那个", "rice-20"), ("贵的那种", "rice-20"),
        ("大的太沉了小的吧", "rice-10"), ("不要小的", "rice-20"), ("二十斤的吧", "rice-20"),
    ],
)
def test_the_option_that_is_not_refused_is_taken(text: str, sku: str) -> None:
    items = said(text, "answer", question=RICE)["items"]

    assert [(item["sku"], item["quantity"]) for item in items] == [(sku, "1")]


def test_what_was_mended_is_not_asked_for_and_a_trouble_of_yesterday_is() -> None:
    mended = said("灯我儿子修好了送一个灯泡备着")
    still = said("昨天水管就开始滴答你们明天上午来人")

    assert [item["sku"] for item in mended["items"]] == ["light-bulb"]
    assert [item["sku"] for item in still["items"]] == ["svc-plumb"]


def test_a_service_that_is_not_held_is_asked_about() -> None:
    out = said("家里闹蟑螂明天来人灭一灭")

    assert asked(out) == ["product"]
