"""Ringing clerks: whoever waits longest at the highest priority is offered first.

The errand `offer_caller` comes back every few seconds while somebody waits, so that a lost worker
or an emptied Redis costs her seconds, and a clerk who does not answer is followed by the next.
"""

import uuid
from datetime import timedelta
from functools import partial

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ivr import alarm, calls, waiting
from ivr.calls import Call
from ivr.dialling import SKEW, attempt
from ivr.telephony import Dialler, Placement
from ivr.waiting import DeskCall, Left, Waiting
from orders import duty
from orders.duty import Duty
from orders.errands import Work
from orders.escalations import Escalation
from orders.wanted_calls import Outcome, Purpose, WantedCall, want_call
from voiceapp import clock
from voiceapp.config import Settings
from voiceapp.crypto import keys
from voiceapp.errors import ProviderRefused

TURN = timedelta(seconds=2)
"""Between two looks at somebody who waits."""

NOBODY = timedelta(seconds=20)
"""Between two looks while nobody is on duty."""

FORGOTTEN = timedelta(seconds=10)
"""A clerk's leg that the firm does not know after so long was never dialled."""

DROPPED = timedelta(seconds=5)
"""A clerk's leg that ended so long ago, and left its caller in the queue, did not take her."""

LATE = 1
"""The priority of somebody whom we promised to ring by a time that has passed."""


def offer_caller(work: Work, telephony: Dialler, settings: Settings) -> None:
    """Errand: ring clerks for one who waits, until she is put through or has left."""
    _look_up_claims(work, telephony)
    placements: list[Placement] = []
    with work.db.begin() as session:
        place = session.get_one(Waiting, work.subject)
        if place.left_at is None:
            _take_back(session, place)
        if place.left_at is not None:
            work.finish(session)
            return
        free = free_clerks(session)
        work.put_off(session, clock.now() + (TURN if duty.present(session) else NOBODY))
        if place.answered_at is None and _is_her_turn(session, place, len(free)):
            if place.on_line:
                chosen = free if place.priority == 0 else _fewest_offers(session, place, free)[:1]
                placements = [
                    made for shift in chosen if (made := _claim(session, place, shift)) is not None
                ]
            elif free:
                _keep_promise(session, place)
        _watch_promise(session, place)
    for placement in placements:
        _ring(work, telephony, placement)


def _take_back(session: Session, place: Waiting) -> None:
    """A clerk whose line broke between the key and the talk: the caller waits on, if she is there
    still."""
    if place.answered_at is None or _offered(session, place.id):
        return
    last = session.scalar(
        sa.select(sa.func.max(Call.ended_at)).where(
            Call.subject == place.id, Call.purpose == "offer"
        )
    )
    if last is not None and clock.now() - last > DROPPED:
        place.answered_by = place.answered_at = None
        caller = session.get_one(Call, place.call_id)
        if caller.ended_at is not None:
            alarm.line_ended(session, caller)


def free_clerks(session: Session) -> list[Duty]:
    """Who is on duty and whose telephone is not in use, longest on duty first."""
    return [
        shift for shift in duty.present(session) if calls.live_call(session, shift.phone) is None
    ]


def _is_her_turn(session: Session, place: Waiting, free: int) -> bool:
    """Whether nobody more pressing would be passed over."""
    if place.priority > 0 and _offered(session, place.id):
        return False
    ahead = 0
    for other in waiting.in_queue(session):
        if other.id == place.id:
            return ahead < free
        ahead += not _offered(session, other.id)
    return False


def _offered(session: Session, place_id: uuid.UUID) -> bool:
    return bool(
        session.scalar(
            sa.select(Call.id).where(
                Call.subject == place_id, Call.purpose == "offer", Call.ended_at.is_(None)
            )
        )
    )


def _fewest_offers(session: Session, place: Waiting, free: list[Duty]) -> list[Duty]:
    rung = list(
        session.scalars(
            sa.select(Call.number_index).where(Call.subject == place.id, Call.purpose == "offer")
        )
    )
    return sorted(free, key=lambda shift: rung.count(keys().index(shift.number)))


def _claim(session: Session, place: Waiting, shift: Duty) -> Placement | None:
    memory = {"urgent": place.priority == 0}
    talk = {"step": "clerk", "memory": memory, "clerk": str(shift.clerk_id)}
    try:
        with session.begin_nested():
            call = calls.claim(session, shift.phone, "offer", place.id, None, talk)
    except IntegrityError:
        return None
    place.offers += 1
    return Placement(call.id, shift.phone, finds_machines=False)


def _ring(work: Work, telephony: Dialler, placement: Placement) -> None:
    try:
        sid = telephony.place_call(placement)
    except ProviderRefused:
        with work.db.begin() as session:
            session.get_one(Call, placement.call_id).over("refused")
        return
    with work.db.begin() as session:
        call = session.get_one(Call, placement.call_id)
        call.firm_sid = call.firm_sid or sid


def _look_up_claims(work: Work, telephony: Dialler) -> None:
    with work.db.reading() as session:
        lost = session.scalars(
            sa.select(Call).where(
                Call.subject == work.subject,
                Call.firm_sid.is_(None),
                Call.ended_at.is_(None),
                Call.began_at < clock.now() - FORGOTTEN,
            )
        ).all()
    for each in lost:
        sid = telephony.find_call(each.phone, each.began_at - SKEW) if each.phone else None
        with work.db.begin() as session:
            call = session.get_one(Call, each.id)
            if sid is None:
                call.over("never_dialled")
            call.firm_sid = call.firm_sid or sid


def _keep_promise(session: Session, place: Waiting) -> None:
    """It is her turn and somebody is free: the line that rang is rung, whoever she is, and put
    through when she answers."""
    wish = _promise_of(session, place)
    if wish is None:
        number = session.get_one(Call, place.call_id).number
        want_call(session, Purpose.PROMISED, place.customer_id, place.call_id, number=number)
    elif wish.outcome is Outcome.UNANSWERED:
        place.leave(Left.UNREACHED)


def _promise_of(session: Session, place: Waiting) -> WantedCall | None:
    return session.scalar(
        sa.select(WantedCall).where(
            WantedCall.purpose == Purpose.PROMISED, WantedCall.subject == place.call_id
        )
    )


def _watch_promise(session: Session, place: Waiting) -> None:
    """A promise whose time has passed stands at the top of the desk's queue."""
    late = place.promised_for is not None and clock.now() > place.promised_for
    if late and place.answered_at is None and place.priority > LATE:
        place.priority = LATE
        row = session.get(Escalation, place.escalation_id) if place.escalation_id else None
        if row is not None:
            row.priority = min(row.priority, LATE)


def ring_clerk(work: Work, telephony: Dialler) -> None:
    """Errand: a clerk wants to ring somebody. Her own telephone is rung first."""
    attempt(work, telephony, partial(_claim_clerk, work))


def _claim_clerk(work: Work, session: Session) -> Placement | None:
    row = session.get_one(DeskCall, work.subject)
    shift = duty.of_clerk(session, row.clerk_id)
    busy = shift is not None and calls.live_call(session, shift.phone) is not None
    if shift is None or row.call_id is not None or busy:
        row.ended_at = clock.now()
        work.finish(session, "not_needed")
        return None
    talk = {"step": "clerk", "memory": {"out": True}, "clerk": str(row.clerk_id)}
    call = calls.claim(session, shift.phone, "desk_call", row.id, None, talk)
    row.call_id = call.id
    return Placement(call.id, shift.phone, finds_machines=False)
