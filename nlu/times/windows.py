"""The times wished for among those said, the later ones mending the earlier."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from nlu.contract import Window
from nlu.cues import FILLER
from nlu.times.evenings import in_the_evening
from nlu.times.feasts import by_name, near
from nlu.times.festivals import HOLIDAYS
from nlu.times.finding import TimePhrase, find_times, on_day
from nlu.times.pointers import pointed
from nlu.times.samehalf import same_half
from nlu.times.series import in_a_row
from nlu.times.wishing import (
    AHEAD,
    CUES,
    EITHER,
    REFUSED,
    REFUSED_LEAD,
    is_got,
    is_taken,
    is_told,
    is_wished,
)

_APPOINTMENT = re.compile(
    r"(?:要|得|想)?(?:去|上|到).{0,6}"
    r"(?:医院|看病|复查|检查|透析|拍片|诊所|拆线|换药|打针|体检)"
)
# 饭都煮不成就吃泡面算了: what is put up with, and no change of time.
_MAKES_DO = re.compile("就[^就，]{2,6}$|[煮做烧炒吃弄修洗走动睡]$")
# 明天冬至我懒得开火晚上六点给送: a feast is the day that is spoken of, unless it only draws near.
_FEAST = re.compile("|".join(map(re.escape, HOLIDAYS)))
_NEARS = re.compile("(?:都|也|就)?(?:快|要|将)?(?:了|到|前|之前|以前|过后|以后)")
_SUITS = re.compile("我?(?:都|也)?(?:有空|行|可以|在家|方便|得空)")
_ALSO_SUITS = re.compile("也(?:行|可以|成|中|好)(?!不)")
_WHOSE_HOUR = re.compile(
    "(?:[我俺额咱他她]们?|老头子?|老伴儿?|闺女|儿子|孩子们?|孙[子女])(?:也|就|都|还|得|要|是|大概|一般|准)*"
)
_FAILING_THAT = re.compile("不[来了到]就$")  # 上午送不来就下午送
_ENDS = re.compile(rf"(?:{FILLER}|的|行|好|就|可以|成|中)*")
_MEND = re.compile(
    "不对|不是|改|算了|不行|不中|不成|(?<![的个])还是|错|挪|推到|延到|要不|换[到成]|"
    "^(?:就|给我)?换个?$"
)


@dataclass(frozen=True)
class WishedTime:
    """A time for a delivery or visit; `window` is None where it cannot be one (past, vague)."""

    start: int
    end: int
    window: Window | None
    dayless: bool
    phrase: TimePhrase
    mended: bool = False


def wished_times(
    text: str, now: datetime, drafted: date | None = None
) -> tuple[list[WishedTime], list[TimePhrase]]:
    """The times wished for in the order said, later ones mending earlier, and all times said.

    A time said without a day falls on the day wished before it, else on the `drafted` one.
    """
    found = pointed(text, same_half(text, find_times(text, now), now), now)
    phrases = [near(phrase, now) for phrase in by_name(text, found, now)]
    phrases = in_the_evening(text, in_a_row(text, phrases, now), now)
    phrases = [each for phrase in phrases for each in _halves(text, phrase, now)]
    wished: list[WishedTime] = []
    day = drafted
    for index, phrase in enumerate(phrases):
        if phrase.vague and index and _within(phrases[index - 1], phrase):
            continue
        if not is_wished(text, phrases, index, now.date()):
            until = phrases[index + 1].start if index + 1 < len(phrases) else phrase.end
            plain = until > phrase.end and not is_told(text[phrase.end : until])
            after = phrases[index + 1] if index + 1 < len(phrases) else None
            if phrase.days and not (phrase.past or phrase.broad or is_got(text, phrase)) and (
                plain or _sets_the_day(text, phrase) or _hour_refused(text, phrase, after)
                or _is_done_first(text, phrase, after)
                or _is_hour_of(text, phrase, after)
            ):
                day = phrase.days[0]
            continue
        last = wished[-1] if wished else None
        between = text[last.end : phrase.start] if last else ""
        start, window = phrase.start, _window(phrase)
        if phrase.dayless and not phrase.soon and phrase.hours and day is not None:
            window = on_day(phrase, day, now) if day != now.date() or window is None else window
            if last and last.phrase.hourless and re.fullmatch(rf"(?:{FILLER}|那天)*", between):
                wished.pop()
                start = last.start
        if phrase.days and not phrase.broad:
            day = phrase.days[0]
        if wished and _is_mended(text[wished[-1].end : phrase.start]):
            wished.pop()
        if wished and wished[-1].window == window:
            wished.pop()
        if wished and _is_either(text, wished[-1], phrase):
            continue
        if wished and _names_its_day(text, wished[-1], phrase):
            assert phrase.days
            window = on_day(wished[-1].phrase, phrase.days[0], now)
            wished.pop()
        wished.append(WishedTime(start, phrase.end, window, phrase.dayless, phrase))
    return wished, phrases


def _is_mended(between: str) -> bool:
    """Whether the words between two times take the first of them back."""
    return any(
        not _MAKES_DO.search(between, 0, found.start()) for found in _MEND.finditer(between)
    )


def asked_for(text: str, now: datetime) -> list[WishedTime]:
    """The times in an answer to 什么时候, wherever they are not refused or over."""
    found = []
    for phrase in pointed(text, find_times(text, now), now):
        lead, after = text[max(0, phrase.start - 8) : phrase.start], text[phrase.end :]
        refused = REFUSED.match(after) or REFUSED_LEAD.search(lead)
        if phrase.window and not phrase.past and not refused and not is_taken(text, phrase):
            time = WishedTime(
                phrase.start, phrase.end, phrase.window, phrase.dayless, phrase
            )
            found.append(time)
    return found


def is_vague(text: str, now: datetime) -> bool:
    """过两天吧: an answer to 什么时候 that leaves it open."""
    return any(phrase.vague for phrase in find_times(text, now))


def _halves(text: str, phrase: TimePhrase, now: datetime) -> list[TimePhrase]:
    """不要明天后天上午来, 不要下午晚上来: the first is refused for the second."""
    lead = REFUSED_LEAD.search(text, max(0, phrase.start - 8), phrase.start)
    if lead is None or text[: phrase.start].endswith("是不是"):
        return [phrase]
    for middle in range(phrase.start + 2, phrase.end - 1):
        halves = [
            find_times(text[start:end], now)
            for start, end in ((phrase.start, middle), (middle, phrase.end))
        ]
        sizes = (middle - phrase.start, phrase.end - middle)
        if all(
            len(said) == 1 and (said[0].start, said[0].end) == (0, size)
            for said, size in zip(halves, sizes, strict=True)
        ) and halves[0][0].dayless == halves[1][0].dayless:
            return [
                replace(said[0], start=said[0].start + at, end=said[0].end + at)
                for said, at in zip(halves, (phrase.start, middle), strict=True)
            ]
    return [phrase]


def _hour_refused(text: str, phrase: TimePhrase, after: TimePhrase | None) -> bool:
    """明天别上午来下午来: the day holds for the hour that is wished."""
    refused = REFUSED.match(text, phrase.end)
    return bool(after and refused and after.dayless and refused.end() == after.start)


def _is_done_first(text: str, phrase: TimePhrase, after: TimePhrase | None) -> bool:
    """明天我打完针回来上午来修: the day holds for the hour that follows."""
    return bool(
        after and after.dayless and text.startswith(AHEAD, phrase.start)
        and CUES["done first"].fullmatch(text, phrase.end, after.start)
    )


def _is_hour_of(text: str, phrase: TimePhrase, after: TimePhrase | None) -> bool:
    """明儿个我六点就起: the hour is that day's, and so is the one said next."""
    if after is None or not (after.dayless and after.hours):
        return False
    return _WHOSE_HOUR.fullmatch(text, phrase.end, after.start) is not None


def _names_its_day(text: str, time: WishedTime, phrase: TimePhrase) -> bool:
    """下午三点来修水管就明天, 三点来修水管明天下午: the day of the hour said before."""
    if not (time.dayless and time.phrase.hours and phrase.days):
        return False
    if phrase.hours and not (
        phrase.hours[0] <= time.phrase.hours[0] and time.phrase.hours[1] <= phrase.hours[1]
        and phrase.hours != time.phrase.hours
    ):
        return False
    if _FAILING_THAT.search(text, 0, time.start):
        return False
    end = _ENDS.fullmatch(text, phrase.end) is not None
    return end and not phrase.broad and phrase.days[0] == phrase.days[1]


def _is_either(text: str, time: WishedTime, phrase: TimePhrase) -> bool:
    """明天上午或者后天上午, 礼拜二礼拜四都有空: either will do, so the first does."""
    between = text[time.end : phrase.start]
    if EITHER.fullmatch(between) or _ALSO_SUITS.match(text, phrase.end):
        return True
    return between in ("", "和", "跟") and _SUITS.match(text, phrase.end) is not None


def _within(days: TimePhrase, phrase: TimePhrase) -> bool:
    """下礼拜哪天都行: any of the days just named."""
    return days.end == phrase.start and days.window is not None and days.days is not None


def _sets_the_day(text: str, phrase: TimePhrase) -> bool:
    """冬至那天嗯下午, 礼拜一要去医院…七点来接我: the day that an hour said later falls on."""
    after = text[phrase.end :]
    return bool(
        phrase.hours
        or "是" in text[phrase.start : phrase.end]  # 明天是礼拜六孙子不上学
        or re.match(r"那天|当天|这天", after)
        or _APPOINTMENT.match(after)
        or CUES["predicate"].match(after)
        or CUES["guests"].match(after)
        or CUES["condition"].match(after)
        or text[phrase.end - 1] == "起"  # 从明天起中午送一份饭
        or CUES["stays in"].match(after)
        or _FEAST.search(text, phrase.start, phrase.end) and not _NEARS.match(after)
    )


def _window(phrase: TimePhrase) -> Window | None:
    return Window(phrase.window.start, phrase.window.end) if phrase.window else None
