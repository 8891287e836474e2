"""The told story, as `make demo ARGS=--exit` runs it: real processes, real audio, real Whisper."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from voiceapp.demo import zone_where_it_is_morning
from voiceapp.demo.callers import CALLERS, TEN_JIN, Want
from voiceapp.demo.correcting import Corrector, items
from voiceapp.embedded import free_port

EGGS = Want("鸡蛋", "两斤", Decimal(2), "斤")
OIL = Want("花生油", "一桶", Decimal(1), "桶")
PIPES = Want("水管维修", "一次", Decimal(1), "次", when="明天上午", said="修水管")


def told(folder: Path, caller: int) -> "subprocess.CompletedProcess[str]":
    """The whole story of one caller."""
    words = ["demo", "--exit", "--caller", str(caller), "--port", str(free_port())]
    return subprocess.run(
        [sys.executable, "-m", "voiceapp", *words],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=420,
        check=False,
    )


def test_the_default_caller_ends_with_a_rated_order_that_is_what_she_wanted(
    tmp_path: Path,
) -> None:
    story = told(tmp_path, 4)

    assert story.returncode == 0, story.stdout + story.stderr
    assert "delivered and rated (2 of 2 visits)" in story.stdout
    assert "Whisper wrote" in story.stdout


def test_the_caller_in_danger_is_connected_with_a_person(tmp_path: Path) -> None:
    story = told(tmp_path, 6)

    assert story.returncode == 0, story.stdout + story.stderr
    assert "connected to a person and ruled on" in story.stdout


@pytest.mark.parametrize("hour", range(24))
def test_the_story_is_set_where_it_is_morning(hour: int) -> None:
    moment = datetime(2026, 11, 22, hour, 30, tzinfo=UTC)

    assert moment.astimezone(ZoneInfo(zone_where_it_is_morning(moment))).hour == 10


def test_there_are_the_six_callers_and_one_of_them_is_in_danger() -> None:
    assert sorted(CALLERS) == [1, 2, 3, 4, 5, 6]
    assert [number for number, (_, wants) in CALLERS.items() if not wants] == [6]


def test_what_is_read_back_is_told_apart_by_its_times() -> None:
    read = "跟您核对一下。今天，两斤鸡蛋，一桶花生油。明天上午，水管维修。一共两百块六。对吗？"

    assert items(read) == [("两斤鸡蛋", "今天"), ("一桶花生油", "今天"), ("水管维修", "明天上午")]


@pytest.mark.parametrize(
    ("read", "change"),
    [
        ("两斤鸡蛋，一桶花生油。", None),
        ("两斤鸡蛋，一桶花生油，九包卫生纸。", "不要卫生纸了"),
        ("两斤鸡蛋。", "再加一桶花生油"),
        ("三斤鸡蛋，一桶花生油。", "鸡蛋改成两斤"),
    ],
)
def test_a_caller_says_the_first_thing_that_is_wrong(read: str, change: str | None) -> None:
    assert Corrector((EGGS, OIL)).change(f"跟您核对一下。{read}一共五块。") == change


def test_a_caller_minds_the_time() -> None:
    assert Corrector((PIPES,)).change("今天，水管维修。") == "修水管改到明天上午"
    assert Corrector((PIPES,)).change("明天上午，水管维修。") is None


def test_a_change_that_was_not_understood_is_said_another_way() -> None:
    caller = Corrector((EGGS,))

    assert caller.change("三斤鸡蛋。") != caller.change("三斤鸡蛋。")


def test_a_caller_chooses_what_she_wants_or_nothing() -> None:
    rice = Want("大米", "一袋", Decimal(1), "袋", choice=TEN_JIN)
    caller = Corrector((rice,))

    assert caller.choose("要哪一种？二十斤的大米请按一，十斤的大米请按二。") == "2"
    assert caller.choose("要哪一种？毛巾请按一，面粉请按二。") == ""
