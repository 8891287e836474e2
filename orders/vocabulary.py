"""The words of the catalogue, built once a version, and what one caller adds to them."""

import threading
import uuid
from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

import nlu
from orders import catalogue
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


_shared: dict[tuple[str, int], nlu.Vocabulary] = {}
_building = threading.Lock()


def shared(session: Session) -> nlu.Vocabulary:
    """The vocabulary of the catalogue as it is loaded, kept until the next load."""
    key = (str(session.get_bind().engine.url), catalogue.version(session))
    with _building:
        if key not in _shared:
            _shared.clear()
            products = tuple(_spoken(product) for product in catalogue.on_sale(session))
            _shared[key] = nlu.Vocabulary(products)
        return _shared[key]


def of_caller(session: Session, customer_id: uuid.UUID | None) -> nlu.Vocabulary:
    """The shared vocabulary with one caller's own words and usual things."""
    words = shared(session)
    if customer_id is None:
        return words
    taught = session.scalars(sa.select(CallerWord).where(CallerWord.customer_id == customer_id))
    return words.for_caller(
        lexicon=tuple((row.spoken, row.sku) for row in taught),
        history=ordered_skus(session, customer_id),
    )


def _spoken(product: catalogue.Product) -> nlu.Product:
    inner = (pair.split(":") for pair in product.inner.split("|") if pair)
    return nlu.Product(
        sku=product.sku,
        kind="service" if product.is_service else "goods",
        category=product.category,
        name=product.name,
        spec=product.spec,
        unit=product.unit,
        price_fen=product.price,
        piece_jin=Decimal(product.piece_jin) if product.piece_jin is not None else None,
        pack_jin=Decimal(product.pack_jin) if product.pack_jin is not None else None,
        inner={measure: int(count) for measure, count in inner},
        aliases=tuple(name for name in product.aliases.split("|") if name),
    )
