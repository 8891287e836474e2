"""What the firm refuses, with the codes of https://www.twilio.com/docs/api/errors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar
from urllib.parse import urlsplit

from ivr.softphone.exchange import Exchange
from ivr.softphone.grammar import check_twiml
from ivr.softphone.messages import Message
from ivr.softphone.shapes import error_shape

INLINE_TWIML = 4000  # characters, https://www.twilio.com/docs/voice/api/call-resource, Twiml
LONGEST_MESSAGE = 1600  # characters, https://www.twilio.com/docs/api/errors/21617
UNFINISHED = ("queued", "ringing", "in-progress")
_ENDPOINT = re.compile(r"\+[1-9]\d{6,14}|client:[\w.-]+")
_PHONE = re.compile(r"\+[1-9]\d{6,14}")

Kept = TypeVar("Kept")


class Refusal(Exception):
    """An answer in the firm's own error shape."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.shape = status, error_shape(status, code, message)


def found(kept: Mapping[str, Kept], sid: str, kind: str) -> Kept:
    if sid not in kept:
        raise Refusal(404, 20404, f"The requested resource {kind}/{sid} was not found")
    return kept[sid]


def check_new_call(exchange: Exchange, form: Mapping[str, str]) -> None:
    """Raises Refusal for a Calls.create that the firm would not take."""
    if not form.get("To"):
        raise Refusal(400, 21201, "No 'To' number is specified")
    if not form.get("From"):
        raise Refusal(400, 21213, "No 'From' number is specified")
    if not _ENDPOINT.fullmatch(form["To"]):
        raise Refusal(
            400, 21211, f"The phone number you are attempting to call, {form['To']}, is not valid."
        )
    if not _PHONE.fullmatch(form["From"]):
        raise Refusal(400, 21212, f"The caller ID {form['From']} is not valid.")
    if form["From"] not in exchange.numbers:
        raise Refusal(
            400,
            21210,
            f"The source phone number provided, {form['From']}, is not yet "
            "verified for your account.",
        )
    if not form.get("Url") and not form.get("Twiml"):
        raise Refusal(400, 21205, "Url parameter is required.")
    check_document(form)


def check_document(form: Mapping[str, str]) -> None:
    """Raises Refusal where a call's Url, FallbackUrl, StatusCallback or Twiml cannot be used."""
    for key in ("Url", "FallbackUrl", "StatusCallback", "RecordingStatusCallback"):
        address = urlsplit(form.get(key, ""))
        if form.get(key) and not (address.scheme in ("http", "https") and address.netloc):
            raise Refusal(400, 21205, f"{key} is not a valid URL: {form[key]}")
    twiml = form.get("Twiml", "")
    if len(twiml) > INLINE_TWIML:
        raise Refusal(400, 20001, f"Twiml has more than {INLINE_TWIML} characters")
    if twiml and not form.get("Url") and check_twiml(twiml):
        raise Refusal(400, 12100, "; ".join(check_twiml(twiml)))


def new_message(exchange: Exchange, form: Mapping[str, str]) -> Message:
    """The message that a Messages.create asks for. Raises Refusal."""
    if not form.get("To"):
        raise Refusal(400, 21604, "A 'To' phone number is required.")
    if not _PHONE.fullmatch(form["To"]):
        raise Refusal(400, 21211, f"The 'To' number {form['To']} is not a valid phone number.")
    if not form.get("From"):
        raise Refusal(400, 21603, "A 'From' phone number is required.")
    if form["From"] not in exchange.numbers:
        raise Refusal(
            400,
            21606,
            f"The From phone number {form['From']} is not a valid, "
            "SMS-capable inbound phone number for your account.",
        )
    if not form.get("Body"):
        raise Refusal(400, 21602, "Message body is required.")
    if len(form["Body"]) > LONGEST_MESSAGE:
        raise Refusal(400, 21617, "The concatenated message body exceeds the 1600 character limit.")
    return Message(form["To"], form["From"], form["Body"], exchange.now())
