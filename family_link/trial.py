"""Trying rules out: what would have happened to a parent's last orders."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from family_link import reading, rules
from family_link.rules import SpendingRule, Spent, Verdict
from orders.order import Order

ORDERS = 10


class Would(StrEnum):
    """What would have happened to an order."""

    BY_ITSELF = "by_itself"
    ASKED = "asked"
    LESS_AND_ASKED = "less_and_asked"
    LESS_BY_ITSELF = "less_by_itself"
    REFUSED = "refused"


@dataclass(frozen=True)
class Tried:
    """One order and what the rules would have made of it."""

    order: Order
    would: Would


def try_out(
    session: Session, customer_id: uuid.UUID, proposed: Sequence[SpendingRule]
) -> list[Tried]:
    """The last ten orders under these rules, oldest first: limits count what went before."""
    orders = reading.last_of(session, customer_id, ORDERS)
    passed: list[tuple[Order, int]] = []
    tried = []
    for order in reversed(orders):
        items = rules.items_of(order)
        verdict = rules.judge(proposed, items, _spent(passed, order))
        left = [item for item in items if item.position not in verdict.never]
        would = _would(verdict, bool(left))
        if verdict.approved_by is not None:
            passed.append((order, sum(item.fen for item in left)))
        tried.append(Tried(order, would))
    return tried


def _spent(passed: list[tuple[Order, int]], order: Order) -> Spent:
    def since(span: timedelta) -> int:
        return sum(fen for past, fen in passed if order.created_at - past.created_at < span)

    return Spent(day=since(timedelta(days=1)), month=since(timedelta(days=30)))


def _would(verdict: Verdict, some_left: bool) -> Would:
    if not some_left:
        return Would.REFUSED
    if verdict.approved_by is not None:
        return Would.LESS_BY_ITSELF if verdict.never else Would.BY_ITSELF
    return Would.LESS_AND_ASKED if verdict.never else Would.ASKED
