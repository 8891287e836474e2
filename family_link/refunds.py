"""Money that goes back: whole, by line, or by itself when it came too late."""

import uuid
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from family_link import tab
from family_link.gateway import PaymentGateway, Refunded
from family_link.payments import (
    Attempt,
    AttemptState,
    Means,
    Payment,
    PaymentState,
    of_order,
    open_attempts,
)
from orders import errands
from orders.errands import Work
from orders.escalations import Reason, Subject, escalate
from orders.lifecycle import State
from orders.order import Order
from voiceapp import clock
from voiceapp.db import Base, Name, uuid_key
from voiceapp.errors import NotAllowed, ProviderRefused
from voiceapp.money import Fen

LOOK_AGAIN = timedelta(minutes=10)
"""A refund that the firm is still working on is asked about again after this."""


class RefundState(StrEnum):
    """Where a refund stands."""

    WANTED = "wanted"
    DONE = "done"
    FAILED = "failed"


class Why(StrEnum):
    """Why money goes back."""

    CANCELLED = "cancelled"
    LESS_DELIVERED = "less_delivered"
    PAID_TOO_LATE = "paid_too_late"
    PAID_TWICE = "paid_twice"
    WRONG_AMOUNT = "wrong_amount"


class Refund(Base):
    """One sum that goes back to where it came from. Our id is the firm's refund number.

    Without an attempt it was taken off the tab or the cash, and nobody moves any money for it.
    """

    __tablename__ = "refunds"

    id: Mapped[uuid.UUID] = uuid_key()
    attempt_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("payment_attempts.id"), index=True
    )
    line_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("order_lines.id"), index=True
    )
    fen: Mapped[Fen]
    why: Mapped[Why] = mapped_column(Name(Why))
    state: Mapped[RefundState] = mapped_column(Name(RefundState), default=RefundState.WANTED)
    wanted_at: Mapped[datetime] = mapped_column(default=clock.now)
    done_at: Mapped[datetime | None]
    firm_id: Mapped[str | None] = mapped_column(sa.String(64))

    attempt: Mapped[Attempt | None] = relationship()


def given_back(session: Session, attempt_id: uuid.UUID) -> Fen:
    """What goes back, or went back, of one attempt's money."""
    return (
        session.scalar(
            sa.select(sa.func.sum(Refund.fen)).where(
                Refund.attempt_id == attempt_id, Refund.state != RefundState.FAILED
            )
        )
        or 0
    )


def want_refund(
    session: Session,
    attempt: Attempt,
    why: Why,
    fen: Fen | None = None,
    line_id: uuid.UUID | None = None,
) -> Refund | None:
    """Leave a refund to be made, of `fen` or of all that is left; the payment's row is locked.

    None where nothing is left. Raises NotAllowed where more would go back than came.
    """
    left = (attempt.received_fen or 0) - given_back(session, attempt.id)
    fen = left if fen is None else fen
    if fen > left:
        raise NotAllowed("more would go back than was paid")
    if fen <= 0:
        return None
    refund = Refund(attempt=attempt, fen=fen, why=why, line_id=line_id)
    session.add(refund)
    session.flush()
    errands.write(session, "refund", refund.id, key=f"refund {refund.id}")
    return refund


def refund_line(session: Session, order: Order, line_id: uuid.UUID, fen: Fen) -> None:
    """Less of a line came than was paid: give so much back, or take it off the tab or the cash.

    A line is made good once: doing it again changes nothing. Cash that was taken is given back by
    a person. Raises NotAllowed for more than the line came to, and where nothing was paid.
    """
    line = next((row for row in order.all_lines if row.id == line_id), None)
    if line is None or not 0 < fen <= line.amount:
        raise NotAllowed("a refund is of a line, and at most what the line came to")
    session.execute(sa.select(Order.id).where(Order.id == order.id).with_for_update())
    before = sa.and_(Refund.line_id == line_id, Refund.state != RefundState.FAILED)
    if session.scalar(sa.select(Refund.id).where(before).limit(1)) is not None:
        return
    if tab.lessen(session, order.id, fen):
        _note(session, line_id, fen)
        return
    first = next(iter(of_order(session, order.id)), None)
    payment = session.get_one(Payment, first.id, with_for_update=True) if first else None
    paid = [each for each in payment.attempts if each.state is AttemptState.PAID] if payment else []
    if paid:
        want_refund(session, paid[0], Why.LESS_DELIVERED, fen, line_id)
    elif payment is not None and payment.means is Means.DOOR:
        _less_cash(session, payment, fen)
        _note(session, line_id, fen)
    else:
        raise NotAllowed("nothing was paid for this order")


def _less_cash(session: Session, payment: Payment, fen: Fen) -> None:
    payment.fen -= fen
    if payment.state is PaymentState.COLLECTED:
        customer = payment.order.customer_id if payment.order else None
        escalate(session, Subject.PAYMENT, payment.id, Reason.CASH_TO_RETURN, customer)


def _note(session: Session, line_id: uuid.UUID, fen: Fen) -> None:
    session.add(
        Refund(
            line_id=line_id,
            fen=fen,
            why=Why.LESS_DELIVERED,
            state=RefundState.DONE,
            done_at=clock.now(),
        )
    )
    session.flush()


def cancel_payment(session: Session, payment: Payment) -> None:
    """Nobody owes this any more: what came goes back, what may still come is closed."""
    session.refresh(payment, with_for_update=True)
    if payment.state is PaymentState.DUE:
        payment.state = PaymentState.CANCELLED
        for attempt in open_attempts(payment):
            errands.write(
                session, "query_payment", attempt.id, key=f"query_payment {attempt.id} cancelled"
            )
    for attempt in payment.attempts:
        if attempt.state is AttemptState.PAID:
            want_refund(session, attempt, Why.CANCELLED)


def refund_order(work: Work) -> None:
    """Errand: a cancelled order owes nothing, and what was paid for it goes back."""
    with work.db.begin() as session:
        order = session.get_one(Order, work.subject)
        if order.state is State.CANCELLED:
            for payment in of_order(session, order.id):
                cancel_payment(session, payment)
            tab.strike(session, order.id)
        work.finish(session)


def refund(work: Work, gateway: PaymentGateway) -> None:
    """Errand: have the firm give one sum back. Asking again under the same number gives once."""
    with work.db.reading() as session:
        row = session.get_one(Refund, work.subject)
        if row.state is not RefundState.WANTED:
            return
        assert row.attempt is not None, "what the firm gives back came through it"
        trade, received = row.attempt.trade, row.attempt.received_fen or 0
        number, fen, why = row.id.hex, row.fen, row.why
    try:
        answer = gateway.refund(trade, number, fen, received, why.value)
    except ProviderRefused:
        answer = Refunded(done=False, failed=True)
    with work.db.begin() as session:
        row = session.get_one(Refund, work.subject, with_for_update=True)
        row.firm_id = answer.firm_id or row.firm_id
        if answer.done:
            mark_done(row)
        elif answer.failed:
            row.state = RefundState.FAILED
            assert row.attempt is not None
            escalate(session, Subject.PAYMENT, row.attempt.payment_id, Reason.ERRAND_FAILED)
        else:
            work.put_off(session, clock.now() + LOOK_AGAIN)
            return
        work.finish(session)


def mark_done(row: Refund) -> None:
    """The money is back. Hearing it twice changes nothing."""
    if row.state is RefundState.WANTED:
        row.state, row.done_at = RefundState.DONE, clock.now()
