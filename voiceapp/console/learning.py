"""Learning from corrections: a caller's own words, and those that everybody could use."""

import re

import sqlalchemy as sa
from sqlalchemy.orm import Session

from orders import common_words
from orders.order import Order
from orders.people import Author
from orders.vocabulary import CallerWord
from voiceapp.console.models import Correction
from voiceapp.crypto import keys

SHORTEST = 2
"""Characters of a word worth learning; a single one is inside too many others."""

_AMOUNT = re.compile(
    r"^(?:[来要买给我送再个点]*)"
    r"(?:[0-9.]+|[零一二三四五六七八九十百两俩仨半几廿]+)"
    r"(?:公斤|千克|[斤两克个根颗棵头只块节条朵串把盒袋瓶桶包箱支卷件提张双罐板打]){0,2}"
)


def noun_of(heard: str) -> str:
    """The stretch that was heard without its amount: 两斤洋柿子 is 洋柿子."""
    return _AMOUNT.sub("", heard).strip("，。、 ") or heard


def learn(
    session: Session,
    order: Order,
    by: Author,
    heard: str,
    sku_before: str | None,
    sku: str,
    word: str | None = None,
) -> None:
    """Keep a correction, and learn a word for this caller: the one that the clerk wrote, or, where
    it is empty, what was heard without its amount. None learns nothing."""
    noun = noun_of(heard)
    if noun:
        session.add(
            Correction(
                order_id=order.id,
                customer_id=order.customer_id,
                clerk_id=by.id,
                heard=noun,
                heard_index=keys().index(noun),
                sku_before=sku_before,
                sku=sku,
            )
        )
    if word is None:
        return
    word = word.strip() or noun
    if len(word) >= SHORTEST and order.customer_id is not None:
        _teach(session, order, by, word, sku)
        common_words.propose(session, word, sku, _users(session, word, sku))


def _teach(session: Session, order: Order, by: Author, word: str, sku: str) -> None:
    for row in session.scalars(
        sa.select(CallerWord).where(CallerWord.customer_id == order.customer_id)
    ):
        if row.spoken == word:
            row.sku, row.taught_by = sku, by.id
            return
    assert order.customer_id is not None, "only a known caller has words of her own"
    session.add(CallerWord(customer_id=order.customer_id, spoken=word, sku=sku, taught_by=by.id))
    session.flush()


def _users(session: Session, word: str, sku: str) -> int:
    # Words are sealed, so equal ones are found by reading those of this product.
    rows = session.scalars(sa.select(CallerWord).where(CallerWord.sku == sku))
    return len({row.customer_id for row in rows if row.spoken == word})
