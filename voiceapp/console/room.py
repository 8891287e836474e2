"""The desk's door: its blueprint, who is signed in, and what a page needs before it is shown."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import Domain, gettext
from flask_login import LoginManager, UserMixin, current_user, login_required
from flask_wtf import CSRFProtect
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response as Answer

from ivr.desk_routes import blueprint as desk_line
from orders import duty
from orders.people import Author
from orders.people import clerk as clerk_author
from voiceapp import clock
from voiceapp.console import clerks, words
from voiceapp.console.models import Clerk, ClerkSession
from voiceapp.console.rights import Right, may
from voiceapp.errors import Conflict, NotAllowed
from voiceapp.house import House
from voiceapp.money import format_yuan
from voiceapp.phone import BadNumber

TOUCH_SECONDS = 60
"""A login's last use is written down at most so often."""

BY_ITSELF = frozenset({"desk.queue_stream", "desk.queue_now"})
"""What an open page asks for by itself. It is use of a login only while its clerk is on duty: she
waits for callers, whoever left the page open at night does not."""

Page = str | Answer | tuple[str, int]

desk = Blueprint(
    "desk",
    "voiceapp.console",
    url_prefix="/desk",
    template_folder="templates",
    static_folder="static",
)
_words = Domain([str(Path(__file__).parent / "translations")], domain="desk")


class SignedIn(UserMixin):  # type: ignore[misc]  # the library ships no types
    """The clerk behind a request, as her login was when the request began."""

    def __init__(self, clerk: Clerk, login: ClerkSession, token: str) -> None:
        self.clerk_id, self.name, self.role = clerk.id, clerk.name, clerk.role
        self.login_id, self.seen_at, self.token = login.id, login.seen_at, token

    def get_id(self) -> str:
        """What the cookie holds: the token of this login, not the clerk's id."""
        return self.token

    def may(self, right: str) -> bool:
        """Whether her role has a right."""
        return may(self.role, Right(right))

    @property
    def author(self) -> Author:
        """Her, as the author of moves and looks."""
        return clerk_author(self.clerk_id)


def house() -> House:
    """The installation that this request belongs to."""
    return cast(House, current_app.extensions["house"])


def me() -> SignedIn:
    """The clerk behind this request; only where a page needs a login."""
    return cast(SignedIn, current_user)


def needs(right: Right | None) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A page or action for those who have a right; None for everybody who is signed in."""

    def guard(view: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(**values: Any) -> Any:
            if right is not None and not me().may(right):
                raise Forbidden
            return view(**values)

        guarded.__name__ = view.__name__
        guarded.__doc__ = view.__doc__
        return cast(Callable[..., Any], login_required(guarded))

    return guard


def open_room(app: Flask, csrf: CSRFProtect) -> None:
    """Open the desk on an application that has a house, Babel and a rate limiter.

    `csrf` guards every form of the desk. The desk line's webhooks carry the firm's signature.
    """
    from voiceapp.console.routes import limit_logins

    logins = LoginManager(app)
    logins.login_view = "desk.login"
    logins.login_message = None
    # Sessions are rows with their own ends; the library's guess by address and browser would
    # throw out clerks behind a changing proxy.
    logins.session_protection = None
    logins.user_loader(_signed_in)
    app.register_blueprint(desk)
    csrf.exempt(desk_line)
    app.register_blueprint(desk_line)
    limit_logins(app)


def _signed_in(token: str) -> SignedIn | None:
    with house().db.reading() as session:
        found = clerks.holder(session, token)
    return SignedIn(*found, token) if found else None


@desk.before_request
def _begin() -> None:
    _words.as_default()
    user = current_user
    if user.is_authenticated and (clock.now() - user.seen_at).total_seconds() >= TOUCH_SECONDS:
        with house().db.begin() as session:
            on_duty = duty.of_clerk(session, user.clerk_id) is not None
            if on_duty or request.endpoint not in BY_ITSELF:
                clerks.touch(session, user.login_id)


@desk.after_request
def _keep_private(response: Response) -> Response:
    if not response.headers.get("Cache-Control"):
        response.headers["Cache-Control"] = "no-store"
    return response


@desk.errorhandler(StaleDataError)
@desk.errorhandler(Conflict)
def _too_late(error: Exception) -> Page:
    return _sentence(gettext("别人刚刚先动了这一单，您的改动没有保存。请回去看看现在的样子。"), 409)


@desk.errorhandler(NotAllowed)
def _refused(error: NotAllowed) -> Page:
    return _sentence(gettext("现在不能这样做。"), 409, str(error))


@desk.errorhandler(BadNumber)
@desk.errorhandler(ValueError)
def _unreadable(error: Exception) -> Page:
    return _sentence(gettext("有一项填得不对，请检查号码、数量和时间。"), 400)


@desk.errorhandler(NoResultFound)
@desk.errorhandler(404)
def _missing(error: Exception) -> Page:
    return _sentence(gettext("没有这一页，或者它已经不在了。"), 404)


@desk.errorhandler(403)
def _forbidden(error: Exception) -> Page:
    return _sentence(gettext("您的岗位不能看这一页，也不能做这件事。"), 403)


@desk.errorhandler(429)
def _too_often(error: Exception) -> Page:
    return _sentence(gettext("试得太多了，请过几分钟再来。"), 429)


@desk.context_processor
def _vocabulary() -> dict[str, Any]:
    zone = house().settings.timezone
    return {
        "words": words,
        "now": clock.now(),
        "format_yuan": format_yuan,
        "at": lambda moment: words.spell_time(moment, zone),
        "window": lambda start, end: words.spell_window(start, end, zone),
        "typed": lambda moment: f"{moment.astimezone(zone):%Y-%m-%dT%H:%M}" if moment else "",
    }


def _sentence(told: str, status: int, detail: str = "") -> tuple[str, int]:
    return render_template("desk/sentence.html", told=told, detail=detail), status


def back_to(endpoint: str, **values: Any) -> Answer:
    """See the page anew, after something was done."""
    return redirect(url_for(endpoint, **values), code=303)
