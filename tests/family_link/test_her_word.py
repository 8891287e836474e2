"""More than was confirmed needs the parent's own word where she pays, and her no stands."""

import uuid
from datetime import timedelta

import pytest

from family_link import her_word
from family_link.payments import of_order
from family_link.supplements import ask_for_more
from orders import visits
from orders.escalations import Reason, open_for
from orders.lifecycle import State
from orders.order import Order
from orders.people import clerk
from orders.wanted_calls import Outcome
from tests.conftest import LIN
from tests.family_link.supplements import VALVE, answer, at_the_door, paid_and_more
from tests.family_link.test_approving import climb
from tests.family_link.town import Family
from voiceapp import clock
from voiceapp.errors import NotAllowed


def test_the_parents_no_stands_and_a_person_sees_to_it(home: Family) -> None:
    _, order_id = paid_and_more(home)

    answer(home, Outcome.NO)

    assert home.state(order_id) is State.READY
    with home.db.reading() as session:
        assert [row.reason for row in open_for(session, order_id)] == [Reason.PARENT_OBJECTS]


def test_the_parents_yes_still_leaves_the_paying_to_the_child(home: Family) -> None:
    _, order_id = paid_and_more(home)

    answer(home, Outcome.YES)

    assert home.state(order_id) is State.AWAITING_APPROVAL


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.YES, State.DISPATCHED),
        (Outcome.NO, State.DISPATCHED),
        (Outcome.UNANSWERED, State.AWAITING_APPROVAL),
    ],
)
def test_where_the_parent_pays_only_her_own_yes_agrees_to_more(
    home: Family, outcome: Outcome, state: State
) -> None:
    order_id = home.confirmed("egg", pays_self=True, private=True)
    home.work()
    at_the_door(home, order_id)
    assert home.state(order_id) is State.AWAITING_APPROVAL

    answer(home, outcome)

    assert home.state(order_id) is state
    with home.db.reading() as session:
        legs = [row.leg for row in of_order(session, order_id)]
        assert legs == ([0, 1] if outcome is Outcome.YES else [0])
        assert bool(open_for(session, order_id)) is (outcome is not Outcome.YES)
    assert home.texts.to(LIN) == []


@pytest.mark.parametrize("she_says", [Outcome.YES, Outcome.UNANSWERED])
def test_more_that_nobody_answered_for_is_paid_at_the_door_by_her_yes_alone(
    home: Family, she_says: Outcome
) -> None:
    _, order_id = paid_and_more(home)
    answer(home, she_says)
    for _ in range(2):
        climb(home, order_id)

    assert home.state(order_id) is (
        State.READY if she_says is Outcome.YES else State.AWAITING_APPROVAL
    )
    with home.db.reading() as session:
        reasons = [row.reason for row in open_for(session, order_id)]
    assert reasons == ([] if she_says is Outcome.YES else [Reason.PATIENCE_SPENT])


def test_a_clerk_takes_her_yes_down_only_when_nobody_else_is_being_asked(home: Family) -> None:
    _, order_id = paid_and_more(home)
    by = clerk(uuid.uuid4())
    with home.db.begin() as session, pytest.raises(NotAllowed):
        her_word.take_down(session, session.get_one(Order, order_id), True, by)
    climb(home, order_id)

    with home.db.begin() as session:
        her_word.take_down(session, session.get_one(Order, order_id), True, by)
    home.work()

    assert home.state(order_id) is State.READY
    with home.db.reading() as session:
        assert [row.fen for row in of_order(session, order_id)][1:] == [VALVE]
        assert open_for(session, order_id) == []


def test_more_can_be_agreed_to_when_the_wished_time_is_nearly_over(home: Family) -> None:
    order_id = home.confirmed("egg", within=timedelta(minutes=20), pays_self=True)
    home.work()
    with home.db.begin() as session:
        visit = visits.of_order(session, order_id)[0]
        visits.send(session, visit, "老张", clerk(uuid.uuid4()))
        for line in session.get_one(Order, order_id).lines:
            line.window_end = clock.now() + timedelta(minutes=1)
        order = session.get_one(Order, order_id)
        ask_for_more(session, order, VALVE, "要换一个阀门", clerk(uuid.uuid4()))
    home.work()

    answer(home, Outcome.YES)

    assert home.state(order_id) is State.DISPATCHED
