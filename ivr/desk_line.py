"""The desk line: a caller who wants a person waits by priority, is put through, or rung back.

Every caller has a queue of her own at the firm, so that who is next is decided by our rows. A
turn of `ivr.offering` rings clerks; the clerk's leg takes the caller out of her queue.
"""

import math
import uuid
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ivr import alarm, desk_script, desk_twiml, script, waiting
from ivr.calls import Call, Direction, orders_of
from ivr.desk_twiml import Hooks
from ivr.waiting import DeskCall, Left, Waiting
from orders import cases, duty, errands
from orders.escalations import Escalation, Reason, Subject, escalate, open_for
from orders.people import clerk
from orders.recordings import Recording
from orders.wanted_calls import WantedCall
from voiceapp import clock
from voiceapp.config import Settings
from voiceapp.errors import Conflict

TALK = timedelta(minutes=3)
"""What one talk with a clerk is reckoned at when a wait is told."""

PROMISE = timedelta(minutes=15)
"""A call back is promised within so long of the desk's hours."""

TALKED = frozenset({"completed", "answered"})


def put_through(session: Session, settings: Settings, call: Call) -> str:
    """A call comes to the desk line: a caller into the queue, a clerk's leg to its caller."""
    hooks = hooks_of(settings)
    if call.purpose == "offer":
        return _take_up(session, hooks, call)
    if call.purpose == "desk_call":
        row = session.get_one(DeskCall, call.subject)
        row.call_id = call.id
        return desk_twiml.ring_out(hooks, call.id, row.number)
    return _queue(session, settings, call)


def hooks_of(settings: Settings) -> Hooks:
    """Where the firm finds the desk line."""
    return Hooks(f"{settings.public_url}/ivr", settings.twilio_number)


def _queue(session: Session, settings: Settings, call: Call) -> str:
    hooks, place = hooks_of(settings), _place(session, call)
    row = session.get_one(Escalation, place.escalation_id)
    if row.reason is Reason.EMERGENCY:
        alarm.raise_alarm(session, row)
    if duty.present(session):
        return desk_twiml.enqueue(hooks, call.id, f"desk-{place.id}")
    local = clock.now().astimezone(settings.timezone)
    if settings.desk_hours.contains(local) or row.reason is Reason.EMERGENCY:
        return desk_twiml.ring_out(hooks, call.id, settings.desk_number)
    return _promise_and_listen(session, settings, call, place, desk_script.CLOSED)


def why(session: Session, call: Call) -> Escalation:
    """The most pressing thing that this call's person needs; asking for one is enough."""
    danger = alarm.on_call(session, call)
    if danger is not None:
        return danger
    wish = session.get(WantedCall, call.subject) if call.subject else None
    about = [call.id, *(order.id for order in orders_of(session, call))]
    if wish is not None:
        about.append(wish.subject)
    if call.talk.get("order"):
        about.append(uuid.UUID(call.talk["order"]))
    if call.customer_id is not None:
        about.append(call.customer_id)
    rows = [row for subject in about for row in open_for(session, subject)]
    if not rows:
        return escalate(session, Subject.CALL, call.id, Reason.ASKED_FOR_PERSON, call.customer_id)
    return min(rows, key=lambda row: (row.priority, row.opened_at))


def _place(session: Session, call: Call) -> Waiting:
    wish = session.get(WantedCall, call.subject) if call.subject else None
    place = waiting.of_call(session, wish.subject) if wish else None
    if place is not None:
        # The call back that was promised: she is where she was in the queue.
        place.call_id, place.on_line = call.id, True
    else:
        place = waiting.join(session, call.id, why(session, call))
    errands.write(session, "offer_caller", place.id, key=f"offer_caller {place.id} {call.id}")
    return place


def promise(session: Session, settings: Settings, place: Waiting) -> str:
    """She is rung back, with her place kept; the sentence that tells her until when."""
    now = clock.now().astimezone(settings.timezone)
    place.on_line = False
    place.promised_for = place.promised_for or settings.desk_hours.next_start(now) + PROMISE
    errands.write(session, "offer_caller", place.id, key=f"offer_caller {place.id} promised")
    return desk_script.LATEST.format(time=_time(settings, place.promised_for, now))


def _time(settings: Settings, moment: datetime, now: datetime) -> str:
    return desk_script.by_when(moment.astimezone(settings.timezone), now)


def wait(session: Session, settings: Settings, call: Call) -> str:
    """One round of waiting."""
    place = waiting.of_call(session, call.id)
    queue = [row.id for row in waiting.in_queue(session)]
    ahead = queue.index(place.id) if place is not None and place.id in queue else 0
    clerks = max(1, len(duty.present(session)))
    minutes = max(1, math.ceil((ahead + 1) * (TALK / clerks) / timedelta(minutes=1)))
    urgent = place is not None and place.priority == 0
    told = desk_script.wait(ahead, minutes, urgent, _can_ring(settings, call))
    return desk_twiml.hold(hooks_of(settings), call.id, told)


def _can_ring(settings: Settings, call: Call) -> bool:
    """Whether a call back to this line can be promised."""
    return call.phone is not None and call.phone.rings_at(settings.allowed_prefixes)


def key(session: Session, settings: Settings, call: Call, digits: str) -> str:
    """A key while waiting: 1 is a call back in place of waiting, 999 an emergency."""
    hooks, place = hooks_of(settings), waiting.of_call(session, call.id)
    if digits == "999":
        _alarm(session, call)
    elif digits == "1" and place is not None and place.priority > 0 and _can_ring(settings, call):
        now = clock.now().astimezone(settings.timezone)
        promise(session, settings, place)
        assert place.promised_for is not None, "a promise has a time"
        time = _time(settings, place.promised_for, now)
        return desk_twiml.leave(desk_script.PROMISED.format(time=time))
    return desk_twiml.keep_waiting(hooks, call.id)


def _alarm(session: Session, call: Call) -> None:
    row = alarm.declare(session, call)
    waiting.join(session, call.id, row)
    alarm.raise_alarm(session, row)


def left(session: Session, settings: Settings, call: Call, result: str) -> str:
    """She is out of the queue: put through and done, hung up, to be rung back, or refused."""
    place = waiting.of_call(session, call.id)
    if result in ("bridged", "redirected-from-bridged"):
        # The clerk's leg may have said so first, and closed the place already.
        if place is not None:
            place.leave(Left.BRIDGED)
        return desk_twiml.say(script.GOODBYE)
    if place is None or result == "leave":
        return desk_twiml.say()
    if result == "hangup":
        alarm.line_ended(session, call)
        return desk_twiml.say()
    return _promise_and_listen(session, settings, call, place, script.NOBODY_FREE)


def _promise_and_listen(
    session: Session, settings: Settings, call: Call, place: Waiting, why_not: str
) -> str:
    """Nobody can be had: a call back is promised where one is possible, and what she wants is
    recorded unless she has said it on this call."""
    if place.priority == 0:
        why_not = desk_script.ALONE
    if _can_ring(settings, call):
        told = (why_not, promise(session, settings, place))
    else:
        place.leave(Left.UNREACHED)
        told = (why_not, desk_script.NO_CALL_BACK)
    said = sa.select(Recording.id).where(Recording.call_id == call.id)
    if call.direction is Direction.OUT or session.scalar(said) is not None:
        return desk_twiml.say(*told)
    return desk_twiml.take_message(hooks_of(settings), call.id, *told, desk_script.MESSAGE)


def said(session: Session, settings: Settings, call: Call) -> str:
    """She has said it; the recording's own webhook brings it to whoever listens."""
    return desk_twiml.say(script.GOODBYE)


def _take_up(session: Session, hooks: Hooks, call: Call) -> str:
    place = session.get_one(Waiting, call.subject)
    by = clerk(uuid.UUID(call.talk["clerk"]))
    if place.left_at is not None or place.answered_by not in (None, by.id):
        return desk_twiml.say(desk_script.GONE)
    place.answered_by, place.answered_at = by.id, place.answered_at or clock.now()
    row = session.get(Escalation, place.escalation_id) if place.escalation_id else None
    if row is not None and row.closed_at is None:
        _claim(session, row, call)
    return desk_twiml.take_up(hooks, call.id, place.call_id, f"desk-{place.id}")


def _claim(session: Session, row: Escalation, call: Call) -> None:
    by = clerk(uuid.UUID(call.talk["clerk"]))
    try:
        row.claim(by)
    except Conflict:
        # A colleague reads it already; the talk is this clerk's all the same.
        return
    case = cases.open_case(session, row)
    if case is not None and case.owner is None:
        case.own(by)


def talked(session: Session, settings: Settings, call: Call, status: str) -> str:
    """A Dial of the desk line is over: a clerk's leg, or a caller's to the desk's telephone."""
    if call.purpose == "desk_call":
        row = session.get_one(DeskCall, call.subject)
        if status in TALKED:
            row.answered_at = row.answered_at or clock.now()
        row.ended_at = row.ended_at or clock.now()
        return desk_twiml.say()
    if call.purpose == "offer":
        place = session.get_one(Waiting, call.subject)
        if status in TALKED:
            place.leave(Left.BRIDGED)
            return desk_twiml.say()
        # Not put through: she waits on and is offered to the next, unless she has hung up.
        place.answered_by = place.answered_at = None
        caller = session.get_one(Call, place.call_id)
        if caller.ended_at is not None:
            alarm.line_ended(session, caller)
        return desk_twiml.say(desk_script.GONE)
    mine = waiting.of_call(session, call.id)
    if status in TALKED:
        if mine is not None:
            mine.answered_at = mine.answered_at or clock.now()
            mine.leave(Left.BRIDGED)
        return desk_twiml.say(script.GOODBYE)
    if mine is None:
        return desk_twiml.say(script.NOBODY_FREE)
    return _promise_and_listen(session, settings, call, mine, script.NOBODY_FREE)


def reached(session: Session, call: Call) -> None:
    """The far end has picked up: of a call that a clerk had us place, or the desk's telephone."""
    row = session.get(DeskCall, call.subject) if call.subject else None
    answered = row or waiting.of_call(session, call.id)
    if answered is not None:
        answered.answered_at = answered.answered_at or clock.now()
