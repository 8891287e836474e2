"""Times of a delivery or a visit: rule 5 of the contract, clause by clause."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.times.finding import find_times, on_day, window

ZONE = timezone(timedelta(hours=8))
FRIDAY = datetime(2026, 11, 20, 9, 30, tzinfo=ZONE)
SPOKEN = st.text(
    "零一二两三四五六七八九十半几点钟分刻时周星期礼拜日天末号月年季上中下午早晚夜明后前昨今大初正腊去过再"
    "以之内到至-:0123456789马现在改赶这本个小国庆元旦清的，送 ", max_size=20,
)


def said(text: str, now: datetime = FRIDAY) -> str | None:
    """The window as `day hour → day hour`, the days as month and day."""
    found = window(text, now)
    return f"{found.start:%m-%d %H:%M} → {found.end:%m-%d %H:%M}" if found else None


@pytest.mark.parametrize(("text", "hours"), [
    ("早上", "06:00 → 11-21 09:00"), ("上午", "08:00 → 11-21 12:00"),
    ("中午", "11:00 → 11-21 13:00"), ("下午", "13:00 → 11-21 18:00"),
    ("傍晚", "17:00 → 11-21 19:00"), ("晚上", "18:00 → 11-21 21:00"),
    ("头晌", "08:00 → 11-21 12:00"), ("晌午", "11:00 → 11-21 13:00"),
    ("后半晌", "13:00 → 11-21 18:00"), ("下昼", "13:00 → 11-21 18:00"),
    ("挨黑", "17:00 → 11-21 19:00"), ("黑了", "18:00 → 11-21 21:00"),
    ("早", "06:00 → 11-21 09:00"), ("晚", "18:00 → 11-21 21:00"),
])
def test_parts_of_the_day_have_the_hours_of_the_contract(text: str, hours: str) -> None:
    assert said("明天" + text) == "11-21 " + hours


@pytest.mark.parametrize(("text", "day"), [
    ("今天", "11-20"), ("明儿个", "11-21"), ("后儿", "11-22"), ("大后天", "11-23"),
    ("听日", "11-21"),
    ("明朝", "11-21"), ("星期天", "11-22"), ("礼拜三", "11-25"), ("周五", "11-20"),
    ("下周二", "11-24"), ("下礼拜五", "11-27"), ("下下周一", "11-30"), ("二十八号", "11-28"),
    ("十五号", "12-15"), ("下个月九号", "12-09"), ("元旦", "01-01"), ("冬至", "12-22"),
    ("腊八", "01-15"), ("腊月二十三", "01-30"), ("正月初六", "02-11"), ("大年三十", "02-05"),
    ("初一", "12-09"), ("清明", "04-05"), ("母亲节", "05-09"), ("三天后", "11-23"),
    ("11月25日星期三", "11-25"), ("2026-12-01", "12-01"), ("这个月最后一天", "11-30"),
])
def test_a_day_runs_from_eight_to_eight(text: str, day: str) -> None:
    start = "09:30" if day == "11-20" else "08:00"
    assert said(text) == f"{day} {start} → {day} 20:00"


@pytest.mark.parametrize(("text", "span"), [
    ("周末", "11-21 08:00 → 11-22 20:00"), ("下周末", "11-28 08:00 → 11-29 20:00"),
    ("明后天", "11-21 08:00 → 11-22 20:00"), ("周一到周五", "11-23 08:00 → 11-27 20:00"),
    ("12月30日到1月2日", "12-30 08:00 → 01-02 20:00"), ("十五六号", "12-15 08:00 → 12-16 20:00"),
    ("周六或者周日", "11-21 08:00 → 11-22 20:00"), ("周三到周五下午", "11-25 13:00 → 11-27 18:00"),
    ("明天八点到后天三点", "11-21 08:00 → 11-22 15:00"), ("明天后天", "11-21 08:00 → 11-22 20:00"),
    ("今天晚上到明天早上", "11-20 18:00 → 11-21 09:00"), ("初三初四", "12-11 08:00 → 12-12 20:00"),
    ("下个月", "12-01 08:00 → 12-31 20:00"), ("三天内", "11-20 09:30 → 11-23 20:00"),
])
def test_several_days_run_from_the_first_to_the_last(text: str, span: str) -> None:
    assert said(text) == span


def test_a_weekend_said_at_the_weekend_is_this_one() -> None:
    assert said("周末", FRIDAY + timedelta(2)) == "11-22 09:30 → 11-22 20:00"


@pytest.mark.parametrize(("text", "span"), [
    ("下午三点半", "11-20 15:30 → 11-20 16:30"), ("三点", "11-20 15:00 → 11-20 16:00"),
    ("八点", "11-21 08:00 → 11-21 09:00"), ("九点", "11-20 09:30 → 11-20 10:00"),
    ("九点一刻", "11-20 09:30 → 11-20 10:15"), ("差一刻三点", "11-20 14:45 → 11-20 15:45"),
    ("三点差五分", "11-20 14:55 → 11-20 15:55"), ("晚上八点零五分", "11-20 20:05 → 11-20 21:05"),
    ("明天中午一点", "11-21 13:00 → 11-21 14:00"), ("凌晨三点", "11-21 03:00 → 11-21 04:00"),
    ("今天夜里十二点", "11-21 00:00 → 11-21 01:00"), ("15:30", "11-20 15:30 → 11-20 16:30"),
    ("下周三7点一刻", "11-25 07:15 → 11-25 08:15"),
    ("下午3:30", "11-20 15:30 → 11-20 16:30"), ("3pm", "11-20 15:00 → 11-20 16:00"),
    ("明天三点半斤肉", "11-21 15:00 → 11-21 16:00"),
    ("明天三点二十斤肉", "11-21 15:00 → 11-21 16:00"),
])
def test_a_clock_time_runs_one_hour(text: str, span: str) -> None:
    assert said(text) == span


@pytest.mark.parametrize(("text", "span"), [
    ("明天上午九点到十一点", "11-21 09:00 → 11-21 11:00"),
    ("下午2-4点", "11-20 14:00 → 11-20 16:00"), ("十点到一点", "11-20 10:00 → 11-20 13:00"),
    ("早上八点到晚上六点", "11-20 09:30 → 11-20 18:00"), ("三四点钟", "11-20 15:00 → 11-20 17:00"),
    ("明天上午到下午", "11-21 08:00 → 11-21 18:00"), ("上午下午都行", "11-20 09:30 → 11-20 18:00"),
    ("14:00-16:00", "11-20 14:00 → 11-20 16:00"),
])
def test_a_range_of_hours_is_that_range(text: str, span: str) -> None:
    assert said(text) == span


@pytest.mark.parametrize(("text", "span"), [
    ("十一点之前", "11-20 09:30 → 11-20 11:00"), ("明天十一点以前", "11-21 08:00 → 11-21 11:00"),
    ("明天晌午前", "11-21 08:00 → 11-21 12:00"), ("最晚明天下午五点", "11-21 08:00 → 11-21 17:00"),
    ("周三之前", "11-20 09:30 → 11-25 08:00"), ("最晚周三", "11-20 09:30 → 11-25 20:00"),
    ("月底前", "11-20 09:30 → 11-30 20:00"), ("半小时之内", "11-20 09:30 → 11-20 10:00"),
])
def test_a_deadline_ends_then(text: str, span: str) -> None:
    assert said(text) == span


@pytest.mark.parametrize(("text", "start"), [
    ("两小时以后", "11:30"), ("一个半钟头以后", "11:00"), ("过一个钟头", "10:30"),
    ("二十分钟后", "09:50"), ("几分钟后", "09:31"), ("现在起一小时后", "10:30"),
    ("再等三刻钟", "10:15"), ("两个半小时之后", "12:00"),
])
def test_a_lapse_starts_then_and_runs_one_hour(text: str, start: str) -> None:
    found = window(text, FRIDAY)

    assert found is not None
    assert f"{found.start:%H:%M}" == start
    assert found.end - found.start == timedelta(hours=1)


@pytest.mark.parametrize("text", ["马上", "现在", "赶紧", "尽快", "一会儿", "越快越好", "等下送来"])
def test_at_once_is_the_next_two_hours(text: str) -> None:
    phrase = find_times(text, FRIDAY)[0]

    assert phrase.soon
    assert said(text) == "11-20 09:30 → 11-20 11:30"


@pytest.mark.parametrize("text", ["过两天", "改天", "过几天", "两三天后", "这两天"])
def test_a_vague_time_has_no_window(text: str) -> None:
    phrase = find_times(text, FRIDAY)[0]

    assert phrase.vague
    assert phrase.window is None


@pytest.mark.parametrize("text", [
    "今天早上七点", "昨儿下午", "前天", "上周五", "上个月", "去年", "三天前", "刚才", "昨晚",
    "每天早上八点",
])
def test_what_is_past_or_a_habit_is_no_wish(text: str) -> None:
    phrases = find_times(text, FRIDAY)

    assert len(phrases) == 1
    assert phrases[0].past
    assert phrases[0].window is None


@pytest.mark.parametrize("text", [
    "一点都不好", "来一点葱", "早点送", "晚一点来", "五号电池两节", "要七号的电池", "住三号楼",
    "升高10点五度", "忙了一下午", "你等下我先吃药", "三个小时", "一日三餐", "腊八粥", "下大雪了",
    "黎明主演", "下午茶",
    "鱼鳃都黑了",
])
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert find_times(text, FRIDAY) == ()


def test_a_weekday_whose_hours_are_over_is_the_next_one() -> None:
    assert said("周五上午八点") == "11-27 08:00 → 11-27 09:00"


def test_a_day_its_part_and_its_hour_are_one_phrase() -> None:
    text = "冬至那天嗯下午三点吧来个人"

    phrase, = find_times(text, FRIDAY)

    assert text[phrase.start : phrase.end] == "冬至那天嗯下午三点"


def test_a_time_without_a_day_can_be_set_on_one() -> None:
    phrase, = find_times("三点半", FRIDAY)

    found = on_day(phrase, date(2026, 11, 24), FRIDAY)

    assert phrase.dayless
    assert found is not None
    assert found.start == datetime(2026, 11, 24, 15, 30, tzinfo=ZONE)


@pytest.mark.parametrize("babble", ["明天", "三天", "两小时", "九到", "下个", "今年", "半", "差"])
def test_the_time_for_a_long_line_grows_with_its_length_only(babble: str) -> None:
    line = (babble * 5000)[:5000]
    began = process_time()

    find_times(line, FRIDAY)

    assert process_time() - began < 3  # about 0.05 s alone; a square of the length takes 30


@given(SPOKEN, st.integers(-50_000, 100_000))
def test_any_babble_gives_windows_that_are_ahead_and_the_same_twice(text: str, hours: int) -> None:
    now = FRIDAY + timedelta(hours=hours)

    phrases = find_times(text, now)

    assert phrases == find_times(text, now)
    for phrase in phrases:
        assert 0 <= phrase.start < phrase.end <= len(text)
        if phrase.window:
            assert now <= phrase.window.start < phrase.window.end
