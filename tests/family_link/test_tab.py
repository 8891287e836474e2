"""What a rule approves stands on the family's tab, and is paid once a week."""

import re
import uuid
from datetime import timedelta

import sqlalchemy as sa

from family_link import billing, tab
from family_link.tab import Bill
from orders.lifecycle import Event, State
from orders.order import Order
from orders.people import caller
from orders.relatives import Link
from tests.conftest import LIN
from tests.family_link.scenes import entries, lin_with_a_tab
from tests.family_link.town import Browser, Family


def test_what_a_rule_approves_goes_on_the_tab_and_nobody_is_asked(home: Family) -> None:
    lin_with_a_tab(home)
    order_id = home.confirmed("egg")

    home.work()

    assert home.state(order_id) is State.READY
    assert entries(home) == [(1160, False)]
    told = home.texts.to(LIN)
    assert any("按您定的规矩已同意" in words for words in told)
    assert not any("等您同意" in words for words in told)


def test_over_the_tabs_limit_a_child_is_asked(home: Family) -> None:
    lin_with_a_tab(home, limit="20")
    first, second = home.confirmed("egg"), home.confirmed("egg")

    home.work()

    states = sorted((home.state(first), home.state(second)))
    assert states == [State.AWAITING_APPROVAL, State.READY]


def test_a_never_line_is_taken_out_and_an_order_of_nothing_else_is_declined(
    home: Family,
) -> None:
    lin = lin_with_a_tab(home)
    page = f"/family/parents/{home.people.link.id}/rules"
    lin.post(page, kind="never", category="粮油", span="order", limit="")
    mixed, only = home.confirmed("egg", "peanut-oil"), home.confirmed("peanut-oil")

    home.work()

    assert home.state(mixed) is State.READY
    assert home.state(only) is State.CANCELLED
    with home.db.reading() as session:
        assert [line.sku for line in session.get_one(Order, mixed).lines] == ["egg"]


def test_essentials_without_room_on_the_tab_are_brought_and_paid_at_the_door(
    home: Family,
) -> None:
    lin = home.phone()
    lin.sign_in(LIN)
    page = f"/family/parents/{home.people.link.id}/rules"
    lin.post(page, kind="essential", category="蛋奶", span="order", limit="")
    order_id = home.confirmed("egg")

    home.work()

    assert home.state(order_id) is State.READY
    assert entries(home) == []


def billed(home: Family) -> tuple[Browser, uuid.UUID]:
    """A week has gone by with one order on the tab; Lin's bill."""
    lin = lin_with_a_tab(home)
    home.confirmed("egg")
    home.work()
    with home.db.begin() as session:
        link = session.get_one(Link, home.people.link.id)
        account = tab.of_link(session, link.id)
        assert account is not None
        bill = billing.make_bill(session, home.house.settings, account, link)
        assert bill is not None
        return lin, bill.id


def test_a_week_is_one_bill_and_one_payment(home: Family) -> None:
    lin, bill_id = billed(home)

    page = lin.post(f"/family/bills/{bill_id}").text
    found = re.search(r"prepay_id=(\w+)", page)
    assert found is not None
    trade = home.books.prepared(found[1])
    assert trade is not None and trade.fen == 1160
    home.books.pay(trade)
    home.books.notify(trade)

    paid = lin.get(f"/family/bills/{bill_id}").text
    assert "已经付清" in paid
    with home.db.reading() as session:
        order = session.scalars(sa.select(Order)).one()
    assert f'href="/family/orders/{order.id}">{order.code}</a>' in paid
    with home.db.reading() as session:
        account = session.scalars(sa.select(tab.Tab)).one()
        assert tab.owed(session, account) == 0


def test_a_bill_of_a_week_ago_stops_approvals_but_not_what_was_approved(home: Family) -> None:
    lin, bill_id = billed(home)
    with home.db.begin() as session:
        session.get_one(Bill, bill_id).made_at -= timedelta(days=7)
    order_id = home.confirmed("egg")

    home.work()

    assert home.state(order_id) is State.AWAITING_APPROVAL
    assert "自动同意先停了" in lin.get(f"/family/parents/{home.people.link.id}/tab").text
    with home.db.reading() as session:
        states = session.scalars(sa.select(Order.state)).all()
    assert sorted(states) == [State.AWAITING_APPROVAL, State.READY]


def test_bills_come_weekly_by_themselves(home: Family) -> None:
    lin_with_a_tab(home)
    home.confirmed("egg")
    home.work()

    home.work(ahead=timedelta(days=7, hours=1))

    with home.db.reading() as session:
        assert session.scalars(sa.select(Bill.fen)).all() == [1160]


def test_a_cancelled_order_leaves_the_tab(home: Family) -> None:
    lin_with_a_tab(home)
    order_id = home.confirmed("egg")
    home.work()
    with home.db.begin() as session:
        session.get_one(Order, order_id).move(Event.WITHDRAWN, caller(home.people.mei.id))

    home.work()

    assert entries(home) == [(1160, True)]


def test_a_cancelled_order_with_a_supplement_costs_nothing_whatever_was_billed(
    home: Family,
) -> None:
    billed(home)
    with home.db.begin() as session:
        order = session.scalars(sa.select(Order)).one()
        account = session.scalars(sa.select(tab.Tab)).one()
        tab.enter(session, account, order, 3500, leg=1)
        order.move(Event.WITHDRAWN, caller(home.people.mei.id))

    home.work()

    with home.db.reading() as session:
        account = session.scalars(sa.select(tab.Tab)).one()
        assert tab.owed(session, account) == 0


def test_what_was_billed_and_then_cancelled_is_taken_off_the_next_bill(home: Family) -> None:
    billed(home)
    with home.db.begin() as session:
        order = session.scalars(sa.select(Order)).one()
        order.move(Event.WITHDRAWN, caller(home.people.mei.id))

    home.work()

    assert [fen for fen, _ in entries(home)] == [1160, -1160]
