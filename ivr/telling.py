"""What the parent must hear by telephone after something happened to her order."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from orders.errands import Work
from orders.lifecycle import Event
from orders.order import Order, OrderEvent
from orders.people import Role
from orders.visits import Visit, VisitState, of_order
from orders.wanted_calls import Purpose, WantedCall, want_call

TELLS: dict[Event, Purpose] = {
    Event.DECLINED: Purpose.DECLINED,
    Event.TRIMMED: Purpose.TRIMMED,
    Event.APPROVED: Purpose.MORE_DECLINED,
}
"""Which event is told by which kind of call. A dispatch is told for each visit; an approval only
where it leaves a supplement out."""


def tell_parent(work: Work) -> None:
    """Errand: leave the wish for the call that an event needs."""
    with work.db.begin() as session:
        order = session.get_one(Order, work.subject)
        event = session.get_one(OrderEvent, work.cause)
        if order.customer_id is not None:
            if event.name is Event.DISPATCHED:
                _tell_who_comes(session, order)
            elif _is_news(event):
                reason = str(event.facts.get("reason", ""))
                purpose = TELLS[event.name]
                want_call(session, purpose, order.customer_id, order.id, reason=reason)
        work.finish(session)


def _is_news(event: OrderEvent) -> bool:
    if event.name is not Event.APPROVED:
        return True
    return "refused" in event.facts and event.role is Role.CHILD


def _tell_who_comes(session: Session, order: Order) -> None:
    assert order.customer_id is not None, "only somebody on file can be told"
    for visit in of_order(session, order.id):
        if visit.state is VisitState.SENT and not _told_since(session, visit):
            want_call(session, Purpose.COMING, order.customer_id, visit.id)


def _told_since(session: Session, visit: Visit) -> bool:
    told = sa.exists().where(
        WantedCall.purpose == Purpose.COMING,
        WantedCall.subject == visit.id,
        WantedCall.wanted_at >= visit.sent_at,
    )
    return bool(session.scalar(sa.select(told)))


def announce_order(work: Work) -> None:
    """Errand: the parent hears, before anyone comes, what a child ordered for her."""
    with work.db.begin() as session:
        order = session.get_one(Order, work.subject)
        if order.customer_id is not None:
            want_call(session, Purpose.PLACED, order.customer_id, order.id)
        work.finish(session)


def ask_rating(work: Work) -> None:
    """Errand: after delivery the parent is asked about each visit."""
    with work.db.begin() as session:
        order = session.get_one(Order, work.subject)
        if order.customer_id is not None:
            for visit in of_order(session, order.id):
                if visit.state is VisitState.DONE:
                    want_call(session, Purpose.RATING, order.customer_id, visit.id)
        work.finish(session)
