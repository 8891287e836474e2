"""What the desk may do by telephone, and on what ground a number changes."""

import uuid
from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ivr import calls
from ivr.waiting import DeskCall
from orders import duty
from orders.customers import Customer
from orders.errands import Errand
from orders.escalations import Reason, Subject, escalate
from orders.lifecycle import State
from orders.order import Order
from tests.conftest import BO, MEI
from tests.voiceapp.console import scenes
from tests.voiceapp.console.browser import DeskBrowser
from voiceapp import clock
from voiceapp.console.clerks import by_login
from voiceapp.house import House
from voiceapp.phone import Phone

SignIn = Callable[[str], DeskBrowser]


def test_a_number_is_changed_only_after_a_call_to_the_old_one(
    house: House, ana: DeskBrowser, mei: uuid.UUID
) -> None:
    change = {"number": "+12025550150", "instead_of": ""}
    ana.send_from(f"/desk/customers/{mei}", f"/desk/customers/{mei}/numbers", **change)
    assert ana.status == 409

    with house.db.begin() as session:
        session.add(_answered_call(session, mei))
    ana.send_from(f"/desk/customers/{mei}", f"/desk/customers/{mei}/numbers", **change)

    assert "+12025550150" in ana.page and "凭电话" in ana.page


def test_a_supervisor_changes_a_number_without_a_call(
    house: House, signed_in: SignIn, mei: uuid.UUID
) -> None:
    sun = signed_in("sun")
    old = sun.open(f"/desk/customers/{mei}") and sun.find(r'<option value="([0-9a-f-]{36})">换掉')

    sun.send(f"/desk/customers/{mei}/numbers", number="+12025550151", instead_of=old)

    with house.db.reading() as session:
        assert session.get_one(Customer, mei).phone == Phone("+12025550151")


def test_a_number_that_is_no_longer_on_file_is_not_replaced(
    house: House, signed_in: SignIn, mei: uuid.UUID
) -> None:
    sun = signed_in("sun")

    sun.send_from(
        f"/desk/customers/{mei}",
        f"/desk/customers/{mei}/numbers",
        number="+12025550151",
        instead_of=str(uuid.uuid4()),
    )

    assert sun.status == 409


def test_a_yes_needs_an_answered_call_from_the_desk(
    house: House, ana: DeskBrowser, mei: uuid.UUID
) -> None:
    with house.db.begin() as session:
        order = scenes.at_desk(session)
        order_id, question_id = order.id, order.open_questions[0].id
    page = f"/desk/orders/{order_id}"
    ana.send_from(page, f"{page}/questions/{question_id}", drop="1")
    ana.send(f"{page}/confirm", words="对")
    assert ana.status == 409

    with house.db.begin() as session:
        call = _answered_call(session, mei)
        call.order_id, call.call_id = order_id, uuid.uuid4()
        session.add(call)
    ana.send_from(page, f"{page}/confirm", words="对，就这些")

    with house.db.reading() as session:
        order = session.get_one(Order, order_id)
        assert order.state is State.AWAITING_APPROVAL
        assert order.confirmed_words == "对，就这些"


def test_a_call_from_the_desk_needs_a_clerk_on_duty(
    house: House, ana: DeskBrowser, mei: uuid.UUID
) -> None:
    ana.send_from(f"/desk/customers/{mei}", f"/desk/customers/{mei}/ring")
    assert ana.status == 409

    ana.send_from("/desk/queue", "/desk/duty", number="+12025550191")
    ana.send_from(f"/desk/customers/{mei}", f"/desk/customers/{mei}/ring")

    with house.db.reading() as session:
        row = session.scalars(sa.select(DeskCall)).one()
        assert row.number == MEI
        assert session.scalars(sa.select(Errand.name)).all() == ["ring_clerk"]


def test_a_stranger_who_asked_for_a_person_is_rung_on_the_line_that_rang(
    house: House, ana: DeskBrowser
) -> None:
    with house.db.begin() as session:
        call = calls.open_call(session, "CA" + "0" * 32, Phone(BO), None)
        asked = escalate(session, Subject.CALL, call.id, Reason.ASKED_FOR_PERSON).id
    ana.send_from("/desk/queue", "/desk/duty", number="+12025550191")

    ana.send_from(f"/desk/escalations/{asked}", f"/desk/escalations/{asked}/ring")

    with house.db.reading() as session:
        assert session.scalars(sa.select(DeskCall)).one().number == BO


def test_duty_begins_and_ends(house: House, ana: DeskBrowser) -> None:
    ana.send_from("/desk/queue", "/desk/duty", number="+12025550191")
    with house.db.reading() as session:
        assert [shift.number for shift in duty.present(session)] == ["+12025550191"]

    ana.send("/desk/duty/end")

    with house.db.reading() as session:
        assert duty.present(session) == []


def test_a_number_that_we_may_not_ring_is_no_clerks(ana: DeskBrowser) -> None:
    ana.send_from("/desk/queue", "/desk/duty", number="+442079460000")

    assert ana.status == 409


def _answered_call(session: Session, mei: uuid.UUID) -> DeskCall:
    ana = by_login(session, "ana")
    assert ana is not None
    return DeskCall(clerk_id=ana.id, customer_id=mei, number=MEI, answered_at=clock.now())
