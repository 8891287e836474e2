"""Open questions of a draft: what settles one, and what becomes of its line."""

from dataclasses import replace

from sqlalchemy.orm import Session

import nlu
from nlu.amounts.measures import comes_to
from orders import catalogue, vocabulary
from orders.drafting import add_line, ask, ask_when, draft
from orders.order import LineQuestion, Order
from orders.people import Role
from voiceapp import clock


def answers(row: nlu.Clarify, answer: nlu.Understood) -> bool:
    """Whether an answer settles a question, or which product is meant and leaves how much."""
    if row.about == "time":
        return answer.window is not None
    named = row.about == "product" and any(each.sku for each in answer.clarify)
    return bool(answer.items) or named


def settle(
    session: Session, order: Order, question: LineQuestion, answer: nlu.Understood
) -> bool:
    """Put an answer in place of its question. False where the answer left it open."""
    if not answers(question.clarify, answer):
        return False
    if question.about == "time" and answer.window is not None:
        _set_time(order, question, answer.window)
    else:
        # What was said of the time when the line was first wished for still holds.
        draft(session, order, replace(answer, window=answer.window or question.clarify.window))
    question.answered_at = clock.now()
    session.flush()
    return True


def choose(session: Session, order: Order, question: LineQuestion, sku: str) -> bool:
    """Put a chosen product in place of a question about which one. False where it is no longer on
    sale: the question stays open.

    Where it was not said how much, or in a measure that the product is not sold by, that is the
    next question; where it was not said when a service is wished for, that.
    """
    row = question.clarify
    product = catalogue.by_sku(session, {sku}).get(sku)
    spoken = vocabulary.shared(session).products.get(sku)
    if product is None or spoken is None:
        return False
    quantity = comes_to(spoken, row.quantity, row.unit)
    if quantity is None:
        known = replace(row, about="quantity", sku=sku, quantity=None, unit=product.unit)
        ask(order, replace(known, options=()))
    else:
        add_line(order, product, quantity, row.window, row.heard, {"how": "chosen"})
        if row.window is None:
            ask_when(order, product)
    question.answered_at = clock.now()
    session.flush()
    return True


def give_up(order: Order, question: LineQuestion) -> None:
    """The caller no longer wants the line that a question is about."""
    sku = question.row.get("sku")
    for line in order.lines:
        if question.about == "time" and line.sku == sku:
            line.dropped_by = Role.CALLER
    question.answered_at = clock.now()


def _set_time(order: Order, question: LineQuestion, window: nlu.Window) -> None:
    sku = question.row.get("sku")
    for line in order.lines:
        mine = line.sku == sku if sku else True
        if mine and line.window_start is None:
            line.window_start, line.window_end = window.start, window.end
