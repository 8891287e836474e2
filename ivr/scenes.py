"""What a step of a conversation may look at, gathered from the rows as they are."""

import uuid
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

import nlu
from ivr import saying, script
from ivr.calls import Call
from ivr.script import SpokenLine
from ivr.talk import OpenQuestion, Scene
from orders import drafting, history, relatives, vocabulary
from orders.customers import Customer, household
from orders.lifecycle import TRANSITIONS, Event, State
from orders.order import LineQuestion, Order
from orders.relatives import Scope
from orders.visits import Visit
from orders.wanted_calls import Purpose, WantedCall
from voiceapp import clock


def orders_of(session: Session, call: Call) -> list[Order]:
    """The orders that this call reads as one."""
    ids = [uuid.UUID(text) for text in call.talk.get("orders", ())]
    rows = [session.get(Order, order_id) for order_id in ids]
    return [order for order in rows if order is not None]


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
        relation=str(wish.facts.get("relation", "")) if wish else "",
        choices=_cancellable(session, call) if wish and wish.purpose is Purpose.CANCEL else (),
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


def spoken(order: Order, zone: ZoneInfo) -> tuple[SpokenLine, ...]:
    """An order's lines as they are read aloud."""
    return tuple(
        SpokenLine(
            line.name,
            line.quantity,
            line.unit,
            _local(line.window_start, line.window_end, zone),
            line.product.is_service,
        )
        for line in order.lines
    )


def draft_lines(order: Order, zone: ZoneInfo) -> tuple[nlu.DraftLine, ...]:
    """An order's lines as the NLU takes a draft."""
    return tuple(
        nlu.DraftLine(
            line.sku, line.quantity, _local(line.window_start, line.window_end, zone)
        )
        for line in order.lines
    )


def _local(start: datetime | None, end: datetime | None, zone: ZoneInfo) -> nlu.Window | None:
    if start is None or end is None:
        return None
    return nlu.Window(start.astimezone(zone), end.astimezone(zone))


def _open_question(session: Session, orders: list[Order]) -> OpenQuestion | None:
    for order in orders:
        for question in order.open_questions:
            return opened(session, question)
    return None


def opened(session: Session, question: LineQuestion) -> OpenQuestion:
    """A stored question with the names of its choices."""
    row = question.clarify
    words = vocabulary.shared(session)
    known = words.products.get(row.sku) if row.sku else None
    options = [words.products.get(sku) for sku in row.options]
    return OpenQuestion(
        id=question.id,
        row=row,
        known=known.short_name if known else "",
        options=tuple(script.spoken_name(each.name) for each in options if each is not None),
    )


def _asks_family(session: Session, orders: list[Order]) -> bool:
    return any(
        not order.private
        and order.customer_id is not None
        and bool(relatives.standing(session, order.customer_id, Scope.APPROVE))
        for order in orders
    )


def _cancellable(session: Session, call: Call) -> tuple[tuple[str, str], ...]:
    if call.customer_id is None:
        return ()
    rows = history.under_way(session, call.customer_id)
    return tuple(
        (str(order.id), what(order))
        for order in rows
        if (order.state, Event.WITHDRAWN) in TRANSITIONS
    )


def what(order: Order) -> str:
    """An order in a few words: its first things."""
    names = [line.name.partition("（")[0] for line in order.lines]
    return saying.joined(names[:2]) + ("等" if len(names) > 2 else "")


def _order(session: Session, wish: WantedCall) -> Order:
    return session.get_one(Order, wish.subject)


def _when(order: Order, now: datetime) -> str:
    windows = [line.window for line in spoken(order, _zone(now)) if line.window]
    return saying.window_words(windows[0], now) if windows else "尽快"


def _zone(now: datetime) -> ZoneInfo:
    assert isinstance(now.tzinfo, ZoneInfo), "local times carry the community's zone"
    return now.tzinfo


def _declined(session: Session, wish: WantedCall, now: datetime) -> tuple[str, ...]:
    why = script.DECLINED_WHY.get(str(wish.facts.get("reason")), script.DECLINED_PLAIN)
    return (script.DECLINED.format(what=what(_order(session, wish)), why=why),)


def _trimmed(session: Session, wish: WantedCall, now: datetime) -> tuple[str, ...]:
    lines = spoken(_order(session, wish), _zone(now))
    return (script.TRIMMED.format(what=script.lines_words(lines)),)


def _coming(session: Session, wish: WantedCall, now: datetime) -> tuple[str, ...]:
    visit = session.get_one(Visit, wish.subject)
    window = _local(visit.window_start, visit.window_end, _zone(now))
    service = any(line.product.is_service for line in visit.lines)
    sentence = script.COMING_SERVICE if service else script.COMING
    customer = visit.order.customer
    return (
        sentence.format(
            window=saying.window_words(window, now) + "，" if window else "",
            worker=visit.worker or "我们的人",
            what=saying.joined(line.name.partition("（")[0] for line in visit.lines[:4]),
            phrase=(customer.pass_phrase if customer else "") or "社区送货",
        ),
    )


def _placed(session: Session, wish: WantedCall, now: datetime) -> tuple[str, ...]:
    order = _order(session, wish)
    lines = script.lines_words(spoken(order, _zone(now)))
    return (script.PLACED.format(what=lines, window=_when(order, now)),)


def _rating(session: Session, wish: WantedCall, now: datetime) -> tuple[str, ...]:
    visit = session.get_one(Visit, wish.subject)
    names = saying.joined(line.name.partition("（")[0] for line in visit.lines[:2])
    return (script.RATING.format(what=names),)


def _consent(session: Session, wish: WantedCall, now: datetime) -> tuple[str, ...]:
    tail = saying.digit_words(str(wish.facts.get("tail", "")))
    return (script.CONSENT.format(relation=wish.facts.get("relation", "家里人"), tail=tail),)


def _supplement(session: Session, wish: WantedCall, now: datetime) -> tuple[str, ...]:
    money = saying.money_words(int(wish.facts.get("fen", 0)))
    return (script.SUPPLEMENT.format(money=money),)


def _answer(session: Session, wish: WantedCall, now: datetime) -> tuple[str, ...]:
    # What she asked is answered anew: where her order is may have changed since.
    from ivr.listening import answer_again

    return answer_again(session, _order(session, wish), now)


def _alarm(session: Session, wish: WantedCall, now: datetime) -> tuple[str, ...]:
    return (script.ALARM.format(name=session.get_one(Customer, wish.customer_id).name),)


TOLD: dict[Purpose, Callable[[Session, WantedCall, datetime], tuple[str, ...]]] = {
    Purpose.DECLINED: _declined,
    Purpose.TRIMMED: _trimmed,
    Purpose.COMING: _coming,
    Purpose.PLACED: _placed,
    Purpose.RATING: _rating,
    Purpose.CONSENT: _consent,
    Purpose.SUPPLEMENT: _supplement,
    Purpose.ANSWER: _answer,
    Purpose.EMERGENCY: _alarm,
    Purpose.REVOKED: lambda session, wish, now: (script.REVOKED,),
    Purpose.OUTCOME: lambda session, wish, now: (script.OUTCOME,),
}
"""What a call of each purpose says, in the words of the script."""

