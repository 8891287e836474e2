"""Times on the clock, parts of the day, and ranges of either."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from nlu.amounts.units import unit_at
from nlu.lexing import GAP, NUMBER_CHARS, SMALL, TO, count, ends_in
from nlu.times.dayparts import PARTS, Part, part_at

HOUR, HALF_DAY = 60, 12 * 60


@dataclass(frozen=True)
class Hours:
    """Minutes after midnight, past 1440 on the next day; `end` is where it stops in the text.

    `on_clock` says that an hour was named, and not only a part of the day.
    """

    end: int
    start: int
    stop: int
    part: Part | None
    on_clock: bool


_HOUR = r"(?P<hour>\d{1,2}(?!\d)|[零一二两三四五六七八九十]{1,3}|廿[一二三四]?)"
_CLOCK = re.compile(
    rf"""(?:差(?P<before>{SMALL}分|[一1]刻)钟?(?:就?到|就)?)?
    {_HOUR}\s*
    (?: :(?P<mm>[0-5]\d)(?::[0-5]\d)?
      | (?=[aApP]\.?[mM])
      | (?:点|时(?![候间常节令装髦]))\s*
        (?: (?:钟|整|正(?![是好在要])|过后)
          | (?P<half>半)
          | 过?(?P<quarter>[一三123])刻
          | 过?[零0]?(?P<minute>{SMALL})分(?!之)
          | [差欠](?P<short>{SMALL}分|[一1]刻)
          | (?P<bare>[零0][一二三四五六七八九1-9]|[1-5]\d|[二三四五]?十[一二三四五六七八九]?)(?!点)
        )?
        (?:{SMALL}秒)? (?:钟)? (?:整)?
    )
    """,
    re.VERBOSE,
)
_FIRST_OF_RANGE = re.compile(rf"{_HOUR}(?=\s*[到至~—-])")
_PAIR = re.compile(
    r"(?P<tens>十)?(?P<a>[一二两三四五六七八九])[、,]?"
    r"(?P<b>[二两三四五六七八九十])点(?:来钟|多钟|多|钟)?"
)
# 早一点七点半.
_SOONER = re.compile("[早晚迟快慢]一?点$")
# 睡到两点两点以后送: one hour right behind another.
_HOUR_BEFORE = re.compile("[一二两三四五六七八九十]点$")
_HOUR_NEXT = re.compile("[一二两三四五六七八九十]{1,3}点(?![一二三四五六七八九十])")
_ABOUT = re.compile(
    r"(?:来钟|多钟|钟|左右|上下|前后|许|多(?!少)|的?样子|的?时候|那会儿?|那阵儿?|光景)+"
)
_OR = re.compile(r"(?:或者?|或是|、|和)?")
_MERIDIEM = re.compile(r"\s*(?P<half>[ap])\.?m\.?", re.IGNORECASE)
_MERIDIEM_FIRST = re.compile(r"(?P<half>[ap])\.?m\.?\s*(?=\d)", re.IGNORECASE)
# 一点 is a little, unless what follows is said of a clock.
_ONE_O_CLOCK = re.compile(r"之?前|以前|到(?!家)|至|左右|以后|之后|[-~]")
# 两点要求 and 三点水 count something else.
_NO_CLOCK = re.compile(r"之间|论|式|心|评|名|赞|菜|击|缀|燃|火|水|头|滴|儿|子|要求|意见|建议")
_MEASURED = re.compile(r"[度°℃%米元折倍]")


def hours_at(text: str, pos: int, *, after_day: bool = False) -> Hours | None:
    """A part of the day, a clock time, or a range of either at `pos`."""
    first = _single(text, pos, None, after_day=after_day)
    if first is None:
        return None
    link = TO.match(text, first.end)
    if link is None:
        return _either(text, first)
    last = _single(text, link.end(), first.part, after_day=True)
    if last is None or (first.on_clock and not last.on_clock):
        return first
    stop = last.start if last.on_clock else last.stop
    return Hours(last.end, first.start, _later(first.start, stop), first.part, on_clock=True)


def _either(text: str, first: Hours) -> Hours:
    """上午下午都行: two parts of the day that meet are one stretch."""
    link = _OR.match(text, first.end)
    last = None if first.on_clock or link is None else _single(text, link.end(), None)
    if last is None or last.on_clock or not first.start < last.start <= first.stop + HOUR:
        return first
    return replace(first, end=last.end, stop=last.stop)


def _later(start: int, stop: int) -> int:
    """A range runs forward: 十点到一点 ends at 13:00."""
    while stop <= start:
        stop += HALF_DAY
    return stop


def _single(
    text: str, pos: int, inherited: Part | None, *, after_day: bool = False
) -> Hours | None:
    if meridiem := _MERIDIEM_FIRST.match(text, pos):
        return _on_clock(text, meridiem.end(), _half(meridiem), after_day=True)
    named = part_at(text, pos, after_day=after_day)
    if named is None:
        return _on_clock(text, pos, inherited, after_day=after_day)
    part, gap = named.part, GAP.match(text, named.end)
    clock = _on_clock(text, gap.end() if gap else named.end, part, after_day=True)
    if clock is not None or not named.alone:
        return clock
    return Hours(named.end, part.start, part.end, part, on_clock=False)


def _on_clock(text: str, pos: int, part: Part | None, *, after_day: bool) -> Hours | None:
    told = ends_in(_SOONER, text, pos) or ends_in(_HOUR_BEFORE, text, pos)
    if not after_day and pos and text[pos - 1] in NUMBER_CHARS and not told:
        return None
    return (
        _pair(text, pos, part)
        or _clock(text, pos, part, after_day=after_day)
        or _open_range(text, pos, part)
    )


def _half(meridiem: re.Match[str]) -> Part:
    return PARTS["afternoon" if meridiem["half"] in "pP" else "forenoon"]


def _open_range(text: str, pos: int, part: Part | None) -> Hours | None:
    """九到十一点, 9~12点半: the first hour leaves its 点 to the second."""
    first = _FIRST_OF_RANGE.match(text, pos)
    link = TO.match(text, first.end()) if first else None
    last = _clock(text, link.end(), part, after_day=True) if link else None
    hour = count(first["hour"]) if first else None
    if last is None or hour is None or hour > 24:
        return None
    start = _minutes(hour, part)
    return Hours(last.end, start, _later(start, last.start), part, on_clock=True)


def _pair(text: str, pos: int, part: Part | None) -> Hours | None:
    """七八点: from the one to an hour past the other."""
    found = _PAIR.match(text, pos)
    a, b = (count(found["a"]), count(found["b"])) if found else (None, None)
    if found is None or a is None or b != a + 1:
        return None
    tens = 10 if found["tens"] else 0
    start = _minutes(a + tens, part)
    stop = _later(start, _minutes(b + tens, part)) + HOUR
    return Hours(found.end(), start, stop, part, on_clock=True)


def _clock(text: str, pos: int, part: Part | None, *, after_day: bool) -> Hours | None:
    found = _CLOCK.match(text, pos)
    hour = count(found["hour"]) if found else None
    if found is None or hour is None or hour > 24:
        return None
    end, minute = found.end(), _minute(found)
    if tail := _belongs_elsewhere(text, found):
        end, minute = tail, 0
        if found["hour"] in ("一", "1") and not after_day and not part:
            return None  # 米备一点二十斤的
    if minute >= HOUR or (not after_day and not part and not _is_clock(text, found, end)):
        return None
    if about := _ABOUT.match(text, end):
        end = about.end()
    if meridiem := _MERIDIEM.match(text, end):
        part, end = _half(meridiem), meridiem.end()
    as_written = bool(found["mm"]) and found["hour"].startswith("0")
    start = (hour * HOUR if as_written else _minutes(hour, part)) + minute
    return Hours(end, start, start + HOUR, part, on_clock=True)


def _minute(found: re.Match[str]) -> int:
    """Minutes past the hour; below zero for 差五分三点."""
    if said := found["mm"] or found["minute"] or found["bare"]:
        return count(said.lstrip("零0")) or 0
    if found["half"]:
        return 30
    if found["quarter"]:
        return 15 * (count(found["quarter"]) or 0)
    short = found["before"] or found["short"] or ""
    return -15 if short.endswith("刻") else -(count(short.removesuffix("分")) or 0)


def _belongs_elsewhere(text: str, found: re.Match[str]) -> int | None:
    """Where the clock time ends if its 半 or its minutes measure what follows (三点二十斤鸡蛋)."""
    group = "half" if found["half"] else "bare" if found["bare"] else None
    if group is None or found.end() != found.end(group):
        return None
    return found.start(group) if unit_at(text, found.end()) else None


def _is_clock(text: str, found: re.Match[str], end: int) -> bool:
    """Whether it is an hour without a day or part to say so: not 一点 (a little), not 10点五度."""
    if found["mm"]:
        return True
    if found["bare"]:
        return _MEASURED.match(text, end) is None
    if end > found.end("hour") + 1:
        return True
    if found["hour"] in ("一", "1") and found["before"] is None:
        return _ONE_O_CLOCK.match(text, end) is not None
    following = text[end : end + 1]
    if following and following in "零一二三四五六七八九0123456789几" and not (
        _HOUR_NEXT.match(text, end)
    ):
        return False
    return _NO_CLOCK.match(text, end) is None


def _minutes(hour: int, part: Part | None) -> int:
    """Rule 5: hours 1 to 6 with no part of day are afternoon; a part says which half it is."""
    if part is not None:
        return part.hour(hour) * HOUR
    return (hour + 12 if 1 <= hour <= 6 else hour) * HOUR
