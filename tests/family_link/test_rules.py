"""What a child's rules let through, what they stop, and what it costs her at the week's end."""

import re
import uuid
from datetime import timedelta

import sqlalchemy as sa

from family_link import billing, rules, tab
from family_link.rules import Item, Kind, Span, SpendingRule, Spent, judge
from family_link.tab import Bill, TabEntry
from orders.lifecycle import Event, State
from orders.order import Order
from orders.people import caller
from orders.relatives import Link
from tests.conftest import LIN
from tests.family_link.town import Browser, Family

EGG = Item(0, "egg", "蛋奶", 1160)
OIL = Item(1, "peanut-oil", "粮油", 12900)


def rule(kind: Kind, **columns: object) -> SpendingRule:
    link = columns.pop("link_id", uuid.UUID(int=1))
    made = SpendingRule(
        id=uuid.uuid4(), link_id=link, kind=kind, category="", sku="", span=Span.ORDER
    )
    for name, value in columns.items():
        setattr(made, name, value)
    return made


def test_an_order_under_the_amount_is_let_through_and_one_over_it_is_asked_for() -> None:
    under = [rule(Kind.APPROVE, limit_fen=2000)]

    assert judge(under, [EGG], Spent()).approved_by == under[0].id
    assert judge(under, [EGG, OIL], Spent()).approved_by is None


def test_a_limit_by_day_counts_what_went_before() -> None:
    by_day = [rule(Kind.APPROVE, limit_fen=2000, span=Span.DAY)]

    assert judge(by_day, [EGG], Spent(day=840)).approved_by is not None
    assert judge(by_day, [EGG], Spent(day=841)).approved_by is None


def test_a_category_lets_only_its_own_lines_through() -> None:
    eggs = [rule(Kind.APPROVE, category="蛋奶", limit_fen=5000)]

    assert judge(eggs, [EGG], Spent()).approved_by is not None
    assert judge(eggs, [EGG, OIL], Spent()).approved_by is None


def test_always_ask_beats_a_rule_that_approves() -> None:
    both = [rule(Kind.APPROVE, limit_fen=99999), rule(Kind.ASK, sku="peanut-oil")]

    assert judge(both, [EGG], Spent()).approved_by is not None
    assert judge(both, [EGG, OIL], Spent()).approved_by is None


def test_never_takes_the_line_out_and_lets_the_rest_be_judged() -> None:
    both = [rule(Kind.APPROVE, limit_fen=2000), rule(Kind.NEVER, category="粮油")]

    verdict = judge(both, [EGG, OIL], Spent())

    assert (verdict.never, verdict.approved_by) == (frozenset({1}), both[0].id)


def test_essentials_never_wait_but_only_when_all_is_essential() -> None:
    essential = [rule(Kind.ESSENTIAL, category="蛋奶")]

    assert judge(essential, [EGG], Spent()).essential
    assert not judge(essential, [EGG, OIL], Spent()).essential


def test_two_childrens_rules_do_not_add_up() -> None:
    apart = [
        rule(Kind.APPROVE, category="蛋奶", limit_fen=5000),
        rule(Kind.APPROVE, category="粮油", limit_fen=50000, link_id=uuid.UUID(int=2)),
    ]

    assert judge(apart, [EGG, OIL], Spent()).approved_by is None


def lin_with_a_tab(home: Family, limit: str = "200", rule_limit: str = "50") -> Browser:
    """Lin sets a limit and a rule on her phone."""
    lin = home.phone()
    lin.sign_in(LIN)
    page = f"/family/parents/{home.people.link.id}"
    lin.post(f"{page}/tab", limit=limit)
    lin.post(f"{page}/rules", kind="approve", category="", span="order", limit=rule_limit)
    return lin


def entries(home: Family) -> list[tuple[int, bool]]:
    with home.db.reading() as session:
        rows = session.scalars(sa.select(TabEntry).order_by(TabEntry.at))
        return [(row.fen, row.struck_at is not None) for row in rows]


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

    assert "已经付清" in lin.get(f"/family/bills/{bill_id}").text
    with home.db.reading() as session:
        account = session.scalars(sa.select(tab.Tab)).one()
        assert tab.owed(session, account) == 0


def test_a_bill_of_a_week_ago_stops_approvals_but_not_what_was_approved(home: Family) -> None:
    _, bill_id = billed(home)
    with home.db.begin() as session:
        session.get_one(Bill, bill_id).made_at -= timedelta(days=7)
    order_id = home.confirmed("egg")

    home.work()

    assert home.state(order_id) is State.AWAITING_APPROVAL
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

    assert entries(home) == [(0, True)]


def test_what_was_billed_and_then_cancelled_is_taken_off_the_next_bill(home: Family) -> None:
    billed(home)
    with home.db.begin() as session:
        order = session.scalars(sa.select(Order)).one()
        order.move(Event.WITHDRAWN, caller(home.people.mei.id))

    home.work()

    assert [fen for fen, _ in entries(home)] == [1160, -1160]


def test_a_trial_says_what_would_have_happened(home: Family) -> None:
    for skus in (("egg",), ("egg", "peanut-oil"), ("cilantro",)):
        home.confirmed(*skus)
    lin = home.phone()
    lin.sign_in(LIN)
    page = f"/family/parents/{home.people.link.id}/rules"

    trial = lin.post(page, kind="approve", category="", span="order", limit="50", **{"try": "1"})

    would = re.findall(r"<strong>([^<]+)</strong></li>", trial.text)
    assert would == ["自动同意", "会来问您", "自动同意"]
    with home.db.reading() as session:
        assert rules.of_link(session, home.people.link.id) == []


def test_a_rule_that_approves_everything_needs_a_limit(home: Family) -> None:
    lin = home.phone()
    lin.sign_in(LIN)
    page = f"/family/parents/{home.people.link.id}/rules"

    answer = lin.post(page, kind="approve", category="", span="order", limit="")

    assert answer.status_code == 409
    with home.db.reading() as session:
        assert rules.of_link(session, home.people.link.id) == []
