"""What a step of a conversation may look at, gathered from the rows as they are."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from ivr import script
from ivr.calls import Call, orders_of
from ivr.talk import OpenQuestion, Scene
from ivr.told import TOLD
from ivr.wording import draft_lines, spoken, what
from orders import catalogue, drafting, history, relatives, vocabulary
from orders.customers import Customer, household
from orders.lifecycle import TRANSITIONS, Event, State
from orders.order import LineQuestion, Order
from orders.relatives import Scope
from orders.wanted_calls import Outcome, Purpose, WantedCall
from voiceapp import clock


def build(session: Session, call: Call, zone: ZoneInfo) -> Scene:
    """The scene of this call's next step."""
    now = clock.now().astimezone(zone)
    talk = call.talk
    orders = [o for o in orders_of(session, call) if o.state in (State.CONFIRMING, State.DRAFT)]
    known = people(session, call)
    wish = session.get(WantedCall, call.subject) if call.subject else None
    held_since = talk.get("held_since")
    held = (clock.now() - datetime.fromisoformat(held_since)).total_seconds() if held_since else 0.0
    return Scene(
        now=now,
        step=talk.get("step", "answered"),
        memory=talk.get("memory", {}),
        vocabulary=vocabulary.of_caller(session, call.customer_id),
        known=bool(known),
        shown=call.phone is not None,
        drafted=bool(call.talk.get("drafted")),
        people=known,
        lines=tuple(line for order in orders for line in spoken(order, zone)),
        draft=tuple(line for order in orders for line in draft_lines(order, zone)),
        total=sum(order.total for order in orders),
        question=_open_question(session, orders),
        asks_family=_asks_family(session, orders),
        as_read=bool(orders) and drafting.digest(orders) == orders[0].read_digest,
        window_lost=any(order.window_lost(clock.now()) for order in orders),
        told=TOLD[wish.purpose](session, wish, now) if wish and wish.purpose in TOLD else (),
        fulfilled=wish is not None and wish.done_at is not None,
        granted=wish is not None and wish.outcome is Outcome.YES,
        relation=str(wish.facts.get("relation", "")) if wish else "",
        about=str(wish.facts.get("about", "")) if wish else "",
        choices=_choices(session, call, wish) if wish else (),
        verdict=talk.get("verdict"),
        held=held,
    )


def people(session: Session, call: Call) -> tuple[tuple[str, str], ...]:
    if call.customer_id is not None:
        customer = session.get_one(Customer, call.customer_id)
        return ((str(customer.id), customer.name),)
    if call.phone is None:
        return ()
    return tuple((str(each.id), each.name) for each in household(session, call.phone))


def is_stranger(session: Session, order: Order, call: Call) -> bool:
    """Whether nobody on file rings from this order's number."""
    return order.number is None or (order.customer_id is None and not people(session, call))


def _open_question(session: Session, orders: list[Order]) -> OpenQuestion | None:
    for order in orders:
        for question in order.open_questions:
            return opened(session, question)
    return None


def opened(session: Session, question: LineQuestion) -> OpenQuestion:
    """A stored question with the names of its choices, as far as they are on sale still.

    Where the product went off sale whose amount was to be asked, the question is which one instead.
    """
    row = question.clarify
    words = vocabulary.shared(session)
    asked_about = {*row.options, *({row.sku} if row.sku else ())}
    there = catalogue.by_sku(session, asked_about).keys() & words.products.keys()
    if row.about == "quantity" and row.sku not in there:
        row = replace(row, about="product", sku=None, quantity=None, unit=None)
    known = words.products[row.sku] if row.sku in there else None
    options = [words.products[sku] for sku in row.options if sku in there]
    return OpenQuestion(
        id=question.id,
        row=row,
        known=known.short_name if known else "",
        options=tuple((each.sku, script.spoken_name(each.name)) for each in options),
    )


def _asks_family(session: Session, orders: list[Order]) -> bool:
    return any(
        not order.private
        and order.customer_id is not None
        and bool(relatives.standing(session, order.customer_id, Scope.APPROVE))
        for order in orders
    )


def _cancellable(session: Session, call: Call, wish: WantedCall) -> tuple[tuple[str, str], ...]:
    if call.customer_id is None:
        return ()
    rows = history.under_way(session, call.customer_id)
    return tuple(
        (str(order.id), what(order))
        for order in rows
        if (order.state, Event.WITHDRAWN) in TRANSITIONS
    )


def _linked(session: Session, call: Call, wish: WantedCall) -> tuple[tuple[str, str], ...]:
    if call.customer_id is None:
        return ()
    rows = relatives.standing(session, call.customer_id)
    meant = [row for row in rows if row.relation == wish.facts.get("relation")]
    return tuple((str(row.id), row.relation + row.relative.name) for row in meant or rows)


CHOICES: dict[Purpose, Callable[[Session, Call, WantedCall], tuple[tuple[str, str], ...]]] = {
    Purpose.CANCEL: _cancellable,
    Purpose.UNDO: _linked,
}
"""What she may choose from on a call that asks which: the id and the words of each."""


def _choices(session: Session, call: Call, wish: WantedCall) -> tuple[tuple[str, str], ...]:
    return CHOICES[wish.purpose](session, call, wish) if wish.purpose in CHOICES else ()
