"""One webhook of a conversation, from the row to the answer."""

import uuid

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from ivr import calls, scenes
from ivr.calls import Call, CallTurn
from ivr.deeds import DEEDS
from ivr.dialogue import STEPS, converse
from ivr.talk import Move, Reply, Then, Turn
from ivr.twiml import Writer
from orders import history
from orders.customers import household
from orders.lifecycle import State
from orders.order import Order
from voiceapp import clock
from voiceapp.config import Settings
from voiceapp.crypto import keys
from voiceapp.db import Database
from voiceapp.errors import Conflict
from voiceapp.phone import Phone

LOOKS = 4
"""How often a step may ask to look again within one turn; more would be a loop."""


class Gone(Conflict):
    """The call ended long ago, or there is no such call."""


def begin(db: Database, settings: Settings, sid: str, phone: Phone | None) -> str:
    """Somebody rings. A repeat of the same ring gets the same answer."""
    try:
        with db.begin() as session:
            call = calls.by_firm_sid(session, sid)
            if call is None:
                known = household(session, phone) if phone else []
                only = known[0].id if len(known) == 1 else None
                call = calls.open_call(session, sid, phone, only)
                drafted = phone is not None and _draft_waits(session, phone)
                call.talk = {"step": "greet", "memory": {}, "drafted": drafted}
            return _turn(session, settings, call, 0, Turn())
    except IntegrityError:
        with db.begin() as session:
            return _turn(session, settings, _found(session, sid), 0, Turn())


def _found(session: Session, sid: str) -> Call:
    call = calls.by_firm_sid(session, sid)
    if call is None:
        raise Gone("there is no such call")
    return call


def _draft_waits(session: Session, phone: Phone) -> bool:
    line = Order(customer_id=None, number_index=keys().index(phone.e164))
    known = household(session, phone)
    if len(known) == 1:
        line = Order(customer_id=known[0].id)
    return bool(history.drafts_of(session, line, (State.DRAFT, State.CONFIRMING)))


def hear(
    db: Database, settings: Settings, call_id: uuid.UUID, number: int, turn: Turn, sid: str
) -> str:
    """Answer one turn. A repeat gets the same answer; a conflict is tried once more.

    Raises Gone for a call that ended over an hour ago.
    """
    for last in (False, True):
        try:
            with db.begin() as session:
                call = session.get(Call, call_id)
                if call is None:
                    raise Gone("there is no such call")
                if call.firm_sid is None:
                    call.firm_sid = sid
                return _turn(session, settings, call, number, turn)
        except (StaleDataError, IntegrityError):
            if last:
                raise
    raise AssertionError("unreachable")


def _turn(session: Session, settings: Settings, call: Call, number: int, turn: Turn) -> str:
    answered = session.get(CallTurn, (call.id, number))
    if answered is not None:
        return answered.answer
    if call.ended_at is not None and clock.now() - call.ended_at > calls.LATE:
        raise Gone("the call ended long ago")
    if number != call.turns:
        # Out of order: the turn that should come first will come, or never.
        return _writer(settings, call, number).write(Reply((), Then.END))
    if call.answered_at is None:
        call.answered_at, call.answered_by = clock.now(), turn.answered_by or None
    step = call.talk.get("step", "answered")
    reply = _converse(session, settings, call, turn)
    answer = _writer(settings, call, number).write(reply)
    call.turns = number + 1
    session.add(
        CallTurn(
            call_id=call.id,
            number=number,
            step=step,
            keys=turn.keys,
            words=turn.words,
            answer=answer,
        )
    )
    session.flush()
    return answer


def _converse(session: Session, settings: Settings, call: Call, turn: Turn) -> Reply:
    move = converse(scenes.build(session, call, settings.timezone), turn)
    first: tuple[str, ...] = ()
    for _ in range(LOOKS):
        _do(session, call, move)
        first += move.first
        if move.reply is not None:
            return Reply(
                first + move.reply.says, move.reply.then, move.reply.digits, move.reply.notice
            )
        scene = scenes.build(session, call, settings.timezone)
        move = STEPS[move.step](scene, Turn(), None)
    raise AssertionError(f"a conversation looped at {move.step}")


def _do(session: Session, call: Call, move: Move) -> None:
    for deed in move.deeds:
        DEEDS[deed.name](session, call, deed.data)
    session.flush()
    memory = {**call.talk.get("memory", {}), **move.remember}
    call.remember(step=move.step, memory=memory)


def _writer(settings: Settings, call: Call, number: int) -> Writer:
    hooks = f"{settings.public_url}/ivr"
    return Writer(
        here=f"{hooks}/turn/{call.id}/{number + 1}",
        recording_hook=f"{hooks}/recording/{call.id}",
        desk=f"{hooks}/desk/{call.id}",
        slow=bool(call.talk.get("slow")),
    )
