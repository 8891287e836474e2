"""Getting an order paid: who is asked, where she pays, and what when she does not."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from family_link import notices, payments
from family_link.gateway import Due, Opened, PaymentGateway
from family_link.hours import awake
from family_link.payments import (
    ATTEMPT_LASTS,
    Attempt,
    AttemptState,
    Means,
    Payment,
    PaymentState,
)
from family_link.settling import next_due, settle
from orders import errands
from orders.deadlines import needs_person
from orders.errands import Work
from orders.escalations import Reason, Subject, escalate
from orders.lifecycle import Event, State
from orders.order import NEEDED, Order
from orders.people import ROBOT, Role
from orders.relatives import Link, Relative, Scope, standing
from voiceapp import clock
from voiceapp.config import Settings
from voiceapp.db import Database
from voiceapp.errors import NotAllowed

ASK_BACK = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), ATTEMPT_LASTS)
"""When the firm is asked about an attempt that no notice came for; at the last it is closed."""

FIRST_REMINDER = timedelta(minutes=3)
"""Whoever approved is on the way to paying; only then is anybody written to."""

REMINDER_EVERY = timedelta(hours=2)
REMINDERS = 3
"""So many reminders, each to the next child who may pay; then the desk."""


def start(
    db: Database,
    gateway: PaymentGateway,
    payment_id: uuid.UUID,
    payer: Relative,
    *,
    back: str = "",
    address: str = "127.0.0.1",
    mini: bool = False,
) -> Opened:
    """Open an attempt to pay, or give the one that this payer has open.

    Raises NotAllowed where nothing is due, and what the gateway raises.
    """
    with db.begin() as session:
        payment = session.get_one(Payment, payment_id, with_for_update=True)
        if payment.state is not PaymentState.DUE or payment.means is not Means.WECHAT:
            raise NotAllowed("there is nothing to pay here any more")
        attempt = _still_open(payment, payer, mini) or _claim(session, payment, payer)
        about = f"订单 {payment.order.code}" if payment.order else "家庭账单"
    if attempt.where or attempt.mini:
        return Opened(attempt.where, attempt.mini)
    openid = payer.wechat_openid if mini else None
    opened = gateway.open(
        Due(attempt.trade, attempt.fen, about, attempt.expires_at, openid, address, back)
    )
    with db.begin() as session:
        row = session.get_one(Attempt, attempt.id)
        row.where, row.mini = opened.where, opened.mini
    return opened


def _still_open(payment: Payment, payer: Relative, mini: bool) -> Attempt | None:
    soon = clock.now() + timedelta(minutes=5)
    for attempt in payments.open_attempts(payment):
        same_door = bool(attempt.mini) == mini or not (attempt.where or attempt.mini)
        fits = attempt.payer == payer.id and attempt.fen == payment.fen and same_door
        if fits and attempt.expires_at > soon:
            return attempt
    return None


def _claim(session: Session, payment: Payment, payer: Relative) -> Attempt:
    attempt = Attempt(
        payment=payment,
        payer=payer.id,
        fen=payment.fen,
        expires_at=clock.now() + ATTEMPT_LASTS,
    )
    session.add(attempt)
    session.flush()
    for number, wait in enumerate(ASK_BACK):
        key = f"query_payment {attempt.id} {number}"
        errands.write(session, "query_payment", attempt.id, at=clock.now() + wait, key=key)
    return attempt


def request_payment(work: Work, settings: Settings) -> None:
    """Errand: an approved order is owed, and whoever may pay hears of it in a while.

    Where nobody can pay by WeChat it is paid at the door; where nothing is owed it goes on.
    """
    with work.db.begin() as session:
        order = session.get_one(Order, work.subject)
        if order.state is State.AWAITING_PAYMENT:
            due = next_due(session, order)
            if due is None:
                order.move(Event.PAID, ROBOT, due=0)
            elif not settings.wechatpay_mch_id or not payers(session, order):
                order.move(Event.APPROVED_AT_DOOR, ROBOT, why="nobody_pays_by_wechat")
            else:
                leg, fen = due
                payment = payments.owe(session, order, fen, Means.WECHAT, leg)
                first = awake(settings, clock.now() + FIRST_REMINDER, _latest(order))
                _remind_at(session, order, payment, first)
        work.finish(session)


def payers(session: Session, order: Order) -> list[Link]:
    """Who may pay, whoever approved or placed the order first."""
    if order.customer_id is None:
        return []
    links = standing(session, order.customer_id, Scope.PAY)
    first = {
        event.author
        for event in order.events
        if event.role is Role.CHILD and event.name in (Event.APPROVED, Event.PLACED)
    }
    return sorted(links, key=lambda link: (link.relative_id not in first, link.rank))


def _remind_at(session: Session, order: Order, payment: Payment, at: datetime) -> None:
    key = f"remind_payment {payment.id} {payment.leg} {payment.reminders}"
    errands.write(session, "remind_payment", order.id, at=at, key=key)


def remind_payment(work: Work, settings: Settings) -> None:
    """Errand: write to the next child who may pay; when all were written to, ask the desk."""
    with work.db.begin() as session:
        order = session.get_one(Order, work.subject)
        due = [row for row in payments.of_order(session, order.id) if _by_wechat(row)]
        if order.state is State.AWAITING_PAYMENT and due:
            payment, who = due[0], payers(session, order)
            if payment.reminders >= REMINDERS or not who:
                needs_person(session, order, Reason.PATIENCE_SPENT)
            else:
                link = who[min(payment.reminders, len(who) - 1)]
                again_at = _next_reminder(settings, order, clock.now())
                notices.tell(
                    session,
                    settings,
                    link,
                    order,
                    "please_pay",
                    key=f"pay {payment.id} {payment.reminders}",
                    needed_by=again_at,
                    total=payment.fen,
                )
                payment.reminders += 1
                _remind_at(session, order, payment, again_at)
        work.finish(session)


def _by_wechat(row: Payment) -> bool:
    return row.state is PaymentState.DUE and row.means is Means.WECHAT


def _latest(order: Order) -> datetime | None:
    """Until when the wished time can still be met; None where none is wished."""
    ends = order.promised_ends()
    return min(ends) - NEEDED if ends else None


def _next_reminder(settings: Settings, order: Order, moment: datetime) -> datetime:
    latest = _latest(order)
    left = latest - moment if latest else REMINDER_EVERY
    wait = max(timedelta(minutes=1), min(REMINDER_EVERY, left / 2))
    return awake(settings, moment + wait, latest)


def query_payment(work: Work, gateway: PaymentGateway) -> None:
    """Errand: ask the firm what became of an attempt, and close one that nobody needs."""
    with work.db.reading() as session:
        attempt = session.get_one(Attempt, work.subject)
        if attempt.state is not AttemptState.OPEN:
            return
        payment = attempt.payment
        # A second is left for the last errand, which comes at the very end.
        worn_out = clock.now() >= attempt.expires_at - timedelta(seconds=1)
        needed = _by_wechat(payment) and not worn_out
        trade = attempt.trade
    traded = gateway.query(trade) if needed else gateway.close(trade)
    with work.db.begin() as session:
        settle(session, traded)
        work.finish(session)


def expect_cash(work: Work) -> None:
    """Errand: what is owed for an order is collected at the door."""
    with work.db.begin() as session:
        order = session.get_one(Order, work.subject)
        for row in payments.of_order(session, order.id):
            if _by_wechat(row):
                payments.owe(session, order, row.fen, Means.DOOR, row.leg)
                for attempt in payments.open_attempts(row):
                    key = f"query_payment {attempt.id} door"
                    errands.write(session, "query_payment", attempt.id, key=key)
        due = next_due(session, order)
        if due is not None and order.state is not State.CANCELLED:
            leg, fen = due
            payments.owe(session, order, fen, Means.DOOR, leg)
        work.finish(session)


def check_cash(work: Work) -> None:
    """Errand: a delivered order whose cash nobody took goes before a person."""
    with work.db.begin() as session:
        order = session.get_one(Order, work.subject)
        unpaid = [
            row
            for row in payments.of_order(session, order.id)
            if row.means is Means.DOOR and row.state is PaymentState.DUE
        ]
        if unpaid:
            escalate(
                session, Subject.ORDER, order.id, Reason.CASH_NOT_COLLECTED, order.customer_id
            )
        work.finish(session)

