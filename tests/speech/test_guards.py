"""What Whisper writes that nobody said is taken out, and what somebody said is left."""

import pytest

from ivr.speech.guards import believable, in_voice, too_fast, without_invented, without_loops
from ivr.speech.hints import Hints
from ivr.speech.recogniser import Passage
from ivr.speech.transcriber import Word

TALKING = ((0.0, 10.0),)


def words(text: str, start: float = 0.0, each: float = 0.25) -> tuple[Word, ...]:
    return tuple(
        Word(character, start + each * place, start + each * (place + 1), 0.9)
        for place, character in enumerate(text)
    )


def text(kept: tuple[Word, ...]) -> str:
    return "".join(word.text for word in kept)


@pytest.mark.parametrize(
    "invented",
    [
        "请不吝点赞 订阅 转发 打赏支持明镜与点点栏目",
        "字幕由Amara.org社区提供",
        "中文字幕志愿者 李宗盛",
        "优优独播剧场——YoYo Television Series Exclusive",
        "谢谢大家观看",
        "感谢您的收看",
        "欢迎订阅我的频道",
        "作曲:李宗盛",
        "我们下期再见",
        "未完待续",
        "MING PAO CANADA",
    ],
)
def test_a_subtitles_farewell_is_not_a_callers(invented: str) -> None:
    assert text(without_invented(words("两斤鸡蛋" + invented))).strip() == "两斤鸡蛋"


@pytest.mark.parametrize(
    "said",
    ["谢谢啊", "感谢你们", "字写得大一点", "看电视剧呢", "订两箱牛奶", "再见", "点点头", "有人吗"],
)
def test_what_callers_do_say_is_left_alone(said: str) -> None:
    assert text(without_invented(words(said))) == said


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("救命救命救命救命救命", "救命救命"),
        ("我要要要要要鸡蛋", "我要要鸡蛋"),
        ("一斤鸡蛋一斤鸡蛋一斤鸡蛋一斤鸡蛋", "一斤鸡蛋一斤鸡蛋"),
        ("好好好", "好好好"),
        ("电话八八八八六六六六", "电话八八八八六六六六"),
        ("门牌8888", "门牌8888"),
    ],
)
def test_a_loop_is_written_twice_and_numbers_stand(written: str, left: str) -> None:
    assert text(without_loops(words(written))) == left


def test_words_where_nobody_spoke_are_dropped() -> None:
    written = words("两斤鸡蛋", start=1.0) + words("好的", start=7.0)

    assert text(in_voice(written, ((0.8, 2.1),))) == "两斤鸡蛋"


def test_more_than_anybody_can_say_in_the_time_is_too_fast() -> None:
    assert too_fast(words("一二三四五六七八九十一二三四五", each=0.05), ((0.0, 1.0),))
    assert not too_fast(words("一二三四五六七八"), ((0.0, 1.0),))


def test_the_hint_read_back_is_not_speech() -> None:
    told = Hints(prompt="喂，你好，我要鸡蛋，花生油，洋芋。")
    echo = Passage(words("鸡蛋，花生油，洋芋"), -0.2, 0.1)
    order = Passage(words("鸡蛋两斤花生油一桶"), -0.2, 0.1)

    assert believable(echo, TALKING, told) == ()
    assert text(believable(order, TALKING, told)) == "鸡蛋两斤花生油一桶"


def test_an_unlikely_text_over_what_the_model_calls_silence_is_dropped() -> None:
    assert believable(Passage(words("好的"), -1.5, 0.9), TALKING, Hints()) == ()
    assert believable(Passage(words("好的"), -0.3, 0.9), TALKING, Hints())
    assert believable(Passage(words("好的"), -1.5, 0.1), TALKING, Hints())
