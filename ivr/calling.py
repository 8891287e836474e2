"""Calls that somebody wished for: one errand places them all, each with its own conversation."""

import uuid
from datetime import timedelta
from functools import partial

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ivr import calls
from ivr.calls import SPACING, Call
from ivr.dialling import attempt, not_before
from ivr.telephony import Dialler, Placement
from orders import errands
from orders.customers import Customer, Pace
from orders.errands import Errand, Work
from orders.escalations import Escalation, Reason, Subject, escalate
from orders.messages import Message
from orders.order import Order
from orders.visits import Visit, VisitState
from orders.wanted_calls import TO_STRANGERS, Outcome, Purpose, WantedCall
from voiceapp import clock
from voiceapp.config import Settings
from voiceapp.phone import Phone

P = Purpose
OPENINGS: dict[Purpose, tuple[str, str]] = {
    P.DECLINED: ("answered", "tell"),
    P.MORE_DECLINED: ("answered", "tell"),
    P.TRIMMED: ("answered", "tell"),
    P.COMING: ("answered", "tell"),
    P.NOTICE: ("notice", ""),
    P.REVOKED: ("answered", "tell"),
    P.OUTCOME: ("answered", "tell"),
    P.ANSWER: ("answered", "tell"),
    P.PLACED: ("answered", "placed"),
    P.RATING: ("answered", "rating"),
    P.CONSENT: ("answered", "consent"),
    P.CANCEL: ("answered", "which"),
    P.UNDO: ("answered", "undo"),
    P.SUPPLEMENT: ("answered", "supplement"),
    P.PROMISED: ("promised", ""),
    P.EMERGENCY: ("alarm", ""),
    P.ALL_HANDS: ("alarm", ""),
    P.LINE_LOST: ("line_lost", ""),
}
"""How each kind of call begins: its first step, and where it goes on once she is herself."""

AT_ONCE = frozenset({P.EMERGENCY, P.ALL_HANDS, P.LINE_LOST})
"""Calls outside the calling hours and the pace."""

MUST_BE_REACHED = frozenset({P.DECLINED, P.TRIMMED, P.PLACED, P.CANCEL, P.UNDO})
"""Calls that leave somebody waiting in vain, or with what she did not want, if never answered."""

RINGS: dict[Purpose, int] = {P.RATING: 2, P.EMERGENCY: 1}
"""How often somebody is tried; RINGS_ELSE where nothing is said."""

RINGS_ELSE = 3

A_WEEK: dict[Purpose, int] = {P.CONSENT: 2}
"""So many rings of one telephone in WEEK at most, however many wished for them: nobody who would
like to be her child makes it ring as he pleases."""

WEEK = timedelta(days=7)
NEXT_RING = timedelta(minutes=20)


def ring(work: Work, telephony: Dialler, settings: Settings) -> None:
    """Errand: place one wished call. Where nobody can be rung, whoever asked is told so."""
    attempt(work, telephony, partial(_claim, work, settings), refused=_unreachable)


def _claim(work: Work, settings: Settings, session: Session) -> Placement | None:
    wish = session.get_one(WantedCall, work.subject)
    customer = session.get(Customer, wish.customer_id) if wish.customer_id else None
    if wish.done_at is not None or _moot(session, wish):
        wish.finish(session, Outcome.UNANSWERED)
        work.finish(session, "not_needed")
        return None
    phone = _number(wish, customer)
    if phone is None or not phone.rings_at(settings.allowed_prefixes):
        _give_up(session, wish)
        work.finish(session, "no_number")
        return None
    if _rung_enough(session, wish, phone):
        _give_up(session, wish)
        work.finish(session, "rung_enough")
        return None
    later = not_before(session, phone, settings)
    if wish.purpose not in AT_ONCE and later > clock.now():
        work.put_off(session, later)
        return None
    step, start = OPENINGS[wish.purpose]
    talk = {
        "step": step,
        "memory": {"start": start},
        "slow": customer is not None and customer.pace is Pace.SLOW,
    }
    # A relative's number is not the customer's; the line that rang us is.
    hers = wish.number is None or wish.purpose in TO_STRANGERS
    whose = wish.customer_id if hers else None
    call = calls.claim(session, phone, wish.purpose.value, wish.id, whose, talk)
    return Placement(call.id, phone)


def _number(wish: WantedCall, customer: Customer | None) -> Phone | None:
    if wish.number is not None:
        return Phone(wish.number)
    return customer.phone if customer else None


def _rung_enough(session: Session, wish: WantedCall, phone: Phone) -> bool:
    most = A_WEEK.get(wish.purpose)
    since = clock.now() - WEEK
    return most is not None and calls.rings_since(session, phone, wish.purpose, since) >= most


def _moot(session: Session, wish: WantedCall) -> bool:
    """Nobody is told who comes when they have been, or have turned back.

    A child is rung once about what waits for her, and only while it waits and is hers to do; a
    clerk about an emergency until it is ruled on.
    """
    if wish.purpose is P.NOTICE:
        order = session.get_one(Order, uuid.UUID(wish.facts["order"]))
        waits = wish.rings == 0 and order.state == wish.facts["state"]
        return not (waits and session.get_one(Message, wish.subject).still_hers)
    if wish.purpose is P.ALL_HANDS:
        raised = uuid.UUID(wish.facts["escalation"])
        return session.get_one(Escalation, raised).closed_at is not None
    if wish.purpose is not P.COMING:
        return False
    visit = session.get_one(Visit, wish.subject)
    return visit.state is not VisitState.SENT or visit.arrived_at is not None


def _unreachable(session: Session, call: Call) -> None:
    if call.subject is not None:
        _give_up(session, session.get_one(WantedCall, call.subject), call)


def _give_up(session: Session, wish: WantedCall, call: Call | None = None) -> None:
    """She cannot be reached: the rest is a clerk's, unless it was only a question of ours."""
    wish.finish(session, Outcome.UNANSWERED, call.id if call else None)
    if wish.purpose in MUST_BE_REACHED and wish.customer_id is not None:
        who = wish.customer_id
        escalate(session, Subject.CUSTOMER, who, Reason.NOBODY_ANSWERS, who)


def try_again(session: Session, call: Call) -> None:
    """A wished call has ended. Where it did not do what it was for it is tried again later."""
    wish = session.get(WantedCall, call.subject) if call.subject else None
    if wish is None or wish.done_at is not None:
        return
    wish.rings += 1
    spent = call.phone is not None and _rung_enough(session, wish, call.phone)
    if spent or wish.rings >= RINGS.get(wish.purpose, RINGS_ELSE):
        _give_up(session, wish, call)
        return
    again_at = clock.now() + (SPACING if wish.purpose in AT_ONCE else NEXT_RING)
    waiting = session.scalar(
        sa.select(Errand).where(
            Errand.key == f"ring {wish.id}",
            Errand.done_at.is_(None),
            # One that is leased placed this very call, and will be finished whenever the firm's
            # answer is written down, which may be after the call has ended.
            Errand.leased_until.is_(None),
        )
    )
    if waiting is not None:
        # It was taken up on a call that was placed for another wish.
        waiting.next_try_at = again_at
    else:
        errands.write(session, "ring", wish.id, at=again_at, key=f"ring {wish.id} {wish.rings}")
