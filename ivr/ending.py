"""The end of a call, as the firm reports it: once, twice, late or out of order."""

from sqlalchemy.orm import Session

from ivr import alarm
from ivr.calling import try_again
from ivr.calls import Call, Direction
from ivr.confirming import take_back

ENDS = frozenset({"completed", "busy", "no-answer", "failed", "canceled"})
"""Twilio's words for a call that is over."""


def note_status(session: Session, call: Call, sid: str, status: str) -> None:
    """What became of a call. A status that comes twice or late changes nothing."""
    if call.firm_sid is None:
        call.firm_sid = sid
    if status not in ENDS or not call.over(status):
        return
    if call.direction is Direction.IN:
        alarm.line_ended(session, call)
    else:
        take_back(session, call)
        try_again(session, call)
