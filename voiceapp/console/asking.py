"""The queue: all that needs a person, as its page shows it."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from orders.customers import Customer
from orders.escalations import Escalation, Reason, Subject
from orders.lifecycle import State
from orders.order import Order
from voiceapp import clock
from voiceapp.console import holding, reading
from voiceapp.console.words import masked


@dataclass(frozen=True)
class Asking:
    """One row of the queue. `order_id` is empty where no order is concerned."""

    id: uuid.UUID
    reason: Reason
    priority: int
    opened_at: datetime
    waited: timedelta
    kind: Subject
    order_id: uuid.UUID | None
    code: str
    state: State | None
    who: str
    claimed_by: uuid.UUID | None
    claimed_name: str


def queue(session: Session) -> list[Asking]:
    """All that needs a person, most pressing first, then longest waiting."""
    rows = session.scalars(
        sa.select(Escalation)
        .where(Escalation.closed_at.is_(None))
        .order_by(Escalation.priority, Escalation.opened_at, Escalation.id)
        .limit(reading.MOST_ROWS)
    ).all()
    about = holding.orders_of(session, rows)
    orders = {
        row.id: row
        for row in session.execute(
            sa.select(Order.id, Order.code, Order.state, Order.customer_id).where(
                Order.id.in_({order_id for order_id in about.values() if order_id})
            )
        )
    }
    people = {row.customer_id for row in rows} | {row.customer_id for row in orders.values()}
    names = {
        row.id: masked(row.name)
        for row in session.execute(
            sa.select(Customer.id, Customer.name).where(Customer.id.in_(people - {None}))
        )
    }
    clerks = reading.clerk_names(session, (row.claimed_by for row in rows))
    moment = clock.now()
    asking = []
    for row in rows:
        order = orders.get(about[row.id]) if about[row.id] else None
        customer_id = row.customer_id or (order.customer_id if order else None)
        asking.append(
            Asking(
                id=row.id,
                reason=row.reason,
                priority=row.priority,
                opened_at=row.opened_at,
                waited=moment - row.opened_at,
                kind=row.subject_kind,
                order_id=order.id if order else None,
                code=order.code if order else "",
                state=order.state if order else None,
                who=names.get(customer_id, "") if customer_id else "",
                claimed_by=row.claimed_by,
                claimed_name=clerks.get(row.claimed_by, "") if row.claimed_by else "",
            )
        )
    return asking
