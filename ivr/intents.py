"""Who answers what a caller wants, and how: the product's third table.

Each answer says what happens to the order that her recording began, what she hears, what the
line does then, and whether a person or a call of ours must follow.
"""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

import nlu
from ivr import phrases, saying, script
from ivr.talk import Then
from ivr.wording import what
from orders import catalogue, drafting, history, vocabulary
from orders.escalations import Reason
from orders.lifecycle import TRANSITIONS, Event
from orders.order import Order
from orders.people import caller
from orders.wanted_calls import Purpose


@dataclass(frozen=True)
class Answer:
    """What follows from one intent. Where she must be rung for it, `call` is placed."""

    event: Event
    says: tuple[str, ...]
    then: Then = Then.END
    reason: Reason | None = None
    call: Purpose | None = None
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """Everything that an answer may look at. `words` are this caller's; `now` is local."""

    session: Session
    order: Order
    words: nlu.Vocabulary
    understood: nlu.Understood
    text: str
    now: datetime


def asked(session: Session, order: Order, text: str, now: datetime) -> Asked:
    """What a text asks for, in the words of this caller."""
    words = vocabulary.of_caller(session, order.customer_id)
    understood = nlu.parse(nlu.Heard(text=text, now=now), words)
    return Asked(session, order, words, understood, text, now)


def answer(asked: Asked) -> Answer:
    """The answer to what she wants."""
    answers = INTENTS[asked.understood.intent]
    if asked.understood.intent in VAGUE:
        own = (wish for pattern, wish in OWN if pattern.search(asked.text))
        answers = next(own, answers)
    if answers in HERS and asked.order.customer_id is None:
        # Two on one line: whose orders are meant only a person can ask.
        return other(asked)
    return answers(asked)


def ordered(asked: Asked) -> Answer:
    """Lines and open questions, read over on a call of ours."""
    drafting.draft(asked.session, asked.order, asked.understood)
    if not asked.order.lines and not asked.order.open_questions:
        return other(asked)
    if "complaint" in asked.understood.also:
        # The order is read over once she has talked with somebody about the other thing.
        says = (script.NOTED_COMPLAINT,)
        return Answer(Event.UNDERSTOOD, says, Then.PERSON, reason=Reason.COMPLAINT)
    return Answer(Event.UNDERSTOOD, (_callback(asked),))


def _callback(asked: Asked) -> str:
    return script.NOTED if asked.order.number else script.NOTED_PERSON


def reorder(asked: Asked) -> Answer:
    """The usual: the lines of the last delivered order, at today's prices, but for her changes."""
    last = history.last_delivered(asked.session, _who(asked))
    if last is None:
        return Answer(Event.NOTHING_ORDERED, (script.NO_USUAL,), Then.RECORD)
    wished, order = asked.understood, asked.order
    drafting.copy(asked.session, last, order, wished.window)
    drafting.revise(asked.session, [order], wished, caller(order.customer_id))
    if not order.lines and not order.open_questions:
        return other(asked)
    return Answer(Event.UNDERSTOOD, (script.USUAL,))


def status(asked: Asked) -> Answer:
    """Where her orders are."""
    orders = _under_way(asked)
    says = tuple(
        f"{what(order)}，{script.STATUS[order.state]}。" for order in orders[:3]
    ) or (script.NO_ORDERS,)
    return _told(says)


def _told(says: tuple[str, ...]) -> Answer:
    return Answer(
        Event.NOTHING_ORDERED, (*says, script.ANYTHING_ELSE), Then.RECORD, call=Purpose.ANSWER
    )


def _under_way(asked: Asked) -> list[Order]:
    return history.under_way(asked.session, _who(asked))


def _who(asked: Asked) -> uuid.UUID:
    assert asked.order.customer_id is not None, "HERS are asked of one person"
    return asked.order.customer_id


def spent(asked: Asked) -> Answer:
    """What this month's delivered orders came to."""
    zone = asked.now.tzinfo
    assert isinstance(zone, ZoneInfo), "local times carry the community's zone"
    since = history.month_start(asked.now, zone)
    fen = history.spent_since(asked.session, _who(asked), since)
    if not fen:
        return _told((script.SPENT_NOTHING,))
    return _told((script.SPENT.format(money=saying.money_words(fen)),))


def cancel(asked: Asked) -> Answer:
    """Which one and a yes are asked on a call of ours: a caller's number can be forged."""
    able = [o for o in _under_way(asked) if (o.state, Event.WITHDRAWN) in TRANSITIONS]
    if not able:
        return Answer(Event.NOTHING_ORDERED, (script.CANCEL_NONE, script.GOODBYE))
    return Answer(Event.NOTHING_ORDERED, (script.CANCEL_NOTED,), call=Purpose.CANCEL)


def unlink(asked: Asked) -> Answer:
    """Whom she means and a yes are asked on a call of ours."""
    return _undone("links", phrases.relation_in(asked.text))


def no_alerts(asked: Asked) -> Answer:
    """A yes is asked on a call of ours."""
    return _undone("alerts", "")


def _undone(about: str, relation: str) -> Answer:
    facts = {"about": about, "relation": relation}
    says = (script.UNDO_NOTED,)
    return Answer(Event.NOTHING_ORDERED, says, call=Purpose.UNDO, facts=facts)


def price(asked: Asked) -> Answer:
    """What things cost; any other question is a clerk's."""
    products = catalogue.by_sku(asked.session, set(asked.understood.about[:3]))
    if not products:
        return Answer(Event.NOT_UNDERSTOOD, (script.NO_PRICE,), reason=Reason.OTHER_WISH)
    return _told(
        tuple(
            script.PRICE.format(
                name=product.name, unit=product.unit, money=saying.money_words(product.price)
            )
            for product in products.values()
        )
    )


def complaint(asked: Asked) -> Answer:
    """Connected on this very call, with what she said before the clerk."""
    return Answer(
        Event.NOTHING_ORDERED, (script.COMPLAINT,), Then.PERSON, reason=Reason.COMPLAINT
    )


def person(asked: Asked) -> Answer:
    """Connected on this very call."""
    return Answer(
        Event.HANDED_OVER, (script.CONNECTING,), Then.PERSON, reason=Reason.ASKED_FOR_PERSON
    )


def emergency(asked: Asked) -> Answer:
    """Connected on this very call, before anything else."""
    return Answer(
        Event.NOTHING_ORDERED, (script.EMERGENCY,), Then.EMERGENCY, reason=Reason.EMERGENCY
    )


def other(asked: Asked) -> Answer:
    """Anything else is a clerk's."""
    return Answer(Event.NOT_UNDERSTOOD, (script.NOTED_PERSON,), reason=Reason.OTHER_WISH)


INTENTS: dict[str, Callable[[Asked], Answer]] = {
    "order": ordered,
    "reorder": reorder,
    "order_status": status,
    "cancel_order": cancel,
    "complaint": complaint,
    "question": price,
    "agent": person,
    "emergency": emergency,
    "other": other,
}
"""Intent of a request to its answer."""

OWN: tuple[tuple[re.Pattern[str], Callable[[Asked], Answer]], ...] = (
    (phrases.SPENT, spent),
    (phrases.UNLINK, unlink),
    (phrases.NO_ALERTS, no_alerts),
)
"""What the NLU's contract has no intent for."""

HERS = frozenset({reorder, status, spent, cancel, unlink, no_alerts})
"""Answers that look at the orders and the family of one person."""

VAGUE = frozenset({"question", "order_status", "cancel_order", "other"})
"""Intents that one of OWN is more exact than."""
