"""Obeys TwiML: the table of verbs, and the walk from document to document."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from ivr.softphone.bridging import NOUNS, dial
from ivr.softphone.call import Call
from ivr.softphone.callbacks import Unanswered
from ivr.softphone.grammar import LARGEST_DOCUMENT, check_twiml
from ivr.softphone.intakes import gather, record
from ivr.softphone.line import HungUp, Rerouted, Source
from ivr.softphone.prompts import PROMPTS
from ivr.softphone.queues import enqueue, leave
from ivr.softphone.webhooks import (
    BAD_CONTENT_TYPE,
    FETCH_FAILED,
    TOO_LARGE,
    UNPARSED,
    is_xml,
)

if TYPE_CHECKING:
    from ivr.softphone.prompts import Interrupted

Verb = Callable[[Call, ElementTree.Element], Source | None]
APPLICATION_ERROR = "We are sorry, an application error has occurred. Goodbye."


def redirect(call: Call, verb: ElementTree.Element) -> Source:
    url = call.absolute((verb.text or "").strip())
    return Source(url=url, method=verb.get("method", "POST"))


def hangup(call: Call, verb: ElementTree.Element) -> None:
    raise HungUp


def reject(call: Call, verb: ElementTree.Element) -> None:
    call.status = "busy" if verb.get("reason") == "busy" else "no-answer"
    raise HungUp


def _prompt(perform: Callable[[Call, ElementTree.Element, Interrupted], None]) -> Verb:
    def verb_of(call: Call, verb: ElementTree.Element) -> None:
        perform(call, verb, lambda: False)

    return verb_of


VERBS: dict[str, Verb] = {
    **{name: _prompt(perform) for name, perform in PROMPTS.items()},
    "Gather": gather,
    "Record": record,
    "Redirect": redirect,
    "Hangup": hangup,
    "Reject": reject,
    "Dial": dial,
    "Enqueue": enqueue,
    "Leave": leave,
}


def perform(call: Call, source: Source | None) -> None:
    """Obeys `source` and every document that it leads to, until one has no more to say.

    Raises HungUp, after a word to the caller where we gave the firm something it cannot obey.
    """
    while source:
        try:
            walk(call, source)
            return
        except Rerouted as rerouted:
            source = rerouted.source


def walk(call: Call, source: Source | None) -> None:
    """Like `perform`, but a call that is sent elsewhere meanwhile raises Rerouted."""
    while source:
        source = obey(call, read(call, source))


def obey(call: Call, document: ElementTree.Element) -> Source | None:
    """Verb by verb; the source of the document to go on with, if a verb names one."""
    for verb in document:
        if call.status == "ringing" and verb.tag != "Reject":
            call.answer()
        following = VERBS[verb.tag](call, verb)
        if following:
            return following
    return None


def read(call: Call, source: Source) -> ElementTree.Element:
    """Fetches and checks a document. Raises HungUp where it is none that the firm would take."""
    if source.twiml:
        call.url = source.url
        return _parsed(call, source.twiml)
    try:
        answer = call.exchange.webhooks.fetch(
            source.url,
            {**call.fields(), **(source.params or {})},
            method=source.method,
            fallback_url=source.fallback_url,
            session=call.session,
        )
    except Unanswered as failure:
        raise _application_error(call, FETCH_FAILED, str(failure)) from failure
    call.url = answer.url
    if not is_xml(answer):
        raise _application_error(call, BAD_CONTENT_TYPE, f"{answer.url}: {answer.content_type}")
    if len(answer.text.encode()) > LARGEST_DOCUMENT:
        raise _application_error(call, TOO_LARGE, answer.url)
    return _parsed(call, answer.text)


def _parsed(call: Call, text: str) -> ElementTree.Element:
    faults = check_twiml(text)
    document = None if faults else ElementTree.fromstring(text)
    if document is not None:
        known = {*VERBS, *NOUNS}
        nouns = document.iterfind("Dial/*")
        faults = [
            f"<{verb.tag}> is beyond this exchange"
            for verb in (*document, *nouns)
            if verb.tag not in known
        ]
    if document is None or faults:
        raise _application_error(call, UNPARSED, f"{call.url}: {'; '.join(faults)}")
    return document


def _application_error(call: Call, code: int, detail: str) -> HungUp:
    """Remembers the fault and tells the caller what the firm tells them."""
    call.exchange.fault(code, call, detail)
    if call.status == "ringing":
        call.answer()
    call.hears("said", APPLICATION_ERROR, "en-US")
    return HungUp()
