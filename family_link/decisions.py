"""What a child decides about an order: yes, no, or less of it."""

from enum import StrEnum

from sqlalchemy.orm import Session

from family_link import asking, notices, supplements
from orders.drafting import digest, trim
from orders.lifecycle import Event, State
from orders.order import Order
from orders.people import child
from orders.relatives import Link, Scope
from voiceapp.config import Settings
from voiceapp.errors import Conflict, NotAllowed


class DeclineReason(StrEnum):
    """Why a child says no: chosen, not written, since it is told to her on the telephone."""

    TOO_DEAR = "too_dear"
    HAVE_ENOUGH = "have_enough"
    I_BRING_IT = "i_bring_it"
    NOT_SAFE = "not_safe"
    TALK_FIRST = "talk_first"


def _check(session: Session, order: Order, link: Link, shown: str) -> None:
    if not link.allows(Scope.APPROVE):
        raise NotAllowed("this needs the parent's leave to approve")
    if order.state is not State.AWAITING_APPROVAL:
        raise Conflict("somebody has decided already")
    if shown != fingerprint(session, order):
        raise Conflict("the order has changed since you saw it; look again")


def fingerprint(session: Session, order: Order) -> str:
    """What a child sees and decides on: the lines, and a supplement that waits."""
    more = supplements.waiting(session, order.id)
    return f"{digest([order])[:32]}{more.leg if more else 0}"


def approve(
    session: Session, settings: Settings, order: Order, link: Link, shown: str
) -> None:
    """Say yes to what was shown. Raises Conflict where it changed or somebody was first."""
    _check(session, order, link, shown)
    more = supplements.waiting(session, order.id)
    if more is not None:
        supplements.rule_on(more, agreed=True)
    order.move(Event.APPROVED, child(link.relative_id))
    _tell_others(session, settings, order, link)


def decline(
    session: Session,
    settings: Settings,
    order: Order,
    link: Link,
    shown: str,
    reason: DeclineReason,
) -> None:
    """Say no. A supplement that is refused leaves the order as it was confirmed."""
    _check(session, order, link, shown)
    more = supplements.waiting(session, order.id)
    if more is not None:
        supplements.rule_on(more, agreed=False)
        by = child(link.relative_id)
        order.move(Event.APPROVED, by, refused=str(more.id), reason=reason.value)
    else:
        order.move(Event.DECLINED, child(link.relative_id), reason=reason.value)
    _tell_others(session, settings, order, link)


def take_out(
    session: Session, order: Order, link: Link, shown: str, positions: set[int]
) -> None:
    """Take lines out before saying yes. All of them would be a no, and is refused."""
    _check(session, order, link, shown)
    if supplements.waiting(session, order.id) is not None:
        raise NotAllowed("what was approved before stays; only the supplement is open")
    if positions >= {line.position for line in order.lines}:
        raise NotAllowed("nothing would be left; decline the order instead")
    taken = trim(order, positions, child(link.relative_id))
    if taken:
        order.move(Event.TRIMMED, child(link.relative_id), taken=taken)


def _tell_others(session: Session, settings: Settings, order: Order, link: Link) -> None:
    for row in asking.this_round(session, order.id):
        if row.link_id is None or row.link_id == link.id:
            continue
        other = session.get_one(Link, row.link_id)
        if other.allows(Scope.SEE):
            key = f"answered {row.round_id} {other.relative_id}"
            notices.tell(session, settings, other, order, "answered", key=key)
