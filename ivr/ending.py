"""The end of a call, as the firm reports it: once, twice, late or out of order."""

from sqlalchemy.orm import Session

from ivr.calling import try_again
from ivr.calls import Call, Direction
from ivr.confirming import take_back

ENDS = frozenset({"completed", "busy", "no-answer", "failed", "canceled"})
"""Twilio's words for a call that is over."""


def note_status(session: Session, call: Call, sid: str, status: str) -> None:
    """What became of a call. A status that comes twice or late changes nothing."""
    if call.firm_sid is None:
        call.firm_sid = sid
    if status in ENDS and call.over(status) and call.direction is Direction.OUT:
        take_back(session, call)
        try_again(session, call)
