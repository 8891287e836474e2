"""The family's room in the web application."""

from flask import Flask
from flask_wtf import CSRFProtect

from family_link.api import links, money, sessions
from family_link.api import orders as api_orders
from family_link.api.door import whose
from family_link.api.problems import FamilyApi
from family_link.pages import login, orders, paying

GUESSING = "20 per minute; 100 per hour"
"""Posts to a login from one address: more than a family needs, too few to try out codes."""

A_TOKEN = "240 per minute"
"""Requests of one token: a busy mini-program needs a tenth of it."""


def open_room(app: Flask, csrf: CSRFProtect) -> None:
    """Register the pages, the firm's notices and the API."""
    limiter = app.extensions["rate_limiter"]
    limiter.limit(GUESSING, methods=["POST"])(login.blueprint)
    csrf.exempt(paying.notices)
    for blueprint in (login.blueprint, orders.blueprint, paying.blueprint, paying.notices):
        app.register_blueprint(blueprint)
    limiter.limit(GUESSING, methods=["POST"])(sessions.blueprint)
    app.config.update(OPENAPI_URL_PREFIX="/api", OPENAPI_JSON_PATH="openapi.json")
    api = FamilyApi(app, spec_kwargs={"components": TOKEN, "security": [{"token": []}]})
    csrf.exempt(sessions.blueprint)
    api.register_blueprint(sessions.blueprint)
    for blueprint in (sessions.signed_in, api_orders.blueprint, links.blueprint, money.blueprint):
        limiter.limit(A_TOKEN, key_func=whose)(blueprint)
        csrf.exempt(blueprint)
        api.register_blueprint(blueprint)


TOKEN = {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}}
"""How the API is opened."""
