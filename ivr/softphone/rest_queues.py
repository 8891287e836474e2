"""The part of the REST API about queues, their members, and the account's own numbers."""

from __future__ import annotations

from flask import Blueprint, request

from ivr.softphone.exchange import Exchange, Number
from ivr.softphone.line import Rerouted, Source
from ivr.softphone.queues import Member, Queue
from ivr.softphone.refusals import Refusal
from ivr.softphone.shapes import Json, member_shape, number_shape, page_shape, queue_shape


def add_queues(api: Blueprint, exchange: Exchange) -> None:
    """Adds the routes to the API of one exchange."""

    @api.post("/Queues.json")
    def create_queue() -> tuple[Json, int]:
        name = request.form.get("FriendlyName", "")
        if not name:
            raise Refusal(400, 20001, "FriendlyName is required")
        if name in exchange.queues:
            raise Refusal(400, 22003, f"A queue named {name} exists already")
        queue = exchange.queue(name)
        queue.max_size = int(request.form.get("MaxSize", queue.max_size))
        return queue_shape(queue, exchange), 201

    @api.get("/Queues.json")
    def list_queues() -> Json:
        shapes = [queue_shape(queue, exchange) for queue in exchange.queues.values()]
        return page_shape(exchange, "queues", shapes)

    @api.get("/Queues/<sid>.json")
    def fetch_queue(sid: str) -> Json:
        return queue_shape(_queue(exchange, sid), exchange)

    @api.get("/Queues/<sid>/Members.json")
    def list_members(sid: str) -> Json:
        queue = _queue(exchange, sid)
        with exchange.changed:
            shapes = [member_shape(member, queue) for member in queue.members]
        return page_shape(exchange, "queue_members", shapes)

    @api.get("/Queues/<sid>/Members/<call_sid>.json")
    def fetch_member(sid: str, call_sid: str) -> Json:
        queue = _queue(exchange, sid)
        with exchange.changed:
            return member_shape(_member(queue, call_sid), queue)

    @api.post("/Queues/<sid>/Members/<call_sid>.json")
    def dequeue_member(sid: str, call_sid: str) -> Json:
        """Takes a call out of the queue, on to another document."""
        queue = _queue(exchange, sid)
        if not request.form.get("Url"):
            raise Refusal(400, 21205, "Url parameter is required.")
        with exchange.changed:
            member = _member(queue, call_sid)
            shape = member_shape(member, queue)
            member.taken = True
            source = Source(request.form["Url"], method=request.form.get("Method", "POST"))
            member.call.divert(Rerouted(source))
        return shape

    @api.get("/IncomingPhoneNumbers.json")
    def list_numbers() -> Json:
        wanted = request.args.get("PhoneNumber")
        shapes = [
            number_shape(e164, number, exchange)
            for e164, number in exchange.numbers.items()
            if wanted in (None, e164)
        ]
        return page_shape(exchange, "incoming_phone_numbers", shapes)

    @api.post("/IncomingPhoneNumbers/<sid>.json")
    def update_number(sid: str) -> Json:
        """Points one of the account's numbers elsewhere."""
        for e164, number in exchange.numbers.items():
            if number.sid == sid:
                _point(number)
                return number_shape(e164, number, exchange)
        raise Refusal(
            404, 20404, f"The requested resource IncomingPhoneNumbers/{sid} was not found"
        )


def _point(number: Number) -> None:
    number.voice_url = request.form.get("VoiceUrl", number.voice_url)
    number.fallback_url = request.form.get("VoiceFallbackUrl", number.fallback_url)
    number.status_callback = request.form.get("StatusCallback", number.status_callback)


def _queue(exchange: Exchange, sid: str) -> Queue:
    for queue in exchange.queues.values():
        if queue.sid == sid:
            return queue
    raise Refusal(404, 20404, f"The requested resource Queues/{sid} was not found")


def _member(queue: Queue, call_sid: str) -> Member:
    """A member by its call's sid; `Front` is who waits longest."""
    for member in queue.members:
        if call_sid in ("Front", member.call.sid) and not member.taken:
            return member
    raise Refusal(404, 20404, f"The requested resource Members/{call_sid} was not found")
