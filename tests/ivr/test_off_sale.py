"""A product goes off sale while somebody is ordering it: it is asked about, and nothing is lost."""

from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

import nlu
from ivr import scenes
from nlu import Clarify, Edit, Evidence, Item, Understood
from orders import catalogue, drafting, questions
from orders.catalogue import CatalogueVersion, Product
from orders.people import caller
from tests.conftest import People
from tests.orders.test_drafting import TOMORROW, asked, which


def goes_off_sale(session: Session, sku: str, noticed: bool = True) -> None:
    """The catalogue is loaded anew without it; `noticed`, the vocabularies are built anew too."""
    session.get_one(Product, sku).on_sale = False
    if noticed:
        session.execute(sa.update(CatalogueVersion).values(number=CatalogueVersion.number + 1))
    session.flush()


@pytest.mark.parametrize("noticed", [True, False])
def test_what_is_chosen_and_no_longer_on_sale_leaves_its_question_open(
    session: Session, people: People, noticed: bool
) -> None:
    row = which("两桶油", 2, "桶", "peanut-oil", "rapeseed-oil")
    order, question = asked(session, people, row, TOMORROW)
    goes_off_sale(session, "peanut-oil", noticed)

    assert questions.choose(session, order, question, "peanut-oil") is False

    assert order.open_questions == [question] and order.lines == []
    offered = scenes.opened(session, question).options
    assert [sku for sku, _ in offered] == ["rapeseed-oil"]
    assert questions.choose(session, order, question, "rapeseed-oil") is True
    assert [(line.sku, line.window_start) for line in order.lines] == [
        ("rapeseed-oil", TOMORROW.start)
    ]


def test_how_much_of_what_is_no_longer_on_sale_becomes_which_one(
    session: Session, people: People
) -> None:
    row = Clarify("q1", "quantity", "油", sku="peanut-oil", unit="桶")
    order, question = asked(session, people, row)
    goes_off_sale(session, "peanut-oil")

    now = scenes.opened(session, question)

    assert (now.row.about, now.row.sku, now.known, now.options) == ("product", None, "", ())
    heard = nlu.Heard(text="两桶菜籽油", now=TOMORROW.start, dialogue="answer", question=now.row)
    answer = nlu.parse(heard, nlu.Vocabulary([_spoken(session, "rapeseed-oil")]))
    assert questions.settle(session, order, question, answer)
    assert [line.sku for line in order.lines] == ["rapeseed-oil"]


def _spoken(session: Session, sku: str) -> nlu.Product:
    row = catalogue.by_sku(session, {sku})[sku]
    return nlu.Product(
        sku=sku,
        kind="goods",
        category=row.category,
        name=row.name,
        spec=row.spec,
        unit=row.unit,
    )


def test_what_was_heard_and_went_off_sale_meanwhile_is_asked_about(
    session: Session, people: People
) -> None:
    order, question = asked(session, people, which("", None, None))
    questions.give_up(order, question)
    items = tuple(
        Item(sku, Decimal(2), unit, heard, (0, 2), Evidence())
        for sku, unit, heard in (("egg", "斤", "鸡蛋"), ("peanut-oil", "桶", "花生油"))
    )
    goes_off_sale(session, "peanut-oil")

    drafting.draft(session, order, Understood("order", items=items, window=TOMORROW))

    assert [line.sku for line in order.lines] == ["egg"]
    (left,) = order.open_questions
    assert (left.about, left.clarify.heard, left.clarify.quantity) == ("product", "花生油", 2)
    assert left.clarify.window == TOMORROW


def test_a_change_to_what_went_off_sale_is_asked_about(session: Session, people: People) -> None:
    order, question = asked(session, people, which("", None, None))
    questions.give_up(order, question)
    goes_off_sale(session, "peanut-oil")

    added = [Edit("add", "peanut-oil", Decimal(1))]
    drafting.edit(session, [order], added, None, caller(people.mei.id))

    assert [row.about for row in order.open_questions] == ["product"]
    assert order.lines == []
