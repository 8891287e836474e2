"""What a listener understands."""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from ivr import saying
from nlu import Window

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (3280, "三十二块八"),
        (3205, "三十二块零五分"),
        (255, "两块五毛五分"),
        (12900, "一百二十九块"),
        (100500, "一千零五块"),
        (1000, "十块"),
        (50, "五毛"),
        (5, "五分"),
        (0, "零分"),
    ],
)
def test_money_is_said_as_at_the_market(fen: int, words: str) -> None:
    assert saying.money_words(fen) == words


@pytest.mark.parametrize(
    ("quantity", "unit", "words"),
    [
        ("2", "斤", "两斤"),
        ("0.5", "斤", "半斤"),
        ("1.5", "斤", "一斤半"),
        ("0.2", "斤", "二两"),
        ("2.3", "斤", "两斤三两"),
        ("0.45", "斤", "四两半"),
        ("0.05", "斤", "半两"),
        ("12", "个", "十二个"),
        ("2", "桶", "两桶"),
    ],
)
def test_amounts_are_said_in_jin_and_liang(quantity: str, unit: str, words: str) -> None:
    assert saying.amount_words(Decimal(quantity), unit) == words


def window(start: tuple[int, int, int], end: tuple[int, int, int]) -> Window:
    """A window from (days ahead, hour, minute) to (days ahead, hour, minute)."""

    def moment(days: int, hour: int, minute: int) -> datetime:
        return datetime(2026, 11, 20, hour, minute, tzinfo=ZONE) + timedelta(days=days)

    return Window(moment(*start), moment(*end))


@pytest.mark.parametrize(
    ("wished", "words"),
    [
        (window((1, 8, 0), (1, 12, 0)), "明天上午"),
        (window((1, 8, 0), (1, 20, 0)), "明天"),
        (window((0, 9, 30), (0, 20, 0)), "今天"),
        (window((0, 9, 30), (0, 12, 0)), "今天上午"),
        (window((0, 9, 30), (0, 11, 30)), "今天上午十一点半之前"),
        (window((2, 15, 30), (2, 16, 30)), "后天下午三点半到四点半"),
        (window((4, 9, 0), (4, 10, 0)), "下星期二上午九点到十点"),
        (window((4, 11, 0), (4, 14, 0)), "下星期二上午十一点到下午两点"),
        (window((11, 9, 5), (11, 9, 50)), "十二月一号星期二上午九点零五分到九点五十"),
        (window((1, 8, 0), (2, 20, 0)), "明天到后天"),
    ],
)
def test_times_are_said_as_people_wish_them(wished: Window, words: str) -> None:
    assert saying.window_words(wished, NOW) == words
