"""The JSON of the firm's REST API, as its OpenAPI states it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from ivr.softphone.call import Call
from ivr.softphone.exchange import Exchange, Number
from ivr.softphone.messages import Message
from ivr.softphone.queues import Member, Queue
from ivr.softphone.recordings import Recording

Json = dict[str, Any]


def call_shape(call: Call) -> Json:
    uri = _uri(call.exchange, f"Calls/{call.sid}")
    parts = ("notifications", "recordings", "payments", "events", "siprec", "streams")
    return {
        "sid": call.sid,
        "account_sid": call.exchange.account_sid,
        "parent_call_sid": call.parent.sid if call.parent else None,
        "to": call.to,
        "to_formatted": call.to,
        "from": call.from_,
        "from_formatted": call.from_,
        "phone_number_sid": None,
        "status": call.status,
        "date_created": _date(call.created),
        "date_updated": _date(call.ended or call.started or call.dialled or call.created),
        "start_time": _date(call.dialled),
        "end_time": _date(call.ended),
        "duration": str(call.duration_s) if call.ended else None,
        "price": None,
        "price_unit": "USD",
        "direction": call.direction,
        "answered_by": call.answered_by or None,
        "api_version": "2010-04-01",
        "forwarded_from": None,
        "group_sid": None,
        "caller_name": None,
        "queue_time": "0",
        "trunk_sid": None,
        "uri": f"{uri}.json",
        "subresource_uris": {part: f"{uri}/{part.capitalize()}.json" for part in parts},
    }


def recording_shape(recording: Recording) -> Json:
    exchange = recording.call.exchange
    uri = _uri(exchange, f"Recordings/{recording.sid}")
    return {
        "sid": recording.sid,
        "account_sid": exchange.account_sid,
        "call_sid": recording.call.sid,
        "conference_sid": None,
        "api_version": "2010-04-01",
        "date_created": _date(recording.start),
        "date_updated": _date(recording.start),
        "start_time": _date(recording.start),
        "duration": str(recording.duration_s),
        "price": None,
        "price_unit": "USD",
        "status": recording.status,
        "channels": recording.channels,
        "source": recording.source,
        "error_code": recording.error_code or None,
        "encryption_details": None,
        "media_url": recording.url,
        "uri": f"{uri}.json",
        "subresource_uris": {"transcriptions": f"{uri}/Transcriptions.json"},
    }


def recording_of_call_shape(recording: Recording) -> Json:
    """The same recording as its call's list states it."""
    shape = recording_shape(recording) | {"track": "both"}
    del shape["media_url"], shape["subresource_uris"]
    return shape


def message_shape(message: Message, exchange: Exchange) -> Json:
    uri = _uri(exchange, f"Messages/{message.sid}")
    return {
        "sid": message.sid,
        "account_sid": exchange.account_sid,
        "messaging_service_sid": None,
        "api_version": "2010-04-01",
        "body": message.body,
        "num_segments": str(message.segments),
        "num_media": "0",
        "direction": "outbound-api",
        "from": message.from_,
        "to": message.to,
        "status": message.status,
        "error_code": message.error_code,
        "error_message": None,
        "price": None,
        "price_unit": "USD",
        "date_created": _date(message.created),
        "date_updated": _date(message.created),
        "date_sent": _date(message.created),
        "uri": f"{uri}.json",
        "subresource_uris": {"media": f"{uri}/Media.json"},
    }


def queue_shape(queue: Queue, exchange: Exchange) -> Json:
    uri = _uri(exchange, f"Queues/{queue.sid}")
    return {
        "sid": queue.sid,
        "account_sid": exchange.account_sid,
        "friendly_name": queue.name,
        "current_size": len(queue.members),
        "average_wait_time": queue.average_wait_s,
        "max_size": queue.max_size,
        "date_created": _date(queue.created),
        "date_updated": _date(queue.created),
        "uri": f"{uri}.json",
        "subresource_uris": {"members": f"{uri}/Members.json"},
    }


def member_shape(member: Member, queue: Queue) -> Json:
    exchange = member.call.exchange
    return {
        "call_sid": member.call.sid,
        "queue_sid": queue.sid,
        "date_enqueued": _date(member.since),
        "position": queue.position(member),
        "wait_time": queue.waited_s(member),
        "uri": _uri(exchange, f"Queues/{queue.sid}/Members/{member.call.sid}.json"),
    }


def number_shape(e164: str, number: Number, exchange: Exchange) -> Json:
    return {
        "sid": number.sid,
        "account_sid": exchange.account_sid,
        "api_version": "2010-04-01",
        "friendly_name": e164,
        "phone_number": e164,
        "voice_url": number.voice_url,
        "voice_method": "POST",
        "voice_fallback_url": number.fallback_url or None,
        "voice_fallback_method": "POST",
        "status_callback": number.status_callback or None,
        "status_callback_method": "POST",
        "uri": _uri(exchange, f"IncomingPhoneNumbers/{number.sid}.json"),
    }


def page_shape(exchange: Exchange, key: str, found: Sequence[Json]) -> Json:
    """A list, which is always one page here."""
    uri = _uri(exchange, f"{key}.json")
    return {
        key: list(found),
        "end": max(0, len(found) - 1),
        "start": 0,
        "page": 0,
        "page_size": max(50, len(found)),
        "first_page_uri": f"{uri}?Page=0",
        "next_page_uri": None,
        "previous_page_uri": None,
        "uri": uri,
    }


def error_shape(status: int, code: int, message: str) -> Json:
    return {
        "code": code,
        "message": message,
        "more_info": f"https://www.twilio.com/docs/errors/{code}",
        "status": status,
    }


def _uri(exchange: Exchange, rest: str) -> str:
    return f"/2010-04-01/Accounts/{exchange.account_sid}/{rest}"


def _date(moment: datetime | None) -> str | None:
    return format_datetime(moment) if moment else None
