"""Whose words are sent, and when: read, talk, write."""

import uuid
from collections.abc import Sequence
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from ivr.calls import open_call
from ivr.second_opinion import Doubt, Guess, sought
from ivr.speech.transcriber import Hearing, Quality
from orders import catalogue, intake
from orders.errands import Work
from orders.lifecycle import Event
from orders.order import Order
from orders.people import ROBOT
from orders.recordings import Recording
from tests.conftest import BO, MEI, settle_in
from voiceapp.db import Database
from voiceapp.phone import Phone

ZONE = ZoneInfo("Asia/Shanghai")
SAID = Hearing(Quality.SPEECH, 3.0, "来两条手捏子", confidence=0.9)


class Knows:
    """Takes everything for towels, and writes to the database while it thinks."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.heard: list[str] = []

    def guesses(self, sentence: str, doubts: Sequence[Doubt]) -> Sequence[Guess]:
        """Towels."""
        self.heard.append(sentence)
        with self._db.begin() as session:
            # Waits for whoever is writing, and on PostgreSQL for whoever holds the row.
            session.execute(sa.update(Order).values(version=Order.version + 1))
        return [Guess(doubt.question, doubt.heard, ("towel",)) for doubt in doubts]


def recorded(session: Session, number: str) -> uuid.UUID:
    """An order whose recording has just arrived."""
    catalogue.load(session)
    settle_in(session)
    call = open_call(session, "CA1", Phone(number), None)
    session.flush()
    recording = Recording(call_id=call.id, firm_sid="RE1", seconds=3)
    session.add(recording)
    session.flush()
    return intake.hear(session, recording, Phone(number)).id


def test_the_sentence_of_a_caller_on_file_is_asked_about_while_nothing_is_held(
    db: Database,
) -> None:
    with db.begin() as session:
        order = recorded(session, MEI)
    knows = Knows(db)

    found = sought(Work(db, uuid.uuid4(), order), knows, SAID, ZONE)

    assert found == {"两条手捏子": ("towel",)}
    assert knows.heard == ["来两条手捏子"]


def test_a_stranger_s_sentence_is_not(db: Database) -> None:
    with db.begin() as session:
        order = recorded(session, BO)
    knows = Knows(db)

    assert sought(Work(db, uuid.uuid4(), order), knows, SAID, ZONE) == {}
    assert knows.heard == []


def test_nor_is_one_that_a_person_has_in_hand(db: Database) -> None:
    with db.begin() as session:
        order = recorded(session, MEI)
        session.get_one(Order, order).move(Event.NOT_UNDERSTOOD, ROBOT)
    knows = Knows(db)

    assert sought(Work(db, uuid.uuid4(), order), knows, SAID, ZONE) == {}
    assert knows.heard == []


@pytest.mark.parametrize("quality", [Quality.UNSURE, Quality.NOISE])
def test_nor_is_one_that_was_not_heard(db: Database, quality: Quality) -> None:
    with db.begin() as session:
        order = recorded(session, MEI)
    knows = Knows(db)

    unheard = Hearing(quality, 3.0, "来两条手捏子")

    assert sought(Work(db, uuid.uuid4(), order), knows, unheard, ZONE) == {}
    assert knows.heard == []
