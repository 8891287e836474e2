"""She asks, and hangs up while we listen: what the line would have said is done for her."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from ivr.listening import listen
from ivr.recordings import Store
from ivr.speech.transcriber import Audio, Hearing, Quality
from orders import errands
from orders.errands import Work
from orders.escalations import Escalation, Reason
from orders.order import Order
from orders.wanted_calls import Purpose, WantedCall
from tests.ivr.posting import Firm, call_of, firm_of
from voiceapp.config import Settings
from voiceapp.db import Database


class Hears:
    """Hears the same in every recording."""

    def __init__(self, hearing: Hearing) -> None:
        self.hearing = hearing

    def transcribe(self, audio: Audio, hints: Any = None) -> Hearing:
        return self.hearing

    def warm_up(self) -> None:
        """Nothing to load."""


class OneRecording:
    """The firm's store."""

    def fetch_recording(self, sid: str) -> bytes:
        return b"RIFF"

    def delete_recording(self, sid: str) -> None:
        """Deleting what is gone changes nothing."""


ASKED = Hearing(Quality.SPEECH, 3.0, "我要的菜怎么还没到啊", confidence=0.9)
THE_USUAL = Hearing(Quality.SPEECH, 3.0, "还是老样子", confidence=0.9)
NOISE = Hearing(Quality.NOISE, 3.0)

Listens = Callable[[Hearing], None]


@pytest.fixture
def firm(settings: Settings, db: Database) -> Firm:
    return firm_of(settings, db)


@pytest.fixture
def listens(settings: Settings, db: Database) -> Listens:
    def to(hearing: Hearing) -> None:
        with db.begin() as session:
            order = session.scalars(sa.select(Order)).one()
            errand = errands.write(session, "listen", order.id)
            assert errand is not None
            work = Work(db, errand.id, order.id)
        store = Store(settings.recordings_url)
        listen(work, OneRecording(), Hears(hearing), None, store, settings)

    return to


def speaks(firm: Firm, db: Database) -> None:
    """Mei speaks after the beep."""
    firm.posts("/ivr/incoming")
    spoken = {"RecordingUrl": "http://127.0.0.1/Recordings/RE1", "RecordingDuration": "3"}
    firm.posts(f"/ivr/turn/{call_of(db).id}/1", **spoken)


def hangs_up(firm: Firm) -> None:
    firm.posts("/ivr/status", CallStatus="completed")


def wished(db: Database) -> list[Purpose]:
    with db.reading() as session:
        return list(session.scalars(sa.select(WantedCall.purpose)))


def reasons(db: Database) -> list[Reason]:
    with db.reading() as session:
        return list(session.scalars(sa.select(Escalation.reason)))


def test_an_answer_that_was_ready_while_she_hung_up_is_given_on_a_call(
    firm: Firm, db: Database, listens: Listens
) -> None:
    speaks(firm, db)
    listens(ASKED)
    assert wished(db) == []

    hangs_up(firm)
    hangs_up(firm)

    assert wished(db) == [Purpose.ANSWER]


def test_an_answer_that_was_ready_after_she_hung_up_is_given_on_a_call(
    firm: Firm, db: Database, listens: Listens
) -> None:
    speaks(firm, db)
    hangs_up(firm)
    listens(ASKED)

    assert wished(db) == [Purpose.ANSWER]


def test_an_answer_that_she_heard_on_the_line_is_not_given_again(
    firm: Firm, db: Database, listens: Listens
) -> None:
    speaks(firm, db)
    listens(ASKED)

    answer = firm.posts(f"/ivr/turn/{call_of(db).id}/2")
    hangs_up(firm)

    assert "还要什么" in answer.text
    assert wished(db) == []


def test_a_clerk_looks_where_she_hung_up_before_we_could_ask_her_again(
    firm: Firm, db: Database, listens: Listens
) -> None:
    speaks(firm, db)
    listens(NOISE)
    assert reasons(db) == []

    hangs_up(firm)

    assert reasons(db) == [Reason.NOT_AUDIBLE]


def test_who_was_asked_again_on_the_line_is_no_clerks(
    firm: Firm, db: Database, listens: Listens
) -> None:
    speaks(firm, db)
    listens(NOISE)

    firm.posts(f"/ivr/turn/{call_of(db).id}/2")
    hangs_up(firm)

    assert reasons(db) == []


@pytest.mark.parametrize("gone", [True, False])
def test_a_clerk_rings_who_never_heard_that_we_know_no_usual_of_hers(
    firm: Firm, db: Database, listens: Listens, gone: bool
) -> None:
    speaks(firm, db)
    acts = [lambda: listens(THE_USUAL), lambda: hangs_up(firm)]
    for act in reversed(acts) if gone else acts:
        act()

    assert reasons(db) == [Reason.OTHER_WISH]
