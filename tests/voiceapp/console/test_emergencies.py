"""An emergency at the desk: who is rung, what is on the screen, and words of distress."""

import uuid
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from orders import duty
from orders.access import Look
from orders.cases import Case
from orders.errands import Errand
from orders.escalations import Escalation, Reason, Subject, escalate
from orders.wanted_calls import Purpose, WantedCall
from tests.conftest import BO, LIN, MEI
from tests.voiceapp.console.browser import DeskBrowser
from voiceapp.console.clerks import by_login
from voiceapp.crypto import keys
from voiceapp.house import House
from voiceapp.phone import Phone

SignIn = Callable[[str], DeskBrowser]

KNOWN = {
    "address": "幸福里3号楼2单元501", "hint": "电梯到五楼左手", "keys": "钥匙在对门刘姐那里",
    "illnesses": "冠心病，吃阿司匹林", "neighbours": "对门刘姐，楼下老张",
}  # fmt: skip


@pytest.fixture
def everybody_on_duty(house: House) -> None:
    """Ana and Ivo may be rung."""
    with house.db.begin() as session:
        for login, number in (("ana", "+12025550191"), ("ivo", "+12025550192")):
            clerk = by_login(session, login)
            assert clerk is not None
            duty.begin(session, clerk.id, Phone(number))


def raises(desk: DeskBrowser, mei: uuid.UUID) -> None:
    desk.send_from(f"/desk/customers/{mei}", f"/desk/customers/{mei}/emergency")


def test_a_clerk_raises_an_emergency_and_the_family_is_rung(
    house: House, ana: DeskBrowser, mei: uuid.UUID
) -> None:
    raises(ana, mei)

    with house.db.reading() as session:
        wish = session.scalars(sa.select(WantedCall)).one()
        assert wish.purpose is Purpose.EMERGENCY and wish.number == LIN
        assert session.scalars(sa.select(Case.kind)).one() == "emergency"
    assert "在您手里" in ana.page


def test_every_other_clerk_on_duty_is_rung_once(
    everybody_on_duty: None, house: House, ana: DeskBrowser, mei: uuid.UUID
) -> None:
    raises(ana, mei)
    raises(ana, mei)

    with house.db.reading() as session:
        calls = sa.select(WantedCall).where(WantedCall.purpose == Purpose.ALL_HANDS)
        assert [wish.number for wish in session.scalars(calls)] == ["+12025550192"]


def test_what_help_must_know_is_large_on_the_screen_and_the_look_is_written_down(
    house: House, ana: DeskBrowser, mei: uuid.UUID
) -> None:
    ana.send_from(f"/desk/customers/{mei}/care", f"/desk/customers/{mei}/care", **KNOWN)
    before = looks_at_care(house, mei)

    raises(ana, mei)

    for shown in (*KNOWN.values(), MEI, LIN, "120"):
        assert shown in ana.page
    assert looks_at_care(house, mei) == before + 1
    ana.open(ana.find(r'href="(/desk/cases/[0-9a-f-]{36})"'))
    assert "冠心病" in ana.page
    assert looks_at_care(house, mei) == before + 2


def test_illnesses_are_on_no_other_page(house: House, ana: DeskBrowser, mei: uuid.UUID) -> None:
    ana.send_from(f"/desk/customers/{mei}/care", f"/desk/customers/{mei}/care", **KNOWN)

    assert "冠心病" not in ana.open(f"/desk/customers/{mei}")
    with house.db.begin() as session:
        row = escalate(session, Subject.CUSTOMER, mei, Reason.ASKED_FOR_PERSON, mei).id
    assert "冠心病" not in ana.open(f"/desk/escalations/{row}")


def test_what_help_must_know_is_sealed_in_the_database(
    house: House, ana: DeskBrowser, mei: uuid.UUID
) -> None:
    ana.send_from(f"/desk/customers/{mei}/care", f"/desk/customers/{mei}/care", **KNOWN)

    with house.db.reading() as session:
        raw = bytes(session.scalar(sa.text("SELECT illnesses FROM care")))
        assert "冠心病".encode() not in raw
        assert keys().unseal(raw) == KNOWN["illnesses"]


def test_another_address_is_written_down_with_the_old_one(
    house: House, ana: DeskBrowser, mei: uuid.UUID
) -> None:
    moved = KNOWN | {"address": "幸福里8号楼101"}

    ana.send_from(f"/desk/customers/{mei}/care", f"/desk/customers/{mei}/care", **moved)

    assert "地址：幸福里3号楼2单元501 → 幸福里8号楼101" in ana.page


def test_help_is_sent_to_no_empty_address(ana: DeskBrowser, mei: uuid.UUID) -> None:
    nowhere = KNOWN | {"address": " "}

    ana.send_from(f"/desk/customers/{mei}/care", f"/desk/customers/{mei}/care", **nowhere)

    assert ana.status == 409


def test_a_strangers_emergency_shows_the_number_that_rang(house: House, ana: DeskBrowser) -> None:
    from ivr import calls

    with house.db.begin() as session:
        call = calls.open_call(session, "CA" + "0" * 32, Phone(BO), None)
        row = escalate(session, Subject.CALL, call.id, Reason.EMERGENCY).id

    assert BO in ana.open(f"/desk/escalations/{row}")


def test_a_false_alarm_is_closed_in_two_steps(
    house: House, ana: DeskBrowser, mei: uuid.UUID
) -> None:
    raises(ana, mei)
    case = ana.find(r'href="(/desk/cases/[0-9a-f-]{36})"')

    ana.send_from(case, f"{case}/rule", ruling="false_alarm")

    assert "虚惊一场" in ana.page


def test_the_ruling_on_words_of_distress_is_left_for_the_family_once(
    house: House, ana: DeskBrowser, mei: uuid.UUID
) -> None:
    ana.send_from(f"/desk/customers/{mei}", f"/desk/customers/{mei}/distress")
    with house.db.reading() as session:
        row = session.scalars(sa.select(Escalation)).one()
        assert session.scalars(sa.select(Errand)).all() == []

    for _ in range(2):
        ana.send_from(
            f"/desk/escalations/{row.id}",
            f"/desk/escalations/{row.id}/close",
            ruling="called_back",
        )

    with house.db.reading() as session:
        left = session.scalars(sa.select(Errand)).all()
        assert [(errand.name, errand.subject) for errand in left] == [("distress_ruled", row.id)]


def looks_at_care(house: House, mei: uuid.UUID) -> int:
    with house.db.reading() as session:
        mine = sa.and_(Look.what == "care", Look.subject == mei)
        return session.scalar(sa.select(sa.func.count()).select_from(Look).where(mine)) or 0
