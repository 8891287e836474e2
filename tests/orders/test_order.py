"""An order's moves: authors, events, versions, clocks."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

import nlu
from orders import catalogue, deadlines, drafting
from orders.catalogue import Product
from orders.escalations import Escalation, Reason
from orders.lifecycle import PATIENCE, Event, State
from orders.order import Order, OrderEvent, WindowLost
from orders.people import ROBOT, Role, caller
from tests.conftest import People
from voiceapp.db import Database
from voiceapp.errors import NotAllowed


def draft(session: Session, people: People, ahead: timedelta | None = None) -> Order:
    """Mei wants two jin of eggs, within `ahead` if given."""
    order = Order.born(session, Event.TAKEN, ROBOT, customer=people.mei)
    now = datetime.now(UTC)
    window = nlu.Window(now - timedelta(hours=2), now + ahead) if ahead is not None else None
    drafting.add_line(order, session.get_one(Product, "egg"), Decimal(2), window)
    session.flush()
    return order


def test_a_move_writes_one_event_with_its_author(session: Session, people: People) -> None:
    order = draft(session, people)

    order.move(Event.RUNG, ROBOT, call="c1")
    order.move(Event.CONFIRMED, caller(people.mei.id), call="c1")

    events = session.scalars(sa.select(OrderEvent).order_by(OrderEvent.at)).all()
    assert [event.name for event in events] == [Event.TAKEN, Event.RUNG, Event.CONFIRMED]
    assert (events[-1].role, events[-1].author) == (Role.CALLER, people.mei.id)
    assert events[-1].facts == {"call": "c1"}


def test_a_move_that_is_not_in_the_table_changes_nothing(
    session: Session, people: People
) -> None:
    order = draft(session, people)

    with pytest.raises(NotAllowed):
        order.move(Event.PAID, ROBOT)

    assert order.state is State.DRAFT
    assert len(session.scalars(sa.select(OrderEvent)).all()) == 1


def test_of_two_hands_on_one_order_the_second_is_refused(db: Database) -> None:
    with db.begin() as session:
        catalogue.load(session)
        order_id = Order.born(session, Event.TAKEN, ROBOT).id
    first = Session(db.engine)
    with db.reading() as reader:
        stale = reader.get_one(Order, order_id)
    with first, first.begin():
        first.get_one(Order, order_id).move(Event.RUNG, ROBOT)

    with pytest.raises(StaleDataError), db.begin() as second:
        late = second.merge(stale, load=False)
        late.move(Event.HANDED_OVER, ROBOT)


def test_an_order_with_an_open_question_cannot_be_confirmed(
    session: Session, people: People
) -> None:
    order = draft(session, people)
    drafting.ask(order, nlu.Clarify(id="q1", about="quantity", heard="几个苹果", sku="apple"))
    order.move(Event.RUNG, ROBOT)

    with pytest.raises(NotAllowed, match="open question"):
        order.move(Event.CONFIRMED, caller(people.mei.id))


def test_a_window_that_is_lost_is_never_confirmed(session: Session, people: People) -> None:
    order = draft(session, people, ahead=timedelta(minutes=5))
    order.move(Event.RUNG, ROBOT)

    with pytest.raises(WindowLost):
        order.move(Event.CONFIRMED, caller(people.mei.id))


def test_an_order_is_due_when_its_patience_ends(session: Session, people: People) -> None:
    order = draft(session, people)
    order.move(Event.RUNG, ROBOT)

    waits = order.due_at - datetime.now(UTC) if order.due_at else timedelta(0)

    assert timedelta(minutes=-1) < waits - PATIENCE[State.CONFIRMING] < timedelta(minutes=1)


def test_a_short_window_is_due_sooner_than_patience(session: Session, people: People) -> None:
    order = draft(session, people, ahead=timedelta(hours=1))
    order.move(Event.RUNG, ROBOT)
    order.move(Event.CONFIRMED, caller(people.mei.id))

    assert order.due_at is not None
    assert order.due_at - datetime.now(UTC) < timedelta(minutes=50)


def test_an_open_escalation_stops_the_clocks(session: Session, people: People) -> None:
    order = draft(session, people)
    order.due_at = datetime.now(UTC) - timedelta(minutes=1)
    session.flush()
    assert deadlines.due(session) == [order.id]

    deadlines.needs_person(session, order, Reason.ASKED_FOR_PERSON)

    assert deadlines.due(session) == []


def test_a_due_draft_whose_window_is_lost_goes_to_a_person(
    session: Session, people: People
) -> None:
    order = draft(session, people, ahead=timedelta(minutes=1))
    order.due_at = datetime.now(UTC) - timedelta(seconds=1)
    session.flush()

    deadlines.look_after(session, order.id)

    assert order.state is State.WITH_STAFF
    assert session.scalars(sa.select(Escalation.reason)).all() == [Reason.WINDOW_LOST]


def test_the_total_is_computed_from_the_catalogue(session: Session, people: People) -> None:
    order = draft(session, people)
    drafting.add_line(order, session.get_one(Product, "pork-belly"), Decimal("1.5"))

    assert order.total == 2 * 580 + 2520


def test_personal_columns_are_unreadable_in_the_database(
    session: Session, people: People
) -> None:
    raw = session.execute(sa.text("SELECT name FROM customers")).scalar_one()
    numbers = session.execute(sa.text("SELECT number FROM customer_numbers")).scalar_one()

    assert "王梅".encode() not in bytes(raw)
    assert b"2025550101" not in bytes(numbers)


def test_a_time_said_with_an_added_service_leaves_the_goods_theirs(
    session: Session, people: People
) -> None:
    order = draft(session, people, ahead=timedelta(hours=8))
    eggs = order.lines[0].window_end
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    visit = nlu.Window(tomorrow, tomorrow + timedelta(hours=4))

    edit = nlu.Edit("add", "svc-plumb", Decimal(1))
    drafting.edit(session, [order], [edit], visit, caller(people.mei.id))

    assert [line.window_end for line in order.lines] == [eggs, visit.end]
