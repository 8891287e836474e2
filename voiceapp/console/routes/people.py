"""Who works at the desk, and who looked at what."""

import uuid
from datetime import datetime, timedelta

from flask import render_template, request

from voiceapp.console import clerks, holding, records
from voiceapp.console.models import Clerk
from voiceapp.console.rights import DeskRole, Right, may
from voiceapp.console.room import Page, back_to, desk, house, me, needs
from voiceapp.errors import NotAllowed


@desk.get("/people")
@needs(Right.PEOPLE)
def people() -> Page:
    """Everybody with a login."""
    with house().db.reading() as session:
        return render_template(
            "desk/people.html", rows=records.all_clerks(session), roles=list(DeskRole)
        )


@desk.post("/people")
@needs(Right.PEOPLE)
def enrol() -> Page:
    """A new login; the person sets the second factor up on first use."""
    form = request.form
    with house().db.begin() as session:
        clerks.enrol_clerk(
            session, form["login"], form["name"].strip(), form["password"], form["role"]
        )
    return back_to("desk.people")


@desk.post("/people/<uuid:clerk_id>/role")
@needs(Right.PEOPLE)
def change_role(clerk_id: uuid.UUID) -> Page:
    """Another role, or none any more. Logins that are open end."""
    if clerk_id == me().clerk_id:
        raise NotAllowed("nobody changes her own role")
    with house().db.begin() as session:
        clerk = session.get_one(Clerk, clerk_id)
        clerk.role, clerk.active = DeskRole(request.form["role"]), "active" in request.form
        clerks.close_all_sessions(session, clerk_id)
        if not clerk.active or not may(clerk.role, Right.TELEPHONE):
            holding.leave_the_desk(session, clerk_id)
    return back_to("desk.people")


@desk.post("/people/<uuid:clerk_id>/reset")
@needs(Right.PEOPLE)
def reset_login(clerk_id: uuid.UUID) -> Page:
    """A new password, and the second factor set up anew: a lost telephone. Open logins end."""
    with house().db.begin() as session:
        clerks.reset(session, session.get_one(Clerk, clerk_id), request.form["password"])
    return back_to("desk.people")


@desk.get("/looks")
@needs(Right.LOOKS)
def looks() -> Page:
    """Who looked at what, newest first; of one day, and of one clerk where asked."""
    who = request.args.get("who", "")
    day = request.args.get("day", "")
    zone = house().settings.timezone
    start = datetime.fromisoformat(day).replace(tzinfo=zone) if day else None
    page = max(1, int(request.args.get("page", "1")))
    span = (start, start + timedelta(days=1)) if start else None
    with house().db.reading() as session:
        everybody = records.all_clerks(session)
        rows = records.looks(session, uuid.UUID(who) if who else None, span, page)
        return render_template(
            "desk/looks.html",
            rows=rows,
            page=page,
            more=len(rows) == records.MOST,
            clerks=everybody,
            people={row.id: row.name for row in everybody},
            who=who,
            day=day,
        )
