"""The live queue: what changed is sent to every open page, a second after it changed."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy.orm import Session

from ivr import waiting
from voiceapp.console import asking, reading
from voiceapp.console.words import REASONS, STATES
from voiceapp.db import Database

PAUSE = 1.0
"""Seconds between looks at the database."""

TICK = 3.0
"""Seconds after which a page that was sent nothing is told that all is well."""

LONGEST = 120.0
"""Seconds of one stream; the browser opens the next, and a thread is nobody's for ever."""

STREAMS = 4
"""Streams of one process at a time. Each holds a thread of the web server's: past these a page
asks again and again instead, and webhooks always find a thread."""

_seats = threading.BoundedSemaphore(STREAMS)


def snapshot(session: Session) -> dict[str, Any]:
    """The queue as a page shows it: who waits on the line, what needs a person, who is there."""
    return {
        "rows": [
            {
                "id": str(row.id),
                "reason": str(REASONS[row.reason]),
                "priority": row.priority,
                "since": row.opened_at.isoformat(),
                "who": row.who,
                "code": row.code,
                "state": str(STATES[row.state]) if row.state else "",
                "claimed_by": str(row.claimed_by or ""),
                "claimed_name": row.claimed_name,
            }
            for row in asking.queue(session)
        ],
        "callers": [
            {
                "id": str(place.id),
                "escalation": str(place.escalation_id or ""),
                "priority": place.priority,
                "since": place.enqueued_at.isoformat(),
                "on_line": place.on_line,
                "promised": place.promised_for.isoformat() if place.promised_for else "",
            }
            for place in waiting.in_queue(session)
        ],
        "duty": reading.on_duty(session),
    }


def stream(db: Database, still_in: Callable[[Session], bool]) -> Iterator[str] | None:
    """Server-sent events until the login ends; None where every seat is taken.

    The first event is the whole queue, each later one the whole queue as it has become.
    """
    seats = _seats
    if not seats.acquire(blocking=False):
        return None
    events = _events(db, still_in, seats)
    # Begun here: one that nobody reads, as after a HEAD, gives its seat back when it is dropped.
    next(events)
    return events


def _events(
    db: Database, still_in: Callable[[Session], bool], seats: threading.BoundedSemaphore
) -> Iterator[str]:
    try:
        yield ""
        yield "retry: 1000\n\n"
        began = sent_at = time.monotonic()
        sent = ""
        while time.monotonic() - began < LONGEST:
            with db.reading() as session:
                if not still_in(session):
                    yield "event: ended\ndata: {}\n\n"
                    return
                content = json.dumps(snapshot(session), ensure_ascii=False)
            moment = time.monotonic()
            if content != sent:
                sent, sent_at = content, moment
                yield f"event: queue\ndata: {content}\n\n"
            elif moment - sent_at >= TICK:
                sent_at = moment
                yield "event: tick\ndata: {}\n\n"
            time.sleep(PAUSE)
    finally:
        seats.release()
