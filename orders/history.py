"""What a customer ordered before: the usual, what is under way, what was spent."""

import uuid
from datetime import datetime, tzinfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from orders.lifecycle import FINAL, Event, State
from orders.order import Order, OrderEvent, OrderLine
from voiceapp.money import Fen


def ordered_skus(session: Session, customer_id: uuid.UUID, limit: int = 20) -> tuple[str, ...]:
    """What this customer orders, most often first."""
    rows = session.execute(
        sa.select(OrderLine.sku, sa.func.count().label("times"))
        .join(Order)
        .where(Order.customer_id == customer_id, Order.state == State.DELIVERED)
        .group_by(OrderLine.sku)
        .order_by(sa.desc("times"), OrderLine.sku)
        .limit(limit)
    )
    return tuple(row.sku for row in rows)


def last_delivered(
    session: Session, customer_id: uuid.UUID, *, for_family: bool = False
) -> Order | None:
    """The usual: the last order that arrived; `for_family`, of those that are not private."""
    arrived = sa.select(Order).where(
        Order.customer_id == customer_id, Order.state == State.DELIVERED
    )
    if for_family:
        arrived = arrived.where(~Order.private)
    return session.scalar(arrived.order_by(Order.created_at.desc()).limit(1))


def under_way(session: Session, customer_id: uuid.UUID, limit: int = 4) -> list[Order]:
    """Orders with lines that have not ended, newest first."""
    rows = session.scalars(
        sa.select(Order)
        .where(Order.customer_id == customer_id, Order.state.not_in(FINAL))
        .where(Order.all_lines.any())
        .order_by(Order.created_at.desc())
        .limit(limit)
    )
    return list(rows)


def drafts_of(session: Session, order: Order, states: tuple[State, ...]) -> list[Order]:
    """All orders in these states that one call back reads as one: those of the same person, or,
    where nobody is known, of the same line.

    The order itself is among them if its state is.
    """
    same = (
        Order.customer_id == order.customer_id
        if order.customer_id is not None
        else sa.and_(Order.customer_id.is_(None), Order.number_index == order.number_index)
    )
    rows = session.scalars(
        sa.select(Order).where(same, Order.state.in_(states)).order_by(Order.created_at)
    )
    return list(rows)


def spent_since(session: Session, customer_id: uuid.UUID, since: datetime) -> Fen:
    """What this customer's delivered orders come to since a moment."""
    delivered = sa.select(OrderEvent.order_id).where(
        OrderEvent.name == Event.DELIVERED, OrderEvent.at >= since
    )
    rows = session.scalars(
        sa.select(Order).where(Order.customer_id == customer_id, Order.id.in_(delivered))
    )
    return sum(order.total for order in rows)


def month_start(moment: datetime, zone: tzinfo) -> datetime:
    """The first instant of the month that a moment falls in, where the community lives."""
    return moment.astimezone(zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
