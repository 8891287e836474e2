"""Putting right what was heard: lines, open questions, and the caller's own words."""

import uuid
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

import nlu
from orders import catalogue, drafting, questions
from orders.catalogue import Product
from orders.lifecycle import Event, State
from orders.order import LineQuestion, Order, OrderLine
from orders.people import Author
from voiceapp import clock
from voiceapp.console import holding, learning
from voiceapp.errors import NotAllowed

LARGEST = Decimal(999)
"""Of one line, in sale units; more is a slip of the finger."""

BY_CLERK = {"how": "clerk"}
"""The evidence of a line that a clerk wrote."""


def product_of(session: Session, sku: str) -> Product:
    """What is on sale under a sku. Raises NotAllowed where nothing is."""
    product = catalogue.by_sku(session, {sku}).get(sku)
    if product is None:
        raise NotAllowed("this product is not on sale")
    return product


def amount(text: str) -> Decimal:
    """A quantity as typed. Raises ValueError where it is none, or implausible."""
    try:
        quantity = Decimal(text.strip())
    except ArithmeticError as error:
        raise ValueError("not a number") from error
    if not quantity.is_finite() or not 0 < quantity <= LARGEST:
        raise ValueError(f"a quantity is above 0 and at most {LARGEST}")
    return quantity


def add(
    session: Session,
    order: Order,
    sku: str,
    quantity: Decimal,
    window: nlu.Window | None,
    by: Author,
    word: str | None = None,
) -> OrderLine:
    """One more line. `word` is what the caller calls it: it is learned for her."""
    _at_the_desk(order)
    line = drafting.add_line(
        order, product_of(session, sku), quantity, window, word or "", dict(BY_CLERK)
    )
    learning.learn(session, order, by, word or "", None, sku, word)
    holding.touched(order)
    return line


def replace(
    session: Session,
    order: Order,
    line_id: uuid.UUID,
    sku: str,
    by: Author,
    word: str | None = None,
) -> OrderLine:
    """Another product in place of the one misheard; the amount and the time stay.

    `word` is what the caller calls it: it is learned for her.
    """
    _at_the_desk(order)
    line = _line(order, line_id)
    product, before = product_of(session, sku), line.sku
    line.sku, line.product, line.name = product.sku, product, product.name
    line.unit, line.price, line.evidence = product.unit, product.price, dict(BY_CLERK)
    learning.learn(session, order, by, line.heard, before, sku, word)
    holding.touched(order)
    return line


def change(
    order: Order, line_id: uuid.UUID, quantity: Decimal, window: nlu.Window | None
) -> OrderLine:
    """Another amount or time of one line."""
    _at_the_desk(order)
    line = _line(order, line_id)
    line.quantity = quantity
    line.window_start, line.window_end = (window.start, window.end) if window else (None, None)
    holding.touched(order)
    return line


def drop(order: Order, line_id: uuid.UUID, by: Author) -> None:
    """Take a line out; it stays in the story of the order."""
    _at_the_desk(order)
    _line(order, line_id).dropped_by = by.role
    holding.touched(order)


def answer(
    session: Session,
    order: Order,
    question_id: uuid.UUID,
    sku: str,
    quantity: Decimal,
    window: nlu.Window | None,
    by: Author,
    word: str | None = None,
) -> None:
    """Put a line in place of an open question about a product or an amount."""
    _at_the_desk(order)
    question, product = _question(order, question_id), product_of(session, sku)
    heard = str(question.row.get("heard") or "")
    drafting.add_line(
        order, product, quantity, window or _asked_window(question), heard, dict(BY_CLERK)
    )
    if question.about == "product":
        learning.learn(session, order, by, heard, question.row.get("sku"), sku, word)
    question.answered_at = clock.now()
    holding.touched(order)


def answer_time(session: Session, order: Order, question_id: uuid.UUID, window: nlu.Window) -> None:
    """Put a time in place of an open question about one."""
    _at_the_desk(order)
    said = nlu.Understood(intent="answer", window=window)
    if not questions.settle(session, order, _question(order, question_id), said):
        raise NotAllowed("this question is not about a time")
    holding.touched(order)


def drop_question(order: Order, question_id: uuid.UUID) -> None:
    """She no longer wants what a question is about."""
    _at_the_desk(order)
    questions.give_up(order, _question(order, question_id))
    holding.touched(order)


def send_back(session: Session, order: Order, by: Author) -> None:
    """Corrected: the robot rings her again and reads it over."""
    if not order.lines and not order.open_questions:
        raise NotAllowed("an order with no lines has nothing to read over")
    if order.window_lost(clock.now()):
        raise NotAllowed("the wished time can no longer be met; agree on another first")
    order.move(Event.REDRAFTED, by)
    holding.close_all(session, order, by, "redrafted")


def withdraw(session: Session, order: Order, by: Author) -> None:
    """Cancel it; what was paid is given back by the reactions."""
    order.move(Event.WITHDRAWN, by)
    holding.close_all(session, order, by, "withdrawn")


def window_of(start: datetime | None, end: datetime | None) -> nlu.Window | None:
    """A wished time; None where none is given. Raises ValueError for half of one."""
    if start is None and end is None:
        return None
    if start is None or end is None or start >= end:
        raise ValueError("a time needs a beginning and a later end")
    return nlu.Window(start, end)


def _at_the_desk(order: Order) -> None:
    if order.state is not State.WITH_STAFF:
        raise NotAllowed("take the order over before changing it")


def _line(order: Order, line_id: uuid.UUID) -> OrderLine:
    for line in order.lines:
        if line.id == line_id:
            return line
    raise NotAllowed("this line is no longer in the order")


def _question(order: Order, question_id: uuid.UUID) -> LineQuestion:
    for question in order.open_questions:
        if question.id == question_id:
            return question
    raise NotAllowed("this question is already answered")


def _asked_window(question: LineQuestion) -> nlu.Window | None:
    kept = question.row.get("window")
    if not kept:
        return None
    return nlu.Window(*(datetime.fromisoformat(kept[end]) for end in ("start", "end")))
