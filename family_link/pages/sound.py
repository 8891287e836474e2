"""What was said, as it was said: the recording of an order, for pages and the API."""

import uuid
from datetime import timedelta

import sqlalchemy as sa
from flask import Response, abort, request
from sqlalchemy.orm import Session
from werkzeug.datastructures import Range
from werkzeug.wrappers import Response as AnyResponse

from family_link.pages.door import house, me, sight_or_404
from orders.access import Look, note_look
from orders.people import child
from orders.recordings import Recording
from orders.relatives import Scope
from voiceapp import clock

ONE_LISTENING = timedelta(minutes=10)
"""A player fetches a recording piece by piece; what it asks for within this is one listening."""


def play(order_id: uuid.UUID) -> AnyResponse:
    """The recording, or the piece of it that is asked for; each listening is written down.

    A player begins in the middle only where it may ask for the middle (RFC 9110, ranges).
    """
    with house().db.begin() as db:
        order = sight_or_404(db, order_id, Scope.AUDIO).order
        kept = db.get(Recording, order.recording_id) if order.recording_id else None
        if kept is None or not kept.stored_as:
            abort(404)
        name = kept.stored_as
        if not (_goes_on(request.range) and _listens(db, order_id)):
            note_look(db, child(me().id), "audio", order_id)
    content: bytes = house().providers["store"].read(name)
    whole = Response(content, content_type="audio/wav", headers={"Cache-Control": "no-store"})
    return whole.make_conditional(request, accept_ranges=True, complete_length=len(content))


def _goes_on(asked: Range | None) -> bool:
    return asked is not None and asked.ranges[0][0] != 0


def _listens(db: Session, order_id: uuid.UUID) -> bool:
    before = sa.exists().where(
        Look.who == me().id,
        Look.what == "audio",
        Look.subject == order_id,
        Look.at > clock.now() - ONE_LISTENING,
    )
    return db.scalar(sa.select(before)) is True
