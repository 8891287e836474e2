"""The public suites' numbers, quantities and times, scored as the contract says."""

from __future__ import annotations

import pytest

from nlu.amounts import numerals, quantities
from nlu.times.finding import window
from tests.nlu.peers import (
    TIME_FILES,
    Case,
    cases,
    right_numbers,
    right_quantity,
    right_time,
)

NUMBERS = list(cases("number"))
QUANTITIES = list(cases("quantity"))
TIMES = [case for name in TIME_FILES for case in cases(name)]


def name(case: Case) -> str:
    return f"{case.id} {case.text}"


@pytest.mark.parametrize("case", NUMBERS, ids=name)
def test_the_numbers_of_a_public_suite_are_read(case: Case) -> None:
    assert right_numbers(case.expect, numerals.values(case.text))


@pytest.mark.parametrize("case", QUANTITIES, ids=name)
def test_the_quantity_of_a_public_suite_is_weighed(case: Case) -> None:
    assert right_quantity(case.expect, quantities.values(case.text))


@pytest.mark.parametrize("case", TIMES, ids=name)
def test_the_time_of_a_public_suite_is_found(case: Case) -> None:
    found = window(case.text, case.now)

    start, end = (found.start, found.end) if found else (None, None)
    assert right_time(case.expect, start, end)
