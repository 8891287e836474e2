"""The sample callers: what each says, and what each wants. Nobody in the product knows this."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

DAYS = {"今天": 0, "明天": 1}
HOURS = {"上午": "08:00–12:00"}
TIMES = {"今天": ("08:00", "20:00"), "明天上午": ("08:00", "12:00")}
"""From and to, as a clerk writes them down."""


@dataclass(frozen=True)
class Want:
    """One thing that a caller wants: by the catalogue's name, and how she says how many."""

    name: str
    words: str
    quantity: Decimal
    unit: str
    when: str = ""
    said: str = ""
    choice: str = ""
    """How the right one of several kinds is known, as a pattern."""

    @property
    def aloud(self) -> str:
        """How she asks for it."""
        return self.said or f"{self.words}{self.name}"

    def is_item(self, item: str) -> bool:
        """Whether something that was read to her is this thing, however many."""
        return item.endswith(self.name)

    def is_right(self, item: str) -> bool:
        """Whether something that was read to her is this thing in this amount."""
        service = bool(self.said) and item == self.name
        return service or item.startswith(self.words) and self.is_item(item) and self.is_kind(item)

    def is_kind(self, words: str) -> bool:
        """Whether these words name the right one of several kinds."""
        return re.search(self.choice, words) is not None

    def on_page(self, today: date) -> tuple[str, ...]:
        """What must stand in its row on the children's page."""
        thing = (self.name, f"{self.quantity}{self.unit}")
        if not self.when:
            return thing
        day = today + timedelta(days=DAYS[self.when[:2]])
        return (*thing, f"{day.month}月{day.day}日", HOURS.get(self.when[2:], ""))


def _two(name: str, unit: str = "斤", **more: Any) -> Want:
    return Want(name, f"两{unit}", Decimal(2), unit, **more)


def _one(name: str, unit: str, **more: Any) -> Want:
    return Want(name, f"一{unit}", Decimal(1), unit, **more)


TEN_JIN = "10斤|(?<![二三四五六七八九])十斤"
PLUMBER = _one("水管维修", "次", when="明天上午", said="修水管")

CALLERS: Mapping[int, tuple[str, tuple[Want, ...]]] = {
    1: ("我要两斤鸡蛋一桶花生油", (_two("鸡蛋"), _one("花生油", "桶"))),
    2: (
        "给我送三斤土豆两斤西红柿再来一把香菜",
        (Want("土豆", "三斤", Decimal(3), "斤"), _two("西红柿"), _one("香菜", "把")),
    ),
    3: ("明天上午找个人来修水管", (PLUMBER,)),
    4: (
        "今天送两斤鸡蛋一桶菜籽油明天上午再找个人来修水管",
        (_two("鸡蛋", when="今天"), _one("菜籽油", "桶", when="今天"), PLUMBER),
    ),
    5: (
        "一袋大米再要五袋牛奶",
        (
            _one("大米", "袋", choice=TEN_JIN),
            Want("纯牛奶", "五袋", Decimal(5), "袋"),
        ),
    ),
    6: ("我摔倒了快来人", ()),
}
"""By number: the words of the recording, and what is wanted. The sixth is in danger."""
