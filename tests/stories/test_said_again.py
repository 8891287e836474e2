"""不对, and then she says it again: what she adds is added, and what was read stays."""

from orders.order import Order
from tests.stories.town import Town


def lines(order: Order) -> list[tuple[str, str]]:
    return [(line.sku, f"{line.quantity.normalize():f}") for line in order.lines]


def test_something_unknown_that_she_adds_is_asked_about_and_what_was_read_stays(
    place: Town,
) -> None:
    place.mei_orders("两斤鸡蛋")
    place.mei_says_it_again("再加一个飞天螺")

    place.mei.hears("飞天螺是哪一种")

    assert lines(place.orders()[-1]) == [("egg", "2")]
