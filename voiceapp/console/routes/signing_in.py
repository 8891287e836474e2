"""Signing in with a password and a code, and out again."""

import uuid

import pyotp
import segno
from flask import render_template, request, session
from flask_babel import gettext
from flask_login import login_user, logout_user

from voiceapp.console import clerks
from voiceapp.console.models import Clerk
from voiceapp.console.room import Page, SignedIn, back_to, desk, house, me, needs
from voiceapp.console.words import PAGES

HALFWAY, NEW_SECRET = "desk_halfway", "desk_new_secret"
ISSUER = "voiceapp"


def whose_attempt() -> str:
    """What the limit on guesses counts by: the login typed, or the one halfway in."""
    login = request.form.get("login", "").strip().lower()
    return f"desk-login {session.get(HALFWAY) or login}"


@desk.route("/login", methods=["GET", "POST"])
def login() -> Page:
    """The first factor."""
    if request.method == "GET":
        return render_template("desk/login.html")
    with house().db.reading() as db:
        clerk = clerks.authenticate(db, request.form["login"], request.form["password"])
    if clerk is None:
        return render_template("desk/login.html", wrong=gettext("用户名或密码不对。")), 403
    session.clear()
    session[HALFWAY] = str(clerk.id)
    return back_to("desk.code")


@desk.route("/login/code", methods=["GET", "POST"])
def code() -> Page:
    """The second factor; the first time, the page on which it is set up."""
    if HALFWAY not in session:
        return back_to("desk.login")
    clerk_id = uuid.UUID(session[HALFWAY])
    with house().db.begin() as db:
        # Locked: of two who type the same code at once, one is let in.
        clerk = db.get_one(Clerk, clerk_id, with_for_update=True)
        fresh = None if clerk.totp_secret else session.setdefault(NEW_SECRET, pyotp.random_base32())
        typed = request.form.get("code", "").replace(" ", "")
        if request.method == "POST" and clerk.active and clerks.accept_code(clerk, typed, fresh):
            token = clerks.open_session(db, clerk)
            db.flush()
            found = clerks.holder(db, token)
            assert found is not None, "a login that was just opened holds"
            user = SignedIn(*found, token)
        else:
            user = None
    if user is None:
        wrong = gettext("验证码不对，或者已经用过了。") if request.method == "POST" else ""
        return _code_page(clerk, fresh, wrong), 403 if wrong else 200
    session.clear()
    login_user(user)
    return back_to("desk.home")


def _code_page(clerk: Clerk, fresh: str | None, wrong: str) -> str:
    picture = None
    if fresh:
        address = pyotp.TOTP(fresh).provisioning_uri(name=clerk.login, issuer_name=ISSUER)
        picture = segno.make(address).svg_data_uri(scale=5)
    return render_template("desk/code.html", secret=fresh, picture=picture, wrong=wrong)


@desk.post("/logout")
@needs(None)
def logout() -> Page:
    """End this login; its cookie is dead, wherever else it was copied to."""
    with house().db.begin() as db:
        clerks.close_session(db, me().token)
    logout_user()
    session.clear()
    return back_to("desk.login")


@desk.get("/")
@needs(None)
def home() -> Page:
    """The first page of whoever is signed in."""
    for right, endpoint, _name in PAGES:
        if me().may(right):
            return back_to(endpoint)
    return render_template("desk/home.html")
