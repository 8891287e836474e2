"""What the family's pages and API show: every query, and who may see what."""

import uuid
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from family_link import payments, supplements
from family_link.payments import Means, Payment, PaymentState
from family_link.supplements import Supplement
from orders import ratings, visits
from orders.catalogue import Product
from orders.lifecycle import Event
from orders.order import Order, OrderEvent, OrderLine
from orders.ratings import Rating
from orders.recordings import Recording
from orders.relatives import Link, Scope
from orders.visits import Visit
from voiceapp.money import Fen

PAGE = 20
"""Orders a page."""

SHOWN_FROM = (Event.CONFIRMED, Event.PLACED)
"""Until one of these an order is nobody's business but the caller's."""


_WITH_LINES = selectinload(Order.all_lines).joinedload(OrderLine.product)


@dataclass(frozen=True)
class Sight:
    """One order as one child may see it."""

    order: Order
    link: Link


@dataclass(frozen=True)
class Whole:
    """All that a page shows of one order."""

    sight: Sight
    recording: Recording | None
    payments: list[Payment]
    more: list[Supplement]
    visits: list[tuple[Visit, Rating | None]]
    events: list[OrderEvent]

    @property
    def waiting(self) -> Supplement | None:
        """The supplement that is to be decided on."""
        return next((row for row in self.more if row.agreed is None), None)

    @property
    def more_agreed(self) -> Fen:
        """What the supplements that were agreed to come to."""
        return sum(row.fen for row in self.more if row.agreed)

    @property
    def to_pay(self) -> Payment | None:
        """What is to be paid by WeChat."""
        due = (row for row in self.payments if row.state is PaymentState.DUE)
        return next((row for row in due if row.means is Means.WECHAT), None)


def links_of(session: Session, relative_id: uuid.UUID, scope: Scope = Scope.SEE) -> list[Link]:
    """A child's standing links that allow something, oldest first."""
    rows = session.scalars(
        sa.select(Link)
        .where(Link.relative_id == relative_id, Link.revoked_at.is_(None))
        .order_by(Link.linked_at)
    )
    return [row for row in rows if row.allows(scope)]


def link_of(
    session: Session, relative_id: uuid.UUID, link_id: uuid.UUID, scope: Scope = Scope.SEE
) -> Link | None:
    """One of a child's own standing links."""
    return next((row for row in links_of(session, relative_id, scope) if row.id == link_id), None)


def orders_of(
    session: Session, relative_id: uuid.UUID, page: int = 1, size: int = PAGE
) -> tuple[list[Sight], int]:
    """One page of the orders that a child may see, newest first, and how many there are."""
    links = {link.customer_id: link for link in links_of(session, relative_id)}
    theirs = _visible().where(Order.customer_id.in_(links))
    total = session.scalar(sa.select(sa.func.count()).select_from(theirs.subquery())) or 0
    newest = theirs.order_by(Order.created_at.desc(), Order.id).options(_WITH_LINES)
    rows = session.scalars(newest.limit(size).offset((page - 1) * size))
    return [Sight(row, links[row.customer_id]) for row in rows if row.customer_id], total


def names_of(session: Session, skus: set[str]) -> dict[str, str]:
    """What products are called, also those that are no longer on sale."""
    rows = session.scalars(sa.select(Product).where(Product.sku.in_(skus)))
    return {row.sku: row.name for row in rows}


def last_of(session: Session, customer_id: uuid.UUID, limit: int) -> list[Order]:
    """A parent's last orders that the family may see, newest first."""
    theirs = _visible().where(Order.customer_id == customer_id)
    newest = theirs.order_by(Order.created_at.desc()).limit(limit).options(_WITH_LINES)
    return list(session.scalars(newest))


def order_of(
    session: Session, relative_id: uuid.UUID, order_id: uuid.UUID, scope: Scope = Scope.SEE
) -> Sight | None:
    """One order, where this child may do this with it. None tells nothing about why not."""
    order = session.scalar(_visible().where(Order.id == order_id))
    if order is None:
        return None
    links = links_of(session, relative_id, Scope.SEE)
    mine = (row for row in links if row.customer_id == order.customer_id and row.allows(scope))
    link = next(mine, None)
    return Sight(order, link) if link else None


def _visible() -> sa.Select[Order]:
    shown = sa.exists().where(OrderEvent.order_id == Order.id, OrderEvent.name.in_(SHOWN_FROM))
    return sa.select(Order).where(~Order.private, shown)


def whole(session: Session, sight: Sight) -> Whole:
    """Everything about one order that its child may see."""
    order = sight.order
    recording = session.get(Recording, order.recording_id) if order.recording_id else None
    return Whole(
        sight=sight,
        recording=recording,
        payments=payments.of_order(session, order.id),
        more=supplements.of_order(session, order.id),
        visits=[
            (visit, ratings.of_visit(session, visit.id))
            for visit in visits.of_order(session, order.id)
        ],
        events=list(
            session.scalars(
                sa.select(OrderEvent)
                .where(OrderEvent.order_id == order.id)
                .order_by(OrderEvent.at)
            )
        ),
    )


def visit_of(session: Session, relative_id: uuid.UUID, visit_id: uuid.UUID) -> Visit | None:
    """A visit of an order that a child may see."""
    visit = session.get(Visit, visit_id)
    if visit is None or order_of(session, relative_id, visit.order_id) is None:
        return None
    return visit
