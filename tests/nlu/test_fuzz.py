"""Whatever is heard, the parser answers: plausibly, the same each time, and soon."""

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu import Heard, parse
from nlu.amounts.measures import MOST_UNITS
from nlu.contract import DraftLine, moment
from tests.nlu.utterances import NOW, rows, vocabulary

_WORDS = (
    "三斤 半 两 一箱 鸡蛋 花生油 大米 不要了 换成 再来 明天上午 修水管 各 不是 是 马桶堵了 一千 斤 "
    "把 个 点 "
    "家里还有 上回 给我 嗯 油 海参 对 都不要 俩 打 公斤"
)
SPEECH = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(_WORDS.split(" ")), max_size=14).map("".join),
)
DIALOGUES = st.sampled_from(["request", "confirm", "rating", "answer"])
DRAFT = (DraftLine("egg", Decimal(2)),)


@settings(max_examples=250)
@given(text=SPEECH, dialogue=DIALOGUES)
def test_anything_said_is_answered_plausibly_and_the_same_again(text: str, dialogue: str) -> None:
    heard = Heard(text, moment(NOW), dialogue, DRAFT)  # type: ignore[arg-type]

    first, second = parse(heard, vocabulary()), parse(heard, vocabulary())

    assert first == second
    for item in first.items:
        assert 0 < item.quantity <= MOST_UNITS
        assert text[item.span[0] : item.span[1]] == item.heard
    for edit in first.edits:
        assert edit.quantity is None or edit.quantity > 0


def test_five_thousand_characters_take_less_than_a_second() -> None:
    said = [row["text"] for name in ("goods_south", "goods_north") for row in rows(name)]
    long = "".join(said)[:5000]
    vocabulary().repairer.repair("热身")

    spent = []
    for _ in range(3):  # of processor time, and the quickest of three: the machine has other work
        began = time.process_time()
        parse(Heard(long, moment(NOW)), vocabulary())
        spent.append(time.process_time() - began)

    assert len(long) == 5000
    assert min(spent) < 1.0


@pytest.mark.parametrize("dialogue", ["request", "confirm"])
@pytest.mark.parametrize("said", ["嗯" * 30, "鸡蛋" + "啊" * 30, "鸡蛋" + "给" * 30])
def test_one_word_said_over_and_over_is_heard_as_soon(said: str, dialogue: str) -> None:
    heard = Heard(said + "囗", moment(NOW), dialogue, DRAFT)  # type: ignore[arg-type]
    vocabulary().repairer.repair("热身")

    began = time.process_time()
    parse(heard, vocabulary())

    assert time.process_time() - began < 1.0
