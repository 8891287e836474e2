"""From an answer to a line: how much in which measure, and when."""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

import nlu
from nlu import Clarify, Evidence, Item, Understood, Window
from orders import drafting, questions
from orders.lifecycle import Event
from orders.order import LineQuestion, Order
from orders.people import ROBOT
from tests.conftest import People

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TOMORROW = Window(MORNING, MORNING + timedelta(hours=3))


def asked(
    session: Session, people: People, row: Clarify, window: Window | None = None
) -> tuple[Order, LineQuestion]:
    """A draft of Mei's with one open question."""
    order = Order.born(session, Event.TAKEN, ROBOT, customer=people.mei)
    question = drafting.ask(order, row, window)
    session.flush()
    return order, question


def which(heard: str, quantity: int | None, unit: str | None, *options: str) -> Clarify:
    """Which one does she mean?"""
    amount = None if quantity is None else Decimal(quantity)
    return Clarify("q1", "product", heard, options, quantity=amount, unit=unit)


@pytest.mark.parametrize(
    ("row", "sku", "quantity"),
    [
        (which("两条手捏子", 2, "条", "towel"), "towel", "2"),
        (which("两桶油", 2, "桶", "peanut-oil"), "peanut-oil", "2"),
        (which("三斤果子", 3, "斤", "apple"), "apple", "3"),
        (which("来个师傅", None, None, "svc-plumb"), "svc-plumb", "1"),
    ],
)
def test_what_is_chosen_is_a_line_in_its_own_measure(
    session: Session, people: People, row: Clarify, sku: str, quantity: str
) -> None:
    order, question = asked(session, people, row, TOMORROW)

    questions.choose(session, order, question, sku)

    (line,) = order.lines
    assert (line.sku, f"{line.quantity.normalize():f}") == (sku, quantity)
    assert (line.window_start, order.open_questions) == (TOMORROW.start, [])


@pytest.mark.parametrize(
    "row",
    [
        which("两斤油", 2, "斤", "peanut-oil", "rapeseed-oil"),
        which("点油", None, None, "peanut-oil", "rapeseed-oil"),
        which("一千桶油", 1000, "桶", "peanut-oil", "rapeseed-oil"),
    ],
)
def test_an_amount_that_it_is_not_sold_by_is_asked_about(
    session: Session, people: People, row: Clarify
) -> None:
    order, question = asked(session, people, row)

    questions.choose(session, order, question, "peanut-oil")

    (next_,) = order.open_questions
    assert order.lines == []
    assert (next_.about, next_.clarify.sku, next_.clarify.quantity) == (
        "quantity", "peanut-oil", None
    )


def test_each_service_that_is_chosen_without_a_time_is_asked_about(
    session: Session, people: People
) -> None:
    order, question = asked(session, people, which("来个师傅", None, None, "svc-plumb"))
    second = drafting.ask(order, which("再来个人", None, None, "svc-clean"))

    questions.choose(session, order, question, "svc-plumb")
    questions.choose(session, order, second, "svc-clean")

    assert [(each.about, each.clarify.sku) for each in order.open_questions] == [
        ("time", "svc-plumb"),
        ("time", "svc-clean"),
    ]


def test_an_answer_in_words_keeps_the_time_that_was_said_before(
    session: Session, people: People
) -> None:
    order, question = asked(session, people, which("两条手捏子", 2, "条"), TOMORROW)
    towels = Item("towel", Decimal(2), "条", "毛巾", (0, 2), Evidence())

    assert questions.settle(session, order, question, Understood("answer", (towels,)))

    assert [line.window_start for line in order.lines] == [TOMORROW.start]


def test_a_request_for_a_service_asks_when_once(session: Session, people: People) -> None:
    order = Order.born(session, Event.TAKEN, ROBOT, customer=people.mei)
    visit = Item("svc-plumb", Decimal(1), "次", "修水管", (0, 3), Evidence())
    when = Clarify("q1", "time")

    drafting.draft(session, order, nlu.Understood("order", (visit,), clarify=(when,)))

    assert [each.about for each in order.open_questions] == ["time"]


def test_a_product_named_without_a_measure_that_it_is_sold_by_leaves_how_much(
    session: Session, people: People
) -> None:
    order, question = asked(session, people, which("两斤油", 2, "斤", "peanut-oil"), TOMORROW)
    how_much = Clarify("q1", "quantity", "花生油", sku="peanut-oil", unit="桶")

    assert questions.settle(session, order, question, Understood("answer", clarify=(how_much,)))

    (next_,) = order.open_questions
    assert (next_.about, next_.clarify.sku) == ("quantity", "peanut-oil")
    assert next_.clarify.window == TOMORROW


@pytest.mark.parametrize(
    "answer",
    [
        Understood("answer", window=TOMORROW),
        Understood("yes"),
        Understood("answer", clarify=(Clarify("q1", "product", "两斤酱"),)),
    ],
)
def test_what_does_not_say_which_leaves_the_question_open(
    session: Session, people: People, answer: Understood
) -> None:
    order, question = asked(session, people, which("两斤油", 2, "斤", "peanut-oil"))

    assert not questions.settle(session, order, question, answer)

    assert order.open_questions == [question]
