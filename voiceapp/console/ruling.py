"""Ruling on a case: who is told, and what goes back."""

import uuid

from sqlalchemy.orm import Session

from family_link import alerts, notices
from orders import cases, relatives
from orders.cases import Case
from orders.order import Order
from orders.people import Author
from orders.relatives import Scope
from orders.wanted_calls import Purpose, want_call
from voiceapp.config import Settings
from voiceapp.console import money
from voiceapp.errors import NotAllowed
from voiceapp.money import Fen, format_yuan

HOW_IT_ENDED = "outcome"
"""The template of the text that tells a child how a case ended."""

REFUNDED = "refunded"


def rule(
    session: Session,
    settings: Settings,
    case: Case,
    by: Author,
    ruling: str,
    words: str,
    refund: tuple[uuid.UUID, Fen] | None,
    tell: bool,
) -> None:
    """Close a case: what goes back goes back, and whoever must know is told."""
    if refund is not None:
        if case.order_id is None:
            raise NotAllowed("say first which order the case is about")
        order = session.get_one(Order, case.order_id)
        money.make_good(session, order, *refund, by, words or ruling)
    cases.rule(session, case, by, ruling, words, refund[1] if refund else 0)
    if tell and case.customer_id is not None:
        want_call(session, Purpose.OUTCOME, case.customer_id, case.id, ruling=ruling)
        _tell_family(session, settings, case, ruling)


def _tell_family(session: Session, settings: Settings, case: Case, ruling: str) -> None:
    order = session.get(Order, case.order_id) if case.order_id else None
    if case.customer_id is None or (order is not None and order.private):
        return
    how = f"，{alerts.RULED[ruling]}"
    if case.refund:
        how += f"{' ' if ruling == REFUNDED else '，退款 '}{format_yuan(case.refund)}"
    for link in relatives.standing(session, case.customer_id, Scope.SEE):
        key = f"case {case.id} {link.relative_id}"
        content = {
            "parent": link.customer.name,
            "code": order.code if order else "",
            "how": how,
        }
        notices.leave(session, settings, link, HOW_IT_ENDED, content, key=key)
