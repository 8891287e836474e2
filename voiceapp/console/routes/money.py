"""Money: cash taken at the door, more that was found on a visit, a line made good."""

import io
import uuid

from flask import abort, request, send_file

from family_link import her_word, payments, supplements
from orders.access import note_look
from orders.order import Order
from voiceapp.console import money
from voiceapp.console.rights import Right
from voiceapp.console.room import Page, back_to, desk, house, me, needs
from voiceapp.money import fen_from_yuan


@desk.post("/orders/<uuid:order_id>/cash")
@needs(Right.BOARD)
def take_cash(order_id: uuid.UUID) -> Page:
    """The worker has brought the cash, or says that she has it."""
    with house().db.begin() as session:
        payments.collect(session, session.get_one(Order, order_id), me().author)
    return back_to("desk.board" if "board" in request.form else "desk.order", order_id=order_id)


@desk.post("/orders/<uuid:order_id>/supplement")
@needs(Right.BOARD)
def ask_for_more(order_id: uuid.UUID) -> Page:
    """Found on the visit: so much more, why, and a photo. It waits for the family's yes."""
    form, photo = request.form, _photo()
    store = house().providers["store"]
    name = f"{uuid.uuid4().hex}.jpg" if photo else ""
    if photo:
        store.write(name, photo)
    try:
        with house().db.begin() as session:
            money.ask_for_more(
                session,
                session.get_one(Order, order_id),
                fen_from_yuan(form["yuan"].strip()),
                form["reason"],
                me().author,
                name,
                house().settings.retention_days,
            )
    except Exception:
        # The order moved on meanwhile: nobody would ever find the photo again.
        if photo:
            store.delete(name)
        raise
    return back_to("desk.order", order_id=order_id, _anchor="money")


@desk.post("/orders/<uuid:order_id>/supplement/word")
@needs(Right.BOARD)
def take_her_word(order_id: uuid.UUID) -> Page:
    """What the caller said to a clerk about a supplement."""
    agrees = "agrees" in request.form
    with house().db.begin() as session:
        her_word.take_down(session, session.get_one(Order, order_id), agrees, me().author)
    return back_to("desk.order", order_id=order_id, _anchor="money")


def _photo() -> bytes:
    file = request.files.get("photo")
    content = file.read() if file else b""
    if content and not content.startswith(money.JPEG):
        raise ValueError("a photo is a JPEG")
    return content


@desk.get("/orders/<uuid:order_id>/photos/<int:leg>")
@needs(Right.ORDER)
def photo(order_id: uuid.UUID, leg: int) -> Page:
    """What the worker photographed; a look at it is written down."""
    with house().db.begin() as session:
        rows = supplements.of_order(session, order_id)
        name = next((row.photo for row in rows if row.leg == leg), "")
        note_look(session, me().author, "photo", order_id)
    if not name:
        abort(404)
    content = house().providers["store"].read(name)
    return send_file(io.BytesIO(content), mimetype="image/jpeg", max_age=0)


@desk.post("/orders/<uuid:order_id>/refund")
@needs(Right.REFUND)
def refund(order_id: uuid.UUID) -> Page:
    """Less of a line came than was paid, or it was bad: so much goes back."""
    form = request.form
    with house().db.begin() as session:
        money.make_good(
            session,
            session.get_one(Order, order_id),
            uuid.UUID(form["line"]),
            fen_from_yuan(form["yuan"].strip()),
            me().author,
            form["why"],
        )
    return back_to("desk.order", order_id=order_id, _anchor="money")
