"""What a call that somebody wished for says, from the rows as they are."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ivr import intents, saying, script
from ivr.wording import local_window, spoken, what
from orders.cases import Case
from orders.customers import Customer
from orders.messages import Message
from orders.order import Order
from orders.recordings import Recording
from orders.visits import Visit, VisitState
from orders.wanted_calls import Purpose, WantedCall


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


def _more_declined(session: Session, wish: WantedCall, now: datetime) -> tuple[str, ...]:
    why = script.DECLINED_WHY.get(str(wish.facts.get("reason")), script.DECLINED_PLAIN)
    return (script.MORE_DECLINED.format(why=why),)


def _trimmed(session: Session, wish: WantedCall, now: datetime) -> tuple[str, ...]:
    lines = spoken(_order(session, wish), _zone(now))
    return (script.TRIMMED.format(what=script.lines_words(lines)),)


def together(session: Session, wish: WantedCall) -> list[WantedCall]:
    """The wishes that one call fulfils: everybody who is on the way to her is told of at once."""
    if wish.purpose is not Purpose.COMING:
        return [wish]
    rows = session.scalars(
        sa.select(WantedCall)
        .join(Visit, Visit.id == WantedCall.subject)
        .where(
            WantedCall.purpose == Purpose.COMING,
            WantedCall.customer_id == wish.customer_id,
            sa.or_(WantedCall.done_at.is_(None), WantedCall.call_id == wish.call_id),
            Visit.state == VisitState.SENT,
            Visit.arrived_at.is_(None),
        )
        .order_by(Visit.window_start, Visit.created_at)
    )
    return list(rows) or [wish]


def _coming(session: Session, wish: WantedCall, now: datetime) -> tuple[str, ...]:
    visits = [session.get_one(Visit, each.subject) for each in together(session, wish)]
    return tuple(_who_comes(visit, now) for visit in visits)


def _who_comes(visit: Visit, now: datetime) -> str:
    window = local_window(visit.window_start, visit.window_end, _zone(now))
    service = any(line.product.is_service for line in visit.lines)
    sentence = script.COMING_SERVICE if service else script.COMING
    customer = visit.order.customer
    return sentence.format(
        window=saying.window_words(window, now) + "，" if window else "",
        worker=visit.worker or "我们的人",
        what=saying.joined(script.plain_name(line.name) for line in visit.lines[:4]),
        phrase=(customer.pass_phrase if customer else "") or "社区送货",
    )


def _placed(session: Session, wish: WantedCall, now: datetime) -> tuple[str, ...]:
    order = _order(session, wish)
    lines = script.lines_words(spoken(order, _zone(now)))
    return (script.PLACED.format(what=lines, window=_when(order, now)),)


def _rating(session: Session, wish: WantedCall, now: datetime) -> tuple[str, ...]:
    visit = session.get_one(Visit, wish.subject)
    service = any(line.product.is_service for line in visit.lines)
    names = saying.joined(script.plain_name(line.name) for line in visit.lines[:2])
    return ((script.RATING_SERVICE if service else script.RATING).format(what=names),)


def _consent(session: Session, wish: WantedCall, now: datetime) -> tuple[str, ...]:
    tail = saying.digit_words(str(wish.facts.get("tail", "")))
    return (script.CONSENT.format(relation=wish.facts.get("relation", "家里人"), tail=tail),)


def _supplement(session: Session, wish: WantedCall, now: datetime) -> tuple[str, ...]:
    money = saying.money_words(int(wish.facts.get("fen", 0)))
    return (script.SUPPLEMENT.format(money=money),)


def _notice(session: Session, wish: WantedCall, now: datetime) -> tuple[str, ...]:
    message = session.get_one(Message, wish.subject)
    money = saying.money_words(message.content["total"])
    parent = message.content["parent"]
    return (script.FOR_A_CHILD_ABOUT[message.template].format(parent=parent, money=money),)


def _answer(session: Session, wish: WantedCall, now: datetime) -> tuple[str, ...]:
    # What she asked is answered anew: where her order is may have changed since.
    order = _order(session, wish)
    text = session.get_one(Recording, order.recording_id).text
    says = intents.answer(intents.asked(session, order, text, now)).says
    return tuple(sentence for sentence in says if sentence != script.ANYTHING_ELSE)


def _alarm(session: Session, wish: WantedCall, now: datetime) -> tuple[str, ...]:
    return (script.ALARM.format(name=session.get_one(Customer, wish.customer_id).name),)


def _outcome(session: Session, wish: WantedCall, now: datetime) -> tuple[str, ...]:
    fen = session.get_one(Case, wish.subject).refund
    money = (script.REFUNDED.format(money=saying.money_words(fen)),) if fen else ()
    return (script.OUTCOME[wish.facts["ruling"]], *money)


def _all_hands(session: Session, wish: WantedCall, now: datetime) -> tuple[str, ...]:
    return (script.ALL_HANDS.format(name=session.get_one(Customer, wish.customer_id).name),)


TOLD: dict[Purpose, Callable[[Session, WantedCall, datetime], tuple[str, ...]]] = {
    Purpose.DECLINED: _declined,
    Purpose.MORE_DECLINED: _more_declined,
    Purpose.TRIMMED: _trimmed,
    Purpose.COMING: _coming,
    Purpose.PLACED: _placed,
    Purpose.RATING: _rating,
    Purpose.CONSENT: _consent,
    Purpose.SUPPLEMENT: _supplement,
    Purpose.NOTICE: _notice,
    Purpose.ANSWER: _answer,
    Purpose.EMERGENCY: _alarm,
    Purpose.ALL_HANDS: _all_hands,
    Purpose.REVOKED: lambda session, wish, now: (script.REVOKED,),
    Purpose.OUTCOME: _outcome,
}
"""What a call of each purpose says, in the words of the script."""
