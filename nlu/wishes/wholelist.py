"""What is said of the list as a whole in the midst of an order: 除了白菜别的都不要了, 每样减一袋.

Each such word is carried out on the lines that were said before it; what comes after it is read
as if it began anew. (At the read-back `together` does the like with the lines that were drafted.)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlu.amounts.measures import measure_of
from nlu.cues import FILLER
from nlu.marks.binding import Event, Loose, Mention
from nlu.marks.orderlines import Line, Lines
from nlu.wishes.gathering import read_wishes
from nlu.wishes.repeats import less

_GO = (
    rf"(?:{FILLER}|就|也|先|给我|都|全|全都|统统|一概|暂时|可以)*"
    r"(?:[不别甭莫唔勿覅](?:要|用|买|送|来|拿|弄)|去掉|划掉|划了|勾掉|取消|免了|算了|退了|拿掉|删了|砍了|减了)(?:送|来)?(?:了|吧|啦|咯|哈)*"
)
_THE_OTHERS = (
    r"(?:别的|其他的?|其余的?|剩下的?|旁的|另外的?|余下的?|那[俩仨]|(?:另外|那|其他)?(?:几|两|三)[样个])"
    r"(?:那?些|几样|两样|东西)?"
)
_ONLY = r"(?:就|光|只|单|仅|单单)(?:留下?|要|剩下?|来|保留)"
_KEPT, _LEFT, _STILL = (rf"(?P<{name}>[^，]{{1,14}}?)" for name in ("kept", "left", "still"))
_KEEP = re.compile(
    rf"除了?{_KEPT}(?:之外|以外|外)?{_THE_OTHERS}{_GO}|"
    rf"{_ONLY}{_LEFT}(?:就行了?|就好|就够了?)?{_THE_OTHERS}{_GO}|"
    rf"{_THE_OTHERS}{_GO}(?:{FILLER})*{_ONLY}(?:个)?{_STILL}(?:就|$|[吧了啊])"
)
_COUNT = dict(zip("俩两二三仨四", (2, 2, 2, 3, 3, 4), strict=True))
_SO_MANY = r"(?P<n>俩|仨|[两二三四](?:样|种|个))"
_FIRST_ONLY = re.compile(rf"{_ONLY}(?:前头?|前面|头)的?{_SO_MANY}")
_SO_MANY_GO = re.compile(
    rf"(?P<which>[这那]|前头?|前面|头|后头?|后面|末了|最后)的?{_SO_MANY}(?:东西)?{_GO}"
)
_ROW = re.compile("(?:和|跟|还有|同|与|连|、|啊|呀)*")
_ROW_GOES = re.compile(
    r"(?:(?:都|全|俩)(?:太|忒|嫌|有点|不)?[^，来要买换给拿送]{1,3})?"
    rf"(?:这|那)?(?:俩|仨|两样|三样)?{_GO}(?!太|的)"
)
_LEAD = 12
_EACH = re.compile(
    r"(?:每样|各样|样样|各|都|全都?)(?:都|也|再|给我|就)*"
    r"(?:(?P<less>减掉?|减去|少来?|去掉)|(?P<more>再?加|再?添|多来|再来)|(?:改|变|换)(?:成|为)?)(?:上)?$"
)


@dataclass(frozen=True)
class _Order:
    """What is to be done at `[start, end)`: keep only, or take away, those lines."""

    start: int
    end: int
    keep: tuple[Mention, ...] = ()
    drop: tuple[Mention, ...] = ()
    first: int = 0
    last: int = 0
    keeps: bool = False
    each: Loose | None = None
    way: str = ""


def read_list(text: str, events: Sequence[Event], lines: Lines) -> Lines:
    """Apply all events to the lines, and in their places the words about the whole list."""
    orders = [] if lines.drafted else _orders(text, events)
    while orders:
        fresh, since = Lines(lines.vocabulary), 0
        for order in orders:
            read_wishes(text[: order.start], _within(events, since, order.start), fresh, since)
            if len(fresh.lines) < 2 or not _carry_out(order, fresh):
                orders.remove(order)  # it was none
                break
            since = order.end
        else:
            return read_wishes(text, _within(events, since, len(text)), fresh, since)
    return read_wishes(text, events, lines)


def _orders(text: str, events: Sequence[Event]) -> list[_Order]:
    found: list[_Order] = []
    for match in _KEEP.finditer(text):
        group = next(name for name in ("kept", "left", "still") if match[name])
        named = tuple(
            e for e in _within(events, *match.span(group)) if isinstance(e, Mention)
        )
        if named and not any(event.amounts for event in named):
            found.append(_Order(*match.span(), keep=named, keeps=True))
    for match in _FIRST_ONLY.finditer(text):
        found.append(_Order(*match.span(), first=_COUNT[match["n"][0]], keeps=True))
    for match in _SO_MANY_GO.finditer(text):
        count = _COUNT[match["n"][0]]
        if match["which"] in "这那":
            found.append(_Order(*match.span(), drop=_named_last(events, match.start(), count)))
        elif match["which"][0] in "前头":
            found.append(_Order(*match.span(), first=count))
        else:
            found.append(_Order(*match.span(), last=count))
    found += _rows(text, events)
    for event in events:
        if not isinstance(event, Loose):
            continue
        if said := _EACH.search(text, max(0, event.start - _LEAD), event.start):
            way = "less" if said["less"] else "more" if said["more"] else "set"
            found.append(_Order(said.start(), event.end, each=event, way=way))
    found.sort(key=lambda order: (order.start, -order.end))
    return [
        order for at, order in enumerate(found) if not at or order.start >= found[at - 1].end
    ]


def _rows(text: str, events: Sequence[Event]) -> list[_Order]:
    """洗洁精洗衣液不要了: what is named in a row goes together."""
    found: list[_Order] = []
    row: list[Mention] = []
    for event in events:
        if not isinstance(event, Mention) or event.amounts:
            row = []
            continue
        if row and not _ROW.fullmatch(text, row[-1].end, event.start):
            row = []
        row.append(event)
        goes = _ROW_GOES.match(text, event.end) if len(row) > 1 else None
        if goes:
            found.append(_Order(row[0].start, goes.end(), drop=tuple(row)))
            row = []
    return found


def _named_last(events: Sequence[Event], pos: int, count: int) -> tuple[Mention, ...]:
    """酸奶凉香蕉也凉这两样: so many as were spoken of last, none of them with an amount."""
    last = [event for event in events if event.end <= pos][-count:]
    bare = [event for event in last if isinstance(event, Mention) and not event.amounts]
    return tuple(bare) if len(bare) == count else ()


def _carry_out(order: _Order, lines: Lines) -> bool:
    if order.each is not None:
        return _each(order.each, order.way, lines)
    listed = list(lines.lines)
    picked = listed[: order.first] if order.first else listed[-order.last :] if order.last else []
    for mention in order.keep or order.drop:
        if (line := lines.find(mention.sense)) is None:
            return False
        picked.append(line)
    if not picked or len(picked) >= len(listed) and order.keeps:
        return False
    for line in listed:
        if (line in picked) != order.keeps:
            lines.remove(line)
    return True


def _each(event: Loose, way: str, lines: Lines) -> bool:
    """每样减一袋."""
    said: list[Line] = [
        line for line in lines.lines
        if line.amounts and measure_of(line.amounts[-1].unit) == measure_of(event.amount.unit)
    ]
    if len(said) < 2 or len(said) < len(lines.lines):
        return False
    for line in said:
        if way == "less":
            lines.say(line, [less(line.amounts, event.amount)], "set")
        else:
            lines.say(line, [event.amount], "more" if way == "more" else "set")
    return True


def _within(events: Sequence[Event], start: int, end: int) -> list[Event]:
    return [event for event in events if start <= event.start < end]
