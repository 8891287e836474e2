"""The shapes of what the API takes and tells. Money is fen, moments are UTC."""

import marshmallow as ma
from marshmallow.validate import Length, OneOf, Range, Regexp

from family_link.decisions import DeclineReason
from orders.lifecycle import Event, State
from orders.relatives import Scope
from orders.visits import VisitState

F = ma.fields
TEXT = Regexp(r"^[^\x00]*$")
"""PostgreSQL stores no NUL in a text."""


def one_of(names: type[str]) -> OneOf:
    """Only the members of an enumeration."""
    return OneOf([str(name) for name in names])  # type: ignore[attr-defined]


class Window(ma.Schema):
    """A span of time."""

    start = F.AwareDateTime(required=True)
    end = F.AwareDateTime(required=True)


class Line(ma.Schema):
    """One line of an order. `gone` was taken out."""

    position = F.Integer(required=True)
    sku = F.String(required=True)
    name = F.String(required=True)
    unit = F.String(required=True)
    quantity = F.String(required=True, metadata={"description": "A decimal, as text"})
    fen = F.Integer(required=True)
    window = F.Nested(Window, allow_none=True)
    gone = F.Boolean(required=True)
    audio_from = F.Float(
        allow_none=True, metadata={"description": "Second of the recording at which it was said"}
    )


class Happened(ma.Schema):
    """One step of an order's timeline."""

    event = F.String(required=True, validate=one_of(Event))
    at = F.AwareDateTime(required=True)


class VisitShape(ma.Schema):
    """One trip to the door, and the rating that counts."""

    id = F.UUID(required=True)
    state = F.String(required=True, validate=one_of(VisitState))
    window = F.Nested(Window, allow_none=True)
    stars = F.Integer(allow_none=True)
    rated_by = F.String(allow_none=True, validate=OneOf(["caller", "child"]))

    class Meta:
        """Its name in the description."""

        title = "Visit"


class SupplementShape(ma.Schema):
    """More to be paid than was confirmed, and whether that was agreed to."""

    fen = F.Integer(required=True)
    reason = F.String(required=True)
    agreed = F.Boolean(allow_none=True)


class OrderBrief(ma.Schema):
    """An order in a list."""

    id = F.UUID(required=True)
    code = F.String(required=True)
    state = F.String(required=True, validate=one_of(State))
    link = F.UUID(required=True)
    parent = F.String(required=True)
    made_at = F.AwareDateTime(required=True)
    total_fen = F.Integer(required=True)


class OrderShape(OrderBrief):
    """An order as this child may see it. `may` are the scopes that she has here."""

    lines = F.List(F.Nested(Line), required=True)
    said = F.String(allow_none=True)
    has_audio = F.Boolean(required=True)
    audio_from = F.Float(allow_none=True)
    address = F.String(allow_none=True)
    supplements = F.List(F.Nested(SupplementShape), required=True)
    to_pay_fen = F.Integer(required=True)
    may = F.List(F.String(validate=one_of(Scope)), required=True)
    timeline = F.List(F.Nested(Happened), required=True)
    visits = F.List(F.Nested(VisitShape), required=True)


class Decision(ma.Schema):
    """Yes; or no, and why: the parent is told."""

    answer = F.String(required=True, validate=OneOf(["approve", "decline"]))
    reason = F.String(
        load_default=DeclineReason.TALK_FIRST.value, validate=one_of(DeclineReason)
    )


class Less(ma.Schema):
    """Lines to take out, by position."""

    without = F.List(
        F.Integer(validate=Range(0, 999)), required=True, validate=Length(min=1, max=50)
    )


class PayWith(ma.Schema):
    """Where one pays: within the mini-program, or on a page."""

    door = F.String(load_default="mini", validate=OneOf(["mini", "page"]))


class Opened(ma.Schema):
    """What `wx.requestPayment` takes, or the page to go to."""

    mini = F.Dict(keys=F.String(), values=F.String(), allow_none=True)
    where = F.URL(allow_none=True, require_tld=False)


class Stars(ma.Schema):
    """A rating on the parent's behalf."""

    stars = F.Integer(required=True, validate=Range(1, 5))
    words = F.String(load_default="", validate=[Length(max=200), TEXT])
