"""A line that ends: who waits no longer, and whose emergency is rung back."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from ivr import alarm, calls, waiting
from ivr.calls import Call
from ivr.ending import note_status
from ivr.offering import offer_caller
from ivr.telephony import Placement
from ivr.waiting import Left, Waiting
from orders import catalogue, errands
from orders.errands import Errand, Work
from orders.escalations import Reason, Subject, escalate
from orders.wanted_calls import Purpose, WantedCall, want_call
from tests.conftest import BO, DESK, MEI, People
from voiceapp import clock
from voiceapp.config import Settings
from voiceapp.db import Database
from voiceapp.errors import NotAllowed
from voiceapp.phone import Phone


class NoTelephone:
    """A firm that is asked for nothing."""

    def place_call(self, placement: Placement) -> str:
        raise AssertionError("nobody is to be rung")

    def find_call(self, to: Phone, since: datetime) -> str | None:
        raise AssertionError("there is nothing to look up")

    def take_over(self, sid: str, path: str) -> None:
        raise AssertionError("there is nothing to take over")


def rings(session: Session, phone: Phone | None, people: People | None = None) -> Call:
    """Somebody rings us, in danger."""
    sid = f"CA{len(session.scalars(sa.select(Call.id)).all())}"
    call = calls.open_call(session, sid, phone, people.mei.id if people else None)
    alarm.declare(session, call)
    return call


def waits(session: Session, call: Call) -> Waiting:
    row = alarm.on_call(session, call)
    assert row is not None
    return waiting.join(session, call.id, row)


def hangs_up(session: Session, call: Call) -> None:
    note_status(session, call, call.firm_sid or "CA", "completed")
    session.flush()


def rung_back(session: Session) -> list[str | None]:
    wishes = sa.select(WantedCall.number).where(WantedCall.purpose == Purpose.LINE_LOST)
    return list(session.scalars(wishes))


def test_a_lost_emergency_is_rung_back_on_the_line_that_rang(
    session: Session, people: People
) -> None:
    hangs_up(session, rings(session, Phone(MEI), people))
    hangs_up(session, rings(session, Phone(BO)))

    assert rung_back(session) == [MEI, BO]


def test_a_withheld_line_cannot_be_rung_back(session: Session) -> None:
    hangs_up(session, rings(session, None))

    assert rung_back(session) == []


def _is_talking(place: Waiting) -> None:
    place.answered_at = clock.now()


def _has_talked(place: Waiting) -> None:
    place.leave(Left.BRIDGED)


def _is_promised_a_call(place: Waiting) -> None:
    place.on_line = False


@pytest.mark.parametrize("looked_after", [_is_talking, _has_talked, _is_promised_a_call])
def test_who_was_looked_after_is_not_rung_back(
    session: Session, people: People, looked_after: Callable[[Waiting], None]
) -> None:
    call = rings(session, Phone(MEI), people)
    looked_after(waits(session, call))

    hangs_up(session, call)

    assert rung_back(session) == []


def test_who_hangs_up_while_waiting_waits_no_longer_and_is_rung_back_once(
    session: Session, people: People
) -> None:
    call = rings(session, Phone(MEI), people)
    place = waits(session, call)

    alarm.line_ended(session, call)
    hangs_up(session, call)

    assert place.left is Left.HUNG_UP
    assert rung_back(session) == [MEI]


def test_one_emergency_is_rung_back_three_times_in_all(session: Session, people: People) -> None:
    for _ in range(5):
        hangs_up(session, rings(session, Phone(MEI), people))
        for wish in session.scalars(sa.select(WantedCall)):
            wish.done_at = wish.done_at or clock.now()

    assert len(rung_back(session)) == alarm.RING_BACKS


def test_an_emergency_of_yesterday_that_is_open_still_is_no_reason_to_ring_today(
    session: Session, people: People
) -> None:
    old = rings(session, Phone(MEI), people)
    hangs_up(session, old)
    old.ended_at = clock.now() - timedelta(days=1)

    call = calls.open_call(session, "CA-today", Phone(MEI), people.mei.id)
    hangs_up(session, call)

    assert len(rung_back(session)) == 1


def test_a_clerk_who_took_a_caller_that_had_hung_up_is_not_rung_for_her_again(
    db: Database, settings: Settings
) -> None:
    with db.begin() as session:
        catalogue.load(session)
        call = calls.open_call(session, "CA0", Phone(BO), None)
        row = escalate(session, Subject.CALL, call.id, Reason.ASKED_FOR_PERSON)
        place = waiting.join(session, call.id, row)
        offer = calls.claim(session, Phone(DESK), "offer", place.id, None, {})
        offer.firm_sid = "CA1"
        offer.over("completed")
        offer.ended_at = clock.now() - timedelta(minutes=1)
        place.answered_at = clock.now() - timedelta(minutes=2)
        call.ended_at = clock.now() - timedelta(minutes=1)
        errand = errands.write(session, "offer_caller", place.id)
        assert errand is not None

    offer_caller(Work(db, errand.id, place.id), NoTelephone(), settings)

    with db.reading() as session:
        assert session.get_one(Waiting, place.id).left is Left.HUNG_UP
        assert session.get_one(Errand, errand.id).done_at is not None


@pytest.mark.parametrize("purpose", sorted(set(Purpose) - {Purpose.PROMISED, Purpose.LINE_LOST}))
def test_a_stranger_is_rung_for_nothing_else(session: Session, purpose: Purpose) -> None:
    call = calls.open_call(session, "CA0", Phone(BO), None)

    with pytest.raises(NotAllowed):
        want_call(session, purpose, None, call.id, number=BO)
