"""An order: its lines, its open questions, its story, and the one way to change its state."""

import secrets
import uuid
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session, relationship

import nlu
from orders.catalogue import Product
from orders.customers import Customer
from orders.lifecycle import FINAL, PATIENCE, Event, State, next_state
from orders.people import Author, Role
from voiceapp import clock
from voiceapp.db import Base, Name, Sealed, SealedJson, uuid_key
from voiceapp.errors import NotAllowed
from voiceapp.money import Fen, line_total

if TYPE_CHECKING:
    from orders.visits import Visit

NEEDED = timedelta(minutes=15)
"""What is left of a window must be at least this long for the window to be met."""

NEEDS_WINDOW = frozenset(
    {Event.CONFIRMED, Event.APPROVED, Event.APPROVED_AT_DOOR, Event.ON_TAB, Event.DISPATCHED}
)
"""Events that promise the wished time once more; none happens after that time is lost."""

Fact = str | int | None


class WindowLost(NotAllowed):
    """The wished time can no longer be met; a person must agree on another."""


class Order(Base):
    """What one caller wants, from the recording's arrival to the rating.

    `number` is the line that rang, `customer` the person where we know who it is; on a shared
    line that is asked on the call back. `due_at` is when somebody looks after it by itself.
    """

    __tablename__ = "orders"
    __table_args__ = (sa.Index("ix_orders_due", "state", "due_at"),)

    id: Mapped[uuid.UUID] = uuid_key()
    code: Mapped[str] = mapped_column(sa.String(6), unique=True)
    state: Mapped[State] = mapped_column(Name(State))
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    due_at: Mapped[datetime | None]
    customer_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("customers.id"), index=True
    )
    number: Mapped[str | None] = mapped_column(Sealed)
    number_index: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    recording_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("recordings.id"))
    placed_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("relatives.id"))
    private: Mapped[bool] = mapped_column(default=False)
    pays_self: Mapped[bool] = mapped_column(default=False)
    rings: Mapped[int] = mapped_column(default=0)
    read_digest: Mapped[str | None] = mapped_column(sa.String(64))
    read_call_id: Mapped[uuid.UUID | None]
    confirmed_words: Mapped[str | None] = mapped_column(Sealed)
    confirmed_at: Mapped[datetime | None]

    customer: Mapped[Customer | None] = relationship()
    all_lines: Mapped[list["OrderLine"]] = relationship(
        back_populates="order", order_by="OrderLine.position", cascade="all, delete-orphan"
    )
    questions: Mapped[list["LineQuestion"]] = relationship(
        order_by="LineQuestion.position", cascade="all, delete-orphan"
    )
    events: Mapped[list["OrderEvent"]] = relationship(order_by="OrderEvent.at")

    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def born(cls, session: Session, event: Event, by: Author, **columns: Any) -> Self:
        """A new order through one of the events that begin one."""
        order = cls(code=_free_code(session), state=next_state(None, event), **columns)
        session.add(order)
        session.flush()
        order._note(session, event, by, {})
        return order

    def move(self, event: Event, by: Author, **facts: Fact) -> None:
        """Change the state: the only way. Writes one event row in this transaction.

        `facts` are ids, enums and counts, never words. Raises NotAllowed where the table has no
        such move, and WindowLost where the event would promise a time that is gone.
        """
        target = next_state(self.state, event)
        if event in NEEDS_WINDOW and self.window_lost(clock.now()):
            raise WindowLost("the wished time can no longer be met; agree on another first")
        if event is Event.CONFIRMED and self.open_questions:
            raise NotAllowed("an order with an open question cannot be confirmed")
        session = object_session(self)
        assert session is not None, "only an order of a session can move"
        self.state = target
        self._note(session, event, by, facts)

    def _note(self, session: Session, event: Event, by: Author, facts: dict[str, Fact]) -> None:
        moment = clock.now()
        self.due_at = self.deadline(moment)
        session.add(
            OrderEvent(
                order_id=self.id,
                name=event,
                state=self.state,
                role=by.role,
                author=by.id,
                at=moment,
                facts=facts,
            )
        )
        session.flush()

    def deadline(self, moment: datetime) -> datetime | None:
        """When this state has lasted too long: its patience, or sooner the wished window."""
        if self.state in FINAL:
            return None
        due = moment + PATIENCE[self.state]
        ends = self.promised_ends()
        if ends and self.state is not State.DISPATCHED:
            due = min(due, max(moment, min(ends) - NEEDED))
        return due

    def window_lost(self, moment: datetime) -> bool:
        """Whether some line's wished time can no longer be met."""
        return any(moment > end - NEEDED for end in self.promised_ends())

    def promised_ends(self) -> list[datetime]:
        """When the wished times end that nobody has set out to meet yet."""
        return [
            line.window_end
            for line in self.lines
            if line.window_end is not None and not line.under_way
        ]

    @property
    def lines(self) -> list["OrderLine"]:
        """The lines that still count, in the order first named."""
        return [line for line in self.all_lines if line.dropped_by is None]

    @property
    def open_questions(self) -> list["LineQuestion"]:
        """What must be asked before this can be confirmed."""
        return [question for question in self.questions if question.answered_at is None]

    @property
    def total(self) -> Fen:
        """What the lines come to: a ceiling once it is confirmed."""
        return sum(line.amount for line in self.lines)


class OrderLine(Base):
    """One product or service of an order, at the price of the day it was heard."""

    __tablename__ = "order_lines"

    id: Mapped[uuid.UUID] = uuid_key()
    order_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    position: Mapped[int]
    sku: Mapped[str] = mapped_column(sa.ForeignKey("products.sku"))
    name: Mapped[str] = mapped_column(sa.String(64))
    unit: Mapped[str] = mapped_column(sa.String(8))
    price: Mapped[Fen]
    quantity: Mapped[Decimal]
    heard: Mapped[str] = mapped_column(Sealed, default="")
    evidence: Mapped[dict[str, Any] | None] = mapped_column(SealedJson)
    window_start: Mapped[datetime | None]
    window_end: Mapped[datetime | None]
    dropped_by: Mapped[Role | None] = mapped_column(Name(Role))
    visit_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("visits.id"))

    order: Mapped[Order] = relationship(back_populates="all_lines")
    product: Mapped[Product] = relationship()
    visit: Mapped["Visit | None"] = relationship(back_populates="lines")

    @property
    def under_way(self) -> bool:
        """Whether somebody has set out with it, or has been."""
        return self.visit is not None and self.visit.sent_at is not None

    @property
    def amount(self) -> Fen:
        """Price of the quantity, rounded to the fen."""
        return line_total(self.price, self.quantity)


class LineQuestion(Base):
    """Something to ask before the order can be confirmed: the NLU's `clarify` row, kept.

    `row` is the row of the NLU's contract (about, heard, options, and what is known of the line).
    """

    __tablename__ = "line_questions"

    id: Mapped[uuid.UUID] = uuid_key()
    order_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    position: Mapped[int]
    about: Mapped[str] = mapped_column(sa.String(16))
    row: Mapped[dict[str, Any]] = mapped_column(SealedJson)
    asked: Mapped[int] = mapped_column(default=0)
    answered_at: Mapped[datetime | None]

    @property
    def clarify(self) -> nlu.Clarify:
        """The stored row as the NLU takes it back."""
        stored = {"text": "", "now": clock.now().isoformat(), "question": self.row}
        question = nlu.heard_from(stored).question
        assert question is not None, "a stored question has its row"
        return question


class OrderEvent(Base):
    """One thing that happened to an order: audit trail, timeline, and what reactions follow.

    `reacted_at` is empty until the relay has turned the event into errands.
    """

    __tablename__ = "order_events"
    __table_args__ = (sa.Index("ix_order_events_fresh", "reacted_at", "at"),)

    id: Mapped[uuid.UUID] = uuid_key()
    order_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    name: Mapped[Event] = mapped_column(Name(Event))
    state: Mapped[State] = mapped_column(Name(State))
    role: Mapped[Role] = mapped_column(Name(Role))
    author: Mapped[uuid.UUID | None]
    at: Mapped[datetime]
    facts: Mapped[dict[str, Any]]
    reacted_at: Mapped[datetime | None]


def _free_code(session: Session) -> str:
    while True:
        code = f"{secrets.randbelow(1_000_000):06d}"
        if session.scalar(sa.select(Order.id).where(Order.code == code)) is None:
            return code
