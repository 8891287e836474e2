"""Pieces of what callers say: numbers, amounts, times, addresses. Tables and chance, no
sentences."""

from pathlib import Path
from random import Random

DIGITS = "零一二三四五六七八九"
HERE = Path(__file__).parent / "data"


def _tables() -> dict[str, list[str]]:
    rows = (HERE / "phrases.tsv").read_text(encoding="utf-8").splitlines()
    return {
        name: words.split()
        for name, words in (row.split("\t") for row in rows if not row.startswith("#"))
    }


WORDS = _tables()
MEASURES = dict(pair.split(":") for pair in WORDS["counted"])


def han(text: str) -> str:
    """The Chinese characters of `text`."""
    return "".join(c for c in text if "\u4e00" <= c <= "\u9fff")


def number(value: int) -> str:
    """0 to 9999 as it is said."""
    if value < 10:
        return DIGITS[value]
    if value < 100:
        tens, ones = divmod(value, 10)
        return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")
    unit, word = (1000, "千") if value >= 1000 else (100, "百")
    head, rest = divmod(value, unit)
    said = DIGITS[head] + word
    if not rest:
        return said
    if rest < unit // 10:
        return said + "零" + number(rest)
    return said + ("一" if unit == 100 and rest < 20 else "") + number(rest)


def measure(chance: Random) -> str:
    return chance.choices(list(MEASURES), [int(weight) for weight in MEASURES.values()])[0]


def amount(chance: Random, unit: str | None = None) -> str:
    """A count and a measure word: `unit`, or any."""
    if chance.random() < 0.12:
        return chance.choice(WORDS["odd_amounts"])
    counted = chance.choices(
        (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 30, chance.randint(11, 99)),
        (20, 24, 14, 9, 10, 6, 3, 5, 2, 8, 2, 2, 3, 1, 5),
    )[0]
    said = "两" if counted == 2 else number(counted)
    half = "半" if chance.random() < 0.05 else ""
    return said + (unit or measure(chance)) + half


def hour(chance: Random) -> str:
    value = chance.randint(1, 12)
    said = ("两" if value == 2 else number(value)) + "点"
    return (
        said
        + chance.choices(
            ("", "半", "钟", "一刻", "二十", "四十", "十分", "多", "左右", "整"),
            (50, 18, 8, 4, 4, 3, 3, 3, 5, 2),
        )[0]
    )


def time(chance: Random) -> str:
    kind = chance.random()
    if kind < 0.08:
        return (
            chance.choice(("半个", "一个", "两个", "三个", "过一个", "过两个"))
            + chance.choice(("小时", "钟头"))
            + chance.choice(("以后", "之内", "后"))
        )
    if kind < 0.14:
        return (
            number(chance.randint(1, 12))
            + "月"
            + number(chance.randint(1, 31))
            + chance.choice(("号", "日"))
        )
    day = chance.choice(WORDS["days"]) if chance.random() < 0.85 else ""
    part = chance.choice([*WORDS["parts"], ""])
    at = hour(chance) if chance.random() < 0.45 else ""
    if at and chance.random() < 0.12:
        at += "到" + hour(chance)
    return day + part + at or "明天上午"


def address(chance: Random) -> str:
    block = number(chance.randint(1, 30)) + chance.choice(("号楼", "栋", "幢", "号院"))
    stair = number(chance.randint(1, 6)) + "单元" if chance.random() < 0.7 else ""
    flat = chance.choice(
        (number(chance.randint(1, 30)) + "楼", digits(chance, 3), digits(chance, 4) + "室")
    )
    return block + stair + flat


def digits(chance: Random, count: int) -> str:
    one = chance.choice("一一一幺")
    return "".join(one if digit == "一" else digit for digit in chance.choices(DIGITS, k=count))


def name(chance: Random) -> str:
    return chance.choice(WORDS["surnames"]) + chance.choice([*WORDS["titles"], "", ""])
