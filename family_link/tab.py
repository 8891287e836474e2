"""The family's tab: what rules approved, within a limit, paid by one bill a week.

We hold nobody's money in advance: an entry is a debt, and a bill collects a week of them.
"""

import uuid
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from family_link.rules import Spent
from orders.order import Order
from voiceapp import clock
from voiceapp.db import Base, uuid_key
from voiceapp.money import Fen

OVERDUE = timedelta(days=7)
"""A bill that is unpaid for so long stops approvals by rule until it is paid."""

BILLED_EVERY = timedelta(days=7)


class Tab(Base):
    """What one child stands in for, for one parent, up to a limit that she sets."""

    __tablename__ = "tabs"

    id: Mapped[uuid.UUID] = uuid_key()
    link_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("links.id"), unique=True)
    limit_fen: Mapped[Fen]
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class TabEntry(Base):
    """One order, or one supplement, on a tab."""

    __tablename__ = "tab_entries"
    __table_args__ = (sa.UniqueConstraint("order_id", "leg"),)

    id: Mapped[uuid.UUID] = uuid_key()
    tab_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("tabs.id"), index=True)
    order_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    leg: Mapped[int] = mapped_column(default=0)
    fen: Mapped[Fen]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    struck_at: Mapped[datetime | None]
    bill_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("bills.id"), index=True)


class Bill(Base):
    """A week of entries, paid in one payment."""

    __tablename__ = "bills"

    id: Mapped[uuid.UUID] = uuid_key()
    tab_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("tabs.id"), index=True)
    fen: Mapped[Fen]
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    paid_at: Mapped[datetime | None]


def of_link(session: Session, link_id: uuid.UUID) -> Tab | None:
    """The open tab of a child for a parent."""
    return session.scalar(sa.select(Tab).where(Tab.link_id == link_id, Tab.closed_at.is_(None)))


def locked(session: Session, link_id: uuid.UUID) -> Tab | None:
    """The same, and nobody else enters anything on it until this transaction ends."""
    open_tab = sa.select(Tab).where(Tab.link_id == link_id, Tab.closed_at.is_(None))
    return session.scalar(open_tab.with_for_update())


def owed(session: Session, tab: Tab) -> Fen:
    """What stands on the tab and is not paid yet, billed or not."""
    unpaid = sa.or_(TabEntry.bill_id.is_(None), Bill.paid_at.is_(None))
    return (
        session.scalar(
            sa.select(sa.func.sum(TabEntry.fen))
            .outerjoin(Bill, TabEntry.bill_id == Bill.id)
            .where(TabEntry.tab_id == tab.id, TabEntry.struck_at.is_(None), unpaid)
        )
        or 0
    )


def overdue(session: Session, tab: Tab, moment: datetime) -> bool:
    """Whether a bill has waited too long; approvals by rule stop, what was approved stands."""
    late = sa.and_(Bill.paid_at.is_(None), Bill.made_at <= moment - OVERDUE)
    return session.scalar(sa.select(Bill.id).where(Bill.tab_id == tab.id, late)) is not None


def has_room(session: Session, tab: Tab, fen: Fen, moment: datetime) -> bool:
    """Whether so much more may stand on the tab."""
    return owed(session, tab) + fen <= tab.limit_fen and not overdue(session, tab, moment)


def spent(session: Session, customer_id: uuid.UUID, moment: datetime) -> Spent:
    """What rules let through for a parent in the last day and the last thirty."""

    def since(span: timedelta) -> Fen:
        return (
            session.scalar(
                sa.select(sa.func.sum(TabEntry.fen))
                .join(Order, TabEntry.order_id == Order.id)
                .where(
                    Order.customer_id == customer_id,
                    TabEntry.struck_at.is_(None),
                    TabEntry.at > moment - span,
                )
            )
            or 0
        )

    return Spent(day=since(timedelta(days=1)), month=since(timedelta(days=30)))


def enter(session: Session, tab: Tab, order: Order, fen: Fen, leg: int = 0) -> None:
    """Put a leg of an order on the tab. Entering it twice changes nothing."""
    same = sa.and_(TabEntry.order_id == order.id, TabEntry.leg == leg)
    if session.scalar(sa.select(TabEntry.id).where(same)) is None:
        session.add(TabEntry(tab_id=tab.id, order_id=order.id, leg=leg, fen=fen))
        session.flush()


def _locked_entries(session: Session, order_id: uuid.UUID) -> list[TabEntry]:
    """An order's entries, lowest leg first; no bill takes them up until this transaction ends."""
    theirs = sa.and_(TabEntry.order_id == order_id, TabEntry.struck_at.is_(None))
    tabs = sa.select(TabEntry.tab_id).where(theirs)
    session.execute(sa.select(Tab.id).where(Tab.id.in_(tabs)).with_for_update())
    rows = session.scalars(
        sa.select(TabEntry)
        .where(theirs)
        .order_by(TabEntry.leg)
        .execution_options(populate_existing=True)
    )
    return list(rows)


def strike(session: Session, order_id: uuid.UUID) -> None:
    """A cancelled order leaves the tab; where it was billed, the next bill is so much less."""
    entries = _locked_entries(session, order_id)
    billed = [entry for entry in entries if entry.bill_id is not None]
    for entry in entries:
        if entry.bill_id is None:
            entry.struck_at = clock.now()
    if sum(entry.fen for entry in billed) > 0:
        _credit(session, billed[0].tab_id, order_id, sum(entry.fen for entry in billed))


def lessen(session: Session, order_id: uuid.UUID, fen: Fen) -> bool:
    """So much less is owed for an order. False where it does not stand on a tab."""
    entries = _locked_entries(session, order_id)
    if not entries:
        return False
    open_entry = next((entry for entry in entries if entry.bill_id is None), None)
    if open_entry is not None:
        open_entry.fen -= fen
    else:
        _credit(session, entries[0].tab_id, order_id, fen)
    session.flush()
    return True


def _credit(session: Session, tab_id: uuid.UUID, order_id: uuid.UUID, fen: Fen) -> None:
    # A billed entry stays as it was billed; a credit of its own goes on the next bill. Legs below
    # nought are credits.
    legs = sa.select(sa.func.min(TabEntry.leg)).where(TabEntry.order_id == order_id)
    leg = min(session.scalar(legs) or 0, 0) - 1
    session.add(TabEntry(tab_id=tab_id, order_id=order_id, leg=leg, fen=-fen))
    session.flush()
