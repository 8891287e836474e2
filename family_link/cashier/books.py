"""The stand-in's books: trades and refunds, and what it says of them."""

import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

import requests

from family_link.cashier.merchant import Merchant
from family_link.cashier.signing import headers_for, seal_notice


def china_time() -> str:
    """The moment as the firm writes it: its days are China's."""
    there = datetime.now(timezone(timedelta(hours=8)))
    return there.isoformat(timespec="seconds")


@dataclass
class Trade:
    """One prepared payment. `paid` is what really came, in fen."""

    number: str
    fen: int
    about: str
    notify_url: str
    payer: str
    prepay_id: str = field(default_factory=lambda: "wx" + secrets.token_hex(16))
    firm_id: str = field(default_factory=lambda: f"42{secrets.randbelow(10**26):026d}")
    state: str = "NOTPAY"
    paid: int = 0
    paid_at: str = ""


@dataclass
class Returned:
    """One refund."""

    number: str
    trade: str
    fen: int
    firm_id: str = field(default_factory=lambda: f"50{secrets.randbelow(10**27):027d}")


class Books:
    """What one merchant's customers paid at the stand-in."""

    def __init__(self, merchant: Merchant) -> None:
        self.merchant = merchant
        self.trades: dict[str, Trade] = {}
        self.refunds: dict[str, Returned] = {}
        self.lock = threading.Lock()

    def prepared(self, prepay_id: str) -> Trade | None:
        """The trade that a payer was sent to."""
        return next((row for row in self.trades.values() if row.prepay_id == prepay_id), None)

    def pay(self, trade: Trade, fen: int | None = None) -> None:
        """The payer pays: once, and not after closing."""
        with self.lock:
            if trade.state == "NOTPAY":
                trade.state, trade.paid = "SUCCESS", trade.fen if fen is None else fen
                trade.paid_at = china_time()

    def told_of(self, trade: Trade) -> dict[str, Any]:
        """What the firm says of a trade."""
        told: dict[str, Any] = {
            "appid": self.merchant.app_id,
            "mchid": self.merchant.mch_id,
            "out_trade_no": trade.number,
            "trade_state": trade.state,
            "trade_state_desc": trade.state,
        }
        if trade.paid:
            told |= {
                "transaction_id": trade.firm_id,
                "trade_type": "JSAPI" if trade.payer else "MWEB",
                "bank_type": "OTHERS",
                "success_time": trade.paid_at,
                "payer": {"openid": trade.payer or "o-browser"},
                "amount": {
                    "total": trade.paid,
                    "payer_total": trade.paid,
                    "currency": "CNY",
                    "payer_currency": "CNY",
                },
            }
        return told

    def told_of_refund(self, row: Returned) -> dict[str, Any]:
        """What the firm says of a refund."""
        trade = self.trades[row.trade]
        return {
            "refund_id": row.firm_id,
            "out_refund_no": row.number,
            "transaction_id": trade.firm_id,
            "out_trade_no": row.trade,
            "channel": "ORIGINAL",
            "user_received_account": "支付用户零钱",
            "create_time": china_time(),
            "status": "SUCCESS",
            "amount": {"refund": row.fen, "total": trade.paid, "currency": "CNY"},
        }

    def notice_of(self, trade: Trade) -> tuple[dict[str, str], str]:
        """Headers and body of the notice that a trade was paid; each has an id of its own."""
        body = seal_notice(self.merchant, "TRANSACTION.SUCCESS", self.told_of(trade))
        headers = headers_for(self.merchant, body) | {"Content-Type": "application/json"}
        return headers, body

    def notify(self, trade: Trade) -> int:
        """Post the notice, as the firm does; the answer's status, 0 where nobody answered.

        It is posted once: a notice may never come, and whoever waits for one must ask.
        """
        headers, body = self.notice_of(trade)
        try:
            answer = requests.post(
                trade.notify_url, data=body.encode(), headers=headers, timeout=10
            )
        except requests.RequestException:
            return 0
        return answer.status_code
