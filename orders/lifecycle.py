"""What may happen to an order: the whole state machine as one table."""

from datetime import timedelta
from enum import StrEnum

from voiceapp.errors import NotAllowed


class State(StrEnum):
    """Where an order stands."""

    HEARD = "heard"
    DRAFT = "draft"
    CONFIRMING = "confirming"
    WITH_STAFF = "with_staff"
    AWAITING_APPROVAL = "awaiting_approval"
    AWAITING_PAYMENT = "awaiting_payment"
    READY = "ready"
    DISPATCHED = "dispatched"
    DELIVERED = "delivered"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Event(StrEnum):
    """What happened to an order, in the past tense."""

    HEARD = "heard"
    PLACED = "placed"
    TAKEN = "taken"
    UNDERSTOOD = "understood"
    NOTHING_ORDERED = "nothing_ordered"
    NOT_UNDERSTOOD = "not_understood"
    RUNG = "rung"
    REVISED = "revised"
    RESAID = "resaid"
    UNANSWERED = "unanswered"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    HANDED_OVER = "handed_over"
    REDRAFTED = "redrafted"
    TRIMMED = "trimmed"
    APPROVED = "approved"
    APPROVED_AT_DOOR = "approved_at_door"
    DECLINED = "declined"
    PAID = "paid"
    ON_TAB = "on_tab"
    DISPATCHED = "dispatched"
    RETURNED = "returned"
    RESUMED = "resumed"
    REAPPROVAL_NEEDED = "reapproval_needed"
    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"


S, E = State, Event
UNBORN = None
BEFORE_DISPATCH = (
    S.HEARD,
    S.DRAFT,
    S.CONFIRMING,
    S.WITH_STAFF,
    S.AWAITING_APPROVAL,
    S.AWAITING_PAYMENT,
    S.READY,
)

_ROWS: tuple[tuple[tuple[State | None, ...], Event, State], ...] = (
    ((UNBORN,), E.HEARD, S.HEARD),
    ((UNBORN,), E.PLACED, S.AWAITING_PAYMENT),
    ((UNBORN,), E.TAKEN, S.DRAFT),
    ((S.HEARD,), E.UNDERSTOOD, S.DRAFT),
    ((S.HEARD,), E.NOTHING_ORDERED, S.CLOSED),
    ((S.HEARD,), E.NOT_UNDERSTOOD, S.WITH_STAFF),
    ((S.DRAFT,), E.RUNG, S.CONFIRMING),
    ((S.CONFIRMING,), E.REVISED, S.CONFIRMING),
    ((S.CONFIRMING,), E.RESAID, S.HEARD),
    ((S.CONFIRMING,), E.UNANSWERED, S.DRAFT),
    # From draft too: a yes that a late call status overtook, on the same call and digest.
    ((S.CONFIRMING, S.DRAFT), E.CONFIRMED, S.AWAITING_APPROVAL),
    ((S.CONFIRMING,), E.REFUSED, S.CANCELLED),
    ((S.HEARD, S.DRAFT, S.CONFIRMING), E.HANDED_OVER, S.WITH_STAFF),
    ((S.WITH_STAFF,), E.REDRAFTED, S.DRAFT),
    ((S.AWAITING_APPROVAL,), E.TRIMMED, S.AWAITING_APPROVAL),
    ((S.AWAITING_APPROVAL,), E.APPROVED, S.AWAITING_PAYMENT),
    ((S.AWAITING_APPROVAL, S.AWAITING_PAYMENT), E.APPROVED_AT_DOOR, S.READY),
    ((S.AWAITING_APPROVAL,), E.DECLINED, S.CANCELLED),
    ((S.AWAITING_PAYMENT,), E.PAID, S.READY),
    ((S.AWAITING_PAYMENT,), E.ON_TAB, S.READY),
    ((S.READY,), E.DISPATCHED, S.DISPATCHED),
    ((S.DISPATCHED,), E.RETURNED, S.READY),
    # Whoever is at the door goes on after a supplement was ruled on.
    ((S.READY,), E.RESUMED, S.DISPATCHED),
    ((S.READY, S.DISPATCHED), E.REAPPROVAL_NEEDED, S.AWAITING_APPROVAL),
    ((S.DISPATCHED,), E.DELIVERED, S.DELIVERED),
    (BEFORE_DISPATCH, E.WITHDRAWN, S.CANCELLED),
)

TRANSITIONS: dict[tuple[State | None, Event], State] = {
    (source, event): target for sources, event, target in _ROWS for source in sources
}
"""(state before, event) to state after. What is not here cannot happen."""

FINAL = frozenset({S.DELIVERED, S.CLOSED, S.CANCELLED})
"""States that an order does not leave."""

PATIENCE: dict[State, timedelta] = {
    S.HEARD: timedelta(minutes=15),
    S.DRAFT: timedelta(minutes=0),
    S.CONFIRMING: timedelta(minutes=30),
    S.WITH_STAFF: timedelta(hours=1),
    S.AWAITING_APPROVAL: timedelta(hours=24),
    S.AWAITING_PAYMENT: timedelta(hours=24),
    S.READY: timedelta(hours=24),
    S.DISPATCHED: timedelta(hours=12),
}
"""The longest that an order waits in a state before somebody looks after it."""


def next_state(state: State | None, event: Event) -> State:
    """The state after an event. Raises NotAllowed where the table has no such row."""
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise NotAllowed(f"an order that is {state or 'unborn'} cannot be {event}") from None
