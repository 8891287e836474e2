"""What is done about a turn: one function for each deed that a conversation can name.

Each runs in the transaction of the webhook and commits nothing; doing one twice changes nothing
that the first time did not.
"""

import uuid
from collections.abc import Callable

from sqlalchemy.orm import Session

import nlu
from ivr import alarm
from ivr.calls import Call, orders_of
from ivr.fulfilling import FULFILLING, Data
from ivr.verdicts import verdict_said
from orders import deadlines, drafting, intake, questions, recordings
from orders.customers import Customer
from orders.escalations import Reason, Subject, escalate
from orders.lifecycle import TRANSITIONS, Event, State
from orders.order import LineQuestion, Order
from orders.people import Author, caller
from orders.recordings import Recording
from voiceapp import clock


def heard_recording(session: Session, call: Call, data: Data) -> None:
    """A turn was recorded: an order is born with it."""
    if recordings.by_firm_sid(session, data["sid"]) is not None:
        return
    order = intake.hear(session, _recording(session, call, data), call.phone)
    if order.customer_id is None and call.customer_id is not None:
        order.customer_id = call.customer_id
    call.remember(order=str(order.id), held_since=clock.now().isoformat(), verdict=None)


def _recording(session: Session, call: Call, data: Data) -> Recording:
    row = Recording(call_id=call.id, firm_sid=data["sid"], seconds=data["seconds"])
    session.add(row)
    session.flush()
    return row


def want_person(session: Session, call: Call, data: Data) -> None:
    """She is connected to the desk, and the desk sees why."""
    reason = Reason(data["reason"])
    orders = orders_of(session, call)
    if call.talk.get("order"):
        orders.append(session.get_one(Order, uuid.UUID(call.talk["order"])))
    for order in orders:
        deadlines.hand_over(session, order, reason)
    if not orders:
        escalate(session, Subject.CALL, call.id, reason, call.customer_id)


def emergency(session: Session, call: Call, data: Data) -> None:
    """Somebody is in danger. An order's state is not touched."""
    alarm.declare(session, call)


def herself(session: Session, call: Call, data: Data) -> None:
    """She has said who she is."""
    if not data["customer"]:
        return
    customer = session.get_one(Customer, uuid.UUID(data["customer"]))
    call.customer_id = customer.id
    for order in orders_of(session, call):
        if order.customer_id is None:
            order.customer = customer


def read(session: Session, call: Call, data: Data) -> None:
    """The order was read to her: a yes will be a yes to exactly this."""
    orders = orders_of(session, call)
    digest = drafting.digest(orders)
    for order in orders:
        order.read_digest, order.read_call_id = digest, call.id


def asked(session: Session, call: Call, data: Data) -> None:
    """An open question was asked."""
    session.get_one(LineQuestion, data["question"]).asked += 1


def settled(session: Session, call: Call, data: Data) -> None:
    """An open question was answered in words."""
    question = session.get_one(LineQuestion, data["question"])
    order = session.get_one(Order, question.order_id)
    if questions.settle(session, order, question, data["answer"]):
        order.move(Event.REVISED, caller(call.customer_id), call=str(call.id))


def chosen(session: Session, call: Call, data: Data) -> None:
    """A product was chosen by key; how much is asked next where it was not said. One that went off
    sale at this very moment leaves the question open."""
    question = session.get_one(LineQuestion, data["question"])
    order = session.get_one(Order, question.order_id)
    if questions.choose(session, order, question, data["sku"]):
        order.move(Event.REVISED, caller(call.customer_id), call=str(call.id))


def given_up(session: Session, call: Call, data: Data) -> None:
    """She no longer wants what a question was about."""
    question = session.get_one(LineQuestion, data["question"])
    order = session.get_one(Order, question.order_id)
    questions.give_up(order, question)
    order.move(Event.REVISED, caller(call.customer_id), call=str(call.id))


def revised(session: Session, call: Call, data: Data) -> None:
    """A change in plain words: edits, a new time, or something that must be asked."""
    change: nlu.Understood = data["change"]
    orders = [order for order in orders_of(session, call) if order.state is State.CONFIRMING]
    if not orders:
        return
    by = caller(call.customer_id)
    drafting.revise(session, orders, change, by)
    for order in orders:
        order.move(Event.REVISED, by, call=str(call.id))


def resaid(session: Session, call: Call, data: Data) -> None:
    """She says it again: the line is held while it is heard."""
    if recordings.by_firm_sid(session, data["sid"]) is not None:
        return
    order = orders_of(session, call)[-1]
    order.recording_id = _recording(session, call, data).id
    order.move(Event.RESAID, caller(call.customer_id), call=str(call.id))
    call.remember(held_since=clock.now().isoformat(), verdict=None)


def confirmed(session: Session, call: Call, data: Data) -> None:
    """A whole yes on a call that we placed, to what was read on it."""
    by = caller(call.customer_id)
    for order in orders_of(session, call):
        if (order.state, Event.CONFIRMED) not in TRANSITIONS or order.read_call_id != call.id:
            continue
        if not order.lines:
            _refuse(order, by, call)
            continue
        order.confirmed_words, order.confirmed_at = data["words"], clock.now()
        order.move(Event.CONFIRMED, by, call=str(call.id), digest=order.read_digest)


def refused(session: Session, call: Call, data: Data) -> None:
    """She wants none of it."""
    for order in orders_of(session, call):
        _refuse(order, caller(call.customer_id), call)


def _refuse(order: Order, by: Author, call: Call) -> None:
    if (order.state, Event.REFUSED) in TRANSITIONS:
        order.move(Event.REFUSED, by, call=str(call.id))


def window_lost(session: Session, call: Call, data: Data) -> None:
    """What was read can no longer be kept; a person agrees on another time."""
    for order in orders_of(session, call):
        deadlines.hand_over(session, order, Reason.WINDOW_LOST)


def unanswered(session: Session, call: Call, data: Data) -> None:
    """Nobody was reached, or not she: the status of the call's end does what follows."""
    call.remember(reached=data.get("why", "nobody"))


def not_herself(session: Session, call: Call, data: Data) -> None:
    """Somebody else answered and she is not there."""
    call.remember(reached="not_herself")


DEEDS: dict[str, Callable[[Session, Call, Data], None]] = {
    deed.__name__: deed
    for deed in (
        heard_recording, want_person, emergency, herself, read, asked, settled, chosen, given_up,
        revised, resaid, confirmed, refused, window_lost, unanswered, not_herself,
        verdict_said,
    )
} | FULFILLING  # fmt: skip
"""Every deed by its name."""
