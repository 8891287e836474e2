"""Services told by what is wrong or wanted, and the times of a visit or a delivery."""

from typing import Any

import pytest

from tests.nlu.utterances import asked, said, table


def time_of(found: dict[str, Any]) -> str:
    if asked(found):
        return "/".join(asked(found)).replace("time", "ask")
    if found["window"] is None:
        return "-"
    start, end = (found["window"][side][5:16].replace("T", " ") for side in ("start", "end"))
    return f"{start} to {end}"


@pytest.mark.parametrize(("sku", "utterances"), table("services_called"))
def test_a_service_is_known_by_what_is_wrong_or_wanted(sku: str, utterances: str) -> None:
    understood = {text: said(text) for text in utterances.split()}

    assert {
        text
        for text, found in understood.items()
        if [item["sku"] for item in found["items"]] != [sku]
        or asked(found) != ([] if found["window"] else ["time"])
    } == set()


@pytest.mark.parametrize(("time", "wish", "utterances"), table("visit_times"))
def test_the_time_of_a_visit_is_known_however_it_is_said(
    time: str, wish: str, utterances: str
) -> None:
    understood = {text: said(text) for text in utterances.split()}

    assert {
        text
        for text, found in understood.items()
        if [f"{item['sku']} {item['quantity']}" for item in found["items"]] != [wish]
        or time_of(found) != time
    } == set()


NAMED = """
剃头 推头 修脚 捏腿 拔罐 打针 拆线 康复 练走路 陪诊 挂号 配药 聊天 说说话 交电费
取快递 推轮椅 教微信 保洁 大扫除 擦玻璃 抹窗 洗油烟机 干洗
做饭 烧饭 修水管 通马桶 换灯管 修电视 换锁 修煤气灶 搓澡 助浴
"""


@pytest.mark.parametrize("lead", ["明天上午", "礼拜天下午两点", "约个明天上午"])
def test_a_time_right_before_a_service_is_its_time(lead: str) -> None:
    understood = {name: said(lead + name) for name in NAMED.split()}

    assert {
        name
        for name, found in understood.items()
        if len(found["items"]) != 1 or not found["window"] or asked(found)
    } == set()


def wishes_of(found: dict[str, Any]) -> str:
    """svc-plumb*1@11-21T08:00 svc-clean*1@11-22T13:00, and what must be asked."""
    if found["intent"] != "order":
        return str(found["intent"])
    wishes = []
    for item in found["items"]:
        window = item.get("window") or found["window"]
        at = f"@{window['start'][5:16]}" if window else ""
        wishes.append(f"{item['sku']}*{item['quantity']}{at}")
    return " ".join([*sorted(wishes), *asked(found)])


@pytest.mark.parametrize(("wishes", "utterances"), table("visits_apart"))
def test_whose_time_is_whose_and_which_is_refused_or_told(wishes: str, utterances: str) -> None:
    understood = {text: wishes_of(said(text)) for text in utterances.split()}

    assert {text for text, found in understood.items() if found != wishes} == set()


@pytest.mark.parametrize(("wishes", "utterances"), table("grieved"))
def test_what_was_amiss_the_last_time_rides_along(wishes: str, utterances: str) -> None:
    understood = {text: said(text) for text in utterances.split()}

    assert {
        text
        for text, found in understood.items()
        if wishes_of(found) != wishes or found["also"] != ["complaint"]
    } == set()
