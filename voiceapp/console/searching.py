"""Finding a product by Chinese, by pinyin or by initials: 土豆, tudou and td are the same."""

import threading
from dataclasses import dataclass

from pypinyin import Style, lazy_pinyin
from sqlalchemy.orm import Session

from orders import catalogue
from orders.catalogue import Product

MOST = 12
"""Results on one page."""


@dataclass(frozen=True)
class Entry:
    """One product and every way to write it."""

    sku: str
    spellings: tuple[str, ...]


_kept: dict[tuple[str, int], tuple[Entry, ...]] = {}
_building = threading.Lock()


def find(session: Session, wanted: str) -> list[Product]:
    """Products whose name, alias, pinyin or initials fit what was typed, best first."""
    typed = wanted.strip().lower().replace(" ", "").replace("'", "")
    if not typed:
        return []
    ranked = sorted(
        (rank, place, entry.sku)
        for place, entry in enumerate(_entries(session))
        if (rank := _rank(entry, typed)) is not None
    )
    skus = [sku for _, _, sku in ranked[:MOST]]
    products = catalogue.by_sku(session, set(skus))
    return [products[sku] for sku in skus if sku in products]


def _rank(entry: Entry, typed: str) -> int | None:
    ranks = [_fit(spelling, typed) for spelling in entry.spellings]
    return min((rank for rank in ranks if rank is not None), default=None)


def _fit(spelling: str, typed: str) -> int | None:
    if spelling == typed:
        return 0
    if spelling.startswith(typed):
        return 1
    return 2 if typed in spelling else None


def _entries(session: Session) -> tuple[Entry, ...]:
    key = (str(session.get_bind().engine.url), catalogue.version(session))
    with _building:
        if key not in _kept:
            _kept.clear()
            _kept[key] = tuple(_entry(product) for product in catalogue.on_sale(session))
        return _kept[key]


def _entry(product: Product) -> Entry:
    names = [product.name, *(alias for alias in product.aliases.split("|") if alias)]
    spellings = [*names, product.category, product.sku]
    for name in names:
        spellings.append("".join(lazy_pinyin(name)))
        spellings.append("".join(lazy_pinyin(name, style=Style.FIRST_LETTER)))
    return Entry(product.sku, tuple(dict.fromkeys(word.lower() for word in spellings)))
