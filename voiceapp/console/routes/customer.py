"""One caller: what is on file, her own words, her numbers, and what changed them."""

import uuid

import sqlalchemy as sa
from flask import render_template, request
from sqlalchemy.orm import Session

from orders import relatives
from orders.access import note_look
from orders.customers import Customer
from orders.vocabulary import CallerWord
from voiceapp.console import numbers, reading, records
from voiceapp.console.models import Note, NumberChange
from voiceapp.console.rights import Right
from voiceapp.console.room import Page, back_to, desk, house, me, needs
from voiceapp.phone import parse_phone


@desk.get("/customers/<uuid:customer_id>")
@needs(Right.ORDER)
def customer(customer_id: uuid.UUID) -> Page:
    """Everything on file about one caller."""
    with house().db.begin() as session:
        person = session.get_one(Customer, customer_id)
        note_look(session, me().author, "customer", person.id)
        changes, notes = _changes(session, person), reading.notes_of(session, person.id)
        wrote = {each.clerk_id for each in changes} | {each.clerk_id for each in notes}
        return render_template(
            "desk/person.html",
            person=person,
            links=relatives.standing(session, person.id),
            words_taught=records.words_of(session, person.id),
            changes=changes,
            names=reading.clerk_names(session, wrote),
            orders=records.orders_of(session, person.id),
            notes=notes,
            allowed=numbers.ground(session, person, me().clerk_id, me().role) is not None,
        )


def _changes(session: Session, person: Customer) -> list[NumberChange]:
    return list(
        session.scalars(
            sa.select(NumberChange)
            .where(NumberChange.customer_id == person.id)
            .order_by(NumberChange.at.desc())
        )
    )


@desk.post("/customers/<uuid:customer_id>/numbers")
@needs(Right.ORDER)
def put_number(customer_id: uuid.UUID) -> Page:
    """A number is added or takes an old one's place: after a call to the old one, or by a
    supervisor."""
    with house().db.begin() as session:
        person = session.get_one(Customer, customer_id)
        ground = numbers.need_ground(session, person, me().clerk_id, me().role)
        numbers.put(
            session,
            person,
            parse_phone(request.form["number"]),
            request.form.get("instead_of", ""),
            me().clerk_id,
            ground,
        )
    return back_to("desk.customer", customer_id=customer_id)


@desk.post("/customers/<uuid:customer_id>/note")
@needs(Right.ORDER)
def note_about(customer_id: uuid.UUID) -> Page:
    """Write something down about a caller."""
    words = request.form["words"].strip()
    with house().db.begin() as session:
        person = session.get_one(Customer, customer_id)
        if words:
            session.add(Note(customer_id=person.id, clerk_id=me().clerk_id, words=words[:2000]))
    return back_to("desk.customer", customer_id=customer_id, _anchor="notes")


@desk.post("/customers/<uuid:customer_id>/words/<uuid:word_id>/forget")
@needs(Right.CORRECT)
def forget_word(customer_id: uuid.UUID, word_id: uuid.UUID) -> Page:
    """Take one of her words out again."""
    with house().db.begin() as session:
        session.execute(
            sa.delete(CallerWord).where(
                CallerWord.id == word_id, CallerWord.customer_id == customer_id
            )
        )
    return back_to("desk.customer", customer_id=customer_id)
