"""Services called for, called off, praised and complained of."""

import pytest

from tests.nlu.utterances import said


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("打扫屋子和擦玻璃一块儿后天上午", ["svc-clean", "svc-window"]),
        ("理个发再修个脚礼拜二下午", ["svc-haircut", "svc-foot"]),
        ("明天上午通马桶顺便把灯也修了", ["svc-toilet", "svc-electric"]),
        ("大夫说隔一天换一回药先来一趟明天上午", ["svc-nurse"]),
        ("礼拜五上午要到人民医院看骨科想寻个人陪陪我", ["svc-escort"]),
        ("家里闷得慌明天下午找个人来坐坐说说话", ["svc-companion"]),
        ("明天中午来个人给烧四个菜", ["svc-cook"]),
        ("灶台都黑了后天来个人收拾", ["svc-clean"]),
    ],
)
def test_every_service_that_is_called_for_is_there(text: str, wished: list[str]) -> None:
    out = said(text)

    assert [item["sku"] for item in out["items"]] == wished
    assert out["clarify"] == []


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("明天的打扫先不做了我上闺女家", "cancel_order"),
        ("那个修水管的我不要了", "cancel_order"),
        ("我儿子把灯修好了你们不用来了", "cancel_order"),
        ("我昨天约的擦玻璃怎么到现在没人来", "order_status"),
        ("约的三点现在都四点了", "order_status"),
        ("昨天来擦玻璃的擦得一道一道的还不如不擦", "complaint"),
        ("洗衣服的把我毛衣洗缩水了", "complaint"),
        ("你们这个灯泡用了三天就灭了", "complaint"),
        ("送的鱼是死的", "complaint"),
        ("擦玻璃是按块算还是按次算", "question"),
        ("用医保卡付钱行吗", "question"),
        ("草莓上市了没", "question"),
        ("我的退休金怎么还没到账", "other"),
        ("小区停水要停到几点啊我等着做饭呢", "other"),
        ("上回那个阿姨擦得真干净替我谢谢她", "other"),
        ("跟上个月一样的东西再送一套来", "reorder"),
        ("让你们经理给我回个电话", "agent"),
    ],
)
def test_what_is_no_call_is_known_for_what_it_is(text: str, intent: str) -> None:
    assert said(text)["intent"] == intent


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("冬至头一天来理个发", "2026-12-21T08:00"),
        ("后天天一亮就来接我去医院陪诊", "2026-11-22T06:00"),
        ("给我记一下下礼拜天来洗个澡", "2026-11-29T08:00"),
        ("明天八点我闺女来九点你们来擦玻璃", "2026-11-21T09:00"),
        ("明天上午不行我要去透析下午三点以后来修灯", "2026-11-21T15:00"),
        ("明天上午或者后天上午来打扫", "2026-11-21T08:00"),
        ("下礼拜哪天都行来洗油烟机", "2026-11-23T08:00"),
    ],
)
def test_the_time_of_the_visit_is_the_one_wished_for(text: str, start: str) -> None:
    assert said(text)["window"]["start"].startswith(start)
