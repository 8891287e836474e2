"""What is wished and what is only told, and which amount is of which thing."""

import pytest

from tests.nlu.utterances import asked, items, said


def test_an_amount_of_an_unknown_thing_is_not_added_to_the_line_before() -> None:
    assert items("胰子两块再要一盒取灯儿") == {"soap": "2"}


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("上礼拜你们送的那两斤排骨炖了一大锅再给我来斤半", {"pork-rib": "1.5"}),
        ("小伙子我昨天订的是两袋面粉还想再要一袋", {"flour": "1"}),
        ("我儿子寄来一箱苹果吃不完给我来两斤香蕉", {"banana": "2"}),
        ("尿不湿我老伴一天得用四片给我送三包来", {"adult-diaper": "3"}),
        ("面粉家里有肉馅来二斤", {"pork-mince": "2"}),
        ("一颗白菜两毛钱那会儿给我送五棵大白菜", {"cabbage-napa": "15"}),
    ],
)
def test_what_is_told_of_is_not_ordered(text: str, wished: dict[str, str]) -> None:
    assert items(text) == wished
    assert asked(said(text)) == []


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("包子要五个肉的五个素的", {"baozi-pork": "5", "baozi-veg": "5"}),
        ("面条两斤要湿的", {"noodle-fresh": "2"}),
        ("五号电池一板七号的也要一板", {"battery-5": "1", "battery-7": "1"}),
        ("油来一桶花生的", {"peanut-oil": "1"}),
        ("我想要大米要那个二十斤一袋的来一袋", {"rice-20": "1"}),
    ],
)
def test_a_kind_stands_for_the_thing_named_before(text: str, wished: dict[str, str]) -> None:
    assert items(text) == wished


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("三黄鸡来一只不要老鸭再要鸡腿四个", {"chicken-whole": "1", "chicken-leg": "1.2"}),
        ("给我送点鲜面条四个人吃你看着给两斤吧", {"noodle-fresh": "2"}),
        ("半斤生姜嗯不是不是三两就够了", {"ginger": "0.3"}),
        ("土豆五斤哦太重了我搬不动就三斤吧", {"potato": "3"}),
        ("苹果五个 橙子五个 桔子要双数那就十个", {"apple": "2.5", "orange": "2", "mandarin": "2"}),
        ("洋白菜一个菜花一个西兰花就算了", {"cabbage": "2", "cauliflower": "1.2"}),
    ],
)
def test_the_last_word_finds_its_thing(text: str, wished: dict[str, str]) -> None:
    assert items(text) == wished


def test_marks_and_spaces_change_nothing_but_part_amounts_from_things() -> None:
    spaced = said("鸡蛋五块八啊那还行 来三斤，花生米也来一斤。")

    assert {item["sku"]: item["quantity"] for item in spaced["items"]} == {
        "egg": "3", "peanut": "1",
    }
    assert [item["heard"] for item in spaced["items"]][1].startswith("花生米")


def test_a_thing_said_with_its_amount_is_not_lost() -> None:
    assert asked(said("豆腐一块你们先把那两斤虾送来")) == ["quantity"]


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("盐醋酱油各一", {"salt": "1", "vinegar": "1", "soy-sauce": "1"}),
        ("牙膏牙刷各来二", {"toothpaste": "2", "toothbrush": "2"}),
        ("土豆三斤两斤西红柿", {"potato": "3", "tomato": "2"}),
        ("豆腐两块三根黄瓜", {"tofu": "2", "cucumber": "1.2"}),
        ("香蕉别太生称三斤", {"banana": "3"}),
        ("柠檬么三只冲水喝", {"lemon": "3"}),
        ("黄豆五块一斤对吧要三斤绿豆贵一点要一斤", {"soybean": "3", "mung-bean": "1"}),
        ("半边南瓜两个苕", {"pumpkin": "1.5", "sweet-potato": "1"}),
    ],
)
def test_every_amount_finds_the_thing_it_is_said_of(text: str, wished: dict[str, str]) -> None:
    assert items(text) == wished
    assert asked(said(text)) == []


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("黄瓜两斤茄子三斤啊不茄子两斤黄瓜三斤", {"cucumber": "3", "eggplant": "2"}),
        ("卫生纸两提抽纸一提哎反了卫生纸一提抽纸两提", {"toilet-paper": "1", "tissue": "2"}),
        ("一袋饺子分四顿吃你给来两袋饺子", {"dumpling": "2"}),
        ("土豆三斤楼上李奶奶也要两斤土豆", {"potato": "5"}),
    ],
)
def test_a_list_told_anew_is_no_addition(text: str, wished: dict[str, str]) -> None:
    assert items(text) == wished


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("楼上李奶奶家要三十个馒头我家要十个", {"steamed-bun": "40"}),
        ("她要两斤香菇我要一斤", {"mushroom": "3"}),
        ("我老头非让买两瓶二锅头我不听他的你给我送一袋盐", {"salt": "1"}),
        ("五斤小米够我吃半个月了土豆来三斤", {"potato": "3"}),
        ("包子十个六个肉的四个素的", {"baozi-pork": "6", "baozi-veg": "4"}),
        ("酱油两瓶一瓶生抽一瓶老抽", {"soy-sauce": "1", "soy-sauce-dark": "1"}),
    ],
)
def test_who_wants_how_many_is_told_apart(text: str, wished: dict[str, str]) -> None:
    assert items(text) == wished
    assert asked(said(text)) == []


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("草莓来一盒没有就来两斤葡萄", {"strawberry": "1"}),
        ("要是有新鲜虾给我来一斤没有虾就换成鲈鱼一条", {"shrimp": "1"}),
        ("五花肉来二斤没有五花肉就瘦肉二斤再要一把挂面", {"pork-belly": "2", "noodle": "1"}),
        ("家里没有就给我来一袋盐", {"salt": "1"}),
    ],
)
def test_what_is_wished_in_place_of_what_is_held_does_not_come_too(
    text: str, wished: dict[str, str]
) -> None:
    assert items(text) == wished
    assert asked(said(text)) == []


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("血糖高不能吃糖给我来两袋燕麦别给我拿带糖的", {"oat": "2"}),
        ("大夫说少吃肉芹菜菠菜各来一斤", {"celery": "1", "spinach": "1"}),
        ("我上次要了三包尿不湿只送来两包这次给我送四包", {"adult-diaper": "4"}),
        ("来条大的草鱼", {"grass-carp": "1"}),
        ("一是鸡蛋二斤二是豆腐一块三是黄瓜三根", {"egg": "2", "tofu": "1", "cucumber": "1.2"}),
    ],
)
def test_what_is_said_about_the_things_leaves_their_amounts_alone(
    text: str, wished: dict[str, str]
) -> None:
    assert items(text) == wished
    assert asked(said(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "听说明天要降温给我来三包暖宝宝",
        "我腊八那天不在家小米来二斤",
        "我就吃两顿晚上一碗粥小米来二斤",
        "这几天牙疼香蕉来三斤",
        "介天儿干得慌给我来五斤鸭梨",
    ],
)
def test_a_time_of_which_something_is_told_is_no_wish(text: str) -> None:
    assert said(text)["window"] is None
    assert asked(said(text)) == []


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("来五斤土豆三斤洋葱土豆少来点两斤就行", {"potato": "2", "onion": "3"}),
        ("苹果五斤香蕉两斤苹果五斤太多拿三斤", {"apple": "3", "banana": "2"}),
        ("黄瓜二斤青椒不要茄子要二斤", {"cucumber": "2", "eggplant": "2"}),
        ("木耳一袋香菇半斤香菇再加半斤木耳不加", {"wood-ear": "1", "mushroom": "1"}),
        ("馄饨两袋不馄饨家里还有饺子两袋", {"dumpling": "2"}),
        ("二锅头四瓶我闺女在旁边瞪我呢两瓶两瓶", {"baijiu": "2"}),
        ("来三支牙刷一支大人的两支小孩的", {"toothbrush": "3"}),
        ("我孙子偷喝我半瓶白酒让我骂了一顿白酒来一瓶", {"baijiu": "1"}),
        ("闺女给我买的那三袋洗衣粉都结块了洗衣粉来一袋", {"detergent-powder": "1"}),
    ],
)
def test_a_correction_reaches_over_the_clauses_between(text: str, wished: dict[str, str]) -> None:
    assert items(text) == wished
    assert asked(said(text)) == []


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("盐还剩一袋了再来两袋", {"salt": "2"}),
        ("人家送的茶叶喝完了茉莉花茶一罐", {"tea-jasmine": "1"}),
        ("我昨天打电话订的五斤土豆改成三斤", {"potato": "3"}),
        ("就两样一个是鸡蛋三斤一个是挂面两把", {"egg": "3", "noodle": "2"}),
        ("送到五号楼三单元二零一两袋盐", {"salt": "2"}),
        ("上一袋米有虫给我送两袋面粉", {"flour": "2"}),
        ("再来上一袋面粉", {"flour": "1"}),
        ("鸡腿要八个一家四口一人两个刚刚好", {"chicken-leg": "2.4"}),
        ("老哥儿几个要聚聚羊肉三斤", {"lamb": "3"}),
        ("老伴要吃地三鲜茄子土豆各二斤", {"eggplant": "2", "potato": "2"}),
        ("电视上讲排骨二十八块一斤那给我来三斤", {"pork-rib": "3"}),
        ("核桃二斤看亲家去总不能空着手", {"walnut": "2"}),
        ("面条一把够了不用两把", {"noodle": "1"}),
        ("二斤瘦肉一半切丝一半剁馅", {"pork-lean": "2"}),
        ("土豆三斤一斤给我姐", {"potato": "3"}),
        ("来两包红枣吧一包自己吃一包送人", {"jujube": "2"}),
        ("不要三斤要五斤的土豆", {"potato": "5"}),
        ("五花肉就砍一斤半咯老抽一瓶", {"pork-belly": "1.5", "soy-sauce-dark": "1"}),
    ],
)
def test_what_stands_beside_a_story_is_still_wished(text: str, wished: dict[str, str]) -> None:
    assert items(text) == wished
    assert asked(said(text)) == []
