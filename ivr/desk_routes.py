"""Twilio's webhooks of the desk line."""

import uuid
from collections.abc import Callable
from functools import partial

from flask import Blueprint, Response, abort, request
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from ivr import desk_line, desk_script, desk_twiml
from ivr.calls import Call
from ivr.routes import house, signed
from voiceapp.config import Settings

blueprint = Blueprint("desk_line", __name__, url_prefix="/ivr/desk")

Answer = Callable[[Session, Settings, Call], str]


def _answer(call_id: uuid.UUID, answer: Answer) -> Response:
    """In a transaction; one that another hand was quicker in is tried once more."""
    for last in (False, True):
        try:
            with house().db.begin() as session:
                call = session.get(Call, call_id)
                if call is None:
                    abort(404)
                document = answer(session, house().settings, call)
            return Response(document, mimetype="text/xml")
        except StaleDataError:
            if last:
                raise
    raise AssertionError("unreachable")


@blueprint.post("/<uuid:call_id>")
@signed
def put_through(call_id: uuid.UUID) -> Response:
    """A call comes to the desk line."""
    return _answer(call_id, desk_line.put_through)


@blueprint.post("/<uuid:call_id>/wait")
@signed
def wait(call_id: uuid.UUID) -> Response:
    """One round of waiting."""
    return _answer(call_id, desk_line.wait)


@blueprint.post("/<uuid:call_id>/key")
@signed
def key(call_id: uuid.UUID) -> Response:
    """A key while waiting."""
    digits = request.form.get("Digits", "")
    return _answer(call_id, partial(desk_line.key, digits=digits))


@blueprint.post("/<uuid:call_id>/left")
@signed
def left(call_id: uuid.UUID) -> Response:
    """Out of the queue."""
    result = request.form.get("QueueResult", "error")
    return _answer(call_id, partial(desk_line.left, result=result))


@blueprint.post("/<uuid:call_id>/said")
@signed
def said(call_id: uuid.UUID) -> Response:
    """She has left word."""
    return _answer(call_id, desk_line.said)


@blueprint.post("/<uuid:call_id>/joined")
@signed
def joined(call_id: uuid.UUID) -> Response:
    """A word to the caller before she is put through."""
    document = desk_twiml.say(desk_script.TAKEN_UP, hang_up=False)
    return Response(document, mimetype="text/xml")


@blueprint.post("/<uuid:call_id>/talked")
@signed
def talked(call_id: uuid.UUID) -> Response:
    """A Dial of the desk line is over."""
    status = request.form.get("DialCallStatus", "failed")
    return _answer(call_id, partial(desk_line.talked, status=status))


@blueprint.post("/<uuid:call_id>/reached")
@signed
def reached(call_id: uuid.UUID) -> Response:
    """The far end has picked up."""
    with house().db.begin() as session:
        call = session.get(Call, call_id)
        if call is not None:
            desk_line.reached(session, call)
    return Response(status=204)
