"""What is owed for an order or a bill, and the attempts to pay it.

A payment is one amount that is owed once: an order's total (leg 0), each supplement's (legs 1, 2,
…), or a bill of the tab. It may take many attempts at the firm; the first success settles it, and
whatever else arrives is given back by itself.
"""

import uuid
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from orders.escalations import Reason, open_for
from orders.order import Order
from orders.people import Author
from voiceapp import clock
from voiceapp.db import Base, Name, Sealed, SealedJson, uuid_key
from voiceapp.errors import NotAllowed
from voiceapp.money import Fen

ATTEMPT_LASTS = timedelta(hours=2)
"""An attempt is closed after this; WeChat's own prepay ids last as long."""


class Means(StrEnum):
    """How an amount is paid."""

    WECHAT = "wechat"
    DOOR = "door"
    TAB = "tab"


class PaymentState(StrEnum):
    """Where an amount stands. `collected` is cash, in the hand of who took it."""

    DUE = "due"
    PAID = "paid"
    COLLECTED = "collected"
    CANCELLED = "cancelled"


class AttemptState(StrEnum):
    """Where one attempt at the firm stands."""

    OPEN = "open"
    PAID = "paid"
    CLOSED = "closed"
    WRONG = "wrong"


class Payment(Base):
    """One amount that is owed once. Exactly one of `order_id` and `bill_id` is set."""

    __tablename__ = "payments"
    __table_args__ = (sa.UniqueConstraint("order_id", "leg"),)

    id: Mapped[uuid.UUID] = uuid_key()
    order_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    leg: Mapped[int] = mapped_column(default=0)
    bill_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("bills.id"), unique=True)
    means: Mapped[Means] = mapped_column(Name(Means))
    fen: Mapped[Fen]
    state: Mapped[PaymentState] = mapped_column(Name(PaymentState), default=PaymentState.DUE)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    paid_at: Mapped[datetime | None]
    paid_by: Mapped[uuid.UUID | None]
    reminders: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    order: Mapped[Order | None] = relationship()
    attempts: Mapped[list["Attempt"]] = relationship(
        back_populates="payment", order_by="Attempt.opened_at"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def settled(self) -> bool:
        """Whether the money is here, or in the hand of who took it."""
        return self.state in (PaymentState.PAID, PaymentState.COLLECTED)


class Attempt(Base):
    """One try to pay at the firm. Our id, as 32 hexadecimal digits, is the firm's trade number."""

    __tablename__ = "payment_attempts"

    id: Mapped[uuid.UUID] = uuid_key()
    payment_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("payments.id"), index=True)
    payer: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("relatives.id"))
    fen: Mapped[Fen]
    state: Mapped[AttemptState] = mapped_column(Name(AttemptState), default=AttemptState.OPEN)
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    where: Mapped[str | None] = mapped_column(Sealed)
    mini: Mapped[dict[str, str] | None] = mapped_column(SealedJson)
    received_fen: Mapped[Fen | None]
    firm_id: Mapped[str | None] = mapped_column(sa.String(64))
    ended_at: Mapped[datetime | None]

    payment: Mapped[Payment] = relationship(back_populates="attempts")

    @property
    def trade(self) -> str:
        """The name by which the firm knows this attempt."""
        return self.id.hex


def of_order(session: Session, order_id: uuid.UUID) -> list[Payment]:
    """An order's payments by leg."""
    rows = session.scalars(
        sa.select(Payment).where(Payment.order_id == order_id).order_by(Payment.leg)
    )
    return list(rows)


def owe(session: Session, order: Order, fen: Fen, means: Means, leg: int = 0) -> Payment:
    """The payment of one leg of an order, made where there is none yet.

    One that is still due follows a change of means; one that was cancelled is owed again.
    """
    payment = session.scalar(
        sa.select(Payment)
        .where(Payment.order_id == order.id, Payment.leg == leg)
        .with_for_update()
    )
    if payment is None:
        payment = Payment(order=order, leg=leg, means=means, fen=fen)
        session.add(payment)
    elif not payment.settled:
        payment.means, payment.fen, payment.state = means, fen, PaymentState.DUE
    session.flush()
    return payment


def open_attempts(payment: Payment) -> list[Attempt]:
    """The attempts that may still bring money."""
    return [attempt for attempt in payment.attempts if attempt.state is AttemptState.OPEN]


def collect(session: Session, order: Order, by: Author) -> list[Payment]:
    """Cash was taken at the door, by this person; the payments that it settled.

    Taking it twice changes nothing. Raises NotAllowed where nothing is owed at the door.
    """
    cash = [row for row in of_order(session, order.id) if row.means is Means.DOOR]
    if not cash:
        raise NotAllowed("nothing is to be paid at the door for this order")
    due = [row for row in cash if row.state is PaymentState.DUE]
    for row in due:
        row.state, row.paid_at, row.paid_by = PaymentState.COLLECTED, clock.now(), by.id
    for missing in open_for(session, order.id):
        if missing.reason is Reason.CASH_NOT_COLLECTED:
            missing.close(by, "collected")
    session.flush()
    return due
