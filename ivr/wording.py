"""Rows as they are read aloud, and as the NLU takes them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import nlu
from ivr import saying, script
from ivr.script import SpokenLine
from orders.order import Order


def spoken(order: Order, zone: ZoneInfo) -> tuple[SpokenLine, ...]:
    """An order's lines as they are read aloud."""
    return tuple(
        SpokenLine(
            line.name,
            line.quantity,
            line.unit,
            local_window(line.window_start, line.window_end, zone),
            line.product.is_service,
        )
        for line in order.lines
    )


def draft_lines(order: Order, zone: ZoneInfo) -> tuple[nlu.DraftLine, ...]:
    """An order's lines as the NLU takes a draft."""
    return tuple(
        nlu.DraftLine(
            line.sku, line.quantity, local_window(line.window_start, line.window_end, zone)
        )
        for line in order.lines
    )


def local_window(
    start: datetime | None, end: datetime | None, zone: ZoneInfo
) -> nlu.Window | None:
    """A wished time where the community lives; None where none is wished."""
    if start is None or end is None:
        return None
    return nlu.Window(start.astimezone(zone), end.astimezone(zone))


def what(order: Order) -> str:
    """An order in a few words: its first things."""
    names = [script.plain_name(line.name) for line in order.lines]
    return saying.joined(names[:2]) + ("等" if len(names) > 2 else "")
