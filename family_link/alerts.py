"""Alerts that a child may switch on, and a parent off: each says why it came."""

import statistics
import uuid
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from family_link import notices
from orders import errands
from orders.consents import Consent
from orders.errands import Work
from orders.escalations import Escalation
from orders.lifecycle import Event, State
from orders.messages import take_back_unsent
from orders.order import Order, OrderEvent
from orders.people import Author, Role
from orders.relatives import Link, Scope, standing
from orders.wanted_calls import WantedCall
from voiceapp import clock
from voiceapp.config import Settings
from voiceapp.db import Base, Name, uuid_key

TIMES_THE_USUAL = 3
"""An amount is odd at so many times the median of her last orders."""

ENOUGH = 3
"""Orders that must have gone before, for anything to be called usual."""

NIGHT = (23, 5)
"""An hour is odd from the first until the second, where the community lives."""

NO_ALERTS = "no_alerts"
"""What the ledger says that a parent agreed to, who wants nobody alerted about her."""

WEEKLY = timedelta(days=8)
"""Who ordered in each of the last three weeks is missed after this."""


class Alert(StrEnum):
    """What a child may be told without asking."""

    USUAL_MISSING = "usual_missing"
    ODD_AMOUNT = "odd_amount"
    ODD_HOUR = "odd_hour"
    DISTRESS = "distress"
    STRANGER = "stranger"


WHY: dict[Alert, str] = {
    Alert.USUAL_MISSING: "平时每周都订，这周还没有订",
    Alert.ODD_AMOUNT: "这次订的比平时多很多",
    Alert.ODD_HOUR: "半夜里打来订了东西",
    Alert.DISTRESS: "在电话里听起来不太好，客服已经看过",
    Alert.STRANGER: "有人想和老人关联，要她本人在电话里同意才行",
}
"""What an alert says."""


RULED: dict[str, str] = {
    "helped": "已经帮了忙",
    "called_back": "已经给老人回了电话",
    "emergency_services": "已经叫了 120、119 或 110",
    "false_alarm": "是虚惊一场",
    "nothing_needed": "不需要做什么",
    "redrafted": "订单已经改好",
    "withdrawn": "订单已经取消",
    "new_time": "已经另约了时间",
    "refunded": "已经退款",
    "cash_returned": "现金已经退还",
    "apologised": "已经向老人道歉",
}
"""How a clerk ruled, as the family is told."""


class AlertChoice(Base):
    """Whether one alert is on for one child about one parent, and who last said so."""

    __tablename__ = "alert_choices"
    __table_args__ = (sa.UniqueConstraint("link_id", "alert"),)

    id: Mapped[uuid.UUID] = uuid_key()
    link_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("links.id"), index=True)
    alert: Mapped[Alert] = mapped_column(Name(Alert))
    on: Mapped[bool] = mapped_column("is_on", default=False)
    said_by: Mapped[Role] = mapped_column(Name(Role))
    said_at: Mapped[datetime] = mapped_column(default=clock.now)


def switched_on(session: Session, link_id: uuid.UUID) -> set[Alert]:
    """The alerts that are on for a link."""
    rows = session.scalars(
        sa.select(AlertChoice.alert).where(AlertChoice.link_id == link_id, AlertChoice.on)
    )
    return set(rows)


def choose(session: Session, link: Link, on: set[Alert], by: Author) -> None:
    """Switch alerts on and off. What the parent switched off, only she opens again."""
    rows = {
        row.alert: row
        for row in session.scalars(sa.select(AlertChoice).where(AlertChoice.link_id == link.id))
    }
    for alert in Alert:
        row = rows.get(alert)
        if row is None:
            row = AlertChoice(link_id=link.id, alert=alert, said_by=by.role)
            session.add(row)
        elif row.said_by is Role.CALLER and not row.on and by.role is Role.CHILD:
            continue
        if row.on != (alert in on) or by.role is Role.CALLER:
            row.on, row.said_by, row.said_at = alert in on, by.role, clock.now()
    session.flush()


def end_alerts(work: Work, settings: Settings) -> None:
    """Errand: on a call of ours she said that nobody is to be alerted about her. It stands in the
    ledger, and who wanted alerts is told."""
    with work.db.begin() as session:
        wish = session.get_one(WantedCall, work.subject)
        assert wish.customer_id is not None, "only a parent on file is rung about it"
        for link in standing(session, wish.customer_id):
            _end_alerts(session, settings, link, wish)
        work.finish(session)


def _end_alerts(session: Session, settings: Settings, link: Link, wish: WantedCall) -> None:
    had = switched_on(session, link.id)
    take_back_unsent(session, link.id, "alert")
    choose(session, link, set(), Author(Role.CALLER, link.customer_id))
    session.add(
        Consent(
            customer_id=link.customer_id,
            relative_id=link.relative_id,
            to_what=NO_ALERTS,
            words=wish.words,
            call_id=wish.call_id,
        )
    )
    if had:
        content = {"parent": link.customer.name}
        key = f"no alerts {wish.id} {link.relative_id}"
        notices.leave(session, settings, link, "no_alerts", content, key=key)


def raise_alert(
    session: Session,
    settings: Settings,
    customer_id: uuid.UUID,
    alert: Alert,
    key: str,
    found: str = "",
) -> None:
    """Tell every child who wants this kind, with what was `found`, if anybody looked."""
    why = f"{WHY[alert]}，{found}" if found else WHY[alert]
    for link in standing(session, customer_id, Scope.SEE):
        if alert in switched_on(session, link.id):
            content = {"parent": link.customer.name, "why": why}
            full_key = f"{alert} {key} {link.relative_id}"
            notices.leave(session, settings, link, "alert", content, key=full_key)


def watch_order(work: Work, settings: Settings) -> None:
    """Errand: a confirmed order of an odd amount, or from an odd hour."""
    with work.db.begin() as session:
        order = session.get_one(Order, work.subject)
        if order.customer_id is not None and not order.private:
            hour = order.created_at.astimezone(settings.timezone).hour
            if hour >= NIGHT[0] or hour < NIGHT[1]:
                raise_alert(session, settings, order.customer_id, Alert.ODD_HOUR, str(order.id))
            before = _totals_before(session, order)
            if len(before) >= ENOUGH:
                odd = TIMES_THE_USUAL * statistics.median(before)
                if order.total > odd:
                    key = str(order.id)
                    raise_alert(session, settings, order.customer_id, Alert.ODD_AMOUNT, key)
        work.finish(session)


def _totals_before(session: Session, order: Order) -> list[int]:
    rows = session.scalars(
        sa.select(Order)
        .where(
            Order.customer_id == order.customer_id,
            Order.state == State.DELIVERED,
            Order.id != order.id,
            ~Order.private,
        )
        .order_by(Order.created_at.desc())
        .limit(10)
    )
    return [row.total for row in rows]


def watch_usual(work: Work) -> None:
    """Errand: something was delivered; look in a week whether she ordered again."""
    with work.db.begin() as session:
        key = f"miss_usual {work.subject}"
        errands.write(session, "miss_usual", work.subject, at=clock.now() + WEEKLY, key=key)
        work.finish(session)


def miss_usual(work: Work, settings: Settings) -> None:
    """Errand: somebody who ordered week by week has not ordered since this order."""
    with work.db.begin() as session:
        order = session.get_one(Order, work.subject)
        if order.customer_id is not None and not order.private and _missed(session, order):
            raise_alert(session, settings, order.customer_id, Alert.USUAL_MISSING, str(order.id))
        work.finish(session)


def _missed(session: Session, order: Order) -> bool:
    confirmed = sa.exists().where(
        OrderEvent.order_id == Order.id, OrderEvent.name.in_((Event.CONFIRMED, Event.PLACED))
    )
    rows = session.execute(
        sa.select(Order.created_at, Order.private).where(
            Order.customer_id == order.customer_id, confirmed
        )
    ).all()
    # A private order is a sign of life, but no habit that anybody is told of.
    if any(row.created_at > order.created_at for row in rows):
        return False
    weeks = {(order.created_at - row.created_at).days // 7 for row in rows if not row.private}
    return set(range(ENOUGH)) <= weeks


def distress_ruled(work: Work, settings: Settings) -> None:
    """Errand: a clerk has ruled on words of distress; the children who want it are told."""
    with work.db.begin() as session:
        row = session.get_one(Escalation, work.subject)
        if row.customer_id is not None and row.closed_at is not None:
            found, key = RULED.get(row.ruling or "", ""), str(row.id)
            raise_alert(session, settings, row.customer_id, Alert.DISTRESS, key, found)
        work.finish(session)
