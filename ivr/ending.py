"""The end of a call, as the firm reports it: once, twice, late or out of order."""

from sqlalchemy.orm import Session

from ivr import alarm, verdicts
from ivr.calling import try_again
from ivr.calls import Call, Direction, live_call
from ivr.confirming import take_back, take_back_uncounted

ENDS = frozenset({"completed", "busy", "no-answer", "failed", "canceled"})
"""Twilio's words for a call that is over."""


def note_status(session: Session, call: Call, sid: str, status: str) -> None:
    """What became of a call. A status that comes twice or late changes nothing."""
    if call.firm_sid is None:
        call.firm_sid = sid
    if status not in ENDS or not call.over(status):
        return
    alarm.line_ended(session, call)
    verdicts.line_ended(session, call)
    if call.direction is Direction.OUT:
        she_rings_us = status == "busy" and _on_our_line(session, call)
        (take_back_uncounted if she_rings_us else take_back)(session, call)
        try_again(session, call)


def _on_our_line(session: Session, call: Call) -> bool:
    """Whether she was engaged because she was ringing us: that is no missed call back."""
    other = live_call(session, call.phone) if call.phone else None
    return other is not None and other.direction is Direction.IN
