"""What the parser takes and gives: one utterance in, one understanding out, both immutable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

Dialogue = Literal["request", "answer", "confirm", "rating"]
DIALOGUES: tuple[Dialogue, ...] = ("request", "answer", "confirm", "rating")
Intent = Literal[
    "order", "reorder", "order_status", "cancel_order", "complaint", "question", "agent",
    "emergency", "other", "yes", "no", "repeat", "change", "answer", "rate",
]
How = Literal["name", "alias", "regional", "sound", "history"]


class NotHeard(ValueError):
    """The input row is not one of the contract's."""


@dataclass(frozen=True)
class Window:
    """A span of local time with its offset, in which a delivery or a visit is wished."""

    start: datetime
    end: datetime

    def as_dict(self) -> dict[str, str]:
        return {"start": self.start.isoformat(), "end": self.end.isoformat()}


@dataclass(frozen=True)
class DraftLine:
    """One line that was read to the caller; quantity in the product's sale unit."""

    sku: str
    quantity: Decimal
    window: Window | None = None


@dataclass(frozen=True)
class Evidence:
    """How a product was found, and how far the next best lay behind (0 to 1)."""

    how: How = "name"
    margin: float = 1.0

    def as_dict(self) -> dict[str, Any]:
        return {"how": self.how, "margin": round(self.margin, 2)}


@dataclass(frozen=True)
class Item:
    """One product wished for. `span` are the offsets of `heard` in the given text."""

    sku: str
    quantity: Decimal
    unit: str
    heard: str
    span: tuple[int, int]
    evidence: Evidence = Evidence()
    window: Window | None = None

    def as_dict(self) -> dict[str, Any]:
        row: dict[str, Any] = {
            "sku": self.sku,
            "quantity": decimal_text(self.quantity),
            "unit": self.unit,
            "heard": self.heard,
            "evidence": self.evidence.as_dict(),
        }
        if self.window:
            row["window"] = self.window.as_dict()
        return row


@dataclass(frozen=True)
class Clarify:
    """A question to the caller, with what is already known of the line it is about."""

    id: str
    about: Literal["product", "quantity", "time"]
    heard: str = ""
    options: tuple[str, ...] = ()
    sku: str | None = None
    quantity: Decimal | None = None
    unit: str | None = None
    window: Window | None = None

    def as_dict(self) -> dict[str, Any]:
        row: dict[str, Any] = {
            "id": self.id, "about": self.about, "heard": self.heard, "options": list(self.options)
        }
        if self.sku:
            row["sku"] = self.sku
        if self.quantity is not None:
            row["quantity"] = decimal_text(self.quantity)
        if self.unit:
            row["unit"] = self.unit
        if self.window:
            row["window"] = self.window.as_dict()
        return row


@dataclass(frozen=True)
class Edit:
    """One change to the draft; `quantity` is None for a removal."""

    op: Literal["add", "set", "remove"]
    sku: str
    quantity: Decimal | None = None

    def as_dict(self) -> dict[str, str]:
        row = {"op": str(self.op), "sku": self.sku}
        if self.quantity is not None:
            row["quantity"] = decimal_text(self.quantity)
        return row


@dataclass(frozen=True)
class Heard:
    """What a recogniser wrote of one turn, when, and in which part of the conversation.

    `question` is the clarify row that was asked (dialogue `answer`); `draft` and `window` are
    what was read to the caller (dialogue `confirm`). `now` carries the community's offset.
    """

    text: str
    now: datetime
    dialogue: Dialogue = "request"
    draft: tuple[DraftLine, ...] = ()
    window: Window | None = None
    question: Clarify | None = None


@dataclass(frozen=True)
class Understood:
    """What the caller wants; the fields are those of the contract's Out."""

    intent: Intent
    items: tuple[Item, ...] = ()
    window: Window | None = None
    also: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    rating: int | None = None
    clarify: tuple[Clarify, ...] = ()
    about: tuple[str, ...] = ()
    everything: bool = False
    pay: Literal["self"] | None = None

    def as_dict(self) -> dict[str, Any]:
        return {
            "intent": self.intent,
            "items": [item.as_dict() for item in self.items],
            "window": self.window.as_dict() if self.window else None,
            "also": list(self.also),
            "edits": [edit.as_dict() for edit in self.edits],
            "rating": self.rating,
            "clarify": [row.as_dict() for row in self.clarify],
            "about": list(self.about),
            "everything": self.everything,
            "pay": self.pay,
        }


def decimal_text(value: Decimal) -> str:
    """A decimal as the contract writes it: no exponent, no trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def heard_from(row: Mapping[str, Any]) -> Heard:
    """One JSON object of the contract's In. Raises NotHeard where it is not one."""
    text = row.get("text")
    if not isinstance(text, str):
        raise NotHeard("text is missing")
    dialogue = row.get("dialogue", "request")
    if dialogue not in DIALOGUES:
        raise NotHeard("dialogue is none of " + " ".join(DIALOGUES))
    draft = row.get("draft") or []
    if not isinstance(draft, list):
        raise NotHeard("draft is not a list")
    question = row.get("question")
    return Heard(
        text=text,
        now=moment(row.get("now")),
        dialogue=dialogue,
        draft=tuple(_draft_line(line) for line in draft),
        window=_window(row.get("window")),
        question=_question(question) if question else None,
    )


def moment(value: object) -> datetime:
    """An ISO 8601 time with its offset. Raises NotHeard without one."""
    try:
        when = datetime.fromisoformat(str(value))
    except ValueError as error:
        raise NotHeard("now is not an ISO 8601 time") from error
    if when.tzinfo is None:
        raise NotHeard("now has no offset")
    return when


def _decimal(value: object) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation as error:
        raise NotHeard("a quantity is not a number") from error
    if not number.is_finite():
        raise NotHeard("a quantity is not a number")
    return number


def _window(value: object) -> Window | None:
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise NotHeard("window is not an object")
    return Window(moment(value.get("start")), moment(value.get("end")))


def _draft_line(line: object) -> DraftLine:
    if not isinstance(line, Mapping) or not isinstance(line.get("sku"), str):
        raise NotHeard("a line of the draft has no sku")
    return DraftLine(line["sku"], _decimal(line.get("quantity")), _window(line.get("window")))


def _question(row: object) -> Clarify:
    if not isinstance(row, Mapping) or row.get("about") not in ("product", "quantity", "time"):
        raise NotHeard("question is about nothing")
    options = row.get("options") or []
    if not isinstance(options, list):
        raise NotHeard("the options of the question are not a list")
    quantity = row.get("quantity")
    return Clarify(
        id=str(row.get("id", "")),
        about=row["about"],
        heard=str(row.get("heard") or ""),
        options=tuple(str(option) for option in options),
        sku=str(row["sku"]) if row.get("sku") else None,
        quantity=None if quantity is None else _decimal(quantity),
        unit=str(row["unit"]) if row.get("unit") else None,
        window=_window(row.get("window")),
    )
