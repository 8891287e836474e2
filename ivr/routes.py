"""Twilio's webhooks. Each is signature-checked, idempotent, and safe out of order."""

import uuid
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, current_app, request
from twilio.request_validator import RequestValidator

from ivr import calls, conversing
from ivr.calls import Call
from ivr.ending import note_status
from ivr.recordings import note_recording
from ivr.talk import Turn
from voiceapp.house import House
from voiceapp.phone import caller_phone

blueprint = Blueprint("ivr", __name__, url_prefix="/ivr")

View = Callable[..., Any]


def house() -> House:
    """The installation that this request came to."""
    found: House = current_app.extensions["house"]
    return found


def signed(view: View) -> View:
    """Only the firm may ask: 403 without its signature."""

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        settings = house().settings
        signature = request.headers.get("X-Twilio-Signature", "")
        # The firm signs the address as it was sent; Flask's own has its escapes undone.
        raw = request.environ.get("RAW_URI") or request.full_path.rstrip("?")
        path = raw if raw.startswith("/") else urlsplit(raw)._replace(scheme="", netloc="").geturl()
        validator = RequestValidator(settings.twilio_auth_token)
        form = request.form.to_dict(flat=False)
        params = {key: values[0] if len(values) == 1 else values for key, values in form.items()}
        if not validator.validate(settings.public_url + path, params, signature):
            abort(403)
        if request.form.get("AccountSid") != settings.twilio_account_sid:
            abort(403)
        return view(*args, **kwargs)

    return checked


def _records_turn(form: Mapping[str, str]) -> bool:
    # A Dial posts a recording too: of the talk with a clerk, not of a turn.
    return "RecordingUrl" in form and "DialCallStatus" not in form


def _xml(document: str) -> Response:
    return Response(document, mimetype="text/xml")


@blueprint.post("/incoming")
@signed
def incoming() -> Response:
    """Somebody rings our number."""
    phone = caller_phone(request.form.get("From"))
    return _xml(conversing.begin(house().db, house().settings, request.form["CallSid"], phone))


@blueprint.post("/turn/<uuid:call_id>/<int:number>")
@signed
def turn(call_id: uuid.UUID, number: int) -> Response:
    """One turn of a conversation."""
    form = request.form
    heard = Turn(
        keys=form.get("Digits", "") if form.get("Digits") != "hangup" else "",
        words=form.get("SpeechResult", ""),
        # The firm promises the address here, not the id; the id is its last part.
        recording=form["RecordingUrl"].rpartition("/")[2] if _records_turn(form) else "",
        seconds=float(form.get("RecordingDuration", 0) or 0),
        answered_by=form.get("AnsweredBy", ""),
        dialled=form.get("DialCallStatus", ""),
    )
    try:
        answer = conversing.hear(
            house().db, house().settings, call_id, number, heard, form["CallSid"]
        )
    except conversing.Gone:
        abort(410)
    return _xml(answer)


@blueprint.post("/status/<uuid:call_id>")
@signed
def status(call_id: uuid.UUID) -> Response:
    """What became of a call that we placed."""
    form = request.form
    with house().db.begin() as session:
        call = session.get(Call, call_id, with_for_update=True)
        if call is not None:
            note_status(session, call, form["CallSid"], form["CallStatus"])
    return Response(status=204)


@blueprint.post("/status")
@signed
def incoming_status() -> Response:
    """A caller's line has ended."""
    with house().db.begin() as session:
        call = calls.by_firm_sid(session, request.form["CallSid"], lock=True)
        if call is not None:
            note_status(session, call, request.form["CallSid"], request.form["CallStatus"])
    return Response(status=204)


@blueprint.post("/recording/<uuid:call_id>")
@signed
def recording(call_id: uuid.UUID) -> Response:
    """The firm has a recording for us, or says that there is none."""
    form = request.form
    if form.get("RecordingStatus") == "completed":
        with house().db.begin() as session:
            call = session.get(Call, call_id)
            if call is not None:
                seconds = float(form.get("RecordingDuration", 0) or 0)
                whole = form.get("RecordingSource") in ("OutboundAPI", "DialVerb")
                note_recording(session, call, form["RecordingSid"], seconds, whole)
    return Response(status=204)
