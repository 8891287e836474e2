"""The child's side of an order, and her money."""

from orders.lifecycle import Event, State
from tests.stories.town import Town


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
