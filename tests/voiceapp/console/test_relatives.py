"""A caller's family at the desk: somebody is vouched for, or unlinked, and it is written down."""

import uuid

import pytest
import sqlalchemy as sa

from orders.customers import Customer
from orders.messages import Message
from orders.relatives import Link, Scope, link, register
from orders.wanted_calls import Purpose, WantedCall
from tests.conftest import BO
from tests.voiceapp.console.browser import DeskBrowser
from voiceapp.house import House
from voiceapp.phone import Phone


@pytest.fixture
def nephew(house: House, mei: uuid.UUID) -> uuid.UUID:
    """Bo's link, of the first day: he sees, approves and pays."""
    with house.db.begin() as session:
        bo = register(session, "伯", Phone(BO))
        first = (Scope.SEE, Scope.APPROVE, Scope.PAY)
        return link(session, session.get_one(Customer, mei), bo, "侄子", first).id


def test_a_clerk_who_knows_him_opens_everything_at_once(
    house: House, ana: DeskBrowser, mei: uuid.UUID, nephew: uuid.UUID
) -> None:
    ana.open(f"/desk/customers/{mei}")
    assert "别的一天以后开" in ana.page

    ana.send(f"/desk/links/{nephew}/vouch", why="他来柜台给我看过身份证")

    assert "侄子 伯：他来柜台给我看过身份证" in ana.page and "别的一天以后开" not in ana.page
    with house.db.reading() as session:
        assert session.get_one(Link, nephew).allows(Scope.AUDIO)


def test_a_link_is_ended_and_both_are_told(
    house: House, ana: DeskBrowser, mei: uuid.UUID, nephew: uuid.UUID
) -> None:
    ana.send_from(f"/desk/customers/{mei}", f"/desk/links/{nephew}/revoke", why="老人来电说的")

    assert "老人来电说的" in ana.page and f"/desk/links/{nephew}" not in ana.page
    with house.db.reading() as session:
        assert session.get_one(Link, nephew).revoked_at is not None
        assert session.scalars(sa.select(WantedCall.purpose)).all() == [Purpose.REVOKED]
        assert session.scalars(sa.select(Message.template)).all() == ["unlinked"]


@pytest.mark.parametrize("step", ["vouch", "revoke"])
def test_neither_is_done_without_saying_why(
    house: House, ana: DeskBrowser, mei: uuid.UUID, nephew: uuid.UUID, step: str
) -> None:
    ana.send_from(f"/desk/customers/{mei}", f"/desk/links/{nephew}/{step}", why=" ")

    assert ana.status == 409
    with house.db.reading() as session:
        row = session.get_one(Link, nephew)
        assert row.revoked_at is None and not row.allows(Scope.AUDIO)
