"""Rows of ours as the API tells them."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from family_link import alerts, hearing, tab
from family_link.reading import Sight, Whole
from family_link.rules import SpendingRule
from family_link.settling import next_due
from orders.catalogue import Product
from orders.lifecycle import State
from orders.order import Order, OrderLine
from orders.recordings import Recording
from orders.relatives import Link, Scope


def window(start: datetime | None, end: datetime | None) -> dict[str, datetime] | None:
    """A span of time, where there is one."""
    return {"start": start, "end": end} if start and end else None


def line(row: OrderLine, kept: Recording | None) -> dict[str, Any]:
    """One line, and where it was said."""
    return {
        "position": row.position,
        "sku": row.sku,
        "name": row.name,
        "unit": row.unit,
        "quantity": f"{row.quantity.normalize():f}",
        "fen": row.amount,
        "window": window(row.window_start, row.window_end),
        "gone": row.dropped_by is not None,
        "audio_from": hearing.said_at(row, kept),
    }


def brief(sight: Sight) -> dict[str, Any]:
    """An order in a list."""
    order = sight.order
    return {
        "id": order.id,
        "code": order.code,
        "state": order.state,
        "link": sight.link.id,
        "parent": sight.link.customer.name,
        "made_at": order.created_at,
        "total_fen": order.total,
    }


def whole(session: Session, seen: Whole) -> dict[str, Any]:
    """One order with all that its child may see."""
    order, link = seen.sight.order, seen.sight.link
    kept = seen.recording
    return brief(seen.sight) | {
        "lines": [line(row, kept) for row in order.all_lines],
        "said": kept.text or None if kept else None,
        "has_audio": bool(kept and kept.stored_as and link.allows(Scope.AUDIO)),
        "audio_from": hearing.first_word(order, kept),
        "address": link.customer.address if link.allows(Scope.ADDRESS) else None,
        "supplements": [
            {"fen": row.fen, "reason": row.reason, "agreed": row.agreed} for row in seen.more
        ],
        "to_pay_fen": _to_pay(session, order),
        "may": link.scopes.split(),
        "timeline": [{"event": row.name, "at": row.at} for row in seen.events],
        "visits": [
            {
                "id": visit.id,
                "state": visit.state,
                "window": window(visit.window_start, visit.window_end),
                "stars": rating.stars if rating else None,
                "rated_by": rating.role if rating else None,
            }
            for visit, rating in seen.visits
        ],
    }


def _to_pay(session: Session, order: Order) -> int:
    due = next_due(session, order) if order.state is State.AWAITING_PAYMENT else None
    return due[1] if due else 0


def link(session: Session, row: Link) -> dict[str, Any]:
    """A parent, and what this child may do for her."""
    account = tab.of_link(session, row.id)
    return {
        "id": row.id,
        "parent": row.customer.name,
        "relation": row.relation,
        "scopes": row.scopes.split(),
        "rank": row.rank,
        "linked_at": row.linked_at,
        "alerts": sorted(alerts.switched_on(session, row.id)),
        "tab_limit_fen": account.limit_fen if account else None,
        "tab_owed_fen": tab.owed(session, account) if account else None,
    }


def rule(row: SpendingRule) -> dict[str, Any]:
    """A rule."""
    return {
        "id": row.id,
        "kind": row.kind,
        "category": row.category,
        "sku": row.sku,
        "span": row.span,
        "limit_fen": row.limit_fen,
    }


def product(row: Product) -> dict[str, Any]:
    """Something on sale."""
    return {
        "sku": row.sku,
        "name": row.name,
        "spec": row.spec,
        "unit": row.unit,
        "category": row.category,
        "fen": row.price,
        "service": row.is_service,
    }
