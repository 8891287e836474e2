"""Cash at the door, more that was found on a visit, a line made good: written down at the desk."""

import io
import uuid
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from family_link.payments import Means, PaymentState, owe
from family_link.payments import of_order as payments_of
from family_link.refunds import Refund
from family_link.supplements import Supplement
from family_link.supplements import of_order as supplements_of
from orders.access import Look
from orders.errands import Errand
from orders.escalations import Reason, open_for
from orders.lifecycle import State
from orders.order import Order
from orders.visits import of_order as visits_of
from orders.visits import send
from tests.voiceapp.console import scenes
from tests.voiceapp.console.browser import DeskBrowser
from voiceapp.house import House

SignIn = Callable[[str], DeskBrowser]
PHOTO = b"\xff\xd8\xff\xe0 a valve"


@pytest.fixture
def order_id(house: House) -> uuid.UUID:
    """Oil on its way to Mei, to be paid at the door."""
    with house.db.begin() as session:
        order = scenes.ready(session)
        owe(session, order, order.total, Means.DOOR)
        send(session, visits_of(session, order.id)[0], "老赵", scenes.somebody())
        return order.id


def state_of_payment(house: House, order_id: uuid.UUID) -> PaymentState:
    with house.db.reading() as session:
        return payments_of(session, order_id)[0].state


@pytest.mark.parametrize("page", ["/desk/board", "/desk/orders/{id}"])
def test_cash_that_was_taken_is_written_down(
    house: House, ana: DeskBrowser, order_id: uuid.UUID, page: str
) -> None:
    ana.open(page.format(id=order_id))
    assert "¥129.00" in ana.page

    ana.send(ana.find(r'action="(/desk/orders/[^"]+/cash)"'))

    assert ana.status == 200 and "/cash" not in ana.page
    assert state_of_payment(house, order_id) is PaymentState.COLLECTED


def test_cash_is_not_taken_where_none_is_owed(house: House, ana: DeskBrowser) -> None:
    with house.db.begin() as session:
        order_id = scenes.ready(session).id

    ana.send_from(f"/desk/orders/{order_id}", f"/desk/orders/{order_id}/cash")

    assert ana.status == 409


def asks_for_more(desk: DeskBrowser, order_id: uuid.UUID, photo: bytes = b"") -> None:
    desk.open(f"/desk/orders/{order_id}")
    token = desk.find(r'name="csrf_token"[^>]*value="([^"]+)"')
    fields = {"csrf_token": token, "yuan": "35", "reason": "要换一个阀门"}
    if photo:
        fields["photo"] = (io.BytesIO(photo), "photo.jpg")  # type: ignore[assignment]
    answer = desk.client.post(
        f"/desk/orders/{order_id}/supplement", data=fields, follow_redirects=True
    )
    desk.page, desk.status = answer.text, answer.status_code


def test_more_that_was_found_waits_for_the_family_with_its_photo(
    house: House, ana: DeskBrowser, order_id: uuid.UUID
) -> None:
    asks_for_more(ana, order_id, PHOTO)

    assert "要换一个阀门" in ana.page and "等家里同意" in ana.page
    shown = ana.client.get(ana.find(r'href="([^"]+/photos/1)"'))
    assert shown.data == PHOTO and shown.mimetype == "image/jpeg"  # type: ignore[attr-defined]
    with house.db.reading() as session:
        (row,) = supplements_of(session, order_id)
        assert row.fen == 3500
        assert session.get_one(Order, order_id).state is State.AWAITING_APPROVAL
        looks = session.scalars(sa.select(Look.what).where(Look.subject == order_id)).all()
        assert "photo" in looks
        goes = session.scalars(sa.select(Errand).where(Errand.name == "delete_photo")).one()
        days = (goes.next_try_at - goes.written_at).days
        assert abs(days - house.settings.retention_days) <= 1


@pytest.mark.parametrize("agrees", [True, False])
def test_the_callers_own_word_on_more_is_written_down(
    house: House, ana: DeskBrowser, order_id: uuid.UUID, agrees: bool
) -> None:
    with house.db.begin() as session:
        session.get_one(Order, order_id).pays_self = True
    asks_for_more(ana, order_id)

    word = ana.find(r'action="(/desk/orders/[^"]+/supplement/word)"')
    ana.send(word, **({"agrees": "1"} if agrees else {}))

    assert ("同意了" if agrees else "没同意，照原来的做") in ana.page
    with house.db.reading() as session:
        order = session.get_one(Order, order_id)
        (row,) = supplements_of(session, order_id)
        assert row.agreed is agrees
        assert order.state is (State.READY if agrees else State.AWAITING_PAYMENT)
        assert order.events[-1].role == "clerk"
    ana.send(word)
    assert ana.status == 409


def test_a_second_one_while_the_first_waits_leaves_no_photo_behind(
    house: House, ana: DeskBrowser, order_id: uuid.UUID
) -> None:
    asks_for_more(ana, order_id)

    asks_for_more(ana, order_id, PHOTO)

    assert ana.status == 409
    assert house.providers["store"].kept == {}


def test_what_is_no_picture_is_not_kept(
    house: House, ana: DeskBrowser, order_id: uuid.UUID
) -> None:
    asks_for_more(ana, order_id, b"<script>")

    assert ana.status == 400
    assert house.providers["store"].kept == {}
    with house.db.reading() as session:
        assert session.scalars(sa.select(Supplement)).all() == []


def makes_good(desk: DeskBrowser, order_id: uuid.UUID, yuan: str, why: str = "漏了") -> None:
    desk.open(f"/desk/orders/{order_id}")
    line = desk.find(r'name="line"><option value="([^"]+)"')
    desk.send(f"/desk/orders/{order_id}/refund", line=line, yuan=yuan, why=why)


def test_a_supervisor_makes_a_line_good_from_the_orders_page_once(
    house: House, signed_in: SignIn, order_id: uuid.UUID
) -> None:
    sun = signed_in("sun")
    makes_good(sun, order_id, "64.50")

    assert "花生油 ¥64.50：漏了" in sun.page
    with house.db.reading() as session:
        line = session.get_one(Order, order_id).lines[0].id
        assert payments_of(session, order_id)[0].fen == 6450
    sun.send(f"/desk/orders/{order_id}/refund", line=str(line), yuan="64.50", why="再来一次")
    assert sun.status == 409
    with house.db.reading() as session:
        assert [row.fen for row in session.scalars(sa.select(Refund))] == [6450]


@pytest.mark.parametrize(("yuan", "why"), [("130", "太多"), ("1", " "), ("0", "没有")])
def test_money_goes_back_within_the_line_and_for_a_reason(
    house: House, signed_in: SignIn, order_id: uuid.UUID, yuan: str, why: str
) -> None:
    sun = signed_in("sun")

    makes_good(sun, order_id, yuan, why)

    assert sun.status == 409
    with house.db.reading() as session:
        assert session.scalars(sa.select(Refund)).all() == []


def test_cash_that_was_taken_goes_back_by_hand_and_a_person_sees_to_it(
    house: House, signed_in: SignIn, order_id: uuid.UUID
) -> None:
    sun = signed_in("sun")
    sun.send_from(f"/desk/orders/{order_id}", f"/desk/orders/{order_id}/cash")

    makes_good(sun, order_id, "10")

    assert "多收的现金要退" in sun.open(f"/desk/orders/{order_id}")
    with house.db.reading() as session:
        payment = payments_of(session, order_id)[0]
        assert [row.reason for row in open_for(session, payment.id)] == [Reason.CASH_TO_RETURN]
