"""Who asks: a bearer token; and the same answer again for a POST that is repeated."""

import hashlib
import uuid
from datetime import timedelta

from flask import Response, g, request
from flask_smorest import Blueprint  # type: ignore[import-untyped]  # it has no types
from sqlalchemy.exc import IntegrityError

from family_link import login, once
from family_link.api.problems import answer_problems, problem
from family_link.pages.door import house, me
from voiceapp import clock

IDEMPOTENT = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same key again gets the same answer, and is done once",
    "schema": {"type": "string", "maxLength": 255},
}
"""How the description names the key of a POST that may be repeated."""

STUCK = timedelta(minutes=2)
"""A first request that never answered gives its key free after this."""


def bearer() -> str:
    """The token of this request; empty where there is none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def require_token() -> Response | None:
    """Before each request: whose token is it?"""
    token = bearer()
    with house().db.reading() as db:
        found = login.who_has(db, token, login.Door.MINI) if token else None
        if found is None:
            return problem(401, headers={"WWW-Authenticate": "Bearer"})
        g.relative = found.relative
    return None


def answer_again() -> Response | None:
    """Before a POST with an Idempotency-Key: its answer, where it was given before."""
    key = request.headers.get("Idempotency-Key", "")
    if request.method != "POST" or not key:
        return None
    asked = f"{request.method} {request.path}\n".encode() + request.get_data()
    digest = hashlib.sha256(asked).hexdigest()
    try:
        with house().db.begin() as db:
            kept = once.keep(db, me().id, hashlib.sha256(key.encode()).hexdigest(), digest)
            if kept.status == once.IN_HAND and clock.now() - kept.at > STUCK:
                kept.at, kept.asked = clock.now(), digest
                g.kept = kept.id
                return None
            if kept.fresh:
                g.kept = kept.id
                return None
    except IntegrityError:
        return problem(409)
    if kept.asked != digest:
        return problem(422, "key_used")
    if kept.status == once.IN_HAND:
        return problem(409)
    again = Response(kept.body, kept.status, content_type="application/json")
    again.headers["Idempotent-Replay"] = "true"
    return again


def keep_answer(response: Response) -> Response:
    """After a POST with a key: keep what it answered; a failure gives the key free."""
    kept: uuid.UUID | None = g.pop("kept", None)
    if kept is not None:
        with house().db.begin() as db:
            row = db.get_one(once.KeptAnswer, kept)
            if response.status_code < 400:
                row.status, row.body = response.status_code, response.get_data(as_text=True)
            else:
                db.delete(row)
    return response


def whose() -> str:
    """What a token's requests are counted by."""
    return login.hash_token(bearer())


def guarded(name: str, about: str) -> Blueprint:
    """A blueprint of the API that only a signed-in child reaches."""
    blueprint = Blueprint(name, __name__, url_prefix="/api/v1", description=about)
    blueprint.before_request(require_token)
    blueprint.before_request(answer_again)
    blueprint.after_request(keep_answer)
    answer_problems(blueprint)
    return blueprint
