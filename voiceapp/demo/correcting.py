"""What a caller says to a read-back that is not what she wanted. She knows it by ear alone."""

import re
from collections import Counter
from dataclasses import dataclass, field

from voiceapp.demo.callers import Want

DAY = re.compile(r"^(今天|明天|后天|大后天|.*号星期.)")
NUMBERS = "一二三四"

CHANGES = {
    "extra": ("不要{name}了", "{name}不要了"),
    "missing": ("再加{words}{name}", "还要{words}{name}"),
    "missing then": ("再加{words}{name}，{when}", "还要{words}{name}，{when}"),
    "amount": ("{name}改成{words}", "{name}要{words}"),
    "time": ("{name}改到{when}", "{name}{when}送"),
}
"""How she asks for a change: one way, and another where the first was not understood."""


def items(read: str) -> list[tuple[str, str]]:
    """What was read back, as (item, time): 今天，两斤鸡蛋，一桶菜籽油。明天上午，水管维修。"""
    found = []
    for sentence in read.partition("一共")[0].split("。"):
        when = ""
        for part in sentence.split("，"):
            if not part or part.startswith("跟您核对"):
                continue
            if DAY.match(part):
                when = part
            else:
                found.append((part, when))
    return found


@dataclass
class Corrector:
    """Compares what is read with what is wanted, and says one change at a time."""

    wants: tuple[Want, ...]
    _tried: Counter[tuple[str, str]] = field(default_factory=Counter)

    def change(self, read: str) -> str | None:
        """What she says to this read-back; None where all of it is right."""
        heard = items(read)
        for item, _ in heard:
            if not any(want.is_item(item) for want in self.wants):
                return self._say("extra", _name(item), {})
        for want in self.wants:
            mine = [(item, when) for item, when in heard if want.is_item(item)]
            if not mine:
                kind = "missing then" if want.when else "missing"
                return self._say(kind, want.name, vars(want))
            item, when = mine[0]
            if not want.is_right(item) or len(mine) > 1:
                return self._say("amount", want.name, vars(want))
            if want.when and not when.startswith(want.when):
                return self._say("time", want.said or want.name, vars(want))
        return None

    def choose(self, question: str) -> str:
        """The key for 甲请按一，乙请按二, or for 别的; empty where none is what she wants."""
        others = ""
        for option, key in re.findall(r"([^，。？]+?)请按([一二三四])", question):
            if option == "别的":
                others = str(NUMBERS.index(key) + 1)
            if any(want.name in option and want.is_kind(option) for want in self.wants):
                return str(NUMBERS.index(key) + 1)
        return others

    def amount(self, question: str) -> str:
        """How many, for X您要多少; empty where she wants none of it."""
        return next((want.words for want in self.wants if want.name in question), "")

    def time(self, question: str) -> str:
        """When, for X您想什么时候要."""
        named = [want for want in self.wants if want.name in question and want.when]
        return next((want.when for want in named or self.wants if want.when), "今天")

    def _say(self, kind: str, name: str, known: dict[str, object]) -> str:
        ways = CHANGES[kind]
        way = ways[self._tried[kind, name] % len(ways)]
        self._tried[kind, name] += 1
        return way.format(**{**known, "name": name})


def _name(item: str) -> str:
    """两斤鸡蛋 without its amount; a service is its name."""
    return re.sub(r"^[零一二两三四五六七八九十百半点]+[一-鿿]半?", "", item) or item
