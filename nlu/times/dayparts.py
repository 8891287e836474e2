"""The parts of the day, their hours, and the words for them in all regions."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.lexing import time_words


@dataclass(frozen=True)
class Part:
    """A part of the day, in minutes after midnight, by rule 5 of the contract.

    A clock hour below `pm_below` said with it is twelve hours later (下午三点, 中午一点); where it
    reaches `past_midnight`, 十二点 and the small hours said with it are on the next day (夜里两点).
    """

    start: int
    end: int
    pm_below: int = 0
    past_midnight: bool = False

    def hour(self, said: int) -> int:
        """The hour of the day that a clock hour said with this part means, up to 28."""
        if self.past_midnight and (said == 12 or said < 5):
            return 24 + said % 12
        if said == 12 and self.start == 0:
            return 0
        return said + 12 if 0 < said < self.pm_below else said


def _part(start: int, end: int, pm_below: int = 0, *, past_midnight: bool = False) -> Part:
    return Part(start * 60, end * 60, pm_below, past_midnight)


# The contract names seven. The small hours, the night and the daytime are as people use them.
PARTS = {
    "small hours": _part(0, 6),
    "early": _part(6, 9),
    "forenoon": _part(8, 12),
    "noon": _part(11, 13, 4),
    "afternoon": _part(13, 18, 12),
    "dusk": _part(17, 19, 12),
    "evening": _part(18, 21, 12, past_midnight=True),
    "night": _part(22, 24, 12, past_midnight=True),
    "daytime": _part(8, 18, 7),
}
_NAMED = {word: PARTS[meaning] for word, meaning in time_words("part").items()}

# 早 and 晚 are also comparatives (早点送, 晚一会), and some parts begin other words (下午茶).
_ELSE = {
    "早": (
        r"(?<![太忒恁嫌]早)"
        r"(?!点|一点|些|一些|饭|餐|茶|市|就|已|日|先|知|熟|早|退|年|没|不|完|该|半|晚)"
    ),
    "晚": (
        r"(?:(?<=[今明昨听当后前]晚)(?!饭|餐)"
        r"|(?<![得太很早起睡忒多老再别]晚)(?!点|一点|些|一些|饭|餐|会|辈|年|了|来|到|安|送|半))"
    ),
    "夜": r"(?!饭|宵|壶|总|市|班|游|个|儿个)",
    "黑": r"(?!木|芝|豆|米|色|枸|糖|椒|鱼|白|板|心|的|猪|加|森|茶|胡|面)",
    "下午": r"(?!茶)",
    "一早": r"(?![上晨])",
    "夜到": r"(?![明今后第次])",
    "朝": r"(?<=听朝)",
}
_PART = re.compile(
    "|".join(word + _ELSE.get(word, "") for word in sorted(_NAMED, key=len, reverse=True))
)
_MEANT = {"noon": "noon", "dusk": "dusk", "past_noon": "afternoon", "past_dusk": "evening"}
# Too much else, unless a day stands before them or an hour after.
_WEAK = frozenset("早晨晚夜黑") | {"黑了", "黑里", "黑天", "天亮", "日里"}
# 忙了一下午, 滴了一晚上, 半个上午: how long, not when.
_HOW_LONG = frozenset("一整个半")
# 馒头十个下午送: so many of them, and then a time.
_TO_COME = re.compile("(?:再|就|给我|帮我|一起)?(?:送|来(?!了)|要(?!不|去))|前(?!天)|之前|以前")
# A meal is a time only to be early for: 晚饭前.
_NOON_MEAL = r"(?:大?晌午饭|中午饭|午饭|中饭|晌饭|午餐|昼饭|晏昼饭|当午饭)"
_LATE_MEAL = r"(?:晚饭|夜饭|晚餐|黑饭|夜黑饭|后晌饭)"
_ATE = r"(?:吃(?:了|过|完|罢|好)?)"
_MEAL = re.compile(
    rf"(?:头)?{_ATE}?(?:(?P<noon>{_NOON_MEAL})|(?P<dusk>{_LATE_MEAL}))(?=的?之前|的?以前|的?前(?!天))"
    rf"|(?:头|赶)(?:在)?{_ATE}(?:(?P<noon2>{_NOON_MEAL})|(?P<dusk2>{_LATE_MEAL}))"
    rf"|吃(?:了|过|完|罢|好)(?:(?P<past_noon>{_NOON_MEAL})|(?P<past_dusk>{_LATE_MEAL}))(?:的?(?:之后|以后|过后|后))?"
    rf"|(?:(?P<past_noon2>{_NOON_MEAL})|(?P<past_dusk2>{_LATE_MEAL}))的?(?:之后|以后|过后|后(?![天晌半]))"
)


@dataclass(frozen=True)
class PartSaid:
    """A part of the day and where its word ends; `alone` says that it needs no day or hour."""

    part: Part
    end: int
    alone: bool


def part_at(text: str, pos: int, *, after_day: bool = False) -> PartSaid | None:
    """The part of the day whose word starts at `pos`."""
    if meal := _MEAL.match(text, pos):
        return PartSaid(PARTS[_MEANT[str(meal.lastgroup).rstrip("2")]], meal.end(), alone=True)
    found = _PART.match(text, pos)
    if found is None:
        return None
    how_long = not after_day and pos and text[pos - 1] in _HOW_LONG
    if how_long and not _TO_COME.match(text, found.end()):
        return None
    alone = after_day or found[0] not in _WEAK
    return PartSaid(_NAMED[found[0]], found.end(), alone)
