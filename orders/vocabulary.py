"""The words of the catalogue, built once a version, and what one caller adds to them."""

import threading
import uuid
from collections import OrderedDict
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

import nlu
from orders import catalogue, common_words
from orders.history import ordered_skus
from voiceapp import clock
from voiceapp.db import Base, Sealed, uuid_key


class CallerWord(Base):
    """A name or an accent of one caller's: what she says, and the product she means."""

    __tablename__ = "caller_words"

    id: Mapped[uuid.UUID] = uuid_key()
    customer_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("customers.id"), index=True)
    spoken: Mapped[str] = mapped_column(Sealed)
    sku: Mapped[str] = mapped_column(sa.ForeignKey("products.sku"))
    taught_by: Mapped[uuid.UUID | None]
    taught_at: Mapped[datetime] = mapped_column(default=clock.now)


KEPT = 200
"""Vocabularies of callers with words or a history of their own, kept at a time."""

_kept: OrderedDict[tuple[object, ...], nlu.Vocabulary] = OrderedDict()
_building = threading.Lock()


def shared(session: Session) -> nlu.Vocabulary:
    """The vocabulary of the catalogue as it is loaded, kept until the next load."""
    return _vocabulary(session, (), ())


def of_caller(session: Session, customer_id: uuid.UUID | None) -> nlu.Vocabulary:
    """The catalogue's vocabulary with one caller's own words and usual things."""
    if customer_id is None:
        return shared(session)
    taught = session.scalars(sa.select(CallerWord).where(CallerWord.customer_id == customer_id))
    words = tuple(sorted((row.spoken, row.sku) for row in taught))
    return _vocabulary(session, words, ordered_skus(session, customer_id))


def taught(session: Session, customer_id: uuid.UUID | None) -> list[str]:
    """The caller's own words, as she says them."""
    rows = session.scalars(sa.select(CallerWord).where(CallerWord.customer_id == customer_id))
    return [row.spoken for row in rows]


def _vocabulary(
    session: Session, words: tuple[tuple[str, str], ...], history: tuple[str, ...]
) -> nlu.Vocabulary:
    key = (str(session.get_bind().engine.url), catalogue.version(session), words, history)
    with _building:
        if key not in _kept:
            agreed = common_words.accepted(session)
            products = tuple(
                _spoken(product, agreed.get(product.sku, ()))
                for product in catalogue.on_sale(session)
            )
            _kept[key] = nlu.Vocabulary(products, words, history)
            while len(_kept) > KEPT:
                _kept.popitem(last=False)
        _kept.move_to_end(key)
        return _kept[key]


def _spoken(product: catalogue.Product, agreed: tuple[str, ...]) -> nlu.Product:
    inner = (pair.split(":") for pair in product.inner.split("|") if pair)
    return nlu.Product(
        sku=product.sku,
        kind="service" if product.is_service else "goods",
        category=product.category,
        name=product.name,
        spec=product.spec,
        unit=product.unit,
        price_fen=product.price,
        piece_jin=product.piece_jin,
        pack_jin=product.pack_jin,
        inner={measure: int(count) for measure, count in inner},
        aliases=(*(name for name in product.aliases.split("|") if name), *agreed),
    )
