"""WeChat Pay's bill of a day as it comes: a table of text, every value behind a backtick."""

import csv
import io
from collections.abc import Mapping

from family_link.gateway import DayBill, GivenBack, Traded
from voiceapp.money import fen_from_yuan

KIND = "ALL"
"""The bill that holds what was paid and what was given back; a refund stands on the day on which
the firm took it, whatever the day of its payment."""

GIVEN_UP = frozenset({"FAIL", "CLOSED", "ABNORMAL"})
"""What the state of a refund is that brought nobody any money."""


def read(text: str) -> DayBill:
    """The trades and the refunds of a bill. Its last two lines, the totals, are neither."""
    rows = [
        {column: (value or "").removeprefix("`") for column, value in row.items() if column}
        for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    ]
    return DayBill(
        traded=[_traded(row) for row in rows if row["交易状态"] == "SUCCESS"],
        given_back=[_given_back(row) for row in rows if row["交易状态"] == "REFUND"],
    )


def _traded(row: Mapping[str, str]) -> Traded:
    fen = fen_from_yuan(row["订单金额"])
    return Traded(row["商户订单号"], paid=True, fen=fen, firm_id=row["微信订单号"])


def _given_back(row: Mapping[str, str]) -> GivenBack:
    return GivenBack(
        number=row["商户退款单号"],
        trade=row["商户订单号"],
        fen=fen_from_yuan(row["申请退款金额"]),
        failed=row["退款状态"] in GIVEN_UP,
    )
