"""What goes back by line, and what is taken at the door."""

import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa

from family_link.cashier import Returned
from family_link.payments import PaymentState, collect
from family_link.refunds import Refund, RefundState, refund_line
from orders import visits
from orders.escalations import Escalation, Reason, Subject, open_for
from orders.lifecycle import State
from orders.order import Order
from orders.people import clerk
from tests.family_link.scenes import entries, lin_with_a_tab
from tests.family_link.test_paying import payment, post_notice, trade_of, waiting_to_pay
from tests.family_link.town import Family
from voiceapp.errors import NotAllowed


def test_a_line_that_weighed_less_is_given_back_by_line_and_once(home: Family) -> None:
    lin, order_id = waiting_to_pay(home)
    trade = trade_of(home, lin, order_id)
    home.books.pay(trade)
    post_notice(home, trade)

    for _ in range(2):
        with home.db.begin() as session:
            order = session.get_one(Order, order_id)
            refund_line(session, order, order.lines[0].id, 120)
    home.work()

    assert [row.fen for row in home.books.refunds.values()] == [120]


def test_cash_that_nobody_took_goes_before_a_person(home: Family) -> None:
    order_id = home.confirmed("egg", pays_self=True, private=True)
    home.work()
    assert home.state(order_id) is State.READY

    deliver(home, order_id)

    with home.db.reading() as session:
        assert [row.reason for row in open_for(session, order_id)] == [Reason.CASH_NOT_COLLECTED]


def test_cash_is_collected_by_the_person_who_took_it(home: Family) -> None:
    order_id = home.confirmed("egg", pays_self=True, private=True)
    home.work()
    courier = clerk(uuid.uuid4())

    with home.db.begin() as session:
        collect(session, session.get_one(Order, order_id), courier)
    deliver(home, order_id)

    row = payment(home, order_id)
    assert (row.state, row.paid_by) == (PaymentState.COLLECTED, courier.id)
    with home.db.reading() as session:
        assert open_for(session, order_id) == []


def deliver(home: Family, order_id: uuid.UUID) -> None:
    with home.db.begin() as session:
        for visit in visits.of_order(session, order_id):
            visits.send(session, visit, "小张", clerk(uuid.uuid4()))
            visits.finish(session, visit, clerk(uuid.uuid4()))
    home.work()


def less(home: Family, order_id: uuid.UUID, fen: int) -> None:
    """So much less of the first line came. The clerk's finger slips, and says it twice."""
    for _ in range(2):
        with home.db.begin() as session:
            order = session.get_one(Order, order_id)
            refund_line(session, order, order.lines[0].id, fen)


def test_less_of_a_line_on_the_tab_is_taken_off_the_tab_once(home: Family) -> None:
    lin_with_a_tab(home)
    order_id = home.confirmed("egg")
    home.work()

    less(home, order_id, 160)

    assert entries(home) == [(1000, False)]
    assert home.books.refunds == {}


def test_less_of_a_line_that_is_to_be_paid_in_cash_is_so_much_less_cash(home: Family) -> None:
    order_id = home.confirmed("egg", pays_self=True)
    home.work()

    less(home, order_id, 160)

    assert payment(home, order_id).fen == 1000


def test_cash_that_was_taken_is_given_back_by_a_person(home: Family) -> None:
    order_id = home.confirmed("egg", pays_self=True)
    home.work()
    with home.db.begin() as session:
        collect(session, session.get_one(Order, order_id), clerk(uuid.uuid4()))

    less(home, order_id, 160)

    row = payment(home, order_id)
    assert row.fen == 1000
    with home.db.reading() as session:
        assert [each.reason for each in open_for(session, row.id)] == [Reason.CASH_TO_RETURN]


@pytest.mark.parametrize("fen", [0, -1, 1161])
def test_no_line_is_made_good_for_more_than_it_came_to(home: Family, fen: int) -> None:
    order_id = home.confirmed("egg", pays_self=True)
    home.work()

    with pytest.raises(NotAllowed):
        less(home, order_id, fen)


def test_cash_that_is_brought_later_closes_the_question(home: Family) -> None:
    order_id = home.confirmed("egg", pays_self=True)
    home.work()
    deliver(home, order_id)

    with home.db.begin() as session:
        collect(session, session.get_one(Order, order_id), clerk(uuid.uuid4()))

    with home.db.reading() as session:
        assert open_for(session, order_id) == []


def refund_at_work(home: Family) -> Returned:
    """A line's refund that the firm has taken and is still working on; it at the firm."""
    lin, order_id = waiting_to_pay(home)
    trade = trade_of(home, lin, order_id)
    home.books.pay(trade)
    post_notice(home, trade)
    home.books.works_on_refunds = True
    less(home, order_id, 100)
    home.work()
    (row,) = home.books.refunds.values()
    assert row.status == "PROCESSING"
    assert refund_states(home) == [RefundState.WANTED]
    return row


def refund_states(home: Family) -> list[RefundState]:
    with home.db.reading() as session:
        return list(session.scalars(sa.select(Refund.state)))


def test_a_refund_that_the_firm_works_on_is_done_with_its_notice_taken_once(
    home: Family,
) -> None:
    row = refund_at_work(home)

    home.books.finish_refund(row)
    answers = [home.books.notify_refund(row) for _ in range(2)]

    assert answers == [204, 204]
    assert refund_states(home) == [RefundState.DONE]


def test_a_refund_whose_notice_never_comes_is_asked_about(home: Family) -> None:
    row = refund_at_work(home)
    home.books.finish_refund(row)

    home.work(ahead=timedelta(minutes=11))

    assert refund_states(home) == [RefundState.DONE]
    assert len(home.books.refunds) == 1


@pytest.mark.parametrize("status", ["ABNORMAL", "CLOSED"])
def test_a_refund_that_the_firm_gives_up_goes_before_a_person(home: Family, status: str) -> None:
    row = refund_at_work(home)

    home.books.finish_refund(row, status)
    assert home.books.notify_refund(row) == 204
    home.work(ahead=timedelta(minutes=11))

    assert refund_states(home) == [RefundState.FAILED]
    with home.db.reading() as session:
        about = session.scalars(sa.select(Escalation.subject_kind)).all()
    assert about == [Subject.PAYMENT]
