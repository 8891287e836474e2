"""Each notice once, by the way that the child granted, at an hour when people are awake."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from family_link import alerts, grants, login, notices
from family_link.alerts import Alert
from orders import errands, visits
from orders.errands import Errand
from orders.escalations import Reason, Subject, escalate
from orders.lifecycle import Event
from orders.messages import Channel, Message
from orders.order import Order
from orders.people import Author, Role, child, clerk
from orders.relatives import Link, Relative
from tests.conftest import LIN
from tests.family_link.town import Family, moment_in
from voiceapp import clock
from voiceapp.config import Hours
from voiceapp.errors import ProviderDown

MAINLAND = "+8613800000000"


def sent_by_wechat(home: Family) -> list[str]:
    return [row["data"]["phrase3"]["value"] for row in home.wechat]


def bound(home: Family, *templates: str) -> None:
    with home.db.begin() as session:
        lin = session.get_one(Relative, home.people.lin.id)
        login.bind_openid(session, lin, "o-lin")
        for template in templates:
            grants.grant(session, lin.id, template)


def test_a_granted_message_goes_by_wechat_once_and_then_by_text(home: Family) -> None:
    bound(home, "order-news")

    for _ in range(2):
        home.confirmed("egg")
        home.work()

    assert sent_by_wechat(home) == ["等您同意"]
    assert len(home.texts.to(LIN)) == 1


def test_a_token_that_ended_is_got_anew(home: Family) -> None:
    bound(home, "order-news", "order-news")
    home.confirmed("egg")
    home.work()
    home.forget_token()

    home.confirmed("egg")
    home.work()

    assert sent_by_wechat(home) == ["等您同意"] * 2


def test_a_grant_that_was_taken_back_at_wechat_becomes_a_text(home: Family) -> None:
    bound(home, "order-news")
    home.refuse_messages()
    home.confirmed("egg")

    home.work()

    assert sent_by_wechat(home) == []
    assert len(home.texts.to(LIN)) == 1


def test_what_is_not_urgent_waits_for_the_morning(home: Family) -> None:
    night = replace(
        home.house.settings,
        calling_hours=Hours(
            (moment_in(2).astimezone(home.house.settings.timezone)).time(),
            (moment_in(3).astimezone(home.house.settings.timezone)).time(),
        ),
    )
    order_id = home.confirmed("egg")
    with home.db.begin() as session:
        link = session.get_one(Link, home.people.link.id)
        order = session.get_one(Order, order_id)
        for urgent in (False, True):
            notices.tell(
                session, night, link, order, "paid", key=f"a {urgent}", urgent=urgent
            )
        due = session.scalars(
            sa.select(Errand.next_try_at)
            .where(Errand.name == "send_message")
            .order_by(Errand.next_try_at)
        ).all()

    now = clock.now()
    assert due[0] <= now
    assert timedelta(hours=1, minutes=50) < due[1] - now < timedelta(hours=22)


def test_a_text_to_the_mainland_names_no_address(home: Family) -> None:
    with home.db.begin() as session:
        lin = session.get_one(Relative, home.people.lin.id)
        lin.number = MAINLAND
    home.confirmed("egg")

    home.work()

    assert "http" not in home.texts.to(MAINLAND)[0]
    assert "请打开亲情页" in home.texts.to(MAINLAND)[0]


def test_a_message_whose_sending_was_cut_short_is_not_sent_again(home: Family) -> None:
    home.confirmed("egg")
    home.relay.react()
    with home.db.begin() as session:
        link = session.get_one(Link, home.people.link.id)
        message = notices.leave(
            session, home.house.settings, link, "linked", {"parent": "王"}, key="k", urgent=True
        )
        assert message is not None
        message.claimed_at = clock.now()

    home.work()

    assert not any("同意了" in words for words in home.texts.to(LIN))


def test_a_firm_that_is_down_is_tried_again(home: Family) -> None:
    home.confirmed("egg")
    home.texts.trouble = ProviderDown("no answer")
    home.work()
    assert home.texts.sent == []
    home.texts.trouble = None

    home.work(ahead=timedelta(minutes=1))

    assert len(home.texts.to(LIN)) == 1


def switched_on(home: Family, *which: Alert) -> None:
    with home.db.begin() as session:
        link = session.get_one(Link, home.people.link.id)
        alerts.choose(session, link, set(which), child(link.relative_id))


def alerted(home: Family) -> list[str]:
    with home.db.reading() as session:
        rows = session.scalars(sa.select(Message).where(Message.template == "alert"))
        return [row.content["why"] for row in rows]


def delivered(home: Family, quantity: int = 1, days_ago: float = 0) -> uuid.UUID:
    order_id = home.confirmed("egg", quantity=quantity, pays_self=True)
    home.work()
    with home.db.begin() as session:
        for visit in visits.of_order(session, order_id):
            visits.send(session, visit, "小张", clerk(uuid.uuid4()))
            visits.finish(session, visit, clerk(uuid.uuid4()))
        session.get_one(Order, order_id).created_at -= timedelta(days=days_ago)
    home.work()
    return order_id


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("quantity", "odd"), [(3, False), (4, True)])
def test_an_amount_over_three_times_the_usual_is_odd(
    home: Family, quantity: int, odd: bool
) -> None:
    switched_on(home, Alert.ODD_AMOUNT)
    for _ in range(3):
        delivered(home)

    home.confirmed("egg", quantity=quantity)
    home.work()

    assert (alerts.WHY[Alert.ODD_AMOUNT] in alerted(home)) is odd


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("hour", "odd"), [(22, False), (23, True), (4, True), (5, False)])
def test_the_middle_of_the_night_is_an_odd_hour(home: Family, hour: int, odd: bool) -> None:
    switched_on(home, Alert.ODD_HOUR)
    order_id = home.confirmed("egg")
    with home.db.begin() as session:
        there = datetime(2026, 11, 20, hour, tzinfo=home.house.settings.timezone)
        session.get_one(Order, order_id).created_at = there.astimezone(UTC)

    home.work()

    assert (alerts.WHY[Alert.ODD_HOUR] in alerted(home)) is odd


@pytest.mark.parametrize("again", [False, True])
def test_the_weekly_order_is_missed_only_when_it_does_not_come(
    home: Family, again: bool
) -> None:
    switched_on(home, Alert.USUAL_MISSING)
    for weeks in (2, 1):
        delivered(home, days_ago=7 * weeks)
    delivered(home)
    if again:
        home.confirmed("egg")

    home.work(ahead=timedelta(days=9))

    assert (alerts.WHY[Alert.USUAL_MISSING] in alerted(home)) is not again


def test_words_of_distress_are_told_with_the_clerks_ruling(home: Family) -> None:
    switched_on(home, Alert.DISTRESS)
    with home.db.begin() as session:
        mei = home.people.mei.id
        row = escalate(session, Subject.CUSTOMER, mei, Reason.DISTRESS, mei)
        errands.write(session, "distress_ruled", row.id)
    home.work()
    assert alerted(home) == []

    with home.db.begin() as session:
        again = session.get_one(type(row), row.id)
        again.close(clerk(uuid.uuid4()), "called_back")
        errands.write(session, "distress_ruled", row.id)
    home.work()

    assert alerted(home) == [alerts.WHY[Alert.DISTRESS]]


def test_what_the_parent_switched_off_a_child_does_not_switch_on(home: Family) -> None:
    switched_on(home, Alert.ODD_HOUR)
    with home.db.begin() as session:
        errands.write(session, "end_alerts", home.people.mei.id)
    home.work()

    switched_on(home, Alert.ODD_HOUR, Alert.STRANGER)

    with home.db.reading() as session:
        assert alerts.switched_on(session, home.people.link.id) == set()
        link = session.get_one(Link, home.people.link.id)
    with home.db.begin() as session:
        by = Author(Role.CALLER, home.people.mei.id)
        alerts.choose(session, session.merge(link), {Alert.ODD_HOUR}, by)
        assert alerts.switched_on(session, link.id) == {Alert.ODD_HOUR}


def test_a_cancelled_order_is_told_once_to_each_child(home: Family) -> None:
    order_id = home.confirmed("egg")
    home.work()
    with home.db.begin() as session:
        session.get_one(Order, order_id).move(Event.WITHDRAWN, clerk(uuid.uuid4()))

    home.work()
    home.work()

    assert len([words for words in home.texts.to(LIN) if "已取消" in words]) == 1
    with home.db.reading() as session:
        channels = set(session.scalars(sa.select(Message.channel)))
    assert channels == {Channel.SMS}
