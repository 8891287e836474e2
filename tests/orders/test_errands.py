"""Errands: leased, done once, handed out again, given up."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from orders import errands
from orders.errands import BACK_OFF, Errand
from voiceapp.db import Database


def test_what_is_due_is_leased_once(db: Database) -> None:
    with db.begin() as session:
        errand = errands.write(session, "listen", uuid.uuid4())
    assert errand is not None

    with db.begin() as session:
        first = errands.lease_due(session)
    with db.begin() as session:
        second = errands.lease_due(session)

    assert [leased.id for leased in first] == [errand.id]
    assert second == []


def test_what_is_not_due_yet_waits(session: Session) -> None:
    errands.write(session, "listen", uuid.uuid4(), at=datetime.now(UTC) + timedelta(hours=1))

    assert errands.lease_due(session) == []


def test_a_lease_that_ran_out_is_handed_out_again(session: Session) -> None:
    errand = errands.write(session, "listen", uuid.uuid4())
    assert errand is not None
    errands.lease_due(session)
    session.refresh(errand)
    errand.leased_until = datetime.now(UTC) - timedelta(seconds=1)
    session.flush()

    assert [leased.id for leased in errands.lease_due(session)] == [errand.id]


def test_a_finished_errand_is_never_handed_out(session: Session) -> None:
    errand = errands.write(session, "listen", uuid.uuid4())
    assert errand is not None
    errand.finish()
    session.flush()

    assert errands.lease_due(session) == []


def test_a_key_makes_writing_twice_harmless(session: Session) -> None:
    subject = uuid.uuid4()

    assert errands.write(session, "listen", subject, key="listen once") is not None
    assert errands.write(session, "listen", subject, key="listen once") is None


def test_failures_are_tried_again_later_and_later_and_then_given_up(session: Session) -> None:
    errand = Errand(name="listen", subject=uuid.uuid4(), attempts=0)
    session.add(errand)
    waits = []
    for attempt in range(1, len(BACK_OFF) + 1):
        errand.attempts = attempt
        assert errand.fail()
        waits.append(errand.next_try_at)

    errand.attempts += 1
    assert not errand.fail()
    assert waits == sorted(waits)
    assert errand.outcome == "gave_up"


def test_putting_off_counts_no_attempt(session: Session) -> None:
    errand = errands.write(session, "ring", uuid.uuid4())
    assert errand is not None
    errands.lease_due(session)
    session.refresh(errand)

    errand.put_off(datetime.now(UTC) + timedelta(minutes=5))

    assert errand.attempts == 0
    assert errand.leased_until is None


def test_the_lag_is_that_of_the_most_overdue(session: Session) -> None:
    errands.write(session, "listen", uuid.uuid4(), at=datetime.now(UTC) - timedelta(minutes=2))

    assert errands.lag(session) == pytest.approx(timedelta(minutes=2), abs=timedelta(seconds=5))
