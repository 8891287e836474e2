"""Calls that somebody wished for: one errand places them all, each with its own conversation."""

from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ivr import calls
from ivr.calls import Call
from ivr.dialling import LINE_BUSY, dial, not_before, settle_claim
from ivr.telephony import Dialler, Placement
from orders import errands
from orders.customers import Customer, Pace
from orders.errands import Work
from orders.visits import Visit, VisitState
from orders.wanted_calls import Outcome, Purpose, WantedCall
from voiceapp import clock
from voiceapp.config import Settings
from voiceapp.phone import Phone

P = Purpose
OPENINGS: dict[Purpose, tuple[str, str]] = {
    P.DECLINED: ("answered", "tell"),
    P.TRIMMED: ("answered", "tell"),
    P.COMING: ("answered", "tell"),
    P.REVOKED: ("answered", "tell"),
    P.OUTCOME: ("answered", "tell"),
    P.ANSWER: ("answered", "tell"),
    P.PLACED: ("answered", "placed"),
    P.RATING: ("answered", "rating"),
    P.CONSENT: ("answered", "consent"),
    P.CANCEL: ("answered", "which"),
    P.SUPPLEMENT: ("answered", "supplement"),
    P.PROMISED: ("promised", ""),
    P.EMERGENCY: ("alarm", ""),
    P.LINE_LOST: ("line_lost", ""),
}
"""How each kind of call begins: its first step, and where it goes on once she is herself."""

AT_ONCE = frozenset({P.EMERGENCY, P.LINE_LOST})
"""Calls outside the calling hours and the pace."""

RINGS = 3
NEXT_RING = timedelta(minutes=20)


def ring(work: Work, telephony: Dialler, settings: Settings) -> None:
    """Errand: place one wished call. Where nobody can be rung, whoever asked is told so."""
    if settle_claim(work, telephony, undo=lambda session, call: None):
        return
    placement = _claim(work, settings)
    if placement is not None:
        dial(work, telephony, placement, refused=_unreachable)


def _claim(work: Work, settings: Settings) -> Placement | None:
    try:
        with work.db.begin() as session:
            wish = session.get_one(WantedCall, work.subject)
            customer = session.get_one(Customer, wish.customer_id)
            phone = Phone(wish.number) if wish.number else customer.phone
            if wish.done_at is not None or _moot(session, wish):
                wish.finish(session, Outcome.UNANSWERED)
                work.finish(session, "not_needed")
                return None
            if phone is None or not phone.rings_at(settings.allowed_prefixes):
                wish.finish(session, Outcome.UNANSWERED)
                work.finish(session, "no_number")
                return None
            later = not_before(session, phone, settings)
            if wish.purpose not in AT_ONCE and later > clock.now():
                work.put_off(session, later)
                return None
            step, start = OPENINGS[wish.purpose]
            talk = {
                "step": step,
                "memory": {"start": start},
                "slow": customer.pace is Pace.SLOW,
            }
            whose = customer.id if wish.number is None else None
            call = calls.claim(session, phone, wish.purpose.value, wish.id, whose, talk)
            return Placement(call.id, phone)
    except IntegrityError:
        with work.db.begin() as session:
            work.put_off(session, clock.now() + LINE_BUSY)
        return None


def _moot(session: Session, wish: WantedCall) -> bool:
    """Nobody is told who comes when they have been, or have turned back."""
    if wish.purpose is not P.COMING:
        return False
    return session.get_one(Visit, wish.subject).state is not VisitState.SENT


def _unreachable(session: Session, call: Call) -> None:
    if call.subject is not None:
        session.get_one(WantedCall, call.subject).finish(session, Outcome.UNANSWERED, call.id)


def try_again(session: Session, call: Call) -> None:
    """A wished call has ended. Where it did not do what it was for it is tried again later."""
    wish = session.get(WantedCall, call.subject) if call.subject else None
    if wish is None or wish.done_at is not None:
        return
    wish.rings += 1
    if wish.rings >= RINGS:
        wish.finish(session, Outcome.UNANSWERED, call.id)
        return
    again_at = clock.now() + (timedelta(0) if wish.purpose in AT_ONCE else NEXT_RING)
    errands.write(session, "ring", wish.id, at=again_at, key=f"ring {wish.id} {wish.rings}")
