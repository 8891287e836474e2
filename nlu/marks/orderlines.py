"""The lines of an order while it is being heard: what was said of each, the last word winning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from nlu.amounts.quantities import Amount
from nlu.contract import DraftLine
from nlu.marks.binding import Loose, Mention
from nlu.vocabulary import Sense, Vocabulary

Mode = Literal["kept", "set", "more", "less"]


@dataclass
class Line:
    """One thing wished for. `amounts` add up; none means that it must be asked.

    `base` is the drafted line it stands for and `mode` what was said of it; a line that was not
    drafted is always `set`. `asked` says that a word of wishing stood before it, `for_one` that
    one of several people wants it, `owned` that some of it is at home, as was said after all.
    """

    sense: Sense
    amounts: list[Amount] = field(default_factory=list)
    spec_jin: Decimal | None = None
    start: int = 0
    end: int = 0
    base: DraftLine | None = None
    mode: Mode = "set"
    inherited: Decimal | None = None
    taken_over: bool = False
    asked: bool = False
    for_one: bool = False
    owned: bool = False

    @property
    def amount_is_vague(self) -> bool:
        return bool(self.amounts) and self.amounts[-1].value is None


class Lines:
    """The lines so far, in the order first named, and what the talk is about."""

    def __init__(self, vocabulary: Vocabulary, draft: Sequence[DraftLine] = ()) -> None:
        self.vocabulary = vocabulary
        self.lines: list[Line] = []
        self.text = ""
        for drafted in draft:
            product = vocabulary.products.get(drafted.sku)
            if product:
                sense = Sense(product.name, "held", (product.sku,))
                self.lines.append(Line(sense, base=drafted, mode="kept"))
        self.drafted = bool(self.lines)
        self.removed: list[Line] = []
        self.focus: Line | None = None
        self.topic: Mention | None = None
        self.previous: Mention | None = None
        self.telling = False  # the thing named last belongs to a story
        self.owned = False
        self.mending: int | None = None  # where the amount ends that was last put right
        self.adding: int | None = None  # where that ends which somebody else wants as well
        self.denied: set[str] = set()
        self.refuted: Loose | None = None  # 不是十斤
        self.spent = 0  # how many of the characters after the thing named last were said of it
        self.unread: list[Loose] = []
        self.bare: list[Mention] = []
        self.dropped: list[Mention] = []

    def matching(self, sense: Sense) -> list[Line]:
        """The lines that a word may mean; a shelf word takes in all of its lines."""
        same = [
            line for line in self.lines
            if line.sense.word == sense.word or set(sense.skus) & set(line.sense.skus)
        ]
        if same or sense.held != "shelf":
            return same
        covers = self.vocabulary.covered
        return [line for line in self.lines if any(covers(sense, sku) for sku in line.sense.skus)]

    def is_service(self, sense: Sense) -> bool:
        return self.vocabulary.is_service(sense)

    def of_one_kind(self, first: Sense, second: Sense) -> bool:
        """Whether the two are of one part of the shop: 五花肉 and 瘦肉."""
        products = self.vocabulary.products
        kinds = [{products[sku].category for sku in sense.skus} for sense in (first, second)]
        return bool(kinds[0] & kinds[1])

    def find(self, sense: Sense) -> Line | None:
        found = self.matching(sense)
        return found[-1] if found else None

    def remove(self, line: Line) -> None:
        if line in self.lines:
            self.lines.remove(line)
        self.removed.append(line)
        self.focus = None

    def put(self, line: Line, at: Line | None = None) -> None:
        if at is not None and at in self.lines:
            self.lines[self.lines.index(at)] = line
        else:
            self.lines.append(line)
        self.focus = line

    def say(self, line: Line, amounts: list[Amount], mode: Mode) -> None:
        """What is said last of a line replaces what was, and `more` goes on top of it."""
        self.focus = line
        line.taken_over = line.owned = False
        if line.base is None or line.mode in ("more", "less"):
            add = mode == "more" and (line.base is None or line.mode == "more")
            line.amounts = [*line.amounts, *amounts] if add else list(amounts)
            if line.base is not None:
                line.mode = mode if line.mode != "less" else "set"
            if line.inherited is not None and not add:
                line.inherited = None
            return
        line.amounts, line.mode = list(amounts), mode

    def halve(self, line: Line) -> None:
        """Half of what was said of the line, or of what was drafted."""
        last = line.amounts[-1] if line.amounts else None
        if last is not None and last.value is not None:
            self.say(line, [replace(last, value=last.value / 2)], "set")
        elif last is None and line.base is not None:
            unit = self.vocabulary.products[line.base.sku].unit
            self.say(line, [Amount(line.base.quantity / 2, unit, 0, 0, vague=False)], "set")

    def total(self, line: Line, amounts: list[Amount]) -> None:
        """总共五瓶: the parts named before are in it, those beside which nothing stood too."""
        parts = [part for each in self.lines for part in each.amounts]
        if len(self.lines) > 1 and _sums_up(parts, amounts[-1]):
            return
        self.say(line, amounts, "set")
        self.unread = [loose for loose in self.unread if loose.start < line.start]


def drafted(lines: Sequence[Line], mention: Mention) -> list[Line]:
    """Those of the lines that were read out and are of what the mention may mean."""
    return [line for line in lines if line.base and line.base.sku in mention.sense.skus]


def _sums_up(parts: Sequence[Amount], total: Amount) -> bool:
    """两瓶醋一瓶酱油一共三瓶: the total of several lines."""
    values = [part.value for part in parts if part.unit == total.unit and part.value is not None]
    return sum(values, Decimal(0)) == total.value


@dataclass(frozen=True)
class Around:
    """The words about a mention: before it, after it, on to the next thing named, and its own;
    and whether that next thing has an amount."""

    lead: str
    trail: str
    rest: str
    last: bool
    said: str = ""
    next_counted: bool = False


def _read_back(line: Line) -> bool:
    """一桶油换两瓶酱油: the amount that was drafted is said of it, and no other."""
    said = [amount.value for amount in line.amounts]
    return line.base is not None and said == [line.base.quantity]


def line_of(event: Mention) -> Line:
    return Line(event.sense, list(event.amounts[-1:]), event.spec_jin, event.start, event.end)


def take_place(lines: Lines, event: Mention, old: Line) -> None:
    new = line_of(event)
    if not new.amounts:
        new.amounts, new.inherited, new.taken_over = list(old.amounts), old.inherited, True
        if not new.amounts and old.base:
            new.inherited = old.base.quantity
    known = lines.find(event.sense)
    if old.base and old.mode != "kept" and old in lines.lines and not _read_back(old):
        old.mode, old.amounts = "kept", []
        if known:
            lines.say(known, new.amounts, "set")
            return
        lines.put(new)
        return
    if known is not None and known is not old:
        if old in lines.lines:
            lines.remove(old)
        lines.say(known, new.amounts, "set")
        return
    lines.put(new, at=old)
    if old not in lines.removed:
        lines.removed.append(old)
