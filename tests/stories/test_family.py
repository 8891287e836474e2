"""The child's side of an order, and her money."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from orders.lifecycle import Event, State
from orders.wanted_calls import Purpose, WantedCall
from tests.stories.town import PATIENCE, Town


def confirmed(place: Town) -> None:
    """Mei wants eggs and oil, and has said yes."""
    place.mei_orders("两斤鸡蛋一桶花生油")
    place.mei_confirms()
    place.reaches(State.AWAITING_APPROVAL)


def test_a_child_declines_and_the_parent_is_told_kindly(place: Town) -> None:
    confirmed(place)
    lin = place.lin_signs_in().follows("/family/orders/")

    lin.follows("/decline").sends("/decline", reason="have_enough")

    place.reaches(State.CANCELLED)
    place.mei_is_told("说家里还有，这回先不订鸡蛋，花生油")


def test_a_payment_notified_twice_is_paid_once(place: Town) -> None:
    confirmed(place)
    lin = place.lin_signs_in().follows("/family/orders/")
    place.lin_pays(lin)
    place.reaches(State.READY)
    trade = next(iter(place.books.trades.values()))

    place.books.notify(trade)
    place.books.notify(trade)

    paid = [event for event in place.orders()[-1].events if event.name is Event.PAID]
    assert len(paid) == 1
    assert place.books.refunds == {}


def test_what_is_paid_after_cancelling_is_given_back(place: Town) -> None:
    confirmed(place)
    lin = place.lin_signs_in().follows("/family/orders/")
    lin.sends("/approve").sends("/pay").follows(place.cashier_url)
    ana = place.ana_signs_in()
    ana.opens(f"/desk/orders/{place.orders()[-1].id}").sends("/withdraw")
    place.reaches(State.CANCELLED)
    trade = next(iter(place.books.trades.values()))

    place.books.pay(trade)
    place.books.notify(trade)

    place.until(lambda: bool(place.books.refunds))
    assert [row.fen for row in place.books.refunds.values()] == [14060]
    assert place.orders()[-1].state is State.CANCELLED


def test_a_child_who_has_not_answered_is_rung_and_told_by_her_own_key(place: Town) -> None:
    confirmed(place)
    assert place.lin.reads("等您同意")

    place.passes(timedelta(hours=1))

    place.lin.rings_within(PATIENCE).answers()
    place.lin.hears("您家老人有件事要告诉您")
    place.lin.presses("1")
    place.lin.hears("王梅要买东西，一共一百四十块六，等您同意")
    place.lin.is_over_within()


@pytest.mark.parametrize("unlinked", [False, True])
def test_a_child_who_has_answered_or_is_linked_no_more_is_not_rung(
    place: Town, unlinked: bool
) -> None:
    confirmed(place)
    lin = place.lin_signs_in()
    if unlinked:
        lin.opens("/family/parents").follows("/family/parents/").sends("/end")
        place.mei_is_told("看不到您的单子")
    else:
        lin.follows("/family/orders/").follows("/decline").sends("/decline", reason="have_enough")
        place.mei_is_told("说家里还有")
    before = place.dialled()

    place.passes(timedelta(hours=1))
    place.until(lambda: looked_at(place))

    assert place.dialled() == before


def looked_at(place: Town) -> bool:
    """Whether the wish to ring Lin has come up and is done with."""
    with place.house.db.reading() as session:
        notice = sa.select(WantedCall.done_at).where(WantedCall.purpose == Purpose.NOTICE)
        return session.scalars(notice).one() is not None
