"""Numbers, money, amounts and times as a listener understands them."""

import re
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from decimal import Decimal

from nlu import Window
from voiceapp.money import Fen

DIGITS = "零一二三四五六七八九"
WEIGHTS = {"斤": "两"}
"""Units that are divided by ten into another one: 2.3 斤 is 两斤三两."""

PARTS_OF_DAY: dict[tuple[time, time], str] = {
    (time(6), time(9)): "早上",
    (time(8), time(12)): "上午",
    (time(11), time(13)): "中午",
    (time(13), time(18)): "下午",
    (time(17), time(19)): "傍晚",
    (time(18), time(21)): "晚上",
    (time(8), time(20)): "",
}
"""The windows that a part of the day stands for (nlu, rule 5), said by their names again."""

DAYS = {0: "今天", 1: "明天", 2: "后天", 3: "大后天"}
WEEKDAYS = "一二三四五六日"


def number_words(number: int) -> str:
    """A whole number from 0 to 99,999,999 in words."""
    if number >= 10_000:
        rest = number % 10_000
        gap = "零" if 0 < rest < 1000 else ""
        return number_words(number // 10_000) + "万" + gap + (number_words(rest) if rest else "")
    words, zero = "", False
    for value, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, value)
        if digit:
            words += ("零" if zero else "") + DIGITS[digit] + unit
            zero = False
        elif words:
            zero = number > 0
    words = words or "零"
    return words[1:] if words.startswith("一十") else words


def count_words(number: int) -> str:
    """A number before a measure word: 2 is 两."""
    return "两" if number == 2 else number_words(number)


def money_words(fen: Fen) -> str:
    """Money for the ear: 3280 is 三十二块八, 3205 is 三十二块零五分, 50 is 五毛."""
    yuan, rest = divmod(fen, 100)
    jiao, cents = divmod(rest, 10)
    if not yuan:
        words = f"{count_words(jiao)}毛" if jiao else ""
        return words + (f"{number_words(cents)}分" if cents or not jiao else "")
    words = f"{count_words(yuan)}块"
    if jiao:
        words += f"{number_words(jiao)}毛{number_words(cents)}分" if cents else number_words(jiao)
    elif cents:
        words += f"零{number_words(cents)}分"
    return words


def amount_words(quantity: Decimal, unit: str) -> str:
    """A quantity in a sale unit: 0.5 斤 is 半斤, 2.3 斤 is 两斤三两, 2 桶 is 两桶."""
    whole = int(quantity)
    part = quantity - whole
    if not part:
        return f"{count_words(whole)}{unit}"
    if part == Decimal("0.5"):
        return f"{count_words(whole)}{unit}半" if whole else f"半{unit}"
    small = WEIGHTS.get(unit)
    if small is None or (part * 100) % 5:
        digits = f"{part:f}".partition(".")[2].rstrip("0")
        return number_words(whole) + "点" + "".join(DIGITS[int(d)] for d in digits) + unit
    tenths = part * 10
    # 二两, never 两两.
    head = number_words(int(tenths)) if int(tenths) else ""
    half = "半" if tenths != int(tenths) else ""
    return (f"{count_words(whole)}{unit}" if whole else "") + (
        f"{head}{small}{half}" if head else f"半{small}"
    )


def clock_words(moment: datetime) -> str:
    """A clock time: 15:30 is 下午三点半, 9:50 is 上午九点五十."""
    return _part_of_day(moment) + _hour_words(moment)


def _part_of_day(moment: datetime) -> str:
    parts = ((6, "凌晨"), (12, "上午"), (13, "中午"), (18, "下午"), (24, "晚上"))
    return next(name for limit, name in parts if moment.hour < limit)


def _hour_words(moment: datetime) -> str:
    hour, minute = moment.hour, moment.minute
    minutes = {0: "", 30: "半", 15: "一刻"}.get(minute)
    if minutes is None:
        minutes = f"零{number_words(minute)}分" if minute < 10 else number_words(minute)
    return f"{count_words(hour - 12 if hour > 12 else hour)}点{minutes}"


def day_words(moment: datetime, now: datetime) -> str:
    """A day as seen from today: 明天, 下星期二, or 十二月一号星期二."""
    ahead = (moment.date() - now.date()).days
    if ahead in DAYS:
        return DAYS[ahead]
    weekday = WEEKDAYS[moment.weekday()]
    if 0 < ahead < 7:
        return ("星期" if moment.weekday() > now.weekday() else "下星期") + weekday
    return f"{number_words(moment.month)}月{number_words(moment.day)}号星期{weekday}"


def window_words(window: Window, now: datetime) -> str:
    """A wished time: 明天上午, 后天下午三点到四点. All three are local times."""
    start, end = window.start, window.end
    if start.date() != end.date():
        return f"{day_words(start, now)}到{day_words(end, now)}"
    day = day_words(start, now)
    part = PARTS_OF_DAY.get((start.time(), end.time()))
    if part is not None:
        return day + part
    if start - now <= timedelta(minutes=30):
        # Partly past: 今天上午 is still said of what is left of it.
        for (_, until), name in PARTS_OF_DAY.items():
            if until == end.time() and name in ("", "上午", "下午", "晚上"):
                return day + name
        return f"{day}{clock_words(end)}之前"
    same_part = _part_of_day(start) == _part_of_day(end)
    end_words = _hour_words(end) if same_part else clock_words(end)
    return f"{day}{clock_words(start)}到{end_words}"


def joined(parts: Iterable[str]) -> str:
    """A list with the pauses that a listener needs."""
    return "，".join(parts)


def figures_words(text: str) -> str:
    """The figures of a text as words: 10斤 is 十斤."""
    return re.sub(r"\d+", lambda figures: count_words(int(figures[0])), text)


def digit_words(code: str) -> str:
    """Digits one by one, such as a number's last four: 0101 is 零幺零幺."""
    return "".join("幺" if digit == "1" else DIGITS[int(digit)] for digit in code)
