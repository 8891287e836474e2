"""Who is asked about an order, in which order, and what comes of it."""

import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from family_link import asking
from family_link.decisions import DeclineReason
from orders.errands import Errand
from orders.escalations import Reason, open_for
from orders.lifecycle import Event, State
from orders.order import Order, OrderEvent
from orders.relatives import Scope, link, register
from tests.conftest import LIN
from tests.family_link.town import Browser, Family
from voiceapp.phone import Phone

HUA = "+12025550104"
"""Lin's brother."""


def signed_in(home: Family) -> Browser:
    lin = home.phone()
    lin.sign_in(LIN)
    return lin


def last_event(home: Family, order_id: uuid.UUID) -> OrderEvent:
    with home.db.reading() as session:
        return session.get_one(Order, order_id).events[-1]


def test_a_decline_has_a_reason_that_the_parent_is_told(home: Family) -> None:
    order_id = home.confirmed("egg")
    home.work()
    lin = signed_in(home)

    lin.post(f"/family/orders/{order_id}/decline", reason="have_enough")

    event = last_event(home, order_id)
    assert (event.name, event.facts["reason"]) == (Event.DECLINED, DeclineReason.HAVE_ENOUGH)
    assert home.state(order_id) is State.CANCELLED


def test_lines_are_taken_out_before_approving(home: Family) -> None:
    order_id = home.confirmed("egg", "peanut-oil", "cilantro")
    home.work()
    lin = signed_in(home)

    page = lin.post(f"/family/orders/{order_id}/trim", out=["1"])

    assert "花生油" in page.text and "已去掉" in page.text
    with home.db.reading() as session:
        order = session.get_one(Order, order_id)
        assert [line.sku for line in order.lines] == ["egg", "cilantro"]
        assert order.state is State.AWAITING_APPROVAL


def test_taking_out_everything_is_refused(home: Family) -> None:
    order_id = home.confirmed("egg", "peanut-oil")
    home.work()

    page = signed_in(home).post(f"/family/orders/{order_id}/trim", out=["0", "1"])

    assert page.status_code == 409
    assert home.state(order_id) is State.AWAITING_APPROVAL


def test_what_changed_since_it_was_shown_is_not_approved(home: Family) -> None:
    order_id = home.confirmed("egg", "peanut-oil")
    home.work()
    lin, other = signed_in(home), signed_in(home)
    page = lin.get(f"/family/orders/{order_id}")
    other.post(f"/family/orders/{order_id}/trim", out=["1"])

    hidden = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.text))
    answer = lin.http.post(
        f"{lin.url}/family/orders/{order_id}/approve", data=hidden, timeout=10
    )

    assert answer.status_code == 409
    assert home.state(order_id) is State.AWAITING_APPROVAL


def test_whoever_answers_first_wins_and_the_others_are_told(home: Family) -> None:
    add_hua(home)
    order_id = home.confirmed("egg")
    home.work()
    climb(home, order_id)
    lin, hua = signed_in(home), home.phone()
    hua.sign_in(HUA)

    hua.post(f"/family/orders/{order_id}/approve", page=f"/family/orders/{order_id}")
    late = lin.post(f"/family/orders/{order_id}/decline", reason="too_dear")
    home.work()

    assert late.status_code == 409
    assert home.state(order_id) is State.AWAITING_PAYMENT
    assert any("已经有家人处理了" in words for words in home.texts.to(LIN))


def add_hua(home: Family, scopes: tuple[Scope, ...] = tuple(Scope)) -> None:
    with home.db.begin() as session:
        hua = register(session, "华", Phone(HUA))
        mei = session.merge(home.people.mei)
        link(session, mei, hua, "儿子", scopes)


def test_the_ladder_climbs_to_the_desk_and_the_door_within_a_two_hour_window(
    home: Family,
) -> None:
    add_hua(home)
    order_id = home.confirmed("egg", within=timedelta(hours=2))
    home.work()
    with home.db.reading() as session:
        asked = asking.of_order(session, order_id)
    assert len(asked) == 1
    assert asked[0].until - asked[0].asked_at < timedelta(minutes=40)

    climb(home, order_id)
    assert "要买东西" in home.texts.to(HUA)[0]
    climb(home, order_id)
    with home.db.reading() as session:
        assert [row.reason for row in open_for(session, order_id)] == [Reason.PATIENCE_SPENT]
    climb(home, order_id)

    assert home.state(order_id) is State.READY
    assert last_event(home, order_id).facts["why"] == "nobody_answered"
    with home.db.reading() as session:
        assert open_for(session, order_id) == []


def climb(home: Family, order_id: uuid.UUID) -> None:
    """The one who was asked lets the time go by."""
    with home.db.begin() as session:
        rung = asking.latest(session, order_id)
        assert rung is not None
        rung.until = rung.asked_at
        for row in session.scalars(sa.select(Errand).where(Errand.name == "climb_ladder")):
            row.next_try_at = rung.asked_at
    home.work()


@pytest.mark.parametrize(
    "columns", [{"private": True, "pays_self": True}, {"pays_self": True}]
)
def test_her_own_money_is_paid_at_the_door(home: Family, columns: dict[str, bool]) -> None:
    order_id = home.confirmed("egg", **columns)

    home.work()

    assert home.state(order_id) is State.READY
    assert home.texts.to(LIN) == []


def test_a_private_order_shows_nowhere(home: Family) -> None:
    order_id = home.confirmed("egg", private=True, pays_self=True)
    home.work()
    lin = signed_in(home)

    listed = lin.get("/family/").text
    pages = [
        lin.get(f"/family/orders/{order_id}{rest}").status_code
        for rest in ("", "/audio", "/decline", "/trim", "/pay")
    ]

    assert str(order_id) not in listed
    assert pages == [404] * 5


def test_nobody_who_may_approve_means_the_door(home: Family) -> None:
    with home.db.begin() as session:
        link_row = session.merge(home.people.link)
        link_row.scopes = "see"
    order_id = home.confirmed("egg")

    home.work()

    assert home.state(order_id) is State.READY


def test_a_child_is_told_once_however_often_the_errand_runs(home: Family) -> None:
    order_id = home.confirmed("egg")
    home.work()
    with home.db.begin() as session:
        for row in session.scalars(sa.select(Errand).where(Errand.name == "ask_family")):
            row.done_at = None
    home.work()

    assert len(home.texts.to(LIN)) == 1
    assert home.state(order_id) is State.AWAITING_APPROVAL


def test_of_two_answers_at_the_same_moment_one_counts(home: Family) -> None:
    add_hua(home)
    order_id = home.confirmed("egg")
    home.work()
    lin, hua = signed_in(home), home.phone()
    hua.sign_in(HUA)
    path = f"/family/orders/{order_id}"
    forms = [
        (each, dict(re.findall(r'name="(\w+)" value="([^"]*)"', each.get(path).text)))
        for each in (lin, hua)
    ]

    with ThreadPoolExecutor(2) as both:
        answers = list(
            both.map(
                lambda pair: pair[0].http.post(
                    f"{pair[0].url}{path}/approve", data=pair[1], timeout=20
                ),
                forms,
            )
        )

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    with home.db.reading() as session:
        names = [event.name for event in session.get_one(Order, order_id).events]
    assert names.count(Event.APPROVED) == 1
