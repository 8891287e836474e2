"""What is done about a turn of a call that somebody wished for; see `ivr.deeds`."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from ivr.calls import Call
from ivr.told import together
from orders import deadlines, errands, ratings
from orders.escalations import Reason, Subject, escalate
from orders.lifecycle import TRANSITIONS, Event
from orders.order import Order
from orders.people import caller
from orders.visits import Visit
from orders.wanted_calls import Outcome, Purpose, WantedCall, still_wanted, want_call

Data = Mapping[str, Any]


def told(session: Session, call: Call, data: Data) -> None:
    """She has heard it, and whatever else was told on the same call."""
    for wish in together(session, _wish(session, call)):
        wish.finish(session, Outcome.TOLD, call.id)


def objected(session: Session, call: Call, data: Data) -> None:
    """She does not want what a child ordered: nobody sets out until a clerk has asked."""
    wish = _wish(session, call)
    order = session.get_one(Order, wish.subject)
    deadlines.needs_person(session, order, Reason.PARENT_OBJECTS)


def rated(session: Session, call: Call, data: Data) -> None:
    """Stars, with the words she used."""
    wish = _wish(session, call)
    visit = session.get_one(Visit, wish.subject)
    by = caller(call.customer_id)
    ratings.rate(session, visit, by, data["stars"], data["words"], call.id)
    wish.finish(session, Outcome.YES, call.id, data["words"])
    another = still_wanted(session, Purpose.RATING, wish.customer_id)
    if another is not None:
        call.subject = another.id


def unrated(session: Session, call: Call, data: Data) -> None:
    """No mark was to be had, and she is not asked again. What she said is for a person."""
    wish = _wish(session, call)
    wish.finish(session, Outcome.UNANSWERED, call.id, data["words"])
    if data["words"]:
        kind, visit = Subject.VISIT, wish.subject
        escalate(session, kind, visit, Reason.NOT_UNDERSTOOD, wish.customer_id)


def consented(session: Session, call: Call, data: Data) -> None:
    """Four digits and an answer; whoever asked compares the digits."""
    wish = _wish(session, call)
    wish.keys = data["code"]
    outcome = Outcome.YES if data["yes"] else Outcome.NO
    wish.finish(session, outcome, call.id, data["words"])


def agreed(session: Session, call: Call, data: Data) -> None:
    """She takes the supplement."""
    _wish(session, call).finish(session, Outcome.YES, call.id, data["words"])


def disagreed(session: Session, call: Call, data: Data) -> None:
    """She does not."""
    _wish(session, call).finish(session, Outcome.NO, call.id)


def withdraw(session: Session, call: Call, data: Data) -> None:
    """She cancels an order, on a call that we placed; a person hears of one that has set out."""
    order = session.get_one(Order, uuid.UUID(data["order"]))
    in_time = (order.state, Event.WITHDRAWN) in TRANSITIONS
    if in_time:
        order.move(Event.WITHDRAWN, caller(call.customer_id), call=str(call.id))
    else:
        deadlines.needs_person(session, order, Reason.ASKED_FOR_PERSON)
    _wish(session, call).finish(session, Outcome.YES if in_time else Outcome.NO, call.id)


def want_undo(session: Session, call: Call, data: Data) -> None:
    """She pressed the key for taking back what the family may do."""
    call.remember(keyed=True)
    assert call.customer_id is not None, "only somebody on file is asked"
    want_call(session, Purpose.UNDO, call.customer_id, call.id)


def unlinked(session: Session, call: Call, data: Data) -> None:
    """A child whom we named to her is to see nothing more."""
    wish = _wish(session, call)
    wish.facts = {**wish.facts, "link": data["link"]}
    wish.finish(session, Outcome.YES, call.id, data["words"])
    errands.write(session, "end_links", wish.id, key=f"end_links {wish.id}")


def quieted(session: Session, call: Call, data: Data) -> None:
    """Nobody is to be alerted about her."""
    wish = _wish(session, call)
    wish.finish(session, Outcome.YES, call.id, data["words"])
    errands.write(session, "end_alerts", wish.id, key=f"end_alerts {wish.id}")


def _wish(session: Session, call: Call) -> WantedCall:
    assert call.subject is not None, "a call that was wished for has its wish"
    return session.get_one(WantedCall, call.subject)


FULFILLING: dict[str, Callable[[Session, Call, Data], None]] = {
    deed.__name__: deed
    for deed in (
        told, objected, rated, unrated, consented, agreed, disagreed, withdraw, want_undo, unlinked,
        quieted,
    )
}  # fmt: skip
"""Every deed of such a call by its name."""
