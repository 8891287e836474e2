"""Parts of the day and times on the clock."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.lexing import NOT_IN_NUMBER, SMALL, alternation, count
from nlu.units import unit_at

DAY = 24 * 60


@dataclass(frozen=True)
class Part:
    """A part of the day: its hours by rule 5 of the contract, in minutes after midnight."""

    start: int
    end: int
    pm_from: int  # a clock hour below this one, said with the part, is `shift` hours later
    shift: int = 12


@dataclass(frozen=True)
class Hours:
    """Minutes after midnight, past 1440 on the next day; `end` is where it stops in the text."""

    end: int
    start: int
    stop: int
    part: Part | None
    on_clock: bool


def _hours(start: int, end: int, pm_from: int) -> Part:
    return Part(start * 60, end * 60, pm_from)


# The names of each part, the plain ones first. Regional ones: 头晌 前晌 后晌 (Shandong, Hebei,
# Shanxi, Shaanxi), 上昼 下昼 晏昼 (Cantonese, Hakka, Wu), 头午 (north-east), 上半天 下半天 (Wu,
# south-west), 挨黑 擦黑 傍黑 (north), 夜快 (Wu), 黑了 黑里 后晚 (Shaanxi, Gansu, Henan).
PARTS: dict[Part, str] = {
    _hours(0, 6, 0): "凌晨 后半夜 下半夜 五更 鸡叫",
    _hours(6, 9, 0): (
        "早上 早晨 清晨 清早 大清早 一大早 一清早 大早上 一早 早起 早间 早间儿 清早起 赶早 早头 早浪 "
        "早朝 朝早 朝头 天亮 天刚亮 早上头 早晨头 早"
    ),
    _hours(8, 12, 0): (
        "上午 头晌 头晌午 上昼 前半晌 前晌 上半晌 头午 午前 上半天 前半天 晌前 上半日 早半天 上晌 "
        "半前晌 白天上午"
    ),
    _hours(11, 13, 4): "中午 晌午 正午 午间 当午 晌午头 晌午头儿 晌午间 大晌午 中午头 日中 昼心 中昼 晌黑",
    _hours(13, 18, 12): (
        "下午 后半晌 后晌 下昼 下半天 后半天 过午 午后 下半晌 晌午后 过晌 晏昼 后晌午 下半日 下晌 晚半天儿 "
        "过晌午 后头晌 半后晌 晏半昼 晚晌"
    ),
    _hours(17, 19, 12): (
        "傍晚 傍黑 傍黑儿 挨黑 挨黑儿 擦黑 擦黑儿 黄昏 天擦黑 天黑 天快黑 傍晚时分 晚半晌 晚半晌儿 晚半天 "
        "夜快边 夜快 夜快头 煞黑 麻麻黑 傍夜 擦黑天 落黑 傍晚黑"
    ),
    _hours(18, 21, 12): (
        "晚上 夜里 夜晚 晚间 夜间 晚上头 夜里头 黑了 黑里 黑家 后晚 夜头 夜到 晚夕 晚黑 夜黑 晚头 夜晚黑 黑夜 "
        "黑天 入夜 晚黑夜 晚 夜"
    ),
    _hours(22, 24, 12): "半夜 深夜 大半夜 深更半夜 三更半夜 午夜 半夜里",
    _hours(8, 18, 7): "白天 大白天 日里 日里向 白日",
}
_NAMED = {name: part for part, names in PARTS.items() for name in names.split()}
_EVENING = (_NAMED["晚上"], _NAMED["半夜"])
# 早 and 晚 are parts of the day after a day or before an hour, and else comparatives (早点, 晚一会).
_NOT_PART = {
    "早": r"(?!点|一点|些|一些|饭|餐|茶|市|就|已|日|先|知|熟|稻|早|退|搏|年|晚|没|不|送完|完|该)",
    "晚": r"(?!点|一点|些|一些|饭|餐|会|辈|年|了|来|到|安|报|稻|送)",
    "夜": r"(?!饭|宵|壶|总|市|班|游)",
    "晚上": "", "一早": "(?!就)", "黑了": "",
    "下午": "(?!茶)", "中午": "", "上午": "", "早上": "",
}
_ONE_CHAR = "早晚夜"
_PART = re.compile(
    "|".join(
        f"{name}{_NOT_PART.get(name, '')}" for name in sorted(_NAMED, key=len, reverse=True)
    )
)
_FILL = r"(?:[的 ,，、嗯呃啊哦]|大概|大约|差不多|约莫|约)*"
_GAP = re.compile(_FILL)

_CLOCK = re.compile(
    rf"""{NOT_IN_NUMBER}
    (?:差(?P<before>{SMALL}分|[一1]刻)钟?(?:就?到|就)?)?
    (?P<hour>\d{{1,2}}(?!\d)|[零一二两三四五六七八九十]{{1,3}}|廿[一二三四]?)
    (?: :(?P<mm>[0-5]\d)(?::[0-5]\d)?
      | (?:点|时(?![候间常节令]))
        (?: (?P<oclock>钟|整|正|过后)
          | (?P<half>半(?!个|斤|两|公|袋|箱|瓶|桶|只|盒|打|包|条|价|成|边|头|夜))
          | 过?(?P<quarter>[一三123])刻
          | 过?(?P<minute>{SMALL})分(?!之)
          | 差(?P<short>{SMALL}分|[一1]刻)
          | (?P<bare>零[一二三四五六七八九\d]|0\d|[1-5]\d|[一二三四五]?十[一二三四五六七八九]?)
          | (?P<many>多|来)
        )?
        (?:{SMALL}秒)? (?:钟)? (?:整)?
    )
    """,
    re.VERBOSE,
)
_TO = re.compile(r"\s*(?:一直)?(?:到|至|-|~|—|–|─)+\s*")
_FROM_HOUR = re.compile(rf"{NOT_IN_NUMBER}(?P<hour>\d{{1,2}}|[零一二两三四五六七八九十]{{1,3}})(?=\s*[到至~—-])")
_PAIR_HOURS = re.compile(r"(?P<tens>十)?(?P<a>[一二两三四五六七八九])[、,]?(?P<b>[二两三四五六七八九十])点(?:来|多)?钟?")
_ABOUT = re.compile(r"(?:来钟|多钟|钟|左右|上下|前后|许|多|的?样子|的时候|时候|那会儿?|那阵儿?|光景|敲)+")
_SMALL_WORDS = re.compile(r"[度°℃%米斤元块公克折倍分名个]")
_MERIDIEM = re.compile(r"\s*(?P<half>[ap])\.?m\.?", re.IGNORECASE)
_NOT_CLOCK = re.compile(r"心|评|名|赞|菜|击|缀|燃|火|水|头|滴|儿|子|要求|意见|建议|都|也|不|么|没")


def part_at(text: str, pos: int, *, after_day: bool = False) -> tuple[Part, int] | None:
    """The part of the day at `pos` and where it ends."""
    found = _PART.match(text, pos)
    if found is None:
        return None
    if found[0] in _ONE_CHAR and not after_day and not _clock(text, found.end(), None):
        return None
    return _NAMED[found[0]], found.end()


def hours_at(text: str, pos: int, *, after_day: bool = False) -> Hours | None:
    """A part of the day, a clock time, or a range of either at `pos`."""
    first = _single(text, pos, None, after_day=after_day)
    if first is None:
        return _open_range(text, pos)
    return _ranged(text, first)


def _ranged(text: str, first: Hours) -> Hours:
    link = _TO.match(text, first.end)
    if link is None:
        return first
    last = _single(text, link.end(), first.part, after_day=True)
    if last is None or (last.on_clock != first.on_clock and last.part is None):
        return first
    stop = (last.start if last.on_clock else last.stop)
    if not last.on_clock and stop <= first.start:
        return first
    while stop <= first.start:
        stop += DAY // 2
    return Hours(last.end, first.start, stop, first.part, on_clock=True)


def _single(text: str, pos: int, inherited: Part | None, *, after_day: bool) -> Hours | None:
    named = part_at(text, pos, after_day=after_day)
    part, at = named if named else (None, pos)
    if named:
        gap = _GAP.match(text, at)
        clock = _clock(text, gap.end() if gap else at, part, after_day=True)
        ranged = None if clock else _open_range(text, at, part)
        if clock or ranged:
            return clock or ranged
        assert part is not None
        return Hours(at, part.start, part.end, part, on_clock=False)
    return _clock(text, at, inherited, after_day=after_day)


def _open_range(text: str, pos: int, part: Part | None = None) -> Hours | None:
    """九到十一点, 9~12点半: the first hour leaves its 点 to the second."""
    first = _FROM_HOUR.match(text, pos)
    if first is None:
        return None
    link = _TO.match(text, first.end())
    last = _clock(text, link.end(), part, after_day=True) if link else None
    hour = count(first["hour"])
    if last is None or hour is None or hour > 24:
        return None
    start, stop = _minutes(hour, 0, part, literal=False), last.start
    while stop <= start:
        stop += DAY // 2
    return Hours(last.end, start, stop, part, on_clock=True)


def _clock(text: str, pos: int, part: Part | None, *, after_day: bool = False) -> Hours | None:
    if pair := _pair(text, pos, part):
        return pair
    found = _CLOCK.match(text, pos)
    if found is None:
        return None
    hour = count(found["hour"])
    if hour is None or hour > 24:
        return None
    end, minute = found.end(), 0
    if found["mm"]:
        minute = int(found["mm"])
    elif found["half"]:
        minute = 30
    elif found["quarter"]:
        minute = 15 * (count(found["quarter"]) or 0)
    elif found["minute"]:
        minute = count(found["minute"]) or 0
    elif found["bare"]:
        minute = _bare_minute(found["bare"])
        if _SMALL_WORDS.match(text, end) or unit_at(text, end):
            minute, end = 0, found.start("bare")
            if not after_day:
                return None
    for short in (found["before"], found["short"]):
        if short:
            minute -= 15 if short.endswith("刻") else (count(short[:-1]) or 0)
    if minute >= 60 or not _is_clock(text, found, end, after_day):
        return None
    if about := _ABOUT.match(text, end):
        end = about.end()
    literal = bool(found["mm"]) and found["hour"].startswith("0")
    if meridiem := _MERIDIEM.match(text, end):
        part, end = _NAMED["下午" if meridiem["half"] in "pP" else "上午"], meridiem.end()
    start = _minutes(hour, minute, part, literal=literal)
    return Hours(end, start, start + 60, part, on_clock=True)


def _is_clock(text: str, found: re.Match[str], end: int, after_day: bool) -> bool:
    """Whether 一点 is one o'clock and not a little, and 10点五 a time and not a decimal."""
    following = text[end : end + 1]
    plain = end == found.end("hour") + 1
    if plain and following and following in "零一二三四五六七八九0123456789" and not after_day:
        return False
    if plain and _NOT_CLOCK.match(text, end) and not after_day:
        return False
    if plain and found["hour"] in ("一", "1") and not after_day:
        return bool(re.match(r"钟|之?前|以前|到|至|左右|以后|之后", text[end:]))
    return True


def _pair(text: str, pos: int, part: Part | None) -> Hours | None:
    """七八点: from the one to an hour past the other."""
    found = _PAIR_HOURS.match(text, pos)
    if found is None or (pos and text[pos - 1] in "零一二两三四五六七八九十百第0123456789"):
        return None
    a, b = count(found["a"]), count(found["b"])
    if a is None or b is None or b != a + 1:
        return None
    if found["tens"]:
        a, b = a + 10, b + 10
    start, last = (_minutes(hour, 0, part, literal=False) for hour in (a, b))
    return Hours(found.end(), start, max(last, start) + 60, part, on_clock=True)


def _bare_minute(said: str) -> int:
    return count(said.removeprefix("零").removeprefix("0")) or 0


def _minutes(hour: int, minute: int, part: Part | None, *, literal: bool) -> int:
    """Rule 5: hours 1 to 6 with no part of day are afternoon; a part says which half it is."""
    if part in _EVENING and (hour == 12 or hour < 5):
        hour += 24 if hour < 5 else 12
    elif part is not None:
        if hour == 12 and part.start == 0:
            hour = 0
        elif 0 < hour < part.pm_from:
            hour += part.shift
    elif not literal and 1 <= hour <= 6:
        hour += 12
    return hour * 60 + minute


PART_NAMES = alternation(_NAMED)
