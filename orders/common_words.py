"""Words that several callers use for one product, and whether everybody may."""

import uuid
from collections import defaultdict
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from orders.catalogue import CatalogueVersion
from orders.people import Author
from voiceapp import clock
from voiceapp.crypto import keys
from voiceapp.db import Base, Name, Sealed, uuid_key

AGREED = 3
"""So many callers who use one word for one product make it a proposal for everybody."""


class WordState(StrEnum):
    """What became of a proposal."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class CommonWord(Base):
    """One word for one product. Sealed, since callers' own words made it."""

    __tablename__ = "common_words"
    __table_args__ = (sa.UniqueConstraint("spoken_index", "sku"),)

    id: Mapped[uuid.UUID] = uuid_key()
    spoken: Mapped[str] = mapped_column(Sealed)
    spoken_index: Mapped[str] = mapped_column(sa.String(64))
    sku: Mapped[str] = mapped_column(sa.ForeignKey("products.sku"))
    callers: Mapped[int]
    state: Mapped[WordState] = mapped_column(Name(WordState), default=WordState.PROPOSED)
    proposed_at: Mapped[datetime] = mapped_column(default=clock.now)
    ruled_by: Mapped[uuid.UUID | None]
    ruled_at: Mapped[datetime | None]


def propose(session: Session, word: str, sku: str, callers: int) -> CommonWord | None:
    """So many callers use a word for a product; enough of them make it a proposal."""
    index = keys().index(word)
    known = session.scalar(
        sa.select(CommonWord).where(CommonWord.spoken_index == index, CommonWord.sku == sku)
    )
    if known is not None:
        known.callers = callers
    elif callers >= AGREED:
        known = CommonWord(spoken=word, spoken_index=index, sku=sku, callers=callers)
        session.add(known)
    return known


def rule(session: Session, word: CommonWord, state: WordState, by: Author) -> None:
    """Accept a word for everybody, or not; the vocabulary is built anew."""
    word.state, word.ruled_by, word.ruled_at = state, by.id, clock.now()
    version = session.get(CatalogueVersion, 1)
    if version is not None:
        version.number += 1


def accepted(session: Session) -> dict[str, tuple[str, ...]]:
    """The words that everybody may use, by sku."""
    words: dict[str, list[str]] = defaultdict(list)
    for row in session.scalars(sa.select(CommonWord).where(CommonWord.state == WordState.ACCEPTED)):
        words[row.sku].append(row.spoken)
    return {sku: tuple(spoken) for sku, spoken in words.items()}
