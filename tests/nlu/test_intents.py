"""What a call is about where no word names it: a grievance, an order on its way, a person."""

import pytest

from tests.nlu.utterances import asked, items, said

DRAFT = [{"sku": "rice-20", "quantity": "1"}]


@pytest.mark.parametrize(
    "text",
    [
        "你们那个送货的把我院子里的鸡笼踢翻了 鸡跑了一只",
        "昨天来修冰箱那个师傅收了我八十块 冰箱还是不冻",
        "我打了三回电话都没人理 你们到底还管不管我们老年人了",
        "你们这个人讲话好冲啊 我问一句他顶我三句",
        "同样的鸡蛋人家超市十块你们算我十五 这不是宰人嘛",
        "昨天那个师傅服务态度我实在受不了",
        "昨天说好送来的米 等到天黑也没来",
        "擦玻璃那个把我一盆兰花碰掉楼下去了",
        "给我送来的馒头都长毛了",
        "我反映了好几次了 也没个人给我回话",
        "师傅把我新买的龙头拧断了 还要我自己出钱",
        "说是八点来 十点才到 我早饭都没吃",
        "昨天送来的那箱牛奶有两盒胀包了",
        "那个修水管的走了以后没半天又漏上了",
        "小伙子把一袋面往楼下一放就走了我七十多了怎么搬得上五楼",
        "订的是二十斤的米给我送了十斤的",
        "一斤虾回来一称八两都不到",
        "昨天要的菜少了一样姜没给",
        "护士打针把我胳膊打青了一大块",
    ],
)
def test_a_grievance_needs_no_word_of_complaint(text: str) -> None:
    assert said(text)["intent"] == "complaint"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("我儿子昨天把碗打碎了", "other"),
        ("我年轻时候一天走三十里路 送两个儿子上学", "other"),
        ("给我妹妹打电话她不接 你给我送两斤土豆", "order"),
        ("老师傅把水管碰坏了 明天上午来个人修", "order"),
        ("你们管不管送上楼 送的话来一袋二十斤的大米", "order"),
    ],
)
def test_what_others_broke_or_did_not_answer_is_no_grievance(text: str, intent: str) -> None:
    assert said(text)["intent"] == intent


@pytest.mark.parametrize(
    "text",
    [
        "师傅说下午上门来洗油烟机 他动身了没有 到哪里了",
        "说好上午来通下水道的 人到哪里了",
        "给我送菜的那个小伙子是不是走错路了 到哪儿了",
        "昨天订的鸡蛋今天到得了不",
        "我前天订的那个油 咋一点消息都没有",
        "还要多久才能送到嘛 我都饿了",
    ],
)
def test_where_somebody_is_on_the_way_is_asked_of_an_order(text: str) -> None:
    assert said(text)["intent"] == "order_status"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("你让我跟人讲嘛 跟你这个对不清楚", "agent"),
        ("换个人来听 你这个我讲不通", "agent"),
        ("你们给送上楼要不要另外收钱啊", "question"),
        ("送上楼加钱不", "question"),
        ("你们晚上几点关门", "question"),
        ("没听真 再念一遍", "repeat"),
        ("没错就这样", "yes"),
    ],
)
def test_a_person_a_price_and_a_repetition_are_asked_for_in_other_words(
    text: str, intent: str
) -> None:
    assert said(text, "confirm", draft=DRAFT)["intent"] == intent


@pytest.mark.parametrize(
    "text", ["时间先不定死 过两天再说", "日子先别定死 等我问问女儿再说", "先不急着定时间 改天再讲"]
)
def test_a_time_left_open_is_asked_about(text: str) -> None:
    out = said(text, "confirm", draft=DRAFT)

    assert (out["intent"], asked(out)) == ("change", ["time"])


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("大儿子家两袋盐 小儿子家两袋 我自己留一袋 总共五袋盐", {"salt": "5"}),
        ("我要两瓶醋 给隔壁带两瓶 加起来四瓶", {"vinegar": "4"}),
        ("我要两瓶醋一瓶酱油 一共三瓶", {"vinegar": "2", "soy-sauce": "1"}),
        ("老头子说要三瓶醋 家里还有一瓶 两瓶就够了", {"vinegar": "2"}),
        ("再来一瓶生抽 不是老抽哦 老抽黑嘛嘛的", {"soy-sauce": "1"}),
        ("西红柿几块钱一斤 六块啊 太贵了 黄瓜呢 三块还行 黄瓜来两斤", {"cucumber": "2"}),
        ("要一个电灯泡 灯憋了 儿子会换", {"light-bulb": "1"}),
    ],
)
def test_totals_what_is_there_already_and_prices_are_no_more_goods(
    text: str, wished: dict[str, str]
) -> None:
    assert items(text) == wished
    assert said(text)["clarify"] == []


def test_the_price_of_one_is_a_question_and_a_wish_with_a_price_an_order() -> None:
    assert said("一斤排骨好多钱")["intent"] == "question"
    assert items("来一斤排骨 多少钱") == {"pork-rib": "1"}


def test_a_thing_fetched_in_words_that_were_put_right_to_others_is_asked_about() -> None:
    out = said("拿个灯泡来 楼道黑黢黢的看不见")

    assert asked(out) == ["quantity"]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("我不是要取消我是问明天那个擦窗子的师傅几点钟到", "order_status"),
        ("那个修冰箱的别叫他来了它自己又转起来了", "cancel_order"),
        ("红豆要三斤江米二斤去年那小伙子就给我送错了", "order"),
        ("灶头点不着煤气味倒是没有明天上午来个人修", "order"),
    ],
)
def test_what_is_asked_called_off_or_told_beside_a_list_is_known(text: str, intent: str) -> None:
    assert said(text)["intent"] == intent
