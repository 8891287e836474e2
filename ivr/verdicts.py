"""What listening decided about a recording: said on the line, or done for her who has hung up."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from ivr.calls import Call
from ivr.talk import Then
from orders import deadlines
from orders.escalations import Reason
from orders.order import Order
from orders.wanted_calls import Purpose, want_call


@dataclass(frozen=True)
class Due:
    """What she is owed where nobody is on the line to hear the answer: a call of ours, or else
    that a clerk looks at her order, and why."""

    order_id: uuid.UUID
    call: Purpose | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    reason: Reason = Reason.OTHER_WISH

    def pay(self, session: Session) -> None:
        """Ring her or ask a clerk. Twice is once."""
        order = session.get_one(Order, self.order_id)
        if self.call is not None and order.customer_id is not None:
            want_call(session, self.call, order.customer_id, order.id, **self.facts)
        else:
            deadlines.needs_person(session, order, self.reason)

    def row(self) -> dict[str, Any]:
        """As the call remembers it."""
        call = self.call.value if self.call else None
        reason = self.reason.value
        return {"order": str(self.order_id), "call": call, "facts": self.facts, "reason": reason}


def leave(
    call: Call,
    says: tuple[str, ...],
    then: Then | str,
    missed: bool = False,
    unsaid: Due | None = None,
) -> None:
    """Leave what the held line is to say and do next, and what is due if it never says it."""
    verdict = {"says": list(says), "then": str(then), "missed": missed}
    call.remember(verdict=verdict | {"unsaid": unsaid.row() if unsaid else None})


def verdict_said(session: Session, call: Call, data: Mapping[str, Any]) -> None:
    """She has heard it on this line; nothing of it is due any more."""
    call.remember(verdict=None)


def line_ended(session: Session, call: Call) -> None:
    """She has hung up: what she waited for and did not hear is done for her."""
    verdict = call.talk.get("verdict")
    row = verdict.get("unsaid") if verdict else None
    if row is None:
        return
    call.remember(verdict=None)
    purpose = Purpose(row["call"]) if row["call"] else None
    Due(uuid.UUID(row["order"]), purpose, row["facts"], Reason(row["reason"])).pay(session)
