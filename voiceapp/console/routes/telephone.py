"""What the desk does by telephone: ring a caller, take her yes, raise an emergency."""

import uuid

from flask import request

from ivr.calls import Call
from orders.customers import Customer
from orders.escalations import Escalation, Reason, Subject, escalate
from orders.order import Order
from voiceapp.console import desk_calls, holding
from voiceapp.console.rights import Right
from voiceapp.console.room import Page, back_to, desk, house, me, needs
from voiceapp.console.routes.order import held_order


@desk.post("/orders/<uuid:order_id>/ring")
@needs(Right.TELEPHONE)
def ring_about(order_id: uuid.UUID) -> Page:
    """Ring the caller about an order: our telephone first, then hers."""
    with house().db.begin() as session:
        order = session.get_one(Order, order_id)
        desk_calls.ask_for(session, me().author, order.customer, order)
    return back_to("desk.order", order_id=order_id)


@desk.post("/customers/<uuid:customer_id>/ring")
@needs(Right.TELEPHONE)
def ring_customer(customer_id: uuid.UUID) -> Page:
    """Ring a caller about nothing in particular."""
    with house().db.begin() as session:
        desk_calls.ask_for(session, me().author, session.get_one(Customer, customer_id))
    return back_to("desk.customer", customer_id=customer_id)


@desk.post("/escalations/<uuid:escalation_id>/ring")
@needs(Right.TELEPHONE)
def ring_caller(escalation_id: uuid.UUID) -> Page:
    """Ring whoever asked for a person, known to us or not."""
    with house().db.begin() as session:
        row = session.get_one(Escalation, escalation_id)
        call = session.get(Call, row.subject_id)
        customer = session.get(Customer, row.customer_id) if row.customer_id else None
        number = call.number if call else None
        desk_calls.ask_for(session, me().author, customer, rang_from=number)
    return back_to("desk.escalation", escalation_id=escalation_id)


@desk.post("/orders/<uuid:order_id>/confirm")
@needs(Right.TELEPHONE)
def confirm(order_id: uuid.UUID) -> Page:
    """She said yes to us, on a call from the desk."""
    with house().db.begin() as session:
        order = held_order(session, order_id)
        desk_calls.confirm(session, order, me().author, request.form["words"])
    return back_to("desk.order", order_id=order_id)


@desk.post("/customers/<uuid:customer_id>/emergency")
@needs(Right.TELEPHONE)
def raise_emergency(customer_id: uuid.UUID) -> Page:
    """A clerk hears that something is wrong: everybody else on duty and the family are rung."""
    with house().db.begin() as session:
        row_id = desk_calls.raise_emergency(
            session, session.get_one(Customer, customer_id), me().author
        ).id
    return back_to("desk.escalation", escalation_id=row_id)


@desk.post("/customers/<uuid:customer_id>/distress")
@needs(Right.TELEPHONE)
def note_distress(customer_id: uuid.UUID) -> Page:
    """She sounded unwell: the clerk looks after it and rules; children who want it are told."""
    with house().db.begin() as session:
        person = session.get_one(Customer, customer_id)
        row = escalate(session, Subject.CUSTOMER, person.id, Reason.DISTRESS, person.id)
        holding.claim(session, row, me().author)
        row_id = row.id
    return back_to("desk.escalation", escalation_id=row_id)
