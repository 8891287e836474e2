"""Complaints, incidents and emergencies: evidence, clock, ruling, money back."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from family_link.payments import Means, owe
from orders import ratings
from orders.cases import Case
from orders.escalations import Reason, Subject, escalate
from orders.people import Author, Role
from orders.visits import of_order
from orders.wanted_calls import Purpose, WantedCall
from tests.voiceapp.console import scenes
from tests.voiceapp.console.browser import DeskBrowser
from voiceapp import clock
from voiceapp.house import House

SignIn = Callable[[str], DeskBrowser]


@pytest.fixture
def complaint(house: House, ana: DeskBrowser, mei: uuid.UUID) -> uuid.UUID:
    """A low rating of a delivered order to be paid at the door, as a case in Ana's hand."""
    with house.db.begin() as session:
        order = scenes.delivered(session)
        owe(session, order, order.total, Means.DOOR)
        (visit,) = of_order(session, order.id)
        ratings.rate(session, visit, Author(Role.CALLER, mei), 1, "油漏了一半")
    ana.open("/desk/queue")
    ana.send(ana.find(r'action="(/desk/escalations/[^"]+/claim)"'))
    with house.db.reading() as session:
        return session.scalars(sa.select(Case.id)).one()


def test_a_low_rating_is_a_case_with_its_evidence(ana: DeskBrowser, complaint: uuid.UUID) -> None:
    ana.open(f"/desk/cases/{complaint}")

    for shown in ("投诉", "油漏了一半", "评了 1 分", "已送到", "Ana", scenes.SAID):
        assert shown in ana.page


def test_a_supervisor_refunds_with_the_ruling_and_the_caller_is_told(
    house: House, ana: DeskBrowser, signed_in: SignIn, complaint: uuid.UUID
) -> None:
    sun = signed_in("sun")
    sun.open(f"/desk/cases/{complaint}")
    sun.send(sun.find(r'action="(/desk/escalations/[^"]+/take)"'))
    line = sun.find(r'name="line"><option value="">[^<]*</option><option value="([^"]+)"')

    sun.send(
        f"/desk/cases/{complaint}/rule",
        ruling="refunded", words="漏油", line=line, yuan="64.50", tell="1",
    )  # fmt: skip

    assert sun.status == 200
    with house.db.reading() as session:
        case = session.get_one(Case, complaint)
        assert case.closed_at is not None and case.refund == 6450
        assert session.scalars(sa.select(WantedCall.purpose)).all() == [Purpose.OUTCOME]


def test_a_clerk_cannot_give_money_back(ana: DeskBrowser, complaint: uuid.UUID) -> None:
    ana.open(f"/desk/cases/{complaint}")

    ana.send(
        f"/desk/cases/{complaint}/rule",
        ruling="refunded", line=str(uuid.uuid4()), yuan="1",
    )  # fmt: skip

    assert ana.status == 403


def test_more_than_the_line_was_is_not_given_back(signed_in: SignIn, complaint: uuid.UUID) -> None:
    sun = signed_in("sun")
    sun.open(f"/desk/cases/{complaint}")
    sun.send(sun.find(r'action="(/desk/escalations/[^"]+/take)"'))
    line = sun.find(r'name="line"><option value="">[^<]*</option><option value="([^"]+)"')

    sun.send(f"/desk/cases/{complaint}/rule", ruling="refunded", line=line, yuan="9999")

    assert sun.status == 409


def test_a_case_that_is_too_old_is_shown_as_late(
    house: House, ana: DeskBrowser, complaint: uuid.UUID
) -> None:
    assert "过时了" not in ana.open("/desk/cases")

    with house.db.begin() as session:
        session.get_one(Case, complaint).due_at = clock.now() - timedelta(minutes=1)

    assert "过时了" in ana.open("/desk/cases")


def test_a_complaint_by_telephone_is_put_to_the_order_it_is_about(
    house: House, ana: DeskBrowser
) -> None:
    with house.db.begin() as session:
        old = scenes.delivered(session).id
        rang = scenes.heard(session, "上回的油是漏的")
        escalate(session, Subject.ORDER, rang.id, Reason.COMPLAINT, rang.customer_id)
    ana.open("/desk/queue")
    ana.send(ana.find(r'action="(/desk/escalations/[^"]+/claim)"'))
    ana.open("/desk/cases")
    ana.open(ana.find(r'href="(/desk/cases/[0-9a-f-]{36})"'))

    ana.send(ana.find(r'action="(/desk/cases/[^"]+/about)"'), order=str(old))

    assert "上回的油是漏的" in ana.page and "花生油 1桶" in ana.page
