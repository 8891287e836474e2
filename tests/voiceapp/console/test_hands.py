"""What is in whose hand: put back, handed over, taken by a supervisor, and left by who goes."""

import uuid
from collections.abc import Callable

import sqlalchemy as sa

from family_link.payments import Means, owe
from orders import duty
from orders.cases import Case
from orders.escalations import Escalation, Reason, Subject, escalate
from tests.voiceapp.console import scenes
from tests.voiceapp.console.browser import DeskBrowser
from voiceapp.console.clerks import by_login
from voiceapp.house import House

SignIn = Callable[[str], DeskBrowser]


def asked(house: House, reason: Reason, mei: uuid.UUID) -> uuid.UUID:
    """Something about Mei that needs a person."""
    with house.db.begin() as session:
        return escalate(session, Subject.CUSTOMER, mei, reason, mei).id


def in_whose_hand(house: House, escalation_id: uuid.UUID) -> tuple[str, str]:
    """The logins of who has it in hand and of who owns its case; empty for nobody."""
    with house.db.reading() as session:
        row = session.get_one(Escalation, escalation_id)
        case = session.scalar(sa.select(Case).where(Case.escalation_id == row.id))
        logins = {
            clerk.id: login
            for login in ("ana", "ivo", "sun")
            if (clerk := by_login(session, login)) is not None
        }
        return logins.get(row.claimed_by, ""), logins.get(case.owner if case else None, "")


def takes(desk: DeskBrowser, escalation_id: uuid.UUID) -> None:
    desk.send_from("/desk/queue", f"/desk/escalations/{escalation_id}/claim")


def test_a_complaint_goes_to_a_colleague_with_its_case(
    house: House, ana: DeskBrowser, signed_in: SignIn, mei: uuid.UUID
) -> None:
    row = asked(house, Reason.COMPLAINT, mei)
    signed_in("ivo").send_from("/desk/queue", "/desk/duty", number="+12025550192")
    takes(ana, row)
    ana.open("/desk/cases")
    ana.open(ana.find(r'href="(/desk/cases/[0-9a-f-]{36})"'))

    ana.send(
        f"/desk/escalations/{row}/give", clerk=ana.find(r'name="clerk"><option value="([^"]+)"')
    )

    assert in_whose_hand(house, row) == ("ivo", "ivo")


def test_a_case_that_is_put_back_is_anybodys(
    house: House, ana: DeskBrowser, signed_in: SignIn, mei: uuid.UUID
) -> None:
    row = asked(house, Reason.COMPLAINT, mei)
    takes(ana, row)
    ana.send_from("/desk/cases", f"/desk/escalations/{row}/release")

    takes(signed_in("ivo"), row)

    assert in_whose_hand(house, row) == ("ivo", "ivo")


def test_a_supervisor_takes_what_a_clerk_who_is_away_has_in_hand(
    house: House, ana: DeskBrowser, signed_in: SignIn, mei: uuid.UUID
) -> None:
    row = asked(house, Reason.COMPLAINT, mei)
    takes(ana, row)
    sun = signed_in("sun")

    sun.send(sun.open(f"/desk/escalations/{row}") and f"/desk/escalations/{row}/take")

    assert in_whose_hand(house, row) == ("sun", "sun")


def test_off_duty_everything_but_cases_goes_back_to_the_queue(
    house: House, ana: DeskBrowser, mei: uuid.UUID
) -> None:
    asks, complains = (asked(house, r, mei) for r in (Reason.ASKED_FOR_PERSON, Reason.COMPLAINT))
    ana.send_from("/desk/queue", "/desk/duty", number="+12025550191")
    takes(ana, asks)
    takes(ana, complains)

    ana.send_from("/desk/queue", "/desk/duty/end")

    assert in_whose_hand(house, asks) == ("", "")
    assert in_whose_hand(house, complains) == ("ana", "ana")


def test_nobody_goes_home_with_an_emergency_in_hand(
    house: House, ana: DeskBrowser, mei: uuid.UUID
) -> None:
    row = asked(house, Reason.EMERGENCY, mei)
    ana.send_from("/desk/queue", "/desk/duty", number="+12025550191")
    takes(ana, row)

    ana.send_from("/desk/queue", "/desk/duty/end")

    assert ana.status == 409
    with house.db.reading() as session:
        assert len(duty.present(session)) == 1


def test_a_clerk_who_leaves_is_rung_no_more_and_keeps_nothing(
    house: House, ana: DeskBrowser, signed_in: SignIn, mei: uuid.UUID
) -> None:
    row = asked(house, Reason.EMERGENCY, mei)
    ana.send_from("/desk/queue", "/desk/duty", number="+12025550191")
    takes(ana, row)
    adm = signed_in("adm")
    adm.open("/desk/people")

    adm.send(adm.find(r">ana</th>(?s:.*?)(/desk/people/[0-9a-f-]+/role)"), role="clerk")

    assert in_whose_hand(house, row) == ("", "")
    with house.db.reading() as session:
        assert duty.present(session) == []


def test_a_payment_that_needs_a_person_leads_to_its_order(house: House, ana: DeskBrowser) -> None:
    with house.db.begin() as session:
        order = scenes.ready(session)
        code = order.code
        payment = owe(session, order, order.total, Means.WECHAT)
        row = escalate(session, Subject.PAYMENT, payment.id, Reason.WRONG_AMOUNT).id
    assert code in ana.open("/desk/queue")

    takes(ana, row)

    assert f"订单 {code}" in ana.page and "在您手里" in ana.page
    with house.db.reading() as session:
        case = session.scalars(sa.select(Case)).one()
        assert case.order_id is not None and case.customer_id is not None
