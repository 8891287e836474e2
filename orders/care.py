"""What somebody who comes to help must know of a resident: keys, illnesses, neighbours."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from orders.people import Author
from voiceapp import clock
from voiceapp.db import Base, Sealed

FIELDS = ("keys", "illnesses", "neighbours")


class Care(Base):
    """One resident's. Apart from what else is on file, since illnesses are nobody's business but
    in an emergency; `written_by` is the clerk who last changed it."""

    __tablename__ = "care"

    customer_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("customers.id"), primary_key=True)
    keys: Mapped[str] = mapped_column(Sealed, default="")
    illnesses: Mapped[str] = mapped_column(Sealed, default="")
    neighbours: Mapped[str] = mapped_column(Sealed, default="")
    written_by: Mapped[uuid.UUID | None]
    written_at: Mapped[datetime] = mapped_column(default=clock.now)


def write(session: Session, customer_id: uuid.UUID, by: Author, **fields: str) -> Care:
    """Keep what is known from here on. `fields` are those of FIELDS."""
    row = session.get(Care, customer_id)
    if row is None:
        row = Care(customer_id=customer_id)
        session.add(row)
    for name in FIELDS:
        setattr(row, name, fields[name].strip())
    row.written_by, row.written_at = by.id, clock.now()
    session.flush()
    return row
