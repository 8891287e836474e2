"""Which of the times wished for is whose, and whether a time was heard at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from nlu.contract import Item, Window
from nlu.sounds.repaired import Repaired
from nlu.times.windows import WishedTime

_EACH_DAY = re.compile("(?:你们?|给我|都|得|要)*(?:各|每天|天天|一天一)")
_COMES = re.compile("(?:你们?|再|就|给我|先|赶紧|派人|叫人|来人|来个人|[来修送的帮]|师傅)*")
_CLOSE = 2
_IS_DONE = re.compile("(?:你们?|再|就|给我|才)*(?:来(?!了)|送|修|弄|通|洗|擦|看|去|拿|取|装|换)")
_COMES_THEN = re.compile(
    "(?:一[起道并同]|一块儿?|[^，一二两三四五六七八九十俩仨半]){0,5}?(?:送|来(?!了)|到|上门|要(?:用)?$)"
)
_ONCE_MORE = re.compile("(?:你们?|给我|就|的时候)*(?:再|又|也|还(?:要|得))(?!别|不|没)")

# 今天傍晚先送草鱼，大米不着急礼拜天上午再扛上来: what was named last comes later.
_LATER = re.compile(
    "(?:的时候|那天)?(?:你们?|叫人|给我|帮我)*(?:再|才|顺便|一道)(?:给我|帮我|叫人)*"
    "(?:送|扛|搬|拎|拿|带|背|抬|来)"
)


def is_garbled(said: Repaired, wished: Sequence[WishedTime]) -> bool:
    """Whether a character of which nothing was made touches the time wished for."""
    time = wished[-1]
    if not said.is_mended:
        return False
    lost = said.text[time.end : time.end + 1] in tuple("上下中早晚")
    touched = {time.end} | ({time.end + 1} if lost else set())
    touched |= {time.start - 1} if time.dayless else set()
    return bool(said.strange & touched)


def twice(said: Repaired, wished: Sequence[WishedTime], service: bool) -> bool:
    """明天上午擦玻璃后天再来擦一次, 明天后天各送一份: at two times is no single wish."""
    last = wished[-1] if service and wished else None
    if last is None or last.phrase.days is None:
        return False
    if last.phrase.days[0] < last.phrase.days[1] and _EACH_DAY.match(said.text, last.end):
        return True
    first = wished[-2].phrase.days if len(wished) > 1 else None
    return first is not None and first != last.phrase.days and bool(
        _ONCE_MORE.match(said.text, last.end)
    )


def said_beside(said: Repaired, wished: Sequence[WishedTime]) -> Window | None:
    """十斤的吧明天上午一道送来: the time beside an answer; 七号的 and 早上俩 are none."""
    times = [
        time for time in wished
        if said.text[time.end - 1] != "号" and _COMES_THEN.match(said.text, time.end)
    ]
    return times[-1].window if times else None


def _without_their_days(wished: Sequence[WishedTime]) -> Sequence[WishedTime]:
    """明天午饭两份十二点送: the hour said later is of the day, which is no time of its own."""
    return [
        time for time, after in zip(wished, (*wished[1:], None), strict=True)
        if not (
            after and time.phrase.hourless and after.dayless and time.window and after.window
            and time.window.start.date() == after.window.start.date()
        )
    ]


def apart(items: list[Item], said: Repaired, wished: Sequence[WishedTime]) -> list[Item]:
    """Two wishes at two wished: each item with its own window; empty where one time is for all."""
    if len(wished) > 2:
        wished = _without_their_days(wished)
    if len(wished) < 2 or len(items) < 2 or any(time.window is None for time in wished):
        return []
    first = min(item.span[0] for item in items)
    starts = [said.span(time.start, time.end)[0] for time in wished]
    split: list[Item] = []
    for item in items:
        if starts[0] < first:
            own = [t for t, at in zip(wished, starts, strict=True) if at <= item.span[0]][-1]
        else:
            later = [t for t, at in zip(wished, starts, strict=True) if at >= item.span[0]]
            own = later[0] if later else wished[-1]
        split.append(replace(item, window=own.window))
    if starts[0] < first and _LATER.match(said.text, wished[-1].end):
        last = max(range(len(split)), key=lambda at: split[at].span[0])
        if split[last].span[0] < starts[-1]:
            split[last] = replace(split[last], window=wished[-1].window)
    if len({item.window for item in split}) == len(wished):
        return split
    return _in_turn(items, said, wished)


def _in_turn(items: list[Item], said: Repaired, wished: Sequence[WishedTime]) -> list[Item]:
    """马上来开锁煤气灶明天上午来修: the first time is of the first wish."""
    if not (len(items) == len(wished) == 2 and _IS_DONE.match(said.text, wished[1].end)):
        return []
    one, other = items
    begins, ends = said.span(wished[0].start, wished[0].end)
    again = said.span(wished[1].start, wished[1].end)[0]
    right_after = _COMES.fullmatch(said.heard, ends, max(ends, one.span[0])) is not None
    right_before = one.span[1] <= other.span[0] < again <= other.span[1] + _CLOSE
    if not (begins < one.span[0] and right_after and right_before):
        return []
    return [
        replace(item, window=time.window) for item, time in zip(items, wished, strict=True)
    ]
