"""The children, and what each may do for which parent."""

import uuid
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from orders.customers import Customer
from voiceapp import clock
from voiceapp.crypto import keys
from voiceapp.db import Base, Sealed, uuid_key
from voiceapp.phone import Phone


class Scope(StrEnum):
    """What a parent lets a child do."""

    SEE = "see"
    APPROVE = "approve"
    PAY = "pay"
    ORDER = "order"
    AUDIO = "audio"
    ADDRESS = "address"


class Relative(Base):
    """A grown child, or whoever stands in for one."""

    __tablename__ = "relatives"

    id: Mapped[uuid.UUID] = uuid_key()
    name: Mapped[str] = mapped_column(Sealed)
    number: Mapped[str] = mapped_column(Sealed)
    number_index: Mapped[str] = mapped_column(sa.String(64), unique=True)
    wechat_openid: Mapped[str | None] = mapped_column(Sealed)
    wechat_index: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    links: Mapped[list["Link"]] = relationship(back_populates="relative")

    @property
    def phone(self) -> Phone:
        """Where codes and notices go."""
        return Phone(self.number)


class Link(Base):
    """One child's standing with one parent. `rank` is the order of asking, from 1."""

    __tablename__ = "links"

    id: Mapped[uuid.UUID] = uuid_key()
    customer_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("customers.id"), index=True)
    relative_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("relatives.id"), index=True)
    relation: Mapped[str] = mapped_column(sa.String(16))
    rank: Mapped[int] = mapped_column(default=1)
    scopes: Mapped[str] = mapped_column(sa.String(80))
    linked_at: Mapped[datetime] = mapped_column(default=clock.now)
    vouched_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    customer: Mapped[Customer] = relationship()
    relative: Mapped[Relative] = relationship(back_populates="links")

    def allows(self, scope: Scope) -> bool:
        """Whether the parent's consent covers it and still stands."""
        return self.revoked_at is None and scope in self.scopes.split()


def register(session: Session, name: str, phone: Phone) -> Relative:
    """The relative of this number; a new row where there is none."""
    relative = by_phone(session, phone)
    if relative is None:
        index = keys().index(phone.e164)
        relative = Relative(name=name, number=phone.e164, number_index=index)
        session.add(relative)
        session.flush()
    return relative


def by_phone(session: Session, phone: Phone) -> Relative | None:
    """Who has this number, among relatives."""
    index = keys().index(phone.e164)
    return session.scalar(sa.select(Relative).where(Relative.number_index == index))


def link(
    session: Session,
    customer: Customer,
    relative: Relative,
    relation: str,
    scopes: tuple[Scope, ...] = tuple(Scope),
) -> Link:
    """Let a relative stand by a customer, after those already linked.

    The consent that this rests on is written by whoever took it (see orders.consents).
    """
    rank = 1 + len(standing(session, customer.id))
    row = Link(
        customer=customer, relative=relative, relation=relation, rank=rank, scopes=" ".join(scopes)
    )
    session.add(row)
    session.flush()
    return row


def standing(
    session: Session, customer_id: uuid.UUID, scope: Scope | None = None
) -> list[Link]:
    """The unrevoked links of a customer in their order of asking, those with a scope if given."""
    links = session.scalars(
        sa.select(Link)
        .where(Link.customer_id == customer_id, Link.revoked_at.is_(None))
        .order_by(Link.rank, Link.linked_at)
    )
    return [row for row in links if scope is None or row.allows(scope)]


def link_between(
    session: Session, relative_id: uuid.UUID, customer_id: uuid.UUID
) -> Link | None:
    """The unrevoked link of these two."""
    return session.scalar(
        sa.select(Link).where(
            Link.relative_id == relative_id,
            Link.customer_id == customer_id,
            Link.revoked_at.is_(None),
        )
    )
