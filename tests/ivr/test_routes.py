"""Twilio's webhooks: signed, once, and safe out of order."""

from datetime import UTC, datetime, timedelta, tzinfo

import pytest
import sqlalchemy as sa

from ivr.calls import Call, CallTurn
from ivr.softphone import check_twiml
from orders.order import Order
from orders.recordings import Recording
from tests.ivr.posting import Firm, call_of, firm_of
from voiceapp import clock
from voiceapp.config import Settings
from voiceapp.db import Database


@pytest.fixture
def firm(settings: Settings, db: Database) -> Firm:
    return firm_of(settings, db)


def test_a_webhook_without_the_firms_signature_is_refused(firm: Firm, db: Database) -> None:
    assert firm.posts("/ivr/incoming", sign=False).status_code == 403

    with db.reading() as session:
        assert session.scalars(sa.select(Call)).all() == []


def test_a_webhook_of_another_account_is_refused(firm: Firm) -> None:
    answer = firm.posts("/ivr/incoming", AccountSid="AC" + "9" * 32)

    assert answer.status_code == 403


def test_an_escaped_query_keeps_its_signature(firm: Firm) -> None:
    path = "/ivr/incoming?who=%E7%8E%8B%20%E6%A2%85&a=1%2B1"

    assert firm.posts(path).status_code == 200


def test_the_greeting_is_what_the_firm_accepts(firm: Firm) -> None:
    document = firm.posts("/ivr/incoming").text

    assert check_twiml(document) == []
    assert document.index("本次通话会录音") < document.index("<Gather") < document.index("<Record")


def test_a_doubled_ring_is_one_call_and_the_same_answer(firm: Firm, db: Database) -> None:
    first, second = firm.posts("/ivr/incoming"), firm.posts("/ivr/incoming")

    assert first.text == second.text
    assert call_of(db).turns == 1


def test_a_doubled_recording_is_one_order(firm: Firm, db: Database) -> None:
    firm.posts("/ivr/incoming")
    turn = f"/ivr/turn/{call_of(db).id}/1"
    recorded = {"RecordingUrl": "http://127.0.0.1/Recordings/RE1", "RecordingDuration": "3"}

    answers = {firm.posts(turn, **recorded).text for _ in range(3)}

    assert len(answers) == 1
    with db.reading() as session:
        assert len(session.scalars(sa.select(Order)).all()) == 1
        assert len(session.scalars(sa.select(Recording)).all()) == 1


def test_a_recording_whose_turn_was_lost_is_an_order_all_the_same(
    firm: Firm, db: Database
) -> None:
    firm.posts("/ivr/incoming")
    call = call_of(db)
    announced = {
        "RecordingSid": "RE1",
        "RecordingStatus": "completed",
        "RecordingDuration": "3",
        "RecordingSource": "RecordVerb",
    }

    firm.posts(f"/ivr/recording/{call.id}", **announced)
    firm.posts(f"/ivr/turn/{call.id}/1", RecordingUrl="http://x/RE1", RecordingDuration="3")

    with db.reading() as session:
        assert len(session.scalars(sa.select(Order)).all()) == 1


def test_a_turn_out_of_order_changes_nothing(firm: Firm, db: Database) -> None:
    firm.posts("/ivr/incoming")
    call = call_of(db)

    answer = firm.posts(f"/ivr/turn/{call.id}/7", Digits="0")

    assert check_twiml(answer.text) == []
    assert call_of(db).turns == 1


def test_a_turn_of_a_call_that_ended_long_ago_is_refused(
    firm: Firm, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    firm.posts("/ivr/incoming")
    call = call_of(db)
    firm.posts("/ivr/status", CallStatus="completed")

    class Later(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime.now(UTC) + timedelta(hours=2)

    monkeypatch.setattr(clock, "datetime", Later)

    assert firm.posts(f"/ivr/turn/{call.id}/1", Digits="0").status_code == 410
    assert firm.posts("/ivr/status", CallStatus="completed").status_code == 204


def test_a_turn_of_no_call_is_refused(firm: Firm) -> None:
    path = "/ivr/turn/00000000-0000-0000-0000-000000000000/1"

    assert firm.posts(path, Digits="0").status_code == 410


def test_an_end_reported_twice_ends_once(firm: Firm, db: Database) -> None:
    firm.posts("/ivr/incoming")
    firm.posts("/ivr/status", CallStatus="completed")
    ended = call_of(db).ended_at

    firm.posts("/ivr/status", CallStatus="busy")

    assert (call_of(db).ended_at, call_of(db).end) == (ended, "completed")


def test_what_was_heard_and_answered_is_kept_sealed(firm: Firm, db: Database) -> None:
    firm.posts("/ivr/incoming")

    with db.reading() as session:
        turn = session.scalars(sa.select(CallTurn)).one()
        raw = session.execute(sa.text("SELECT answer FROM call_turns")).scalar_one()
    assert turn.answer.startswith("<?xml")
    assert b"<?xml" not in bytes(raw)
