"""Signing in: a number, then the six digits that were sent to it."""

import re
import uuid

from flask import Blueprint, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from family_link import login
from family_link.pages.door import TOKEN, furnish, house
from voiceapp.phone import BadNumber, parse_phone

blueprint = Blueprint(
    "family_login",
    __name__,
    template_folder="../templates",
    static_folder="../static",
    static_url_path="/family/static",
)
furnish(blueprint)

PENDING = "family_code"


@blueprint.get("/f")
def short() -> Response:
    """The short address that a text message can name and a person can type."""
    return redirect(url_for("family.orders"))


@blueprint.get("/family/login")
def number() -> str:
    """Ask for the number."""
    return render_template("family/number.html", wrong=False)


@blueprint.post("/family/login")
def send_code() -> Response | tuple[str, int]:
    """Send six digits to a number. The answer is the same whoever's number it is."""
    try:
        phone = parse_phone(request.form.get("number", ""))
    except BadNumber:
        return render_template("family/number.html", wrong=True), 422
    if phone.rings_at(house().settings.allowed_prefixes):
        with house().db.begin() as db:
            session[PENDING] = str(login.send_code(db, phone))
    else:
        session[PENDING] = str(uuid.uuid4())
    return redirect(url_for("family_login.code"), 303)


@blueprint.get("/family/code")
def code() -> Response | str:
    """Ask for the digits."""
    if PENDING not in session:
        return redirect(url_for("family_login.number"))
    return render_template("family/code.html", wrong=False)


@blueprint.post("/family/code")
def enter_code() -> Response | tuple[str, int]:
    """Let in whoever has the digits."""
    pending = session.get(PENDING)
    if pending is None:
        return redirect(url_for("family_login.number"), 303)
    given = re.sub(r"\D", "", request.form.get("code", ""))
    with house().db.begin() as db:
        relative = login.enter_code(db, uuid.UUID(pending), given)
        token = login.open_browser(db, relative) if relative else None
    if token is None:
        return render_template("family/code.html", wrong=True), 422
    session.pop(PENDING)
    session[TOKEN], session.permanent = token, True
    return redirect(url_for("family.orders"), 303)


@blueprint.post("/family/leave")
def leave() -> Response:
    """Sign out here."""
    token = session.pop(TOKEN, "")
    with house().db.begin() as db:
        login.leave(db, token)
    return redirect(url_for("family_login.number"), 303)
