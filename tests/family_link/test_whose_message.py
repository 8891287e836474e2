"""What waits for a morning is told in the morning only to whom it may still be told."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import object_session

from family_link import alerts, consenting, notices
from family_link.alerts import Alert
from orders import errands
from orders.consents import Consent
from orders.messages import Message
from orders.order import Order
from orders.people import Author, Role, child
from orders.relatives import Link
from orders.wanted_calls import Purpose, want_call
from tests.conftest import LIN
from tests.family_link.test_notices import at_night, bound
from tests.family_link.town import Family

MORNING = timedelta(hours=25)


def told_at_night(home: Family, template: str) -> None:
    """Something about Mei's order is left for Lin, and waits for the morning."""
    order_id = home.confirmed("egg")
    with home.db.begin() as session:
        link = session.get_one(Link, home.people.link.id)
        order = session.get_one(Order, order_id)
        notices.tell(session, at_night(home), link, order, template, key=f"night {template}")


def unlinked(home: Family, link: Link) -> None:
    session = object_session(link)
    assert session is not None
    by = Author(Role.CALLER, link.customer_id)
    consenting.revoke(session, home.house.settings, link, by)


def only_seeing(home: Family, link: Link) -> None:
    link.scopes = "see"


def seeing_nothing(home: Family, link: Link) -> None:
    link.scopes = ""


def at_length(home: Family, happens: Callable[[Family, Link], None] | None) -> list[str]:
    """What Lin reads in the morning, after this happened in the night."""
    if happens is not None:
        with home.db.begin() as session:
            happens(home, session.get_one(Link, home.people.link.id))
    home.work(ahead=MORNING)
    return home.texts.to(LIN)


@pytest.mark.parametrize(
    ("template", "happens", "hers"),
    [
        ("dispatched", None, True),
        ("dispatched", only_seeing, True),
        ("dispatched", seeing_nothing, False),
        ("dispatched", unlinked, False),
        ("please_approve", None, True),
        ("please_approve", only_seeing, False),
        ("please_pay", only_seeing, False),
    ],
)
def test_a_text_of_the_night_goes_out_only_to_whom_it_still_concerns(
    home: Family, template: str, happens: Callable[[Family, Link], None] | None, hers: bool
) -> None:
    told_at_night(home, template)

    read = at_length(home, happens)

    words = {"dispatched": "已经出门", "please_approve": "要买东西", "please_pay": "等您付款"}
    night = [each for each in read if words[template] in each]
    with home.db.reading() as session:
        kept = session.scalars(sa.select(Message).where(Message.key == f"night {template}")).one()
    assert bool(night) is hers
    assert (kept.sent_at is not None) is hers
    assert (kept.to == "" and kept.content == {}) is not hers


def test_who_was_unlinked_in_the_night_is_told_just_that(home: Family) -> None:
    told_at_night(home, "dispatched")

    read = at_length(home, unlinked)

    assert len(read) == 1 and "关联已经取消" in read[0]


def test_a_grant_refused_in_the_morning_does_not_make_a_text_of_it(home: Family) -> None:
    bound(home, "order-news")
    told_at_night(home, "dispatched")
    home.refuse_messages()

    read = at_length(home, seeing_nothing)

    assert read == [] and home.wechat == []


def test_what_is_owed_is_told_also_after_the_link_has_ended(home: Family) -> None:
    with home.db.begin() as session:
        link = session.get_one(Link, home.people.link.id)
        content = {"parent": "王梅", "total": 1160}
        notices.leave(session, at_night(home), link, "bill", content, key="bill")

    read = at_length(home, unlinked)

    assert any("家庭账单共 ¥11.60" in words for words in read)


def test_an_alert_of_the_night_is_taken_back_when_she_wants_none(home: Family) -> None:
    with home.db.begin() as session:
        link = session.get_one(Link, home.people.link.id)
        alerts.choose(session, link, {Alert.ODD_HOUR}, child(link.relative_id))
        mei = home.people.mei.id
        alerts.raise_alert(session, at_night(home), mei, Alert.ODD_HOUR, "night")
        wish = want_call(session, Purpose.UNDO, mei, mei)
        errands.write(session, "end_alerts", wish.id)

    read = at_length(home, None)

    assert not any("半夜" in words for words in read)
    assert any("不想再让家人收到提醒" in words for words in read)
    with home.db.reading() as session:
        assert session.scalars(sa.select(Consent.to_what)).all() == [alerts.NO_ALERTS]
