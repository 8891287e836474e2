"""The week's bill: what stands on a tab is asked for in one WeChat payment."""

import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Session

from family_link import notices, tab
from family_link.payments import Means, Payment, PaymentState
from family_link.tab import BILLED_EVERY, Bill, Tab, TabEntry
from orders import errands
from orders.errands import Work
from orders.order import Order
from orders.relatives import Link, Scope
from voiceapp import clock
from voiceapp.config import Settings
from voiceapp.errors import NotAllowed
from voiceapp.money import Fen

HIGHEST = 500_000
"""The highest limit of a tab, in fen: we lend so much at most until the bill."""


A_YEAR = 53
"""Weekly bills of a year; older ones are reached by their own address."""


def open_tab(session: Session, link: Link, limit: Fen) -> Tab:
    """Open a child's tab for a parent, or change its limit. Raises NotAllowed."""
    if not link.allows(Scope.PAY):
        raise NotAllowed("a tab needs the parent's leave to pay")
    if not 0 <= limit <= HIGHEST:
        raise NotAllowed("the limit of a tab is 0 to 5000 yuan")
    row = session.scalar(sa.select(Tab).where(Tab.link_id == link.id).with_for_update())
    if row is None:
        row = Tab(link_id=link.id, limit_fen=limit)
        session.add(row)
        session.flush()
        _bill_later(session, row)
    else:
        row.limit_fen, row.closed_at = limit, None
    session.flush()
    return row


def close_tab(session: Session, link: Link) -> None:
    """No rule approves on it any more; what stands on it is billed all the same."""
    row = tab.of_link(session, link.id)
    if row is not None:
        row.closed_at = clock.now()


def _bill_later(session: Session, row: Tab) -> None:
    at = clock.now() + BILLED_EVERY
    errands.write(session, "bill_tab", row.id, at=at, key=f"bill_tab {row.id} {at:%Y-%m-%d}")


def bill_tab(work: Work, settings: Settings) -> None:
    """Errand: the week is over; bill what is not billed. A credit waits for the next bill."""
    with work.db.begin() as session:
        row = session.get_one(Tab, work.subject, with_for_update=True)
        link = session.get_one(Link, row.link_id)
        make_bill(session, settings, row, link)
        _bill_later(session, row)
        work.finish(session)


def make_bill(session: Session, settings: Settings, row: Tab, link: Link) -> Bill | None:
    """One bill of all that stands unbilled on a tab; None where nothing is owed."""
    entries = session.scalars(
        sa.select(TabEntry).where(
            TabEntry.tab_id == row.id, TabEntry.bill_id.is_(None), TabEntry.struck_at.is_(None)
        )
    ).all()
    fen = sum(entry.fen for entry in entries)
    if fen <= 0:
        return None
    bill = Bill(tab_id=row.id, fen=fen)
    session.add(bill)
    session.flush()
    for entry in entries:
        entry.bill_id = bill.id
    session.add(Payment(bill_id=bill.id, means=Means.WECHAT, fen=fen))
    session.flush()
    content = {"parent": link.customer.name, "total": fen}
    notices.leave(session, settings, link, "bill", content, key=f"bill {bill.id}")
    return bill


def entries_of(session: Session, bill: Bill) -> list[tuple[TabEntry, Order]]:
    """What a bill is made of, oldest first."""
    rows = session.execute(
        sa.select(TabEntry, Order)
        .join(Order, TabEntry.order_id == Order.id)
        .where(TabEntry.bill_id == bill.id)
        .order_by(TabEntry.at, TabEntry.leg)
    )
    return [(entry, order) for entry, order in rows]


def bills_of(session: Session, link: Link) -> list[Bill]:
    """A child's bills of the last year for a parent, newest first."""
    rows = session.scalars(
        sa.select(Bill)
        .join(Tab, Bill.tab_id == Tab.id)
        .where(Tab.link_id == link.id)
        .order_by(Bill.made_at.desc())
        .limit(A_YEAR)
    )
    return list(rows)


def bill_of(session: Session, relative_id: uuid.UUID, bill_id: uuid.UUID) -> Bill | None:
    """One of a child's own bills, also after the link has ended: what is owed is owed."""
    return session.scalar(
        sa.select(Bill)
        .join(Tab, Bill.tab_id == Tab.id)
        .join(Link, Tab.link_id == Link.id)
        .where(Bill.id == bill_id, Link.relative_id == relative_id)
    )


def payment_of(session: Session, bill: Bill) -> Payment:
    """The payment of a bill."""
    found = session.scalar(sa.select(Payment).where(Payment.bill_id == bill.id))
    assert found is not None, "a bill is made with its payment"
    return found


def is_due(payment: Payment) -> bool:
    """Whether a bill's payment is still to be made."""
    return payment.state is PaymentState.DUE
