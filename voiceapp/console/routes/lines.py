"""Correcting the lines of an order and settling its open questions."""

import uuid
from datetime import datetime

from flask import request

from nlu import Window
from voiceapp.console import correcting
from voiceapp.console.rights import Right
from voiceapp.console.room import Page, back_to, desk, house, me, needs
from voiceapp.console.routes.order import held_order

NEW = "new"
"""What a product found is put in place of, where it is a line of its own."""


@desk.post("/orders/<uuid:order_id>/lines")
@needs(Right.CORRECT)
def put_product(order_id: uuid.UUID) -> Page:
    """A product that was looked up: as a new line, for a misheard line, or as an answer."""
    form = request.form
    place, _, place_id = form.get("place", NEW).partition(":")
    with house().db.begin() as session:
        order = held_order(session, order_id)
        if place == "line":
            correcting.replace(
                session, order, uuid.UUID(place_id), form["sku"], me().author, _word()
            )
        elif place == "question":
            correcting.answer(
                session,
                order,
                uuid.UUID(place_id),
                form["sku"],
                correcting.amount(form["quantity"]),
                _window(),
                me().author,
                _word(),
            )
        else:
            correcting.add(
                session,
                order,
                form["sku"],
                correcting.amount(form["quantity"]),
                _window(),
                me().author,
                _word(),
            )
    return back_to("desk.order", order_id=order_id, _anchor="lines")


@desk.post("/orders/<uuid:order_id>/lines/<uuid:line_id>")
@needs(Right.CORRECT)
def change_line(order_id: uuid.UUID, line_id: uuid.UUID) -> Page:
    """Another amount or time of a line, or out with it."""
    with house().db.begin() as session:
        order = held_order(session, order_id)
        if "drop" in request.form:
            correcting.drop(order, line_id, me().author)
        else:
            correcting.change(
                order, line_id, correcting.amount(request.form["quantity"]), _window()
            )
    return back_to("desk.order", order_id=order_id, _anchor="lines")


@desk.post("/orders/<uuid:order_id>/questions/<uuid:question_id>")
@needs(Right.CORRECT)
def settle_question(order_id: uuid.UUID, question_id: uuid.UUID) -> Page:
    """Answer an open question with a product of its options, an amount or a time; or drop it."""
    form = request.form
    with house().db.begin() as session:
        order = held_order(session, order_id)
        window = _window()
        if "drop" in form:
            correcting.drop_question(order, question_id)
        elif "sku" in form:
            correcting.answer(
                session,
                order,
                question_id,
                form["sku"],
                correcting.amount(form["quantity"]),
                window,
                me().author,
                _word(),
            )
        elif window is not None:
            correcting.answer_time(session, order, question_id, window)
        else:
            raise ValueError("an answer is a product with its amount, or a time")
    return back_to("desk.order", order_id=order_id, _anchor="lines")


def _word() -> str | None:
    return request.form.get("word", "") if "learn" in request.form else None


def _window() -> Window | None:
    return correcting.window_of(_moment("start"), _moment("end"))


def _moment(field: str) -> datetime | None:
    text = request.form.get(field, "")
    if not text:
        return None
    return datetime.fromisoformat(text).replace(tzinfo=house().settings.timezone)
