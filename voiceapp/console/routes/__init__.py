"""The desk's pages, one file for each thing that a clerk does."""

from flask import Flask

from voiceapp.console.routes import (
    board,
    care,
    cases,
    customer,
    duty,
    figures,
    lines,
    money,
    order,
    people,
    queue,
    relatives,
    signing_in,
    taking,
    telephone,
    words,
)

__all__ = [
    "board", "care", "cases", "customer", "duty", "figures", "limit_logins", "lines", "money",
    "order", "people", "queue", "relatives", "signing_in", "taking", "telephone", "words",
]  # fmt: skip

PER_ADDRESS = "20 per minute; 100 per hour"
PER_LOGIN = "5 per minute; 30 per hour"
"""Attempts; a code of six digits holds for a minute and a half, so that guessing is hopeless."""


def limit_logins(app: Flask) -> None:
    """Slow down whoever guesses passwords or codes, by address and by login."""
    limiter = app.extensions["rate_limiter"]
    for name in ("desk.login", "desk.code"):
        view = limiter.limit(PER_ADDRESS, methods=["POST"])(app.view_functions[name])
        app.view_functions[name] = limiter.limit(
            PER_LOGIN, key_func=signing_in.whose_attempt, methods=["POST"]
        )(view)
