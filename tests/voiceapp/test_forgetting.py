"""When the promised days are over, what calls left behind goes; accounts stay."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from redis import Redis
from sqlalchemy.orm import Session

from family_link.grants import Grant, grant
from family_link.linking import LinkRequest
from family_link.login import REFRESH_LASTS, FamilySession, LoginCode, open_mini, send_code
from family_link.once import KeptAnswer
from ivr import calls
from ivr.calls import Call, CallTurn
from ivr.waiting import DeskCall
from orders import catalogue, drafting, duty, intake
from orders.duty import Duty
from orders.errands import Errand, Work
from orders.order import Order
from orders.recordings import Recording
from orders.relatives import Relative, register
from orders.wanted_calls import Outcome, Purpose, WantedCall, want_call
from tests.conftest import BO, DESK, LIN, MEI, settle_in
from voiceapp import clock
from voiceapp.config import Settings
from voiceapp.crypto import keys
from voiceapp.db import Database
from voiceapp.forgetting import forget
from voiceapp.models import metadata
from voiceapp.phone import Phone
from voiceapp.relay import Relay


@pytest.fixture
def left_behind(db: Database) -> dict[str, uuid.UUID]:
    """Bo rang, waits to be rung back and is rung by Ana; Mei rang too; Lin is told of something."""
    with db.begin() as session:
        catalogue.load(session)
        people = settle_in(session)
        strangers = _said(session, BO, None)
        meis = _said(session, MEI, people.mei.id)
        wish = want_call(session, Purpose.PROMISED, None, strangers.id, number=BO)
        wish.keys, wish.words = "1", "我是老伯"
        told = want_call(session, Purpose.EMERGENCY, people.mei.id, people.mei.id, number=LIN)
        told.finish(session, Outcome.TOLD)
        ana = uuid.uuid4()
        rung = DeskCall(clerk_id=ana, number=BO)
        session.add(rung)
        shift = duty.begin(session, ana, Phone(DESK))
        duty.end(session, ana)
        send_code(session, Phone(BO))
        return {
            "stranger": strangers.id, "mei": meis.id, "wish": wish.id, "told": told.id,
            "rung": rung.id, "shift": shift.id,
        }  # fmt: skip


def _said(session: Session, number: str, customer_id: uuid.UUID | None) -> Call:
    call = calls.open_call(session, f"CA{keys().index(number)[:32]}", Phone(number), customer_id)
    call.remember(words="两斤鸡蛋")
    session.add(CallTurn(call_id=call.id, number=0, step="greet", words="我是老伯", answer="您好"))
    recording = Recording(call_id=call.id, text="两斤鸡蛋")
    session.add(recording)
    session.flush()
    order = intake.hear(session, recording, Phone(number))
    drafting.add_line(order, catalogue.by_sku(session, {"egg"})["egg"], Decimal(2))
    return call


@pytest.fixture
def days_pass(
    db: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Callable[[float], None]:
    """So many days more than were promised go by, and the errand of the last of them is done."""

    def wait(more: float) -> None:
        later = clock.now() + timedelta(days=settings.retention_days + more)
        monkeypatch.setattr(clock, "now", lambda: later)
        relay = Relay(db, Redis())
        relay.begin_day()
        with db.reading() as session:
            days = sa.select(Errand).where(Errand.name == "forget")
            errand = session.scalars(days.order_by(Errand.written_at.desc())).first()
        assert errand is not None
        forget(Work(db, errand.id, errand.subject), settings)

    return wait


def test_nothing_goes_before_its_days_are_over(
    db: Database, left_behind: dict[str, uuid.UUID], days_pass: Callable[[float], None]
) -> None:
    days_pass(-1)

    with db.reading() as session:
        call = session.get_one(Call, left_behind["stranger"])
        assert call.number == BO and call.talk == {"words": "两斤鸡蛋"}
        assert len(session.scalars(sa.select(CallTurn)).all()) == 2
        assert session.get_one(WantedCall, left_behind["wish"]).number == BO
        assert session.get_one(WantedCall, left_behind["wish"]).done_at is None


def test_a_strangers_number_is_nowhere_when_the_days_are_over(
    db: Database, left_behind: dict[str, uuid.UUID], days_pass: Callable[[float], None]
) -> None:
    days_pass(1)

    assert BO not in "\n".join(_everything(db))
    with db.reading() as session:
        assert keys().index(BO) not in {
            *session.scalars(sa.select(Call.number_index)),
            *session.scalars(sa.select(Order.number_index)),
        }


def test_what_was_said_and_answered_on_calls_goes_with_it(
    db: Database, left_behind: dict[str, uuid.UUID], days_pass: Callable[[float], None]
) -> None:
    days_pass(1)

    with db.reading() as session:
        meis = session.get_one(Call, left_behind["mei"])
        assert (meis.number, meis.talk) == (None, {})
        assert session.scalars(sa.select(CallTurn)).all() == []
        wish = session.get_one(WantedCall, left_behind["wish"])
        assert (wish.number, wish.keys, wish.words) == (None, "", "")
        assert session.get_one(WantedCall, left_behind["told"]).number is None
        assert session.get_one(DeskCall, left_behind["rung"]).number == ""
        assert session.get_one(Duty, left_behind["shift"]).number == ""
        assert session.scalars(sa.select(LoginCode)).all() == []


def test_that_it_was_and_what_came_of_it_stays(
    db: Database, left_behind: dict[str, uuid.UUID], days_pass: Callable[[float], None]
) -> None:
    days_pass(1)

    with db.reading() as session:
        call = session.get_one(Call, left_behind["stranger"])
        assert call.purpose == "incoming" and call.answered_at is not None
        assert session.get_one(WantedCall, left_behind["told"]).outcome is Outcome.TOLD
        orders = session.scalars(sa.select(Order).order_by(Order.created_at)).all()
        assert [order.number for order in orders] == [None, MEI]
        assert [line.sku for order in orders for line in order.lines] == ["egg", "egg"]


def test_a_wish_that_nothing_came_of_rings_nobody_any_more(
    db: Database, left_behind: dict[str, uuid.UUID], days_pass: Callable[[float], None]
) -> None:
    days_pass(1)

    with db.reading() as session:
        wish = session.get_one(WantedCall, left_behind["wish"])
        assert wish.outcome is Outcome.UNANSWERED and wish.done_at is not None


def test_who_signed_in_and_was_never_linked_goes_with_all_she_left(
    db: Database, left_behind: dict[str, uuid.UUID], days_pass: Callable[[float], None]
) -> None:
    with db.begin() as session:
        tie = register(session, "小铁", Phone("+12025550177"))
        open_mini(session, tie)
        session.add(KeptAnswer(relative_id=tie.id, key_index="", asked="", status=200, body="{}"))
        grant(session, tie.id, "a template")
        session.add(LinkRequest(relative_id=tie.id, relation="儿子", code_hash=""))

    days_pass(-1)
    assert "小铁" in _names(db)

    days_pass(REFRESH_LASTS.days)
    assert _names(db) == {"林"}
    with db.reading() as session:
        for hers in (FamilySession, KeptAnswer, Grant, LinkRequest):
            assert session.scalars(sa.select(hers)).all() == []


def test_a_child_whose_login_still_works_stays(
    db: Database, left_behind: dict[str, uuid.UUID], days_pass: Callable[[float], None]
) -> None:
    days_pass(1)
    with db.begin() as session:
        open_mini(session, register(session, "小铁", Phone("+12025550177")))
    days_pass(1)

    assert "小铁" in _names(db)


def test_a_day_is_begun_once_by_however_many_relays(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    relays = [Relay(db, Redis()), Relay(db, Redis())]
    for relay in relays * 2:
        relay.begin_day()
    tomorrow = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)

    relays[0].begin_day()

    with db.reading() as session:
        written = session.scalars(sa.select(Errand).where(Errand.name == "forget")).all()
    assert len(written) == 2


def _names(db: Database) -> set[str]:
    with db.reading() as session:
        return set(session.scalars(sa.select(Relative.name)))


def _everything(db: Database) -> list[str]:
    """Every value of every table, unsealed."""
    with db.reading() as session:
        return [
            str(value)
            for table in metadata.sorted_tables
            if table.name != "messages"
            for row in session.execute(sa.select(table))
            for value in row
        ]
