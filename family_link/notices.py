"""Telling the children: which of them, by which way, when, and each thing once."""

from datetime import datetime, timedelta
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Session

from family_link import grants
from family_link.hours import awake
from family_link.login import by_openid
from family_link.wording import TEXTS, filled, words_of
from orders import errands
from orders.errands import Work
from orders.lifecycle import Event
from orders.messages import Channel, Message, leave_message
from orders.order import Order, OrderEvent
from orders.people import Role
from orders.relatives import Link, Relative, Scope, standing
from orders.wanted_calls import Purpose, want_call
from voiceapp import clock
from voiceapp.config import Settings
from voiceapp.errors import ProviderDown, ProviderRefused
from voiceapp.phone import Phone


class Texts(Protocol):
    """Sends text messages."""

    def send_message(self, to: Phone, words: str) -> str:
        """Send, and give the firm's id. Raises ProviderDown or ProviderRefused."""
        ...


class WeChatNotifier(Protocol):
    """Sends subscription messages to the mini-program's users."""

    def notify(self, openid: str, template: str, content: dict[str, Any]) -> str:
        """Send, and give the firm's id. Raises ProviderDown or ProviderRefused."""
        ...


NEWS: dict[Event, str] = {
    Event.PAID: "paid",
    Event.ON_TAB: "on_tab",
    Event.DISPATCHED: "dispatched",
    Event.RETURNED: "returned",
    Event.DELIVERED: "delivered",
    Event.DECLINED: "declined",
    Event.WITHDRAWN: "withdrawn",
    Event.APPROVED_AT_DOOR: "at_door",
    Event.PLACED: "placed",
}
"""Event to the text that tells of it."""

NEEDS: dict[str, Scope] = {"please_approve": Scope.APPROVE, "please_pay": Scope.PAY}
"""What a child must be allowed when a text goes out; to see, where nothing is said."""

OWED = frozenset({"bill"})
"""What is told also after the link has ended: what is owed is owed."""


def tell_family(work: Work, settings: Settings) -> None:
    """Errand: tell every child who may see an order what happened to it.

    Whoever did it knows already. A private order is nobody's news.
    """
    with work.db.begin() as session:
        event = session.get_one(OrderEvent, work.cause)
        order = session.get_one(Order, work.subject)
        if order.customer_id is not None and not order.private and not _nothing_paid(event):
            for link in standing(session, order.customer_id, Scope.SEE):
                if event.role is Role.CHILD and event.author == link.relative_id:
                    continue
                key = f"{event.id} {link.relative_id}"
                tell(session, settings, link, order, NEWS[event.name], key=key)
        work.finish(session)


def _nothing_paid(event: OrderEvent) -> bool:
    # An order goes on through "paid" too where a supplement was refused and nothing is owed.
    return event.name is Event.PAID and event.facts.get("due") == 0


def tell(
    session: Session,
    settings: Settings,
    link: Link,
    order: Order,
    template: str,
    *,
    key: str,
    needed_by: datetime | None = None,
    total: int | None = None,
) -> Message | None:
    """Leave one child a notice about an order. None where it was left before, or is private.

    Where an answer is needed by a moment and half of the time goes by without one, she is rung.
    """
    if order.private:
        return None
    content = {
        "parent": link.customer.name,
        "code": order.code,
        "total": order.total if total is None else total,
    }
    message = leave(session, settings, link, template, content, key=key, needed_by=needed_by)
    if message is not None and needed_by is not None:
        begins = awake(settings, clock.now(), needed_by)
        want_call(
            session,
            Purpose.NOTICE,
            link.customer_id,
            message.id,
            at=begins + (needed_by - begins) / 2,
            number=link.relative.number,
            order=str(order.id),
            state=order.state.value,
        )
    return message


def leave(
    session: Session,
    settings: Settings,
    link: Link,
    template: str,
    content: dict[str, Any],
    *,
    key: str,
    needed_by: datetime | None = None,
) -> Message | None:
    """Leave a message for the child of a link. It is not sent where that allows it no more."""
    return leave_to(
        session,
        settings,
        link.relative,
        template,
        content,
        key=key,
        needed_by=needed_by,
        link=link if template not in OWED else None,
    )


def leave_to(
    session: Session,
    settings: Settings,
    relative: Relative,
    template: str,
    content: dict[str, Any],
    *,
    key: str,
    needed_by: datetime | None = None,
    link: Link | None = None,
) -> Message | None:
    """Leave a message: by WeChat where she granted one, else as a text.

    At night it waits for the morning, unless it is needed before that. None where it was left
    before. Raises KeyError for a template that has no words.
    """
    TEXTS[template]
    if is_left(session, key):
        return None
    channel, to = Channel.SMS, relative.number
    by_wechat = relative.wechat_openid and settings.wechat_app_id
    if by_wechat and grants.spend(session, relative.id, settings.wechat_template):
        channel, to = Channel.WECHAT, relative.wechat_openid or to
    at = awake(settings, clock.now(), needed_by)
    scope = NEEDS.get(template, Scope.SEE) if link else None
    return leave_message(
        session, channel, to, template, content, key=key, at=at, link=link, scope=scope
    )


def is_left(session: Session, key: str) -> bool:
    """Whether a message with this key was left before: a grant is not spent on it again."""
    return session.scalar(sa.select(Message.id).where(Message.key == key)) is not None


def send_message(
    work: Work, settings: Settings, texts: Texts, wechat: WeChatNotifier | None
) -> None:
    """Errand: send one message once. One whose sending was cut short is not sent again.

    Whom it went to and what it said are forgotten when the promised days are over.
    """
    with work.db.begin() as session:
        message = session.get_one(Message, work.subject, with_for_update=True)
        if message.claimed_at is not None:
            work.finish(session, "sent" if message.sent_at else "unknown")
            return
        if not message.still_hers:
            message.take_back()
            work.finish(session, "not_hers")
            return
        message.claimed_at = clock.now()
        days = timedelta(days=settings.retention_days)
        key = f"forget_message {message.id}"
        errands.write(session, "forget_message", message.id, at=clock.now() + days, key=key)
    try:
        if message.channel is Channel.WECHAT:
            if wechat is None:
                raise ProviderRefused("there is no mini-program any more")
            firm_id = wechat.notify(message.to, message.template, filled(message, settings))
        else:
            firm_id = texts.send_message(Phone(message.to), words_of(message, settings))
    except ProviderRefused:
        with work.db.begin() as session:
            _by_text_instead(session, session.get_one(Message, work.subject))
            work.finish(session, "refused")
        return
    except ProviderDown:
        with work.db.begin() as session:
            session.get_one(Message, work.subject).claimed_at = None
        raise
    with work.db.begin() as session:
        row = session.get_one(Message, work.subject)
        row.sent_at, row.firm_id = clock.now(), firm_id
        work.finish(session)


def forget_message(work: Work) -> None:
    """Errand: the promised days are over. That there was one stays: no notice comes twice."""
    with work.db.begin() as session:
        message = session.get_one(Message, work.subject)
        message.to, message.content = "", {}
        work.finish(session)


def _by_text_instead(session: Session, message: Message) -> None:
    # She may have taken her grant back in WeChat's own settings, which nothing tells us.
    if message.channel is Channel.WECHAT:
        relative = by_openid(session, message.to)
        if relative is not None:
            number, key = relative.number, f"text {message.id}"
            leave_message(
                session,
                Channel.SMS,
                number,
                message.template,
                message.content,
                key=key,
                link=message.link,
                scope=message.scope,
            )
