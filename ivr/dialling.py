"""Placing a call: claim, talk, write. Nobody is rung twice because we crashed."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ivr import calls
from ivr.calls import Call
from ivr.telephony import Dialler, Placement
from orders.errands import Work
from voiceapp import clock
from voiceapp.config import Settings
from voiceapp.errors import ProviderRefused
from voiceapp.phone import Phone

LINE_BUSY = timedelta(seconds=5)
"""Until we look again whether a line that talks with us is free."""

LOST = timedelta(seconds=30)
"""A claim that the firm does not know after so long was never dialled."""

SKEW = timedelta(seconds=2)
"""The firm's clock and ours may differ by so much."""

Claim = Callable[[Session], Placement | None]
"""Claims one attempt; None where the errand was finished or put off instead."""

Undo = Callable[[Session, Call], None]
"""What a call that was never made leaves to put right."""


def nothing(session: Session, call: Call) -> None:
    """There is nothing to put right."""


def attempt(
    work: Work,
    telephony: Dialler,
    claim: Claim,
    never_made: Undo = nothing,
    refused: Undo = nothing,
) -> None:
    """One attempt at one call.

    1. What an earlier try claimed and did not write down is looked up, never dialled again.
    2. The call is claimed, with all that must be so before it rings, in one transaction.
    3. The firm is asked to dial, and its id is written.
    """
    if _settle_claim(work, telephony, never_made):
        return
    try:
        with work.db.begin() as session:
            placement = claim(session)
    except IntegrityError:
        # Another call of ours to that number was claimed at the same moment.
        with work.db.begin() as session:
            work.put_off(session, clock.now() + LINE_BUSY)
        return
    if placement is not None:
        _dial(work, telephony, placement, refused)


def not_before(session: Session, phone: Phone, settings: Settings) -> datetime:
    """The first moment at which we may ring this number: calling hours, pace, a line in use."""
    now = clock.now()
    local = now.astimezone(settings.timezone)
    opening = settings.calling_hours.next_start(local)
    if opening > local:
        return opening
    if calls.live_call(session, phone) is not None:
        return now + LINE_BUSY
    return calls.free_at(session, phone)


def _settle_claim(work: Work, telephony: Dialler, undo: Undo) -> bool:
    """Look up a call that an earlier try claimed and did not write down.

    True where there was one: found, still to be waited for, or given up and due for a new try.
    """
    with work.db.reading() as session:
        call = calls.unwritten_claim(session, work.subject)
    if call is None or call.phone is None:
        return False
    sid = telephony.find_call(call.phone, call.began_at - SKEW)
    with work.db.begin() as session:
        row = session.get_one(Call, call.id)
        if sid is not None or row.firm_sid is not None:
            row.firm_sid = row.firm_sid or sid
            work.finish(session)
        elif clock.now() - row.began_at < LOST:
            work.put_off(session, row.began_at + LOST)
        else:
            row.over("never_dialled")
            undo(session, row)
            work.put_off(session, clock.now())
    return True


def _dial(work: Work, telephony: Dialler, placement: Placement, refused: Undo) -> None:
    """Ask the firm to dial a claimed call, and write its id down unless a webhook was sooner.

    A refusal is final; an answer that did not come is looked up at the next try.
    """
    try:
        sid = telephony.place_call(placement)
    except ProviderRefused:
        with work.db.begin() as session:
            call = session.get_one(Call, placement.call_id)
            call.over("refused")
            refused(session, call)
            work.finish(session, "refused")
        return
    with work.db.begin() as session:
        call = session.get_one(Call, placement.call_id)
        call.firm_sid = call.firm_sid or sid
        work.finish(session)
