"""A child orders for her parent, who is told before anyone comes."""

import re
import uuid
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from family_link import ordering
from orders import visits
from orders.lifecycle import Event, State
from orders.order import Order, OrderEvent
from orders.people import clerk
from orders.relatives import Link
from tests.conftest import LIN
from tests.family_link.town import Browser, Family, moment_in
from voiceapp import clock
from voiceapp.reactions import REACTIONS

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("typed", "sku"),
    [
        ("鸡蛋", "egg"),
        ("jidan", "egg"),
        ("jd", "egg"),
        ("hua sheng you", "peanut-oil"),
        ("hsy", "peanut-oil"),
        ("huashenyou", "peanut-oil"),
        ("水龙头", "svc-plumb"),
        ("马桶堵了", "svc-toilet"),
    ],
)
@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
def test_things_are_found_by_characters_pinyin_and_initials(
    home: Family, typed: str, sku: str
) -> None:
    with home.db.reading() as session:
        found = [product.sku for product in ordering.search(session, typed)]

    assert sku in found[:3]


def signed_in(home: Family) -> tuple[Browser, str]:
    lin = home.phone()
    lin.sign_in(LIN)
    return lin, f"/family/parents/{home.people.link.id}/order"


def test_a_cart_of_goods_and_a_service_becomes_an_order_that_waits_for_payment(
    home: Family,
) -> None:
    lin, page = signed_in(home)
    cart = f"{page}?line=egg:2&line=svc-plumb:1"
    slot = re.search(r'<option value="([^"]+)"', lin.get(cart).text)
    assert slot is not None

    done = lin.post(
        f"{page}s", page=cart, line=["egg:2", "svc-plumb:1"], **{"slot-svc-plumb": slot[1]}
    )
    home.work()

    order_id = uuid.UUID(done.url.rsplit("/", 1)[1])
    assert home.state(order_id) is State.AWAITING_PAYMENT
    with home.db.reading() as session:
        order = session.get_one(Order, order_id)
        assert (order.placed_by, order.total) == (home.people.lin.id, 2 * 580 + 6000)
        assert order.lines[1].window_start is not None
        assert order.due_at is not None and order.due_at < moment_in(24 * 4)
        events = session.scalars(sa.select(OrderEvent.name)).all()
    assert "announce_order" in REACTIONS[Event.PLACED]
    assert events[0] is Event.PLACED


def test_a_service_needs_one_of_the_open_times(home: Family) -> None:
    lin, page = signed_in(home)

    answer = lin.post(f"{page}s", page=f"{page}?line=egg:1", line=["svc-plumb:1"])

    assert answer.status_code == 409


@pytest.mark.parametrize("line", ["egg:0", "egg:51", "egg:NaN", "egg:x", "gold:1", "egg:-1"])
def test_a_cart_that_cannot_be_brought_is_refused(home: Family, line: str) -> None:
    lin, page = signed_in(home)

    answer = lin.post(f"{page}s", page=f"{page}?line=egg:1", line=[line])

    assert answer.status_code == 409
    with home.db.reading() as session:
        assert session.scalars(sa.select(Order)).all() == []


def test_ordering_stays_shut_until_it_is_opened(home: Family) -> None:
    with home.db.begin() as session:
        session.get_one(Link, home.people.link.id).scopes = "see approve pay"
    lin, page = signed_in(home)

    assert lin.get(page).status_code == 404


def test_the_usual_is_what_arrived_last(home: Family) -> None:
    order_id = home.confirmed("egg", "cilantro", pays_self=True)
    home.work()
    with home.db.begin() as session:
        for visit in visits.of_order(session, order_id):
            visits.send(session, visit, "小张", clerk(uuid.uuid4()))
            visits.finish(session, visit, clerk(uuid.uuid4()))
    lin, page = signed_in(home)

    cart = lin.get(f"{page}?usual=1").text

    assert re.findall(r'name="line" value="([^"]+)"', cart)[-2:] == ["egg:2", "cilantro:2"]


def test_open_times_are_in_the_future_and_within_three_days() -> None:
    moment = clock.now()

    slots = ordering.slots(moment, ZONE)

    assert all(moment < slot.start < moment + timedelta(days=3) for slot in slots)
    assert len(slots) >= 8


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
def test_a_cart_takes_one_less_until_nothing_is_left(home: Family) -> None:
    lin, page = signed_in(home)

    two = lin.get(f"{page}?line=egg:3&line=cilantro:1&less=egg").text
    none = lin.get(f"{page}?line=cilantro:1&less=cilantro").text

    assert "鸡蛋 × 2斤 · ¥11.60" in two
    assert "香菜" not in none and "还什么都没有" in none


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
@pytest.mark.parametrize("amount", ["1e999999", "51", "NaN", "-1", "x"])
def test_an_amount_that_cannot_be_is_left_out_of_the_cart(home: Family, amount: str) -> None:
    lin, page = signed_in(home)

    answer = lin.get(f"{page}?line=egg:{amount}")

    assert answer.status_code == 200
    assert "还什么都没有" in answer.text
