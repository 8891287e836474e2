"""Orders taken at the counter, and the words that callers teach."""

import uuid
from collections.abc import Callable
from decimal import Decimal

import sqlalchemy as sa

from orders.consents import Consent
from orders.customers import enrol
from orders.lifecycle import State
from orders.order import Order
from orders.vocabulary import CallerWord
from tests.conftest import MEI
from tests.voiceapp.console import scenes
from tests.voiceapp.console.browser import DeskBrowser
from voiceapp.console.models import Correction
from voiceapp.house import House
from voiceapp.phone import Phone

SignIn = Callable[[str], DeskBrowser]


def test_a_volunteer_orders_for_somebody_with_her_consent(
    house: House, signed_in: SignIn, mei: uuid.UUID
) -> None:
    gao = signed_in("gao")
    gao.open(f"/desk/take?number=%2B{MEI[1:]}")

    gao.send(
        "/desk/take",
        number=MEI, customer=str(mei), said="两斤鸡蛋一桶花生油", consent="本人在柜台说的",
    )  # fmt: skip

    assert "鸡蛋" in gao.page and "花生油" in gao.page
    with house.db.reading() as session:
        order = session.scalars(sa.select(Order)).one()
        assert order.state is State.DRAFT
        assert {line.sku: line.quantity for line in order.lines} == {
            "egg": Decimal(2), "peanut-oil": Decimal(1)
        }  # fmt: skip
        consent = session.scalars(sa.select(Consent)).one()
        assert consent.customer_id == mei and consent.words == "本人在柜台说的"
        assert consent.clerk_id is not None


def test_a_button_that_is_pressed_twice_writes_one_order(
    house: House, signed_in: SignIn, mei: uuid.UUID
) -> None:
    gao = signed_in("gao")
    form = {"number": MEI, "customer": str(mei), "consent": "本人说的"}
    for said in ("两斤鸡蛋", "两斤鸡蛋", "三斤鸡蛋"):
        gao.open("/desk/take")
        gao.send("/desk/take", said=said, **form)

    assert "记下了" in gao.page
    with house.db.reading() as session:
        amounts = [order.lines[0].quantity for order in session.scalars(sa.select(Order))]
        assert sorted(amounts) == [Decimal(2), Decimal(3)]
        assert len(session.scalars(sa.select(Consent)).all()) == 2


def test_without_a_consent_no_order_is_taken(
    house: House, signed_in: SignIn, mei: uuid.UUID
) -> None:
    gao = signed_in("gao")
    gao.open("/desk/take")

    gao.send("/desk/take", number=MEI, customer=str(mei), said="两斤鸡蛋", consent=" ")

    assert gao.status == 409
    with house.db.reading() as session:
        assert session.scalars(sa.select(Order)).all() == []


def test_nobody_else_is_ordered_for_under_her_number(house: House, signed_in: SignIn) -> None:
    gao = signed_in("gao")
    gao.open("/desk/take")

    gao.send("/desk/take", number=MEI, customer=str(uuid.uuid4()), said="两斤鸡蛋", consent="同意")

    assert gao.status == 409


def test_a_volunteer_sees_no_order_that_she_did_not_take(house: House, signed_in: SignIn) -> None:
    with house.db.begin() as session:
        order_id = scenes.at_desk(session).id
    gao = signed_in("gao")

    assert gao.open(f"/desk/taken/{order_id}") and gao.status == 404


def test_a_correction_goes_into_the_callers_own_words_and_out_again(
    house: House, ana: DeskBrowser, mei: uuid.UUID
) -> None:
    with house.db.begin() as session:
        order = scenes.at_desk(session)
        order_id, question_id = order.id, order.open_questions[0].id
    ana.send_from(
        f"/desk/orders/{order_id}",
        f"/desk/orders/{order_id}/questions/{question_id}",
        sku="tomato", quantity="2", learn="1", word="洋柿子",
    )  # fmt: skip
    with house.db.reading() as session:
        (word,) = session.scalars(sa.select(CallerWord))
        (correction,) = session.scalars(sa.select(Correction))
        assert (word.spoken, word.sku, word.customer_id) == ("洋柿子", "tomato", mei)
        assert correction.heard == "洋柿子"

    ana.send_from(f"/desk/customers/{mei}", f"/desk/customers/{mei}/words/{word.id}/forget")

    assert "洋柿子" not in ana.page
    with house.db.reading() as session:
        assert session.scalars(sa.select(CallerWord)).all() == []


def test_a_word_that_many_use_is_proposed_and_accepted_for_everybody(
    house: House, ana: DeskBrowser, signed_in: SignIn
) -> None:
    asked = []
    with house.db.begin() as session:
        for number in ("+12025550111", "+12025550112", "+12025550113"):
            enrol(session, "邻居", Phone(number))
            order = scenes.at_desk(session, who=number)
            asked.append((order.id, order.open_questions[0].id))
    for order_id, question_id in asked:
        ana.send_from(
            f"/desk/orders/{order_id}",
            f"/desk/orders/{order_id}/questions/{question_id}",
            sku="tomato", quantity="2", learn="1", word="洋柿子",
        )  # fmt: skip
    sun = signed_in("sun")
    assert "洋柿子" in sun.open("/desk/words") and "等主管定" in sun.page

    sun.send(sun.find(r'action="(/desk/words/[^"]+)"'), state="accepted")

    assert "大家都能用" in sun.page
