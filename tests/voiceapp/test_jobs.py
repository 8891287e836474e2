"""An errand in a worker's hands."""

import logging
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from redis import Redis

from orders import catalogue, errands
from orders.errands import BACK_OFF, Errand, Work
from orders.escalations import Escalation, Reason
from orders.lifecycle import Event
from orders.order import Order, OrderEvent
from orders.people import ROBOT
from voiceapp import reactions
from voiceapp.db import Database
from voiceapp.errors import NotAllowed, ProviderDown
from voiceapp.jobs import Jobs
from voiceapp.reactions import DEFAULT, REACTIONS, Duty
from voiceapp.relay import Relay

DONE: list[uuid.UUID] = []


def note(work: Work) -> None:
    """Succeeds."""
    DONE.append(work.subject)


def fall(work: Work, telephony: Any) -> None:
    """Fails as a firm does, with words that must not reach a log."""
    raise ProviderDown("王梅 +12025550101")


def come_late(work: Work) -> None:
    """The order has moved on."""
    raise NotAllowed("too late")


@pytest.fixture(autouse=True)
def duties(monkeypatch: pytest.MonkeyPatch) -> None:
    DONE.clear()
    for name, function in (("note", "note"), ("fall", "fall"), ("late", "come_late")):
        duty = Duty(DEFAULT, f"tests.voiceapp.test_jobs:{function}")
        monkeypatch.setitem(reactions.ERRANDS, name, duty)


def written(db: Database, name: str, subject: uuid.UUID | None = None) -> uuid.UUID:
    """An errand that the relay has leased."""
    with db.begin() as session:
        errand = errands.write(session, name, subject or uuid.uuid4())
        errands.lease_due(session)
        assert errand is not None
        return errand.id


def row(db: Database, errand_id: uuid.UUID) -> Errand:
    with db.reading() as session:
        return session.get_one(Errand, errand_id)


def test_an_errand_done_twice_is_done_once(db: Database) -> None:
    errand = written(db, "note")
    jobs = Jobs(db, {})

    jobs.perform(errand)
    jobs.perform(errand)

    assert len(DONE) == 1
    assert row(db, errand).outcome == "done"


def test_a_failed_errand_is_tried_later(db: Database) -> None:
    errand = written(db, "fall")

    Jobs(db, {"telephony": None}).perform(errand)

    kept = row(db, errand)
    assert kept.done_at is None
    assert kept.leased_until is None
    assert kept.next_try_at > datetime.now(UTC)


def test_when_all_attempts_are_spent_a_person_is_asked(db: Database) -> None:
    with db.begin() as session:
        catalogue.load(session)
        order_id = Order.born(session, Event.TAKEN, ROBOT).id
    errand = written(db, "fall", order_id)
    with db.begin() as session:
        session.get_one(Errand, errand).attempts = len(BACK_OFF) + 1

    Jobs(db, {"telephony": None}).perform(errand)

    with db.reading() as session:
        asked = session.scalars(sa.select(Escalation)).one()
    assert (asked.reason, asked.subject_id) == (Reason.ERRAND_FAILED, order_id)
    assert row(db, errand).outcome == "gave_up"


def test_an_errand_that_comes_too_late_has_nothing_to_do(db: Database) -> None:
    errand = written(db, "late")

    Jobs(db, {}).perform(errand)

    assert row(db, errand).done_at is not None


def test_a_failure_is_logged_without_anybodys_words(
    db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    from voiceapp.logs import set_up_logs

    root = logging.getLogger()
    before = root.handlers[:]
    set_up_logs()
    formatter = root.handlers[0].formatter
    root.handlers[:] = before
    assert formatter is not None

    with caplog.at_level(logging.WARNING):
        Jobs(db, {"telephony": None}).perform(written(db, "fall"))

    lines = [formatter.format(record) for record in caplog.records]
    assert any("ProviderDown" in line for line in lines)
    assert not any("王梅" in line or "+1202" in line for line in lines)


def test_each_event_becomes_one_errand_for_each_reaction_once(db: Database) -> None:
    with db.begin() as session:
        catalogue.load(session)
        order = Order.born(session, Event.HEARD, ROBOT)
        order.move(Event.UNDERSTOOD, ROBOT)
    relay = Relay(db, Redis())

    relay.react()
    relay.react()

    with db.reading() as session:
        names = session.scalars(sa.select(Errand.name)).all()
        fresh = session.scalars(sa.select(OrderEvent).where(OrderEvent.reacted_at.is_(None))).all()
    assert sorted(names) == sorted(REACTIONS[Event.HEARD] + REACTIONS[Event.UNDERSTOOD])
    assert fresh == []


def test_patience_that_is_spent_is_looked_after(db: Database) -> None:
    with db.begin() as session:
        catalogue.load(session)
        order = Order.born(session, Event.HEARD, ROBOT)
        order.due_at = datetime.now(UTC) - timedelta(seconds=1)
        order_id = order.id

    Relay(db, Redis()).sweep()

    with db.reading() as session:
        reasons = session.scalars(
            sa.select(Escalation.reason).where(Escalation.subject_id == order_id)
        ).all()
    assert reasons == [Reason.PATIENCE_SPENT]
