"""Money at the desk: what an order cost and how, more that was found on a visit, what goes back."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from family_link import approval, payments, refunds, supplements
from family_link.payments import Means, Payment, PaymentState
from family_link.refunds import Refund, RefundState
from family_link.supplements import Supplement
from orders import errands
from orders.lifecycle import State
from orders.order import Order
from orders.people import Author
from voiceapp import clock
from voiceapp.console.models import Note
from voiceapp.errors import NotAllowed
from voiceapp.money import Fen, format_yuan

JPEG = b"\xff\xd8\xff"
"""How a JPEG begins. Nothing else is kept, so that nothing else is ever served."""


@dataclass(frozen=True)
class Money:
    """What was paid or is owed for one order, leg by leg, and what went back of its lines."""

    payments: list[Payment]
    supplements: list[Supplement]
    made_good: dict[uuid.UUID, Refund]
    asked_of_her: bool = False
    """Whether a supplement waits, so that her no can be written down."""
    hers_alone: bool = False
    """Whether her yes is enough for it: she pays, or everybody else was asked in vain."""

    @property
    def cash(self) -> Fen:
        """What is yet to be taken at the door."""
        return sum(row.fen for row in self.payments if _is_cash(row))


def _is_cash(row: Payment) -> bool:
    return row.means is Means.DOOR and row.state is PaymentState.DUE


def of_order(session: Session, order: Order) -> Money:
    """Everything about the money of one order."""
    waits = order.state is State.AWAITING_APPROVAL and bool(
        supplements.waiting(session, order.id)
    )
    return Money(
        payments=payments.of_order(session, order.id),
        supplements=supplements.of_order(session, order.id),
        made_good=_made_good(session, (line.id for line in order.all_lines)),
        asked_of_her=waits,
        hers_alone=waits and approval.only_she_is_left(session, order),
    )


def _made_good(session: Session, lines: Iterable[uuid.UUID]) -> dict[uuid.UUID, Refund]:
    rows = session.scalars(
        sa.select(Refund).where(
            Refund.line_id.in_(list(lines)), Refund.state != RefundState.FAILED
        )
    )
    return {row.line_id: row for row in rows if row.line_id is not None}


def cash_due(session: Session, orders: Iterable[uuid.UUID]) -> dict[uuid.UUID, Fen]:
    """What is to be taken at the door, by order."""
    rows = session.execute(
        sa.select(Payment.order_id, sa.func.sum(Payment.fen))
        .where(
            Payment.order_id.in_(list(orders)),
            Payment.means == Means.DOOR,
            Payment.state == PaymentState.DUE,
        )
        .group_by(Payment.order_id)
    )
    return {order_id: int(fen) for order_id, fen in rows if order_id is not None}


def make_good(
    session: Session, order: Order, line_id: uuid.UUID, fen: Fen, by: Author, why: str
) -> None:
    """Give so much of one line back, and write down why.

    Raises NotAllowed without a reason, for a line that was made good before or is not the
    order's, and for more than it came to.
    """
    line = next((row for row in order.all_lines if row.id == line_id), None)
    if line is None or not why.strip():
        raise NotAllowed("money goes back for a line, and for a reason")
    if _made_good(session, [line_id]):
        raise NotAllowed("this line was made good before")
    refunds.refund_line(session, order, line_id, fen)
    _note(session, order, by, f"{line.name} {format_yuan(fen)}：{why.strip()}")


def _note(session: Session, order: Order, by: Author, words: str) -> None:
    assert by.id is not None, "money is moved by a clerk"
    session.add(
        Note(customer_id=order.customer_id, order_id=order.id, clerk_id=by.id, words=words)
    )


def ask_for_more(
    session: Session, order: Order, fen: Fen, reason: str, by: Author, photo: str, days: int
) -> Supplement:
    """More is to be paid than was confirmed; the photo goes when its days are over."""
    row = supplements.ask_for_more(session, order, fen, reason, by, photo)
    if photo:
        at = clock.now() + timedelta(days=days)
        errands.write(session, "delete_photo", row.id, at=at, key=f"delete_photo {row.id}")
    return row
