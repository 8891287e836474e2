"""The table of transitions, walked in every direction."""

from itertools import product

import pytest

from orders.lifecycle import (
    BEFORE_DISPATCH,
    FINAL,
    PATIENCE,
    TRANSITIONS,
    Event,
    State,
    next_state,
)
from voiceapp.errors import NotAllowed

APPROVALS = {Event.APPROVED, Event.APPROVED_AT_DOOR}
PAYMENTS = {Event.PAID, Event.ON_TAB}


def ways_from(state: State | None) -> list[tuple[Event, State]]:
    return [(event, target) for (source, event), target in TRANSITIONS.items() if source is state]


def reachable(start: State | None, without: set[Event]) -> set[State]:
    """Every state that can follow `start` when these events never happen."""
    seen: set[State] = set()
    open_ends: list[State | None] = [start]
    while open_ends:
        for event, target in ways_from(open_ends.pop()):
            if event not in without and target not in seen:
                seen.add(target)
                open_ends.append(target)
    return seen


@pytest.mark.parametrize("state", [state for state in State if state not in FINAL])
def test_every_state_has_a_way_out(state: State) -> None:
    others = {target for _, target in ways_from(state)} - {state}

    assert others
    assert reachable(state, set()) & FINAL


@pytest.mark.parametrize("state", sorted(FINAL))
def test_no_order_leaves_a_final_state(state: State) -> None:
    assert ways_from(state) == []


@pytest.mark.parametrize("state", list(State))
def test_every_state_can_be_reached(state: State) -> None:
    assert state in reachable(None, set())


def test_an_approved_order_is_approved_again_only_after_a_reapproval() -> None:
    for (_, event), target in TRANSITIONS.items():
        if event in APPROVALS:
            later = reachable(target, without={Event.REAPPROVAL_NEEDED})
            assert State.AWAITING_APPROVAL not in later


def test_no_path_pays_twice_for_the_same_approval() -> None:
    for (_, event), target in TRANSITIONS.items():
        if event in PAYMENTS:
            later = reachable(target, without={Event.REAPPROVAL_NEEDED})
            assert not {source for source, event in TRANSITIONS if event in PAYMENTS} & later


def test_nothing_is_dispatched_that_nobody_confirmed_or_ordered() -> None:
    unconfirmed = reachable(None, without={Event.CONFIRMED, Event.PLACED})

    assert State.DISPATCHED not in unconfirmed


def test_every_order_that_is_not_under_way_can_be_withdrawn() -> None:
    for state in State:
        withdrawable = (state, Event.WITHDRAWN) in TRANSITIONS
        assert withdrawable == (state in BEFORE_DISPATCH)


def test_every_state_that_waits_has_its_patience() -> None:
    assert set(PATIENCE) == set(State) - FINAL


@pytest.mark.parametrize(
    ("state", "event"),
    [pair for pair in product([None, *State], Event) if pair not in TRANSITIONS],
)
def test_what_is_not_in_the_table_cannot_happen(state: State | None, event: Event) -> None:
    with pytest.raises(NotAllowed):
        next_state(state, event)
