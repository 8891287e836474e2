"""Recordings: fetched from the firm, sealed into our folder or bucket, deleted at both ends."""

import time
import uuid
from datetime import timedelta

import fsspec
from sqlalchemy.orm import Session

from ivr.calls import Call
from ivr.deeds import heard_recording
from ivr.telephony import RecordingsAtFirm
from orders import errands, recordings
from orders.errands import Work
from orders.recordings import Recording
from voiceapp import clock
from voiceapp.config import Settings
from voiceapp.crypto import keys
from voiceapp.errors import ProviderDown

WAITS = (0.0, 0.5, 1.0, 2.0)
"""Seconds between looks for a recording that was announced and is not served yet."""


class Store:
    """The recordings' folder or bucket. What lies in it is encrypted under DATA_KEYS."""

    def __init__(self, url: str) -> None:
        self._fs, self._root = fsspec.core.url_to_fs(url)
        self._fs.makedirs(self._root, exist_ok=True)

    def write(self, name: str, audio: bytes) -> None:
        """Keep a recording; writing it again replaces it."""
        self._fs.pipe_file(f"{self._root}/{name}", keys().seal_bytes(audio))

    def read(self, name: str) -> bytes:
        """The audio. Raises FileNotFoundError where it was deleted."""
        return keys().unseal_bytes(self._fs.cat_file(f"{self._root}/{name}"))

    def delete(self, name: str) -> None:
        """Deleting what is gone changes nothing."""
        if self._fs.exists(f"{self._root}/{name}"):
            self._fs.rm_file(f"{self._root}/{name}")


def note_recording(
    session: Session, call: Call, sid: str, seconds: float, whole_call: bool
) -> None:
    """The firm announces a recording. Of a turn it may come before or after the turn itself."""
    if recordings.by_firm_sid(session, sid) is not None:
        return
    if whole_call:
        row = Recording(call_id=call.id, firm_sid=sid, seconds=seconds, whole_call=True)
        session.add(row)
        session.flush()
        errands.write(session, "listen_whole", row.id, key=f"listen_whole {row.id}")
    elif call.purpose == "incoming":
        # Its turn was lost on the way; what she said was not.
        heard_recording(session, call, {"sid": sid, "seconds": seconds})


def fetched(
    work: Work, recording_id: uuid.UUID, firm: RecordingsAtFirm, store: Store, days: int
) -> bytes:
    """The audio of a recording: from our store, or from the firm into our store."""
    with work.db.reading() as session:
        row = session.get_one(Recording, recording_id)
        stored, sid = row.stored_as, row.firm_sid
    if stored:
        return store.read(stored)
    assert sid is not None, "a recording that is not ours yet has the firm's name"
    audio = _ask(firm, sid)
    name = f"{recording_id}.wav.sealed"
    store.write(name, audio)
    with work.db.begin() as session:
        row = session.get_one(Recording, recording_id)
        row.stored_as = name
        errands.write(session, "delete_at_firm", row.id, key=f"delete_at_firm {row.id}")
        errands.write(
            session,
            "delete_recording",
            row.id,
            at=row.received_at + timedelta(days=days),
            key=f"delete_recording {row.id}",
        )
    return audio


def _ask(firm: RecordingsAtFirm, sid: str) -> bytes:
    for wait in WAITS:
        time.sleep(wait)
        try:
            return firm.fetch_recording(sid)
        except ProviderDown:
            if wait == WAITS[-1]:
                raise
    raise AssertionError("unreachable")


def keep(work: Work, telephony: RecordingsAtFirm, store: Store, settings: Settings) -> None:
    """Errand: keep the recording of a whole call of ours, the proof of its yes."""
    fetched(work, work.subject, telephony, store, settings.retention_days)


def delete_at_firm(work: Work, telephony: RecordingsAtFirm) -> None:
    """Errand: what we have fetched need not lie at the firm."""
    with work.db.reading() as session:
        sid = session.get_one(Recording, work.subject).firm_sid
    if sid is not None:
        telephony.delete_recording(sid)
    with work.db.begin() as session:
        session.get_one(Recording, work.subject).deleted_at_firm = clock.now()
        work.finish(session)


def delete_recording(work: Work, store: Store) -> None:
    """Errand: the promised days are over; audio and words go."""
    with work.db.reading() as session:
        stored = session.get_one(Recording, work.subject).stored_as
    if stored:
        store.delete(stored)
    with work.db.begin() as session:
        row = session.get_one(Recording, work.subject)
        row.stored_as, row.text, row.transcript = "", "", None
        row.deleted_at = clock.now()
        work.finish(session)
