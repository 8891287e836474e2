"""The family's room in the web application."""

from flask import Flask
from flask_wtf import CSRFProtect

from family_link.pages import login, orders, paying

GUESSING = "20 per minute; 100 per hour"
"""Posts to the login from one address: more than a family needs, too few to try out codes."""


def open_room(app: Flask, csrf: CSRFProtect) -> None:
    """Register the pages, the firm's notices and the API."""
    limiter = app.extensions["rate_limiter"]
    limiter.limit(GUESSING, methods=["POST"])(login.blueprint)
    csrf.exempt(paying.notices)
    for blueprint in (login.blueprint, orders.blueprint, paying.blueprint, paying.notices):
        app.register_blueprint(blueprint)
