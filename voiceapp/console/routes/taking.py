"""Orders taken at the counter: for somebody who stands there, with her consent."""

import uuid

import sqlalchemy as sa
from flask import abort, render_template, request
from sqlalchemy.orm import Session

from orders.access import note_look
from orders.customers import Customer, enrol, household
from orders.lifecycle import Event
from orders.order import Order, OrderEvent
from voiceapp.console import counter
from voiceapp.console.rights import Right
from voiceapp.console.room import Page, back_to, desk, house, me, needs
from voiceapp.errors import NotAllowed
from voiceapp.phone import Phone, parse_phone


@desk.get("/take")
@needs(Right.TAKE_ORDER)
def take() -> Page:
    """Whom the order is for, by number; then what she wants."""
    number = request.args.get("number", "")
    phone = parse_phone(number) if number else None
    with house().db.begin() as session:
        people = household(session, phone) if phone else []
        for person in people:
            note_look(session, me().author, "customer", person.id)
        return render_template("desk/take.html", number=number, phone=phone, people=people)


@desk.post("/take")
@needs(Right.TAKE_ORDER)
def take_order() -> Page:
    """Write the order and the consent down; she is rung on her own number and says the yes."""
    form = request.form
    with house().db.begin() as session:
        person = _person(session, parse_phone(form["number"]))
        order = counter.take(
            session, person, form["said"], form["consent"], me().author, house().settings.timezone
        )
        order_id = order.id
    return back_to("desk.taken", order_id=order_id)


def _person(session: Session, phone: Phone) -> Customer:
    chosen = request.form.get("customer", "")
    if chosen:
        for row in household(session, phone):
            if str(row.id) == chosen:
                return row
        raise NotAllowed("this person is not on file at this number")
    name, address = request.form["name"].strip(), request.form["address"].strip()
    if not name or not address:
        raise ValueError("somebody new needs a name and an address")
    return enrol(session, name, phone, address)


@desk.get("/taken/<uuid:order_id>")
@needs(Right.TAKE_ORDER)
def taken(order_id: uuid.UUID) -> Page:
    """What was taken down, for whoever took it."""
    with house().db.begin() as session:
        mine = session.scalar(
            sa.select(OrderEvent.id).where(
                OrderEvent.order_id == order_id,
                OrderEvent.name == Event.TAKEN,
                OrderEvent.author == me().clerk_id,
            )
        )
        if mine is None:
            abort(404)
        note_look(session, me().author, "order", order_id)
        return render_template("desk/taken.html", order=session.get_one(Order, order_id))
