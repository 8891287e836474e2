"""Nobody who would like to be her child makes her telephone ring more than twice a week."""

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo

import pytest
import sqlalchemy as sa

from ivr.calling import A_WEEK, WEEK, ring
from ivr.calls import Call
from ivr.ending import note_status
from ivr.telephony import Placement
from orders.customers import enrol
from orders.errands import Errand, Work
from orders.wanted_calls import Outcome, Purpose, WantedCall, want_call
from tests.conftest import MEI
from voiceapp import clock
from voiceapp.config import Settings
from voiceapp.db import Database
from voiceapp.errors import ProviderRefused
from voiceapp.phone import Phone

P = Purpose
Waits = Callable[[timedelta], None]


class Firm:
    """Rings whoever it is asked to, or refuses."""

    def __init__(self) -> None:
        self.rung: list[str] = []
        self.refuses = False

    def place_call(self, placement: Placement) -> str:
        if self.refuses:
            raise ProviderRefused("no such number")
        self.rung.append(placement.to.e164)
        return f"CA{placement.call_id.hex}"

    def find_call(self, to: Phone, since: datetime) -> str | None:
        return None

    def take_over(self, sid: str, path: str) -> None:
        raise AssertionError("there is nothing to take over")


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> Waits:
    """Let time pass."""
    ahead = [timedelta(0)]

    class Later(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime.now(tz) + ahead[0]

    def wait(span: timedelta) -> None:
        ahead[0] += span

    monkeypatch.setattr(clock, "datetime", Later)
    return wait


def somebody_asks(db: Database, purpose: Purpose = P.CONSENT, name: str = "王梅") -> WantedCall:
    """A wish of its own each time, for the one who has this name at Mei's number."""
    with db.begin() as session:
        mei = enrol(session, name, Phone(MEI))
        request = Errand(name="a request", subject=mei.id)
        session.add(request)
        session.flush()
        return want_call(session, purpose, mei.id, request.id)


def rings_until_let_go(
    db: Database, wish: WantedCall, firm: Firm, settings: Settings, waits: Waits
) -> Outcome | None:
    """It is rung whenever it is due, and nobody ever answers."""
    while True:
        waits(timedelta(minutes=30))
        with db.begin() as session:
            due = sa.select(Errand).where(Errand.subject == wish.id, Errand.done_at.is_(None))
            errand = session.scalars(due).one_or_none()
            if errand is None:
                return session.get_one(WantedCall, wish.id).outcome
            work = Work(db, errand.id, wish.id)
        ring(work, firm, settings)
        with db.begin() as session:
            live = session.scalars(sa.select(Call).where(Call.ended_at.is_(None))).all()
            for call in live:
                note_status(session, call, call.firm_sid or "", "no-answer")


def test_rings_for_consent_are_counted_by_telephone_however_many_ask(
    db: Database, settings: Settings, waits: Waits
) -> None:
    firm, most = Firm(), A_WEEK[P.CONSENT]

    outcomes = [
        rings_until_let_go(db, somebody_asks(db, name=name), firm, settings, waits)
        for name in ("王梅", "王梅", "老王")
    ]

    assert firm.rung == [MEI] * most
    assert outcomes == [Outcome.UNANSWERED] * 3


def test_a_week_later_she_may_be_rung_again(
    db: Database, settings: Settings, waits: Waits
) -> None:
    firm = Firm()
    rings_until_let_go(db, somebody_asks(db), firm, settings, waits)
    waits(WEEK)

    rings_until_let_go(db, somebody_asks(db), firm, settings, waits)

    assert len(firm.rung) == 2 * A_WEEK[P.CONSENT]


def test_what_was_never_dialled_and_other_calls_are_not_counted(
    db: Database, settings: Settings, waits: Waits
) -> None:
    firm = Firm()
    firm.refuses = True
    rings_until_let_go(db, somebody_asks(db), firm, settings, waits)
    firm.refuses = False
    rings_until_let_go(db, somebody_asks(db, P.RATING), firm, settings, waits)
    firm.rung.clear()

    rings_until_let_go(db, somebody_asks(db), firm, settings, waits)

    assert len(firm.rung) == A_WEEK[P.CONSENT]


def test_whoever_asked_is_answered_when_the_rings_are_spent(
    db: Database, settings: Settings, waits: Waits
) -> None:
    firm = Firm()
    rings_until_let_go(db, somebody_asks(db), firm, settings, waits)
    wish = somebody_asks(db)
    with db.begin() as session:
        session.get_one(WantedCall, wish.id).then = "consent_answered"

    rings_until_let_go(db, wish, firm, settings, waits)

    with db.reading() as session:
        answered = sa.select(Errand.name).where(Errand.key == f"consent_answered {wish.id}")
        assert session.scalars(answered).all() == ["consent_answered"]
