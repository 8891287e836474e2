"""The family's room in the web application."""

from flask import Flask
from flask_wtf import CSRFProtect

from family_link import api
from family_link.api import sessions
from family_link.api.door import whose
from family_link.api.problems import Elsewhere, FamilyApi, as_it_is
from family_link.pages import links, login, money, orders, paying

GUESSING = "20 per minute; 100 per hour"
"""Posts to a login from one address: more than a family needs, too few to try out codes."""

A_TOKEN = "240 per minute"
"""Requests of one token: a busy mini-program needs a tenth of it."""


def open_room(app: Flask, csrf: CSRFProtect, elsewhere: Elsewhere = as_it_is) -> None:
    """Register the pages, the firm's notices and the API.

    `elsewhere` answers the errors of addresses that are not the API's.
    """
    limiter = app.extensions["rate_limiter"]
    limiter.limit(GUESSING, methods=["POST"])(login.blueprint)
    csrf.exempt(paying.notices)
    for room in (login, orders, paying, links, money):
        app.register_blueprint(room.blueprint)
    app.register_blueprint(paying.notices)
    limiter.limit(GUESSING, methods=["POST"])(sessions.blueprint)
    app.config.update(OPENAPI_URL_PREFIX="/api", OPENAPI_JSON_PATH="openapi.json")
    described = FamilyApi(app, spec_kwargs={"components": TOKEN, "security": [{"token": []}]})
    described.elsewhere = elsewhere
    for blueprint in (sessions.blueprint, *api.GUARDED):
        csrf.exempt(blueprint)
        if blueprint in api.GUARDED:
            limiter.limit(A_TOKEN, key_func=whose)(blueprint)
        described.register_blueprint(blueprint)


TOKEN = {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}}
"""How the API is opened."""
