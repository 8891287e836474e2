"""What strikes a child as odd about a parent's orders, told to whoever switched it on."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from family_link import alerts, ordering
from family_link.alerts import Alert
from orders import errands
from orders.consents import Consent
from orders.escalations import Reason, Subject, escalate
from orders.messages import Message
from orders.order import Order
from orders.people import Author, Role, child, clerk
from orders.relatives import Link
from orders.wanted_calls import Outcome, Purpose, want_call
from tests.conftest import LIN
from tests.family_link.scenes import delivered
from tests.family_link.town import Family


def switched_on(home: Family, *which: Alert) -> None:
    with home.db.begin() as session:
        link = session.get_one(Link, home.people.link.id)
        alerts.choose(session, link, set(which), child(link.relative_id))


def alerted(home: Family) -> list[str]:
    with home.db.reading() as session:
        rows = session.scalars(sa.select(Message).where(Message.template == "alert"))
        return [row.content["why"] for row in rows]


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
def test_the_weekly_order_is_missed_only_when_it_does_not_come(home: Family, again: bool) -> None:
    switched_on(home, Alert.USUAL_MISSING)
    for weeks in (2, 1):
        delivered(home, days_ago=7 * weeks)
    delivered(home)
    if again:
        home.confirmed("egg")

    home.work(ahead=timedelta(days=9))

    assert (alerts.WHY[Alert.USUAL_MISSING] in alerted(home)) is not again


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
def test_private_orders_are_no_habit_that_a_child_hears_of(home: Family) -> None:
    switched_on(home, Alert.USUAL_MISSING, Alert.ODD_AMOUNT)
    for weeks in (2, 1, 0):
        delivered(home, days_ago=7 * weeks, private=True)
    home.confirmed("egg", quantity=20)

    home.work(ahead=timedelta(days=9))

    assert alerted(home) == []
    with home.db.reading() as session:
        assert ordering.usual(session, home.people.mei.id) == []


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

    assert alerted(home) == [alerts.WHY[Alert.DISTRESS] + "，已经给老人回了电话"]


def test_what_the_parent_switched_off_a_child_does_not_switch_on(home: Family) -> None:
    switched_on(home, Alert.ODD_HOUR)
    with home.db.begin() as session:
        mei = home.people.mei.id
        wish = want_call(session, Purpose.UNDO, mei, mei)
        wish.finish(session, Outcome.YES, words="别提醒他们了")
        errands.write(session, "end_alerts", wish.id)
    home.work()
    assert any("不想再让家人收到提醒" in words for words in home.texts.to(LIN))
    with home.db.reading() as session:
        consent = session.scalars(sa.select(Consent)).one()
        assert (consent.to_what, consent.words) == (alerts.NO_ALERTS, "别提醒他们了")

    switched_on(home, Alert.ODD_HOUR, Alert.STRANGER)

    with home.db.reading() as session:
        assert alerts.switched_on(session, home.people.link.id) == set()
        link = session.get_one(Link, home.people.link.id)
    with home.db.begin() as session:
        by = Author(Role.CALLER, home.people.mei.id)
        alerts.choose(session, session.merge(link), {Alert.ODD_HOUR}, by)
        assert alerts.switched_on(session, link.id) == {Alert.ODD_HOUR}
