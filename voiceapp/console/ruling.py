"""Ruling on a case: who is told, and what goes back."""

import uuid

from sqlalchemy.orm import Session

from family_link import notices, refunds
from orders import cases, relatives
from orders.cases import Case
from orders.order import Order
from orders.people import Author
from orders.relatives import Scope
from orders.wanted_calls import Purpose, want_call
from voiceapp.config import Settings
from voiceapp.errors import NotAllowed
from voiceapp.money import Fen

HOW_IT_ENDED = "outcome"
"""The template of the text that tells a child how a case ended."""


def refund_line(session: Session, case: Case, line_id: uuid.UUID, fen: Fen) -> None:
    """Give back so much of one line. Raises NotAllowed where it is more than the line was."""
    order = session.get_one(Order, case.order_id) if case.order_id else None
    line = next((row for row in order.all_lines if row.id == line_id), None) if order else None
    if order is None or line is None:
        raise NotAllowed("this case has no such line")
    if not 0 < fen <= line.amount:
        raise NotAllowed("a refund is at most what the line came to")
    refunds.refund_line(session, order, line.id, fen)


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
        refund_line(session, case, *refund)
    cases.rule(session, case, by, ruling, words, refund[1] if refund else 0)
    if tell and case.customer_id is not None:
        want_call(session, Purpose.OUTCOME, case.customer_id, case.id, ruling=ruling)
        _tell_family(session, settings, case)


def _tell_family(session: Session, settings: Settings, case: Case) -> None:
    order = session.get(Order, case.order_id) if case.order_id else None
    if case.customer_id is None or (order is not None and order.private):
        return
    for link in relatives.standing(session, case.customer_id, Scope.SEE):
        key = f"case {case.id} {link.relative_id}"
        content = {"parent": link.customer.name, "code": order.code if order else ""}
        notices.leave(session, settings, link, HOW_IT_ENDED, content, key=key)
