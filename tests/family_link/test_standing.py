"""What a link opens, at once and a day later, and how it ends."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from family_link import consenting
from orders import errands
from orders.consents import Consent
from orders.people import child, clerk
from orders.relatives import Link, Scope, standing
from orders.wanted_calls import Purpose, WantedCall, want_call
from tests.conftest import BO, LIN
from tests.family_link.linking import bos_link, linked
from tests.family_link.town import Family
from voiceapp.errors import NotAllowed


def test_ordering_audio_and_address_open_after_a_day(home: Family) -> None:
    _, link = linked(home)
    assert not link.allows(Scope.ORDER)

    home.work(ahead=timedelta(hours=25))

    opened = bos_link(home)
    assert opened is not None
    assert all(opened.allows(scope) for scope in Scope)


def test_ordering_audio_and_address_open_at_once_when_a_relative_vouches(home: Family) -> None:
    _, link = linked(home)
    lin = home.phone()
    lin.sign_in(LIN)
    page = f"/family/parents/{home.people.link.id}"

    lin.post(f"{page}/vouch/{link.id}", page=page)

    opened = bos_link(home)
    assert opened is not None and opened.allows(Scope.ORDER)


def test_nobody_vouches_for_himself(home: Family) -> None:
    _, link = linked(home)

    with home.db.begin() as session, pytest.raises(NotAllowed):
        row = session.get_one(Link, link.id)
        consenting.vouch(session, row, child(link.relative_id))


def test_a_clerk_may_vouch(home: Family) -> None:
    _, link = linked(home)

    with home.db.begin() as session:
        consenting.vouch(session, session.get_one(Link, link.id), clerk(link.id))

    opened = bos_link(home)
    assert opened is not None and opened.allows(Scope.AUDIO)


def test_a_link_ends_at_once_when_the_parent_says_so_on_the_telephone(home: Family) -> None:
    bo, _ = linked(home)
    order_id = home.confirmed("egg")
    assert bo.get(f"/family/orders/{order_id}").status_code == 200

    with home.db.begin() as session:
        link = bos_link(home)
        assert link is not None
        mei = home.people.mei.id
        wish = want_call(session, Purpose.UNDO, mei, mei, link=str(link.id))
        errands.write(session, "end_links", wish.id)
    home.work()

    assert bo.get(f"/family/orders/{order_id}").status_code == 404
    with home.db.reading() as session:
        assert session.scalars(sa.select(Consent)).one().withdrawn_at is not None
    assert any("已经取消" in words for words in home.texts.to(BO))


def test_a_child_ends_her_own_link_and_the_parent_is_told(home: Family) -> None:
    lin = home.phone()
    lin.sign_in(LIN)
    page = f"/family/parents/{home.people.link.id}"

    lin.post(f"{page}/end", page=page)

    with home.db.reading() as session:
        assert standing(session, home.people.mei.id) == []
        calls = session.scalars(sa.select(WantedCall.purpose)).all()
    assert calls == [Purpose.REVOKED]


def test_a_child_who_is_vouched_for_may_be_asked_first(home: Family) -> None:
    bo, link = linked(home)
    page = f"/family/parents/{link.id}"
    early = bo.post(f"{page}/first", page=page)
    home.work(ahead=timedelta(hours=25))

    bo.post(f"{page}/first", page=page)

    assert early.status_code == 409
    with home.db.reading() as session:
        ranked = [row.relative.number for row in standing(session, home.people.mei.id)]
    assert ranked == [BO, LIN]
