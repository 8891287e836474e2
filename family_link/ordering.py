"""A child orders for a parent: finding things, the usual, the times, and the order itself."""

import threading
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from decimal import Decimal

from pypinyin import Style, lazy_pinyin
from rapidfuzz import fuzz
from sqlalchemy.orm import Session

import nlu
from orders import catalogue, history, intake
from orders.catalogue import Product
from orders.drafting import add_line
from orders.order import NEEDED, Order
from orders.people import child
from orders.relatives import Link, Scope
from voiceapp import clock
from voiceapp.errors import NotAllowed

MOST = Decimal(50)
"""More of one thing than this is a slip of the finger."""

LINES = 30
SURE = 100.0
"""The score of a product whose name holds what was typed; alike ones are then left out."""

ALIKE = 70.0
"""rapidfuzz' ratio from which a mistyped word still finds a product."""

SLOTS = ((8, 10), (10, 12), (14, 16), (16, 18))
"""Hours between which somebody can come, on each of the next SLOT_DAYS days."""

SLOT_DAYS = 3


@dataclass(frozen=True)
class Wanted:
    """One line of a cart. A service needs its time."""

    sku: str
    quantity: Decimal
    slot: nlu.Window | None = None


@dataclass(frozen=True)
class _Findable:
    words: tuple[str, ...]
    spelled: tuple[str, ...]
    initials: tuple[str, ...]
    shelf: tuple[str, ...]


_index: dict[tuple[str, int], dict[str, _Findable]] = {}
_building = threading.Lock()


def search(session: Session, query: str, limit: int = 20) -> list[Product]:
    """Products for what somebody types: characters, pinyin, or the initials of pinyin.

    Best first; everything in the catalogue's order for an empty query.
    """
    products = catalogue.on_sale(session)
    typed = query.strip().lower().replace(" ", "")
    if not typed:
        return products[:limit]
    found = _findable(session, products)
    scored = [(_score(found[product.sku], typed), product) for product in products]
    least = SURE if any(score >= SURE for score, _ in scored) else ALIKE
    hits = [pair for pair in scored if pair[0] >= least]
    hits.sort(key=lambda pair: (-pair[0], pair[1].position))
    return [product for _, product in hits[:limit]]


def _findable(session: Session, products: list[Product]) -> dict[str, _Findable]:
    key = (str(session.get_bind().engine.url), catalogue.version(session))
    with _building:
        if key not in _index:
            _index.clear()
            _index[key] = {product.sku: _words_of(product) for product in products}
        return _index[key]


def _words_of(product: Product) -> _Findable:
    words = (product.name, *filter(None, product.aliases.split("|")))
    shelf = product.category
    return _Findable(
        words=tuple(word.lower() for word in words),
        spelled=tuple(_spelled(word) for word in words),
        initials=tuple(_initials(word) for word in words),
        shelf=(shelf, _spelled(shelf), _initials(shelf)),
    )


def _spelled(word: str) -> str:
    return "".join(lazy_pinyin(word)).lower()


def _initials(word: str) -> str:
    return "".join(lazy_pinyin(word, style=Style.FIRST_LETTER)).lower()


def _score(item: _Findable, typed: str) -> float:
    ways = (*item.words, *item.spelled, *item.initials)
    if typed in ways:
        return 3 * SURE
    if any(way.startswith(typed) for way in ways):
        return 2 * SURE
    if any(typed in way for way in ways) or typed in item.shelf:
        return SURE
    if len(typed) < 3:
        return 0.0
    return max(fuzz.ratio(typed, way) for way in (*item.words, *item.spelled))


def usual(session: Session, customer_id: uuid.UUID) -> list[Wanted]:
    """The goods of her last order that arrived and is not private, as far as still on sale."""
    last = history.last_delivered(session, customer_id, for_family=True)
    if last is None:
        return []
    return [
        Wanted(line.sku, line.quantity)
        for line in last.lines
        if line.product.on_sale and not line.product.is_service
    ]


def slots(moment: datetime, zone: tzinfo) -> list[nlu.Window]:
    """The times at which somebody can come, soonest first."""
    local = moment.astimezone(zone)
    found = []
    for day in range(SLOT_DAYS):
        date = (local + timedelta(days=day)).date()
        for start, end in SLOTS:
            begins = datetime.combine(date, time(start), zone)
            if begins > local + NEEDED:
                found.append(nlu.Window(begins, datetime.combine(date, time(end), zone)))
    return found


def place(session: Session, link: Link, cart: Sequence[Wanted], zone: tzinfo) -> Order:
    """Order for a parent. She is rung and told before anyone comes, and may object.

    Raises NotAllowed for a child who may not, and for a cart that cannot be brought.
    """
    if not link.allows(Scope.ORDER):
        raise NotAllowed("ordering opens when somebody vouches, or a day after linking")
    if not cart or len(cart) > LINES:
        raise NotAllowed(f"a cart has 1 to {LINES} lines")
    products = catalogue.by_sku(session, {wanted.sku for wanted in cart})
    open_slots = slots(clock.now(), zone)
    for wanted in cart:
        _check(wanted, products.get(wanted.sku), open_slots)
    order = intake.take(
        session, link.customer, child(link.relative_id), placed_by=link.relative_id
    )
    for wanted in cart:
        add_line(
            order, products[wanted.sku], wanted.quantity, wanted.slot, evidence={"how": "chosen"}
        )
    order.due_at = order.deadline(clock.now())
    session.flush()
    return order


def _check(wanted: Wanted, product: Product | None, open_slots: list[nlu.Window]) -> None:
    if product is None:
        raise NotAllowed("one of these is no longer on sale")
    if not 0 < wanted.quantity <= MOST:
        raise NotAllowed(f"an amount is more than 0 and at most {MOST}")
    if product.is_service and (wanted.slot is None or wanted.quantity != 1):
        raise NotAllowed("a service needs one of the open times")
    if wanted.slot is not None and wanted.slot not in open_slots:
        raise NotAllowed("this time is no longer open")
