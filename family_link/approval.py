"""Asking the family: rules first, then the ladder of children, the desk, and the door."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from family_link import asking, notices, rules, supplements, tab
from family_link.asking import Asking
from family_link.hours import awake
from family_link.rules import Item, Verdict
from family_link.supplements import Supplement
from orders import errands
from orders.deadlines import needs_person
from orders.drafting import trim
from orders.errands import Work
from orders.escalations import Reason, open_for
from orders.lifecycle import Event, State
from orders.order import NEEDED, Order
from orders.people import ROBOT, Author
from orders.relatives import Link, Scope, standing
from orders.wanted_calls import Purpose, want_call
from voiceapp import clock
from voiceapp.config import Settings

RUNG = timedelta(hours=2)
"""The longest that one child, or the desk, is waited for."""

SHORTEST = timedelta(minutes=5)
"""Nobody is asked for less; where a window leaves less, the next is asked at the same time."""

RULED = "declined_by_rule"


def ask_family(work: Work, settings: Settings) -> None:
    """Errand: get a confirmed order, or a supplement, approved.

    1. Her own money, a private order, or nobody to ask: at the door; a supplement by her own word.
    2. The children's rules: lines out, let through, or on.
    3. The ladder, from the first child.
    """
    with work.db.begin() as session:
        order = session.get_one(Order, work.subject)
        if order.state is State.AWAITING_APPROVAL:
            assert work.cause is not None, "asking is a reaction to an event"
            more = supplements.waiting(session, order.id)
            if more is not None:
                _ask_her(session, order, more)
            if at_her_door(session, order):
                if more is None:
                    approve_at_door(session, order, "her_own_money")
            elif not asking.begun(session, work.cause) and not _by_rule(session, order):
                _climb(session, settings, order, work.cause)
        work.finish(session)


def at_her_door(session: Session, order: Order) -> bool:
    """Whether the parent pays by herself: she said so, always does, or nobody may approve."""
    customer = order.customer
    if customer is None or order.private or order.pays_self or customer.pays_at_door:
        return True
    return not standing(session, customer.id, Scope.APPROVE)


def approve_at_door(session: Session, order: Order, why: str, by: Author = ROBOT) -> None:
    """Nobody else decides: she confirmed it, and pays whoever comes."""
    more = supplements.waiting(session, order.id)
    if more is not None:
        supplements.rule_on(more, agreed=True)
    order.move(Event.APPROVED_AT_DOOR, by, why=why)
    for row in open_for(session, order.id):
        if row.reason is Reason.PATIENCE_SPENT:
            row.close(by, "paid_at_door")


def _ask_her(session: Session, order: Order, more: Supplement) -> None:
    if order.customer_id is None:
        needs_person(session, order, Reason.PATIENCE_SPENT)
        return
    want_call(
        session,
        Purpose.SUPPLEMENT,
        order.customer_id,
        order.id,
        then="supplement_answered",
        fen=more.fen,
    )


def _by_rule(session: Session, order: Order) -> bool:
    """Let the rules have their say; True where nobody needs to be asked any more."""
    assert order.customer_id is not None
    more = supplements.waiting(session, order.id)
    verdict = rules.judge(
        rules.of_customer(session, order.customer_id),
        [_as_item(order, more)] if more else rules.items_of(order),
        tab.spent(session, order.customer_id, clock.now()),
    )
    if verdict.never and more is None:
        if len(verdict.never) == len(order.lines):
            order.move(Event.DECLINED, ROBOT, reason=RULED)
            return True
        trim(order, set(verdict.never), ROBOT)
        order.move(Event.TRIMMED, ROBOT, taken=len(verdict.never), why=RULED)
    if verdict.approved_by is None or verdict.link_id is None or (more and verdict.never):
        return False
    return _on_tab(session, order, verdict, more)


def _as_item(order: Order, more: Supplement) -> Item:
    lines = sorted(order.lines, key=lambda line: not line.product.is_service)
    return Item(-1, lines[0].sku, lines[0].product.category, more.fen)


def _on_tab(
    session: Session, order: Order, verdict: Verdict, more: Supplement | None
) -> bool:
    assert verdict.link_id is not None
    leg, fen = (more.leg, more.fen) if more else (0, order.total)
    account = tab.locked(session, verdict.link_id)
    if account is None or not tab.has_room(session, account, fen, clock.now()):
        if verdict.essential and more is None:
            # What she cannot do without is brought, and she pays; only then is it argued about.
            approve_at_door(session, order, "essential")
            return True
        return False
    if more is not None:
        supplements.rule_on(more, agreed=True)
    order.move(Event.APPROVED, ROBOT, rule=str(verdict.approved_by))
    tab.enter(session, account, order, fen, leg)
    order.move(Event.ON_TAB, ROBOT, tab=str(account.id), fen=fen)
    return True


def climb_ladder(work: Work, settings: Settings) -> None:
    """Errand: the one who was asked did not answer; ask the next."""
    with work.db.begin() as session:
        order = session.get_one(Order, work.subject)
        rung = asking.latest(session, order.id)
        moment = clock.now()
        if order.state is not State.AWAITING_APPROVAL or rung is None:
            work.finish(session)
        elif rung.until > moment:
            work.put_off(session, rung.until)
        elif _in_hand(session, order):
            work.put_off(session, moment + SHORTEST)
        else:
            _climb(session, settings, order, rung.round_id)
            work.finish(session)


def _in_hand(session: Session, order: Order) -> bool:
    return any(row.claimed_by for row in open_for(session, order.id))


def _climb(session: Session, settings: Settings, order: Order, round_id: uuid.UUID) -> None:
    """Ask whoever stands on the next rung of this round; past the desk, she pays at the door."""
    assert order.customer_id is not None
    links = standing(session, order.customer_id, Scope.APPROVE)
    asked = [row for row in asking.of_order(session, order.id) if row.round_id == round_id]
    moment, rung = clock.now(), len(asked)
    if any(row.link_id is None for row in asked):
        more = supplements.waiting(session, order.id)
        # A confirmed total is a ceiling: more is paid at the door by her own yes alone.
        if more is None or supplements.she_agrees(session, more):
            _door(session, settings, order, links)
        return
    waiting = [link for link in links if link.id not in {row.link_id for row in asked}]
    link = waiting[0] if waiting else None
    until = waits_until(settings, order, moment, len(waiting) + 1)
    session.add(
        Asking(
            order_id=order.id,
            round_id=round_id,
            rung=rung,
            link_id=link.id if link else None,
            asked_at=moment,
            until=until,
        )
    )
    if link is not None:
        more = supplements.waiting(session, order.id)
        notices.tell(
            session,
            settings,
            link,
            order,
            "please_approve",
            key=f"ask {round_id} {rung}",
            needed_by=until,
            total=more.fen if more else None,
        )
    else:
        needs_person(session, order, Reason.PATIENCE_SPENT)
    key = f"climb_ladder {round_id} {rung}"
    errands.write(session, "climb_ladder", order.id, at=until, key=key)


def waits_until(
    settings: Settings, order: Order, moment: datetime, rungs_left: int
) -> datetime:
    """How long a rung is waited for: nobody's night counts, where the window leaves a morning."""
    ends = order.promised_ends()
    latest = min(ends) - NEEDED - SHORTEST * (rungs_left + 1) if ends else None
    begins = awake(settings, moment, latest)
    return begins + patience(order, begins, rungs_left)


def patience(order: Order, moment: datetime, rungs_left: int) -> timedelta:
    """How long one rung is waited for: an equal share of what the wished window leaves."""
    ends = order.promised_ends()
    if not ends:
        return RUNG
    return max(SHORTEST, min(RUNG, (min(ends) - NEEDED - moment) / (rungs_left + 1)))


def only_she_is_left(session: Session, order: Order) -> bool:
    """Whether a supplement hangs on her word alone: she pays, or nobody else has answered."""
    rows = asking.this_round(session, order.id)
    return at_her_door(session, order) or any(row.link_id is None for row in rows)


def _door(session: Session, settings: Settings, order: Order, links: list[Link]) -> None:
    approve_at_door(session, order, "nobody_answered")
    for link in links:
        notices.tell(
            session, settings, link, order, "at_door", key=f"door {order.id} {link.id}"
        )
