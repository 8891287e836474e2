"""Spending rules: what a child lets happen without being asked, as data she edits."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from orders import catalogue
from orders.order import Order
from orders.relatives import Link, Scope, standing
from voiceapp import clock
from voiceapp.db import Base, Name, uuid_key
from voiceapp.errors import NotAllowed
from voiceapp.money import Fen


class Kind(StrEnum):
    """What a rule does with the lines that it is about."""

    APPROVE = "approve"
    """Approved by itself, within the limit."""
    ASK = "ask"
    """Always asked for."""
    NEVER = "never"
    """Taken out of the order, and the parent is told."""
    ESSENTIAL = "essential"
    """Never waits for anybody."""


class Span(StrEnum):
    """What a limit counts."""

    ORDER = "order"
    DAY = "day"
    MONTH = "month"


class SpendingRule(Base):
    """One sentence of a child's about a parent's orders.

    About one product, one category, or (both empty) everything. `limit_fen` is for APPROVE only.
    """

    __tablename__ = "spending_rules"

    id: Mapped[uuid.UUID] = uuid_key()
    link_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("links.id"), index=True)
    kind: Mapped[Kind] = mapped_column(Name(Kind))
    category: Mapped[str] = mapped_column(sa.String(32), default="")
    sku: Mapped[str] = mapped_column(sa.String(64), default="")
    span: Mapped[Span] = mapped_column(Name(Span), default=Span.ORDER)
    limit_fen: Mapped[Fen | None]
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    def covers(self, item: "Item") -> bool:
        """Whether it is about this item."""
        if self.sku:
            return item.sku == self.sku
        return not self.category or item.category == self.category


@dataclass(frozen=True)
class Item:
    """What a rule looks at: a line of an order, or a supplement in the name of its service."""

    position: int
    sku: str
    category: str
    fen: Fen


@dataclass(frozen=True)
class Spent:
    """What was approved by rules before, by span."""

    day: Fen = 0
    month: Fen = 0


@dataclass(frozen=True)
class Verdict:
    """What the rules say of an order. `never` are positions of lines to take out.

    `approved_by` names the rule that lets it through; without one, a child is asked.
    """

    approved_by: uuid.UUID | None = None
    link_id: uuid.UUID | None = None
    essential: bool = False
    never: frozenset[int] = frozenset()


def of_customer(session: Session, customer_id: uuid.UUID) -> list[SpendingRule]:
    """The rules in force for a parent, of every child who may approve, in the order of asking."""
    links = [link.id for link in standing(session, customer_id, Scope.APPROVE)]
    return [rule for link_id in links for rule in of_link(session, link_id)]


def of_link(session: Session, link_id: uuid.UUID) -> list[SpendingRule]:
    """One child's rules in force for one parent."""
    rows = session.scalars(
        sa.select(SpendingRule)
        .where(SpendingRule.link_id == link_id, SpendingRule.ended_at.is_(None))
        .order_by(SpendingRule.made_at)
    )
    return list(rows)


def judge(rules: Iterable[SpendingRule], items: list[Item], spent: Spent) -> Verdict:
    """What the rules make of these items. Pure: the same for a new order and for a trial.

    1. Lines that some rule never wants are taken out.
    2. What is left and all essential is let through at once.
    3. Any line that some rule always asks for: a child is asked.
    4. Let through where one child's approving rules cover every line within their limits.
    """
    standing_rules = list(rules)
    never = frozenset(
        item.position for item in items if _covered(standing_rules, item, Kind.NEVER)
    )
    left = [item for item in items if item.position not in never]
    if not left:
        return Verdict(never=never)
    essentials = [_covered(standing_rules, item, Kind.ESSENTIAL) for item in left]
    if all(essentials):
        first = essentials[0]
        assert first is not None
        return Verdict(first.id, first.link_id, essential=True, never=never)
    if any(_covered(standing_rules, item, Kind.ASK) for item in left):
        return Verdict(never=never)
    for rule in standing_rules:
        if rule.kind is Kind.APPROVE and _lets_through(rule, standing_rules, left, spent):
            return Verdict(rule.id, rule.link_id, never=never)
    return Verdict(never=never)


def _covered(rules: list[SpendingRule], item: Item, kind: Kind) -> SpendingRule | None:
    return next((rule for rule in rules if rule.kind is kind and rule.covers(item)), None)


def _lets_through(
    rule: SpendingRule, rules: list[SpendingRule], items: list[Item], spent: Spent
) -> bool:
    # Every line needs an approving rule of the same child's, and each of those keeps its limit
    # over the lines that it covers.
    own = [each for each in rules if each.kind is Kind.APPROVE and each.link_id == rule.link_id]
    if not all(any(each.covers(item) for each in own) for item in items):
        return False
    return all(_within(each, items, spent) for each in own)


def _within(rule: SpendingRule, items: list[Item], spent: Spent) -> bool:
    if rule.limit_fen is None:
        return True
    mine = sum(item.fen for item in items if rule.covers(item))
    before = {Span.ORDER: 0, Span.DAY: spent.day, Span.MONTH: spent.month}[rule.span]
    return mine + before <= rule.limit_fen


def items_of(order: Order) -> list[Item]:
    """The lines of an order, as rules look at them."""
    return [
        Item(line.position, line.sku, line.product.category, line.amount) for line in order.lines
    ]


def make(session: Session, link: Link, rule: SpendingRule) -> SpendingRule:
    """Put a rule in force for a link.

    Raises NotAllowed for one that says nothing, or is about a product that is not on sale.
    """
    _check(session, rule)
    rule.link_id = link.id
    session.add(rule)
    session.flush()
    return rule


def change(session: Session, rule: SpendingRule, to: SpendingRule) -> None:
    """Let a rule say what another says. Raises NotAllowed as `make` does."""
    _check(session, to)
    rule.kind, rule.span, rule.limit_fen = to.kind, to.span, to.limit_fen
    rule.category, rule.sku = to.category, to.sku


def end(rule: SpendingRule) -> None:
    """A rule counts no more. Ending it twice changes nothing."""
    rule.ended_at = rule.ended_at or clock.now()


def _check(session: Session, rule: SpendingRule) -> None:
    if rule.sku and not catalogue.by_sku(session, {rule.sku}):
        raise NotAllowed("a rule is about something on sale")
    everything = not rule.sku and not rule.category
    if everything and rule.kind in (Kind.NEVER, Kind.ESSENTIAL):
        raise NotAllowed("this kind of rule is about a product or a category")
    if everything and rule.kind is Kind.APPROVE and rule.limit_fen is None:
        raise NotAllowed("approving everything needs a limit")
