"""What the firm says is taken into our books: the only place where money makes an order ready."""

import logging
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Session

from family_link import supplements
from family_link.gateway import Traded
from family_link.payments import Attempt, AttemptState, Means, Payment, PaymentState, open_attempts
from family_link.refunds import Why, want_refund
from family_link.tab import Bill, TabEntry
from orders import errands
from orders.escalations import Reason, Subject, escalate
from orders.lifecycle import Event, State
from orders.order import Order
from orders.people import FIRM
from voiceapp import clock
from voiceapp.money import Fen

log = logging.getLogger(__name__)


def next_due(session: Session, order: Order) -> tuple[int, Fen] | None:
    """The leg of an order that nobody has paid, promised or put on a tab, and its amount."""
    legs = {0: order.total} | {
        row.leg: row.fen for row in supplements.of_order(session, order.id) if row.agreed
    }
    taken = set(
        session.scalars(sa.select(TabEntry.leg).where(TabEntry.order_id == order.id))
    ) | set(
        session.scalars(
            sa.select(Payment.leg).where(
                Payment.order_id == order.id,
                sa.or_(
                    Payment.state.in_((PaymentState.PAID, PaymentState.COLLECTED)),
                    sa.and_(Payment.means == Means.DOOR, Payment.state == PaymentState.DUE),
                ),
            )
        )
    )
    left = [(leg, fen) for leg, fen in sorted(legs.items()) if leg not in taken and fen > 0]
    return left[0] if left else None


def settle(session: Session, traded: Traded) -> None:
    """Take what the firm says of one attempt into our books. Saying it again changes nothing.

    1. An attempt whose money was counted is done with.
    2. The amount is compared to the fen; a wrong one goes before a person.
    3. The first success pays what is due and moves the order; any other goes back by itself.
    """
    attempt = _attempt(session, traded.trade)
    if attempt is None:
        log.warning("the firm speaks of a trade that is not ours")
        return
    payment = session.get_one(Payment, attempt.payment_id, with_for_update=True)
    # Another hand may have counted this very money while we waited for the row.
    session.refresh(attempt)
    if attempt.received_fen is not None:
        return
    if not traded.paid:
        if traded.ended and attempt.state is AttemptState.OPEN:
            attempt.state, attempt.ended_at = AttemptState.CLOSED, clock.now()
        return
    attempt.received_fen, attempt.firm_id = traded.fen, traded.firm_id
    attempt.ended_at = clock.now()
    if traded.fen != attempt.fen or traded.currency != "CNY":
        attempt.state = AttemptState.WRONG
        customer = payment.order.customer_id if payment.order else None
        escalate(session, Subject.PAYMENT, payment.id, Reason.WRONG_AMOUNT, customer)
        return
    attempt.state = AttemptState.PAID
    if payment.settled:
        want_refund(session, attempt, Why.PAID_TWICE)
    elif not _wanted(payment):
        want_refund(session, attempt, Why.PAID_TOO_LATE)
    else:
        _pay(session, payment, attempt)


def _attempt(session: Session, trade: str) -> Attempt | None:
    try:
        return session.get(Attempt, uuid.UUID(hex=trade))
    except ValueError:
        return None


def _wanted(payment: Payment) -> bool:
    if payment.state is not PaymentState.DUE or payment.means is Means.DOOR:
        return False
    return payment.order is None or payment.order.state is State.AWAITING_PAYMENT


def _pay(session: Session, payment: Payment, attempt: Attempt) -> None:
    payment.state, payment.paid_at, payment.paid_by = PaymentState.PAID, clock.now(), attempt.payer
    session.flush()
    for other in open_attempts(payment):
        errands.write(session, "query_payment", other.id, key=f"query_payment {other.id} paid")
    if payment.bill_id is not None:
        session.get_one(Bill, payment.bill_id).paid_at = clock.now()
    elif payment.order is not None and next_due(session, payment.order) is None:
        payment.order.move(Event.PAID, FIRM, payment=str(payment.id))
