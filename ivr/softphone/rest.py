"""The firm's REST API, version 2010-04-01: calls, recordings, messages, queues and numbers.

There is no idempotency: a repeated create rings, or writes, again. Lists are one page.
"""

from __future__ import annotations

import hmac
import socket
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, g, request

from ivr.softphone.call import Call
from ivr.softphone.exchange import Exchange
from ivr.softphone.line import Source
from ivr.softphone.refusals import (
    UNFINISHED,
    Refusal,
    check_document,
    check_new_call,
    found,
    new_message,
)
from ivr.softphone.rest_queues import add_queues
from ivr.softphone.shapes import (
    Json,
    call_shape,
    message_shape,
    page_shape,
    recording_of_call_shape,
    recording_shape,
)
from ivr.softphone.sound import wav_file


def blueprint(exchange: Exchange) -> Blueprint:
    """The API of one exchange, under `/2010-04-01/Accounts/<its sid>`."""
    api = Blueprint("twilio", __name__, url_prefix="/2010-04-01/Accounts/<account>")

    @api.url_value_preprocessor
    def _take_account(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        g.account = (values or {}).pop("account", None)

    @api.before_request
    def _admit() -> Response | None:
        exchange.requests.append((request.method, request.path, request.values.to_dict(flat=False)))
        weather = exchange.weather
        time.sleep(weather.api_delay_s)
        if weather.api == "cut":
            _drop_connection()
        if weather.api in ("cut", "down"):
            raise Refusal(503, 20503, "Service unavailable")
        given = request.authorization
        if not (
            given
            and given.username == exchange.account_sid
            and hmac.compare_digest((given.password or "").encode(), exchange.auth_token.encode())
            and g.account == exchange.account_sid
        ):
            raise Refusal(401, 20003, "Authenticate")
        return None

    @api.after_request
    def _delay_or_lose_answer(response: Response) -> Response:
        time.sleep(exchange.weather.answer_delay_s)
        if exchange.weather.api == "answer_lost":
            _drop_connection()
        return response

    @api.errorhandler(Refusal)
    def _refuse(refusal: Refusal) -> tuple[Json, int]:
        return refusal.shape, refusal.status

    # Calls

    @api.post("/Calls.json")
    def create_call() -> tuple[Json, int]:
        form = request.form.to_dict()
        check_new_call(exchange, form)
        events = " ".join(request.form.getlist("StatusCallbackEvent"))
        with exchange.changed:  # answered as queued, whatever its thread would do meanwhile
            return call_shape(exchange.place(form, events)), 201

    @api.get("/Calls.json")
    def list_calls() -> Json:
        wanted = [
            call for call in reversed([*exchange.calls.values()]) if _matches(call, request.args)
        ]
        return page_shape(exchange, "calls", [call_shape(call) for call in wanted])

    @api.get("/Calls/<sid>.json")
    def fetch_call(sid: str) -> Json:
        return call_shape(found(exchange.calls, sid, "Calls"))

    @api.post("/Calls/<sid>.json")
    def update_call(sid: str) -> Json:
        call = found(exchange.calls, sid, "Calls")
        if call.status not in UNFINISHED:
            raise Refusal(400, 21220, f"Call is not in-progress. Cannot redirect. {sid}")
        form = request.form
        if form.get("Status"):
            call.cut()
        elif form.get("Url") or form.get("Twiml"):
            check_document(form)
            source = Source(
                url=form.get("Url", ""),
                method=form.get("Method", "POST"),
                fallback_url=form.get("FallbackUrl", ""),
                twiml=form.get("Twiml", ""),
            )
            exchange.reroute(call, source)
        return call_shape(call)

    @api.get("/Calls/<sid>/Recordings.json")
    def list_recordings_of_call(sid: str) -> Json:
        call = found(exchange.calls, sid, "Calls")
        kept = [each for each in [*exchange.recordings.values()] if each.call is call]
        return page_shape(exchange, "recordings", [recording_of_call_shape(each) for each in kept])

    # Recordings

    @api.get("/Recordings.json")
    def list_recordings() -> Json:
        sid = request.args.get("CallSid")
        kept = [each for each in [*exchange.recordings.values()] if sid in (None, each.call.sid)]
        return page_shape(exchange, "recordings", [recording_shape(each) for each in kept])

    @api.get("/Recordings/<sid>.json")
    def fetch_recording(sid: str) -> Json:
        return recording_shape(found(exchange.recordings, sid, "Recordings"))

    @api.get("/Recordings/<sid>")
    @api.get("/Recordings/<sid>.wav")
    def fetch_media(sid: str) -> Response:
        recording = found(exchange.recordings, sid, "Recordings")
        if recording.status != "completed":
            raise Refusal(404, 20404, "The requested resource was not found")
        return Response(wav_file(recording.pcm, recording.channels), mimetype="audio/x-wav")

    @api.delete("/Recordings/<sid>.json")
    def delete_recording(sid: str) -> tuple[str, int]:
        found(exchange.recordings, sid, "Recordings")
        del exchange.recordings[sid]
        return "", 204

    # Messages

    @api.post("/Messages.json")
    def create_message() -> tuple[Json, int]:
        message = new_message(exchange, request.form)
        shape = message_shape(message, exchange)
        exchange.send(message, request.form.get("StatusCallback", ""))
        return shape, 201

    @api.get("/Messages.json")
    def list_messages() -> Json:
        to, from_ = request.args.get("To"), request.args.get("From")
        kept = [
            each
            for each in reversed([*exchange.messages.values()])
            if to in (None, each.to) and from_ in (None, each.from_)
        ]
        return page_shape(exchange, "messages", [message_shape(each, exchange) for each in kept])

    @api.get("/Messages/<sid>.json")
    def fetch_message(sid: str) -> Json:
        return message_shape(found(exchange.messages, sid, "Messages"), exchange)

    add_queues(api, exchange)
    return api


def _matches(call: Call, wanted: Mapping[str, str]) -> bool:
    """Whether a call is among those that a list asks for."""
    same = {"To": call.to, "From": call.from_, "Status": call.status}
    if any(key in wanted and wanted[key] != value for key, value in same.items()):
        return False
    parent = call.parent.sid if call.parent else None
    if wanted.get("ParentCallSid", parent) != parent:
        return False
    return _in_time("StartTime", call.dialled, wanted) and _in_time("EndTime", call.ended, wanted)


def _in_time(key: str, moment: datetime | None, wanted: Mapping[str, str]) -> bool:
    """Equality is by the day, UTC; before and after include the moment they name.

    A call that has no such time matches no such wish.
    """
    for comparison, holds in _COMPARISONS.items():
        wish = wanted.get(key + comparison, "").rstrip("Z")
        if wish and not (moment and holds(moment.isoformat()[: len(wish)], wish)):
            return False
    return True


_COMPARISONS: dict[str, Callable[[str, str], bool]] = {
    "": lambda given, wish: given[:10] == wish[:10],
    "<": lambda given, wish: given <= wish,
    ">": lambda given, wish: given >= wish,
}


def _drop_connection() -> None:
    """What a client sees as a connection reset: no answer at all."""
    line = request.environ.get("werkzeug.socket") or request.environ.get("gunicorn.socket")
    if isinstance(line, socket.socket):
        line.shutdown(socket.SHUT_RDWR)
