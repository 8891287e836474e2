"""What whoever comes to help must know: seen in an emergency, and on a page of its own."""

import uuid

from flask import render_template, request
from sqlalchemy.orm import Session

from orders import care
from orders.access import note_look
from orders.care import Care
from orders.customers import Customer
from voiceapp.console import addresses
from voiceapp.console.rights import Right
from voiceapp.console.room import Page, back_to, desk, house, me, needs


def care_of(session: Session, person: Customer) -> Care | None:
    """What is known; the look is written down."""
    note_look(session, me().author, "care", person.id)
    return session.get(Care, person.id)


@desk.get("/customers/<uuid:customer_id>/care")
@needs(Right.ORDER)
def see_care(customer_id: uuid.UUID) -> Page:
    """Address, keys, illnesses and neighbours, to read and to change."""
    with house().db.begin() as session:
        person = session.get_one(Customer, customer_id)
        return render_template("desk/care.html", person=person, care=care_of(session, person))


@desk.post("/customers/<uuid:customer_id>/care")
@needs(Right.CORRECT)
def write_care(customer_id: uuid.UUID) -> Page:
    """Keep what was learned; another address is written down with the old one."""
    form = request.form
    with house().db.begin() as session:
        person = session.get_one(Customer, customer_id)
        addresses.put(session, person, form["address"], form["hint"], me().author)
        care.write(session, person.id, me().author, **{name: form[name] for name in care.FIELDS})
    return back_to("desk.customer", customer_id=customer_id)
