"""The board of ready orders: who goes, arrives, and is done."""

import uuid
from collections.abc import Callable

from flask import render_template, request
from sqlalchemy.orm import Session

from orders import visits
from orders.lifecycle import State
from orders.people import Author
from orders.visits import Visit
from orders.wanted_calls import Purpose, want_call
from voiceapp.console import reading
from voiceapp.console.models import Worker
from voiceapp.console.rights import Right
from voiceapp.console.room import Page, back_to, desk, house, me, needs
from voiceapp.errors import NotAllowed


@desk.get("/board")
@needs(Right.BOARD)
def board() -> Page:
    """Orders that can be sent or are on their way, the late ones first."""
    with house().db.reading() as session:
        return render_template(
            "desk/board.html", rows=reading.board(session), workers=reading.workers(session)
        )


def _send(session: Session, visit: Visit, by: Author) -> None:
    worker = request.form["worker"].strip()
    if not worker:
        raise NotAllowed("write who goes")
    first = visit.order.state is State.READY
    visits.send(session, visit, worker[:80], by)
    if not first and visit.order.customer_id is not None:
        # The dispatch told her of the first visit; each later one is told by itself.
        want_call(session, Purpose.COMING, visit.order.customer_id, visit.id)


def _arrive(session: Session, visit: Visit, by: Author) -> None:
    visits.arrive(visit)


@desk.get("/workers")
@needs(Right.BOARD)
def workers() -> Page:
    """Whom the providers can send."""
    with house().db.reading() as session:
        return render_template("desk/workers.html", rows=reading.workers(session))


@desk.post("/workers")
@needs(Right.BOARD)
def put_worker() -> Page:
    """One more worker, or one who no longer comes."""
    form = request.form
    with house().db.begin() as session:
        if form.get("gone"):
            session.get_one(Worker, uuid.UUID(form["gone"])).active = False
        elif form["name"].strip():
            session.add(Worker(name=form["name"].strip(), provider=form["provider"].strip()[:40]))
    return back_to("desk.workers")


STEPS: dict[str, Callable[[Session, Visit, Author], None]] = {
    "send": _send,
    "arrive": _arrive,
    "done": visits.finish,
    "failed": visits.fail,
}
"""What may be written down about a visit."""


@desk.post("/visits/<uuid:visit_id>/<any(send, arrive, done, failed):step>")
@needs(Right.BOARD)
def step_visit(visit_id: uuid.UUID, step: str) -> Page:
    """One step of a visit: sent, arrived, done or failed."""
    with house().db.begin() as session:
        STEPS[step](session, session.get_one(Visit, visit_id), me().author)
    return back_to("desk.board")
