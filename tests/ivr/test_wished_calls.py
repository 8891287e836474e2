"""Calls that somebody wished for and that nobody answers: tried again, then a clerk's or let go."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from ivr import calls
from ivr.calling import AT_ONCE, MUST_BE_REACHED, RINGS, RINGS_ELSE, ring, try_again
from ivr.telephony import Placement
from orders import errands
from orders.errands import Errand, Work
from orders.escalations import Escalation, Reason
from orders.wanted_calls import Outcome, Purpose, WantedCall, want_call
from tests.conftest import MEI, People, settle_in
from voiceapp import clock
from voiceapp.config import Hours, Settings
from voiceapp.db import Database
from voiceapp.phone import Phone


def nobody_answers(session: Session, wish: WantedCall) -> None:
    """One ring of it that ends unheard."""
    call = calls.claim(session, Phone(MEI), wish.purpose, wish.id, wish.customer_id, {})
    call.over("no-answer")
    try_again(session, call)


def reasons(session: Session) -> list[Reason]:
    return list(session.scalars(sa.select(Escalation.reason)))


@pytest.mark.parametrize("purpose", sorted(MUST_BE_REACHED))
def test_what_she_must_know_is_a_clerks_after_the_last_ring(
    session: Session, people: People, purpose: Purpose
) -> None:
    wish = want_call(session, purpose, people.mei.id, people.mei.id)
    for _ in range(RINGS_ELSE - 1):
        nobody_answers(session, wish)
    assert wish.done_at is None and reasons(session) == []

    nobody_answers(session, wish)

    assert wish.outcome is Outcome.UNANSWERED
    assert reasons(session) == [Reason.NOBODY_ANSWERS]


def test_a_rating_that_nobody_answers_is_let_go(session: Session, people: People) -> None:
    wish = want_call(session, Purpose.RATING, people.mei.id, people.mei.id)
    for _ in range(RINGS[Purpose.RATING]):
        nobody_answers(session, wish)

    assert wish.outcome is Outcome.UNANSWERED
    assert reasons(session) == []


def test_a_call_that_ends_before_its_dialling_is_written_down_is_tried_again(
    session: Session, people: People
) -> None:
    wish = want_call(session, Purpose.RATING, people.mei.id, people.mei.id)
    (placing,) = errands.lease_due(session)

    nobody_answers(session, wish)
    session.get_one(Errand, placing.id).finish()

    (again,) = session.scalars(sa.select(Errand).where(Errand.done_at.is_(None)))
    assert again.subject == wish.id and again.next_try_at > clock.now()


class Exchange:
    """A firm that dials whatever it is asked to."""

    def __init__(self) -> None:
        self.dialled: list[str] = []

    def place_call(self, placement: Placement) -> str:
        self.dialled.append(placement.to.e164)
        return f"CA{len(self.dialled):032d}"

    def find_call(self, to: Phone, since: datetime) -> str | None:
        return None

    def take_over(self, sid: str, path: str) -> None:
        raise AssertionError("nobody is taken off her line")


def closed(settings: Settings) -> Settings:
    """We ring nobody at this hour."""
    begins = (clock.now().astimezone(settings.timezone) + timedelta(hours=2)).time()
    ends = (clock.now().astimezone(settings.timezone) + timedelta(hours=3)).time()
    return replace(settings, calling_hours=Hours(begins, ends))


@pytest.mark.parametrize("hindered", ["the hour", "the pace"])
@pytest.mark.parametrize("purpose", [Purpose.EMERGENCY, Purpose.LINE_LOST, Purpose.OUTCOME])
def test_danger_waits_for_neither_hours_nor_pace_and_all_else_for_both(
    db: Database, settings: Settings, purpose: Purpose, hindered: str
) -> None:
    with db.begin() as session:
        mei = settle_in(session).mei.id
        if hindered == "the pace":
            just = calls.claim(session, Phone(MEI), "confirm", mei, mei, {})
            just.over("completed")
        want_call(session, purpose, mei, mei, number=MEI)
        errand = session.scalars(sa.select(Errand)).one()
    firm = Exchange()

    hours = closed(settings) if hindered == "the hour" else settings
    ring(Work(db, errand.id, errand.subject), firm, hours)

    assert firm.dialled == ([MEI] if purpose in AT_ONCE else [])
