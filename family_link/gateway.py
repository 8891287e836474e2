"""Ports to the firm that moves money."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from voiceapp.money import Fen


@dataclass(frozen=True)
class Due:
    """One attempt to be opened: `trade` is our name for it, `openid` the payer's at WeChat.

    From a browser the firm asks for the payer's network `address`, and sends her `back`.
    """

    trade: str
    fen: Fen
    about: str
    expires_at: datetime
    openid: str | None = None
    address: str = "127.0.0.1"
    back: str = ""


@dataclass(frozen=True)
class Opened:
    """Where the payer goes: a page, or the parameters of `wx.requestPayment`."""

    where: str | None = None
    mini: dict[str, str] | None = None


@dataclass(frozen=True)
class Traded:
    """What the firm says of one trade. `paid` is final; `ended` means that nothing will come."""

    trade: str
    paid: bool
    ended: bool = False
    fen: Fen = 0
    currency: str = "CNY"
    firm_id: str | None = None


@dataclass(frozen=True)
class Refunded:
    """What the firm says of one refund. Neither done nor failed: it is still at work."""

    done: bool
    failed: bool = False
    firm_id: str | None = None


@dataclass(frozen=True)
class Notice:
    """One notice of the firm's, verified. `refund` is our refund number, where it is about one."""

    id: str
    traded: Traded | None = None
    refund: str | None = None
    refunded: Refunded = field(default_factory=lambda: Refunded(done=False))


@dataclass(frozen=True)
class GivenBack:
    """One refund in the firm's books. `number` is ours where we asked for it; one that somebody
    made on the firm's own pages has a number that we never gave. `trade` is what it is of."""

    number: str
    trade: str
    fen: Fen
    failed: bool = False


@dataclass(frozen=True)
class DayBill:
    """What was paid and what was given back on one day, by the firm's own books."""

    traded: list[Traded] = field(default_factory=list)
    given_back: list[GivenBack] = field(default_factory=list)


class BadNotice(Exception):
    """The firm did not send this: a wrong signature, an old time, or a changed body."""


class PaymentGateway(Protocol):
    """Asks the firm for things. Everything carries our own number and may be repeated."""

    def open(self, due: Due) -> Opened:
        """Prepare one attempt. Raises ProviderDown, or ProviderRefused for good."""
        ...

    def query(self, trade: str) -> Traded:
        """What became of an attempt."""
        ...

    def close(self, trade: str) -> Traded:
        """Take no more money for an attempt; where it came first, say so."""
        ...

    def refund(self, trade: str, number: str, fen: Fen, total: Fen, why: str) -> Refunded:
        """Give back `fen` of the `total` that was paid."""
        ...


class FirmNotices(Protocol):
    """What the firm tells by itself."""

    def read_notice(self, headers: Mapping[str, str], body: bytes) -> Notice:
        """A notice that the firm sent. Raises BadNotice for one that it did not."""
        ...

    def day_bill(self, day: date) -> DayBill:
        """Every payment and every refund of a day, by the firm's own books."""
        ...
