"""The stand-in's books: trades and refunds, and what it says of them."""

import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
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
    """One refund. The firm may take its time: PROCESSING, then SUCCESS, ABNORMAL or CLOSED."""

    number: str
    trade: str
    fen: int
    notify_url: str = ""
    status: str = "PROCESSING"
    firm_id: str = field(default_factory=lambda: f"50{secrets.randbelow(10**27):027d}")
    asked_at: str = field(default_factory=china_time)
    done_at: str = ""

    def end(self, status: str) -> None:
        """The firm is done with it, or gives it up."""
        self.status, self.done_at = status, china_time() if status == "SUCCESS" else ""


class Books:
    """What one merchant's customers paid at the stand-in."""

    def __init__(self, merchant: Merchant, file: Path | None = None) -> None:
        self.merchant = merchant
        self.works_on_refunds = False
        """Whether a refund is PROCESSING at first, until `finish_refund`."""
        self._file = file
        self._lock = threading.Lock()
        kept = json.loads(file.read_text("utf-8")) if file and file.exists() else {}
        self.trades = {row["number"]: Trade(**row) for row in kept.get("trades", [])}
        self.refunds = {row["number"]: Returned(**row) for row in kept.get("refunds", [])}

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One hand at a time on the books; where they have a file, it outlives this process."""
        with self._lock:
            yield
            if self._file is not None:
                kept = {
                    "trades": [asdict(row) for row in self.trades.values()],
                    "refunds": [asdict(row) for row in self.refunds.values()],
                }
                fresh = self._file.with_suffix(".fresh")
                fresh.write_text(json.dumps(kept), "utf-8")
                fresh.replace(self._file)

    def prepared(self, prepay_id: str) -> Trade | None:
        """The trade that a payer was sent to."""
        return next((row for row in self.trades.values() if row.prepay_id == prepay_id), None)

    def pay(self, trade: Trade, fen: int | None = None) -> None:
        """The payer pays: once, and not after closing."""
        with self.writing():
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
            "status": row.status,
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
        return _post(trade.notify_url, headers, body)

    def finish_refund(self, row: Returned, status: str = "SUCCESS") -> None:
        """The firm is done with a refund, or gives it up."""
        with self.writing():
            row.end(status)

    def notify_refund(self, row: Returned) -> int:
        """Post the notice of how a refund ended; the answer's status, 0 where nobody answered."""
        told = self.told_of_refund(row)
        told |= {"mchid": self.merchant.mch_id, "refund_status": told.pop("status")}
        body = seal_notice(self.merchant, f"REFUND.{row.status}", told)
        headers = headers_for(self.merchant, body) | {"Content-Type": "application/json"}
        return _post(row.notify_url, headers, body)


def _post(where: str, headers: dict[str, str], body: str) -> int:
    try:
        answer = requests.post(where, data=body.encode(), headers=headers, timeout=10)
    except requests.RequestException:
        return 0
    return answer.status_code
