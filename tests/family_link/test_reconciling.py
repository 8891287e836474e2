"""A day's bill of the firm's is compared with our own books."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from family_link.payments import Attempt
from family_link.reconciling import Differs, What, reconcile
from orders.escalations import Reason, open_for
from tests.family_link.test_paying import post_notice, trade_of, waiting_to_pay
from tests.family_link.town import Family
from voiceapp import clock
from voiceapp.cli import main
from voiceapp.commands import reconciling as reconciling_command


def differences(
    home: Family, days_ago: int = 0, what: What = What.PAYMENT
) -> list[tuple[Differs, int | None, int | None]]:
    """Of what kind they are is said by the caller; there are none of the other."""
    settings = home.house.settings
    day = clock.now().astimezone(settings.timezone).date() - timedelta(days=days_ago)
    found = reconcile(home.db, home.house.providers["gateway"], settings, day)
    assert {each.what for each in found} <= {what}
    return [(each.how, each.ours, each.theirs) for each in found]


def test_a_day_on_which_all_agrees_has_no_differences(home: Family) -> None:
    lin, order_id = waiting_to_pay(home)
    trade = trade_of(home, lin, order_id)
    home.books.pay(trade)
    post_notice(home, trade)

    assert differences(home) == []


def test_what_the_firm_has_and_we_have_not_is_listed(home: Family) -> None:
    lin, order_id = waiting_to_pay(home)
    trade = trade_of(home, lin, order_id)
    home.books.pay(trade)

    assert differences(home) == [(Differs.NOT_IN_OURS, None, trade.fen)]


def test_what_we_have_otherwise_is_listed_and_goes_before_a_person(home: Family) -> None:
    lin, order_id = waiting_to_pay(home)
    trade = trade_of(home, lin, order_id)
    home.books.pay(trade)
    post_notice(home, trade)
    with home.db.begin() as session:
        attempt = session.scalars(sa.select(Attempt)).one()
        attempt.received_fen = trade.fen + 1

    assert differences(home) == [(Differs.AMOUNT, trade.fen + 1, trade.fen)]

    with home.db.reading() as session:
        assert [row.reason for row in open_for(session, attempt.payment_id)] == [
            Reason.WRONG_AMOUNT
        ]


def test_what_we_have_and_the_firm_has_not_is_listed(home: Family) -> None:
    lin, order_id = waiting_to_pay(home)
    trade = trade_of(home, lin, order_id)
    home.books.pay(trade)
    post_notice(home, trade)
    trade.paid_at = datetime(2020, 1, 1).isoformat()  # noqa: DTZ001  # a day in the firm's books

    assert differences(home) == [(Differs.NOT_AT_FIRM, trade.fen, None)]


def test_what_was_paid_shortly_before_midnight_and_heard_of_after_it_agrees(home: Family) -> None:
    lin, order_id = waiting_to_pay(home)
    trade = trade_of(home, lin, order_id)
    home.books.pay(trade)
    post_notice(home, trade)
    there = clock.now().astimezone(home.house.settings.timezone)
    trade.paid_at = (there - timedelta(days=1)).isoformat()

    assert differences(home) == []
    assert differences(home, days_ago=1) == []


def test_a_day_without_a_trade_has_no_bill_and_no_differences(home: Family) -> None:
    assert differences(home) == []


def test_the_command_prints_a_line_for_each_difference_and_ends_with_status_1(
    home: Family, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lin, order_id = waiting_to_pay(home)
    trade = trade_of(home, lin, order_id)
    home.books.pay(trade)
    monkeypatch.setattr(reconciling_command, "house", lambda: home.house)
    day = clock.now().astimezone(home.house.settings.timezone).date().isoformat()

    ended = main(["reconcile", day]), main(["reconcile"])

    assert ended == (1, 0)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"payment  {trade.number}  not_in_ours  ours nothing  WeChat Pay ¥269.60"
    assert lines[1] == f"{day}: 1 difference"
    assert lines[2].endswith("no differences")
