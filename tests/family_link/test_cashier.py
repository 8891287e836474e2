"""The laptop's WeChat keeps its books like a firm."""

from pathlib import Path

from family_link.cashier import Books, Returned
from family_link.cashier.books import Trade
from tests.family_link.town import MERCHANT


def test_what_was_paid_and_given_back_outlives_a_start(tmp_path: Path) -> None:
    file = tmp_path / "till.json"
    books = Books(MERCHANT, file)
    trade = Trade("1" * 32, 1160, "订单 123456", "http://127.0.0.1/notify", "")
    with books.writing():
        books.trades[trade.number] = trade
        books.refunds["2"] = Returned("2", trade.number, 100)
    books.pay(trade)

    again = Books(MERCHANT, file)

    assert again.trades == books.trades
    assert again.trades[trade.number].paid == 1160
    assert again.refunds == books.refunds
