"""The people who ring, the numbers they ring from, and what a helper must know of them."""

import uuid
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from voiceapp import clock
from voiceapp.crypto import keys
from voiceapp.db import Base, Name, Sealed, uuid_key
from voiceapp.phone import Phone


class Pace(StrEnum):
    """How fast we speak to somebody."""

    NORMAL = "normal"
    SLOW = "slow"


class Customer(Base):
    """A resident who orders by telephone."""

    __tablename__ = "customers"

    id: Mapped[uuid.UUID] = uuid_key()
    name: Mapped[str] = mapped_column(Sealed)
    pace: Mapped[Pace] = mapped_column(Name(Pace), default=Pace.NORMAL)
    hearing: Mapped[str] = mapped_column(Sealed, default="")
    best_hours: Mapped[str] = mapped_column(sa.String(40), default="")
    notes: Mapped[str] = mapped_column(Sealed, default="")
    pays_at_door: Mapped[bool] = mapped_column(default=False)
    pass_phrase: Mapped[str] = mapped_column(Sealed, default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    numbers: Mapped[list["CustomerNumber"]] = relationship(
        back_populates="customer", order_by="CustomerNumber.rank", cascade="all, delete-orphan"
    )
    addresses: Mapped[list["Address"]] = relationship(
        order_by="Address.rank", cascade="all, delete-orphan"
    )

    @property
    def phone(self) -> Phone | None:
        """The number on file: the one that confirmations are taken on."""
        return Phone(self.numbers[0].number) if self.numbers else None

    @property
    def address(self) -> str:
        """Where things are brought; empty where nobody has told us."""
        return self.addresses[0].text if self.addresses else ""


class CustomerNumber(Base):
    """A number on file. Two people on one line share it: one household."""

    __tablename__ = "customer_numbers"
    __table_args__ = (sa.UniqueConstraint("number_index", "customer_id"),)

    id: Mapped[uuid.UUID] = uuid_key()
    customer_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("customers.id"), index=True)
    number: Mapped[str] = mapped_column(Sealed)
    number_index: Mapped[str] = mapped_column(sa.String(64), index=True)
    rank: Mapped[int] = mapped_column(default=0)

    customer: Mapped[Customer] = relationship(back_populates="numbers")


class Address(Base):
    """Where somebody lives, with what the one who comes must know (keys, neighbours)."""

    __tablename__ = "addresses"

    id: Mapped[uuid.UUID] = uuid_key()
    customer_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("customers.id"), index=True)
    text: Mapped[str] = mapped_column(Sealed)
    hint: Mapped[str] = mapped_column(Sealed, default="")
    rank: Mapped[int] = mapped_column(default=0)


def household(session: Session, phone: Phone) -> list[Customer]:
    """Everybody on file at a number, longest known first; empty for an unknown number."""
    return list(
        session.scalars(
            sa.select(Customer)
            .join(CustomerNumber)
            .where(CustomerNumber.number_index == keys().index(phone.e164))
            .order_by(Customer.created_at, Customer.id)
        )
    )


def enrol(session: Session, name: str, phone: Phone, address: str = "") -> Customer:
    """Put somebody on file with a number and, where known, an address."""
    customer = Customer(name=name)
    customer.numbers.append(
        CustomerNumber(number=phone.e164, number_index=keys().index(phone.e164))
    )
    if address:
        customer.addresses.append(Address(text=address))
    session.add(customer)
    session.flush()
    return customer
