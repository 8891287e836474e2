"""Calls that somebody wished for and that nobody answers: tried again, then a clerk's or let go."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from ivr import calls
from ivr.calling import MUST_BE_REACHED, RINGS, RINGS_ELSE, try_again
from orders.escalations import Escalation, Reason
from orders.wanted_calls import Outcome, Purpose, WantedCall, want_call
from tests.conftest import MEI, People
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
