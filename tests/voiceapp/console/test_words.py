"""The desk has a word for everything that it may be shown."""

from enum import StrEnum

import pytest

from family_link import alerts
from family_link.payments import Means, PaymentState
from family_link.refunds import RefundState
from ivr import script
from orders.cases import CaseKind
from orders.common_words import WordState
from orders.escalations import Reason
from orders.lifecycle import Event, State
from orders.people import Role
from orders.visits import VisitState
from voiceapp.console import words
from voiceapp.console.rights import DeskRole

TABLES = [
    (words.REASONS, Reason),
    (words.STATES, State),
    (words.EVENTS, Event),
    (words.VISITS, VisitState),
    (words.WHO, Role),
    (words.CASES, CaseKind),
    (words.MEANS, Means),
    (words.PAYMENTS, PaymentState),
    (words.REFUNDS, RefundState),
    (words.WORD_STATES, WordState),
    (words.ROLES, DeskRole),
]


def test_whoever_is_told_how_a_case_ended_hears_every_ruling() -> None:
    assert script.OUTCOME.keys() == alerts.RULED.keys() == words.RULINGS.keys()


@pytest.mark.parametrize(("table", "kind"), TABLES)
def test_every_one_has_a_word(table: dict[object, object], kind: type[StrEnum]) -> None:
    assert set(table) == set(kind)
