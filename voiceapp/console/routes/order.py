"""The order before you: who, what was said, what was understood, and what happened."""

import io
import uuid

from flask import abort, render_template, request, send_file
from sqlalchemy.orm import Session

from orders import relatives, visits
from orders.access import note_look
from orders.order import Order
from orders.recordings import Recording
from voiceapp.console import correcting, desk_calls, holding, learning, money, reading, searching
from voiceapp.console.models import Note
from voiceapp.console.rights import Right
from voiceapp.console.room import Page, back_to, desk, house, me, needs
from voiceapp.console.words import RULINGS


@desk.get("/orders/<uuid:order_id>")
@needs(Right.ORDER)
def order(order_id: uuid.UUID) -> Page:
    """Everything that a clerk needs of one order."""
    with house().db.begin() as session:
        note_look(session, me().author, "order", order_id)
        return _order_page(session, session.get_one(Order, order_id))


def _order_page(session: Session, row: Order) -> str:
    wanted = request.args.get("q", "")
    asking = holding.open_on(session, row.id)
    notes = reading.notes_about(session, row)
    return render_template(
        "desk/order.html",
        order=row,
        asking=asking,
        holder=reading.clerk_names(
            session, [*(each.claimed_by for each in asking), *(note.clerk_id for note in notes)]
        ),
        mine=any(each.claimed_by == me().clerk_id for each in asking),
        links=relatives.standing(session, row.customer_id) if row.customer_id else [],
        recordings=reading.recordings_of(session, row),
        last_orders=reading.last_orders(session, row),
        notes=notes,
        events=reading.events_of(session, row.id),
        money=money.of_order(session, row),
        visits=visits.of_order(session, row.id),
        wanted=wanted,
        found=searching.find(session, wanted),
        names=reading.product_names(session, row),
        noun_of=learning.noun_of,
        rulings=RULINGS,
        colleagues=reading.colleagues(session, me().clerk_id),
        desk_call=desk_calls.call_for(session, row, me().clerk_id),
    )


@desk.get("/recordings/<uuid:recording_id>.wav")
@needs(Right.ORDER)
def audio(recording_id: uuid.UUID) -> Page:
    """One recording to listen to; a look at it is written down."""
    with house().db.begin() as session:
        recording = session.get_one(Recording, recording_id)
        note_look(session, me().author, "audio", recording.id)
        stored_as = recording.stored_as
    if not stored_as:
        abort(404)
    content = house().providers["store"].read(stored_as)
    return send_file(io.BytesIO(content), mimetype="audio/wav", conditional=True, max_age=0)


@desk.post("/orders/<uuid:order_id>/take-over")
@needs(Right.CORRECT)
def take_over(order_id: uuid.UUID) -> Page:
    """Take an unconfirmed order from the robot."""
    with house().db.begin() as session:
        holding.take_over(session, held_order(session, order_id), me().author)
    return back_to("desk.order", order_id=order_id)


@desk.post("/orders/<uuid:order_id>/send-back")
@needs(Right.CORRECT)
def send_back(order_id: uuid.UUID) -> Page:
    """Corrected: the robot rings her again."""
    with house().db.begin() as session:
        correcting.send_back(session, held_order(session, order_id), me().author)
    return back_to("desk.queue")


@desk.post("/orders/<uuid:order_id>/withdraw")
@needs(Right.CORRECT)
def withdraw(order_id: uuid.UUID) -> Page:
    """Cancel the order."""
    with house().db.begin() as session:
        correcting.withdraw(session, held_order(session, order_id), me().author)
    return back_to("desk.order", order_id=order_id)


@desk.post("/orders/<uuid:order_id>/note")
@needs(Right.ORDER)
def note(order_id: uuid.UUID) -> Page:
    """Write something down about the order and its caller."""
    words = request.form["words"].strip()
    with house().db.begin() as session:
        row = session.get_one(Order, order_id)
        if words:
            session.add(
                Note(
                    customer_id=row.customer_id,
                    order_id=row.id,
                    clerk_id=me().clerk_id,
                    words=words[:2000],
                )
            )
    return back_to("desk.order", order_id=order_id, _anchor="notes")


def held_order(session: Session, order_id: uuid.UUID) -> Order:
    """The order of a form, if it still is as the form's page showed it."""
    row = session.get_one(Order, order_id)
    holding.hold(session, row, me().author, int(request.form["version"]))
    return row
