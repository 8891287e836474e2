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
        ("我先看看啊冰箱里没鸡蛋了明天上午来修水管", ["svc-plumb"]),
        ("叫个会推拿的师傅明天上午来", ["svc-massage"]),
        ("抽油烟机的油直往锅里滴后天上午来人拆下来洗一洗", ["svc-hood"]),
        ("请个人帮我炒一桌礼拜天上午十点", ["svc-cook"]),
        ("找个人替我去营业厅把电费交上明天上午", ["svc-errand"]),
        ("前天修的水龙头又滴上了明天上午给我来重修一回", ["svc-plumb"]),
        ("下水道堵了明天上午来哦不对上午我去打针明天下午来", ["svc-toilet"]),
        ("厨房水管裂了明天早上来修顺带捎两袋盐", ["svc-plumb", "salt"]),
        ("空调不制冷了还滴水明天下午来修", ["svc-appliance"]),
        ("水龙头漏水空调也不冷明天上午来修", ["svc-plumb", "svc-appliance"]),
        ("热水器不热顺便把马桶通了明天上午", ["svc-appliance", "svc-toilet"]),
        ("礼拜五下午陪我去医院拿药", ["svc-escort"]),
        ("冰箱不冷了来看看咋回事礼拜天下午", ["svc-appliance"]),
        ("帮我去药房拿点降压药明天上午再捎两斤苹果", ["svc-medicine", "apple"]),
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
        ("明天午饭别送了我闺女来", "cancel_order"),
        ("我昨天约的擦玻璃怎么到现在没人来", "order_status"),
        ("约的三点现在都四点了", "order_status"),
        ("昨天来擦玻璃的擦得一道一道的还不如不擦", "complaint"),
        ("洗衣服的把我毛衣洗缩水了", "complaint"),
        ("你们这个灯泡用了三天就灭了", "complaint"),
        ("送的鱼是死的", "complaint"),
        ("你们送来那西瓜切开是娄的", "complaint"),
        ("刚才我老太婆打电话订的菜不要送了", "cancel_order"),
        ("今天有没有鲫鱼啊我先问问", "question"),
        ("鲫鱼还有没有啊没有我就不买了", "question"),
        ("我先问一声今朝排骨几钿", "question"),
        ("你们还能上门干些啥活", "question"),
        ("儿子给我买的那个意外险要是摔了赔不赔啊", "other"),
        ("喂是老张吧晚上过来打两圈麻将", "other"),
        ("还照上礼拜那单给我来一份", "reorder"),
        ("照上礼拜那单送不过苹果不要了", "reorder"),
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
        ("明儿我上闺女家大后天上午十点来剪头发", "2026-11-23T10:00"),
        ("孙子下礼拜带对象上门明天上午来给我剪个头发", "2026-11-21T08:00"),
        ("礼拜四早上八点想有个人跟着我去人民医院做胃镜", "2026-11-26T08:00"),
        ("冬至我懒得开火晚上六点给送两份晚饭来", "2026-12-22T18:00"),
        ("明天午饭一份十二点送", "2026-11-21T12:00"),
        ("明天排骨三斤上午十点送", "2026-11-21T10:00"),
        ("天热了明天上午送两个西瓜", "2026-11-21T08:00"),
    ],
)
def test_the_time_of_the_visit_is_the_one_wished_for(text: str, start: str) -> None:
    assert said(text)["window"]["start"].startswith(start)


def test_what_one_of_the_meals_is_like_leaves_their_number_alone() -> None:
    out = said("明天中午送两份饭来一份不要辣的")

    assert [(item["sku"], item["quantity"]) for item in out["items"]] == [("svc-meal-lunch", "2")]


def test_two_meals_at_two_times_each_have_their_own() -> None:
    out = said("晚饭一份今天六点送明天午饭两份十二点送")

    assert [(item["sku"], item["window"]["start"][:16]) for item in out["items"]] == [
        ("svc-meal-dinner", "2026-11-20T18:00"),
        ("svc-meal-lunch", "2026-11-21T12:00"),
    ]
