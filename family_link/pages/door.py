"""Who is at the door of a page, what the house has, and the language that is spoken."""

import uuid
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Blueprint, abort, current_app, g, redirect, request, session, url_for
from flask_babel import Domain, format_datetime
from werkzeug.wrappers import Response

from family_link import login
from family_link.reading import Sight, order_of
from orders.relatives import Relative, Scope
from voiceapp.house import House
from voiceapp.money import format_yuan

ROOM = Path(__file__).parent.parent
TOKEN = "family_token"
_domain = Domain([str(ROOM / "translations")], domain="family")


def _(words: str, **values: object) -> str:
    """These words in the reader's language; they are written in Chinese in the code."""
    return str(_domain.gettext(words, **values))


def house() -> House:
    """This installation."""
    found: House = current_app.extensions["house"]
    return found


def me() -> Relative:
    """The child who is signed in."""
    found: Relative = g.relative
    return found


def require_child() -> Response | None:
    """Before each page: let a child in, send anybody else to the login."""
    token = session.get(TOKEN, "")
    with house().db.reading() as db:
        found = login.who_has(db, token, login.Door.BROWSER) if token else None
        if found is not None:
            g.relative = found.relative
            return None
    session.pop(TOKEN, None)
    return redirect(url_for("family_login.number"))


def sight_or_404(db: Any, order_id: uuid.UUID, scope: Scope = Scope.SEE) -> Sight:
    """The order, where this child may; 404 alike for another family's and for no order."""
    return order_of(db, me().id, order_id, scope) or abort(404)


def local(moment: datetime, form: str = "") -> str:
    """A moment where the community lives, as the reader's language writes it."""
    there = moment.astimezone(house().settings.timezone)
    return str(format_datetime(there, form or _("M月d日 HH:mm"), rebase=False))


def furnish(blueprint: Blueprint) -> None:
    """Give a blueprint's templates their words, money and time; no page is kept by a browser."""

    @blueprint.after_request
    def keep_nothing(response: Response) -> Response:
        if request.endpoint != f"{blueprint.name}.static":
            response.headers["Cache-Control"] = "no-store"
        return response

    @blueprint.context_processor
    def words() -> dict[str, Any]:
        english = str(request.accept_languages.best_match(("zh_CN", "zh", "en"))) == "en"
        return {
            "_": _,
            "yuan": format_yuan,
            "local": local,
            "lang": "en" if english else "zh-CN",
            "signed_in": "relative" in g,
        }
