"""What the desk's pages of people, cases and words show."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from orders.access import Look
from orders.cases import KINDS, Case, CaseEntry
from orders.catalogue import Product
from orders.common_words import CommonWord
from orders.escalations import Escalation
from orders.order import Order
from orders.ratings import Rating
from orders.visits import Visit
from orders.vocabulary import CallerWord
from voiceapp.console.models import Clerk

MOST = 200
"""Rows of one page."""


def words_of(session: Session, customer_id: uuid.UUID) -> list[tuple[CallerWord, str]]:
    """A caller's own words, each with the name of the product."""
    rows = session.execute(
        sa.select(CallerWord, Product.name)
        .join(Product, Product.sku == CallerWord.sku)
        .where(CallerWord.customer_id == customer_id)
        .order_by(CallerWord.taught_at.desc())
    )
    return [(row[0], row[1]) for row in rows]


def orders_of(session: Session, customer_id: uuid.UUID, most: int = 20) -> list[Order]:
    """A caller's orders, newest first."""
    return list(
        session.scalars(
            sa.select(Order)
            .where(Order.customer_id == customer_id)
            .options(selectinload(Order.all_lines))
            .order_by(Order.created_at.desc())
            .limit(most)
        )
    )


def open_cases(session: Session) -> list[Case]:
    """Cases without a ruling, the soonest due first."""
    return list(
        session.scalars(
            sa.select(Case).where(Case.closed_at.is_(None)).order_by(Case.due_at).limit(MOST)
        )
    )


def closed_cases(session: Session, most: int = 20) -> list[Case]:
    """The last cases that were ruled on."""
    return list(
        session.scalars(
            sa.select(Case)
            .where(Case.closed_at.is_not(None))
            .order_by(Case.closed_at.desc())
            .limit(most)
        )
    )


def untaken(session: Session) -> list[Escalation]:
    """What will be a case as soon as somebody takes it."""
    return list(
        session.scalars(
            sa.select(Escalation)
            .where(
                Escalation.closed_at.is_(None),
                Escalation.reason.in_(list(KINDS)),
                ~sa.exists().where(Case.escalation_id == Escalation.id),
            )
            .order_by(Escalation.priority, Escalation.opened_at)
            .limit(MOST)
        )
    )


def entries_of(session: Session, case_id: uuid.UUID) -> list[CaseEntry]:
    """What was written down in a case, oldest first."""
    return list(
        session.scalars(
            sa.select(CaseEntry).where(CaseEntry.case_id == case_id).order_by(CaseEntry.at)
        )
    )


def ratings_of(session: Session, order_id: uuid.UUID) -> list[Rating]:
    """How an order's visits were rated."""
    return list(
        session.scalars(
            sa.select(Rating)
            .join(Visit, Visit.id == Rating.visit_id)
            .where(Visit.order_id == order_id)
        )
    )


def all_clerks(session: Session) -> list[Clerk]:
    """Everybody with a login."""
    return list(session.scalars(sa.select(Clerk).order_by(Clerk.login)))


def looks(
    session: Session,
    who: uuid.UUID | None = None,
    span: tuple[datetime, datetime] | None = None,
    page: int = 1,
) -> list[Look]:
    """Who looked at what, newest first, MOST to a page."""
    query = sa.select(Look).order_by(Look.at.desc(), Look.id)
    query = query.limit(MOST).offset((page - 1) * MOST)
    if who is not None:
        query = query.where(Look.who == who)
    if span is not None:
        query = query.where(Look.at >= span[0], Look.at < span[1])
    return list(session.scalars(query))


def common_words(session: Session) -> list[tuple[CommonWord, str]]:
    """Words that many callers use, with the product's name; what is undecided first."""
    rows = session.execute(
        sa.select(CommonWord, Product.name)
        .join(Product, Product.sku == CommonWord.sku)
        .order_by(CommonWord.ruled_at.is_not(None), CommonWord.callers.desc())
        .limit(MOST)
    )
    return [(row[0], row[1]) for row in rows]
