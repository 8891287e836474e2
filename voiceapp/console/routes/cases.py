"""Complaints, incidents and emergencies: owner, clock, evidence, ruling."""

import uuid

from flask import abort, render_template, request
from sqlalchemy.orm import Session

from orders import cases, relatives
from orders.access import note_look
from orders.cases import Case, CaseKind
from orders.customers import Customer
from orders.escalations import Escalation
from orders.order import Order
from voiceapp.console import holding, reading, records, ruling
from voiceapp.console.rights import Right
from voiceapp.console.room import Page, back_to, desk, house, me, needs
from voiceapp.console.routes.care import care_of
from voiceapp.console.words import RULINGS
from voiceapp.errors import NotAllowed
from voiceapp.money import Fen, fen_from_yuan


@desk.get("/cases")
@needs(Right.CASES)
def list_cases() -> Page:
    """Open cases, the latest due first, and what nobody has taken yet."""
    with house().db.reading() as session:
        rows = records.open_cases(session)
        return render_template(
            "desk/cases.html",
            rows=rows,
            untaken=records.untaken(session),
            closed=records.closed_cases(session),
            names=reading.clerk_names(session, (row.owner for row in rows)),
        )


@desk.get("/cases/<uuid:case_id>")
@needs(Right.CASES)
def case(case_id: uuid.UUID) -> Page:
    """One case with its evidence: what was said, what happened, how it was rated."""
    with house().db.begin() as session:
        row = session.get_one(Case, case_id)
        note_look(session, me().author, "case", row.id)
        order = session.get(Order, row.order_id) if row.order_id else None
        customer = session.get(Customer, row.customer_id) if row.customer_id else None
        danger = row.kind is CaseKind.EMERGENCY
        behind = session.get_one(Escalation, row.escalation_id)
        entries = records.entries_of(session, row.id)
        people = [row.owner, *(entry.clerk_id for entry in entries)]
        return render_template(
            "desk/case.html",
            case=row,
            order=order,
            customer=customer,
            links=relatives.standing(session, customer.id) if customer else [],
            care=care_of(session, customer) if danger and customer else None,
            number=reading.number_of(session, behind),
            entries=entries,
            names=reading.clerk_names(session, people),
            recordings=reading.recordings_on(session, _calls(session, behind, row, order)),
            events=reading.events_of(session, order.id) if order else [],
            ratings=records.ratings_of(session, order.id) if order else [],
            rulings=RULINGS,
            orders=records.orders_of(session, customer.id) if customer else [],
            colleagues=reading.colleagues(session, me().clerk_id),
        )


def _calls(
    session: Session, behind: Escalation, row: Case, order: Order | None
) -> list[uuid.UUID | None]:
    """The calls that are evidence: the one that it began on, and those of the order."""
    rang = session.get(Order, behind.subject_id)
    return [
        row.call_id,
        *reading.calls_behind(session, behind),
        *reading.calls_of(session, order),
        *reading.calls_of(session, rang),
    ]


@desk.post("/cases/<uuid:case_id>/own")
@needs(Right.CASES)
def own_case(case_id: uuid.UUID) -> Page:
    """Take it in hand."""
    with house().db.begin() as session:
        case = session.get_one(Case, case_id)
        holding.claim(session, session.get_one(Escalation, case.escalation_id), me().author)
    return back_to("desk.case", case_id=case_id)


@desk.post("/cases/<uuid:case_id>/about")
@needs(Right.CASES)
def about_order(case_id: uuid.UUID) -> Page:
    """Which of the caller's orders the case is about: a complaint by telephone names none."""
    order_id = uuid.UUID(request.form["order"])
    with house().db.begin() as session:
        row = session.get_one(Case, case_id)
        row.own(me().author)
        if row.closed_at is not None:
            raise NotAllowed("this case is closed")
        if session.get_one(Order, order_id).customer_id != row.customer_id:
            raise NotAllowed("this order is somebody else's")
        row.order_id = order_id
    return back_to("desk.case", case_id=case_id)


@desk.post("/cases/<uuid:case_id>/entries")
@needs(Right.CASES)
def write_entry(case_id: uuid.UUID) -> Page:
    """Write down what was done or learned."""
    words = request.form["words"].strip()
    with house().db.begin() as session:
        if words:
            row = session.get_one(Case, case_id)
            cases.write_entry(session, row, me().author, "note", words[:2000])
    return back_to("desk.case", case_id=case_id)


@desk.post("/cases/<uuid:case_id>/rule")
@needs(Right.CASES)
def rule_case(case_id: uuid.UUID) -> Page:
    """Rule; give back what the ruling gives back; tell the caller and the family."""
    form = request.form
    if form["ruling"] not in RULINGS:
        raise ValueError("no such ruling")
    refund = _refund()
    if refund is not None and not me().may(Right.REFUND):
        abort(403)
    with house().db.begin() as session:
        ruling.rule(
            session,
            house().settings,
            session.get_one(Case, case_id),
            me().author,
            form["ruling"],
            form.get("words", "").strip(),
            refund,
            "tell" in form,
        )
    return back_to("desk.list_cases")


def _refund() -> tuple[uuid.UUID, Fen] | None:
    line, yuan = request.form.get("line", ""), request.form.get("yuan", "").strip()
    return (uuid.UUID(line), fen_from_yuan(yuan)) if line and yuan else None
