"""The queue: what needs a person and why, taken and given back."""

import uuid

from flask import Response, jsonify, render_template, request, stream_with_context
from werkzeug.wrappers import Response as Answer

from ivr import waiting
from orders import cases, duty, relatives
from orders.access import note_look
from orders.customers import Customer
from orders.escalations import Escalation, Reason
from orders.people import clerk
from voiceapp.console import asking, clerks, holding, live, reading
from voiceapp.console.rights import Right
from voiceapp.console.room import Page, back_to, desk, house, me, needs
from voiceapp.console.routes.care import care_of
from voiceapp.console.words import RULINGS
from voiceapp.errors import NotAllowed


@desk.get("/queue")
@needs(Right.QUEUE)
def queue() -> Page:
    """All that is open, most pressing first."""
    with house().db.reading() as session:
        return render_template(
            "desk/queue.html",
            rows=asking.queue(session),
            duty=reading.on_duty(session),
            shift=duty.of_clerk(session, me().clerk_id),
            callers=waiting.in_queue(session),
        )


@desk.get("/queue/now")
@needs(Right.QUEUE)
def queue_now() -> Answer:
    """The queue as it is, for pages that cannot have a stream."""
    with house().db.reading() as session:
        return jsonify(live.snapshot(session))


@desk.get("/queue/stream")
@needs(Right.QUEUE)
def queue_stream() -> Answer:
    """The queue as it changes. 503 where every stream is taken: ask for it as it is."""
    token = me().token
    events = live.stream(house().db, lambda session: clerks.holder(session, token) is not None)
    if events is None:
        return Response(status=503, headers={"Retry-After": "5"})
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return Response(stream_with_context(events), mimetype="text/event-stream", headers=headers)


@desk.get("/escalations/<uuid:escalation_id>")
@needs(Right.ORDER)
def escalation(escalation_id: uuid.UUID) -> Page:
    """One thing that needs a person; where an order is concerned, that order's page."""
    with house().db.begin() as session:
        row = session.get_one(Escalation, escalation_id)
        order_id = holding.order_of(session, row)
        if order_id is not None:
            return back_to("desk.order", order_id=order_id)
        customer = session.get(Customer, row.customer_id) if row.customer_id else None
        note_look(session, me().author, "escalation", row.id)
        danger = row.reason is Reason.EMERGENCY
        return render_template(
            "desk/escalation.html",
            row=row,
            customer=customer,
            links=relatives.standing(session, customer.id) if customer else [],
            care=care_of(session, customer) if danger and customer else None,
            number=reading.number_of(session, row),
            recordings=reading.recordings_on(session, reading.calls_behind(session, row)),
            holder=reading.clerk_names(session, [row.claimed_by]),
            rulings=RULINGS,
            case=cases.open_case(session, row),
            colleagues=reading.colleagues(session, me().clerk_id),
        )


@desk.post("/escalations/<uuid:escalation_id>/claim")
@needs(Right.QUEUE)
def claim(escalation_id: uuid.UUID) -> Page:
    """Take it in hand. Of two clerks who press at once, the second is told so."""
    with house().db.begin() as session:
        row = session.get_one(Escalation, escalation_id)
        holding.claim(session, row, me().author)
    return back_to("desk.escalation", escalation_id=escalation_id)


@desk.post("/escalations/<uuid:escalation_id>/take")
@needs(Right.TAKE_FROM)
def take_from(escalation_id: uuid.UUID) -> Page:
    """Take it out of a colleague's hand."""
    with house().db.begin() as session:
        row = session.get_one(Escalation, escalation_id)
        holding.take_from(session, row, me().author)
        case = cases.open_case(session, row)
        case_id = case.id if case else None
    if case_id is not None:
        return back_to("desk.case", case_id=case_id)
    return back_to("desk.escalation", escalation_id=escalation_id)


@desk.post("/escalations/<uuid:escalation_id>/release")
@needs(Right.QUEUE)
def release(escalation_id: uuid.UUID) -> Page:
    """Put it back for somebody else."""
    with house().db.begin() as session:
        holding.release(session, session.get_one(Escalation, escalation_id), me().author)
    return back_to("desk.queue")


@desk.post("/escalations/<uuid:escalation_id>/give")
@needs(Right.QUEUE)
def give(escalation_id: uuid.UUID) -> Page:
    """Hand it over to a colleague who is on duty."""
    colleague = uuid.UUID(request.form["clerk"])
    with house().db.begin() as session:
        row = session.get_one(Escalation, escalation_id)
        if duty.of_clerk(session, colleague) is None:
            raise NotAllowed("only somebody on duty can take it")
        holding.release(session, row, me().author)
        holding.claim(session, row, clerk(colleague))
    return back_to("desk.queue")


@desk.post("/escalations/<uuid:escalation_id>/close")
@needs(Right.CORRECT)
def close(escalation_id: uuid.UUID) -> Page:
    """Rule on it. Only who has it in hand may."""
    ruling = request.form["ruling"]
    if ruling not in RULINGS:
        raise ValueError("no such ruling")
    with house().db.begin() as session:
        row = session.get_one(Escalation, escalation_id)
        if row.claimed_by != me().clerk_id:
            raise NotAllowed("take it in hand before ruling on it")
        if cases.open_case(session, row) is not None:
            raise NotAllowed("this one is a case: rule on it on the case's page")
        holding.close(session, row, me().author, ruling)
    return back_to("desk.queue")
