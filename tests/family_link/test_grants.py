"""The ledger of granted messages is kept within bounds, and can be read."""

import json
from datetime import timedelta

import sqlalchemy as sa

from family_link import grants
from family_link.grants import MOST_LEFT, SPENT_KEPT, Grant
from orders.relatives import register
from tests.conftest import BO, LIN
from tests.family_link.town import Family, Mini
from voiceapp.phone import Phone

OURS = "order-news"


def taps(mini: Mini, *templates: str) -> int:
    return mini.ask("POST", "/grants", {"templates": list(templates)}).status_code


def in_ledger(home: Family, number: str = LIN) -> list[str]:
    with home.db.begin() as session:
        who = register(session, "", Phone(number)).id
        return list(session.scalars(sa.select(Grant.template).where(Grant.relative_id == who)))


def test_one_tap_is_one_message_of_our_template_and_of_no_other(home: Family) -> None:
    mini = Mini(home)

    assert taps(mini, OURS, OURS, "somebody-elses", "x" * 64) == 204

    assert in_ledger(home) == [OURS]


def test_no_more_is_kept_than_is_of_use(home: Family) -> None:
    mini = Mini(home)
    with home.db.begin() as session:
        for _ in range(MOST_LEFT - 1):
            grants.grant(session, home.people.lin.id, OURS)

    assert {taps(mini, OURS) for _ in range(3)} == {204}

    assert len(in_ledger(home)) == MOST_LEFT
    with home.db.begin() as session:
        assert grants.spend(session, home.people.lin.id, OURS)
    taps(mini, OURS)
    assert len(in_ledger(home)) == MOST_LEFT + 1


def test_what_was_spent_long_ago_leaves_the_ledger(home: Family) -> None:
    mini = Mini(home)
    taps(mini, OURS)
    with home.db.begin() as session:
        grants.spend(session, home.people.lin.id, OURS)
        row = session.scalars(sa.select(Grant)).one()
        assert row.spent_at is not None
        row.spent_at -= SPENT_KEPT + timedelta(hours=1)

    taps(mini, OURS)

    assert len(in_ledger(home)) == 1


def test_a_child_reads_her_own_ledger_page_by_page(home: Family) -> None:
    mini = Mini(home)
    for _ in range(3):
        taps(mini, OURS)
    taps(Mini(home, BO), OURS)
    with home.db.begin() as session:
        grants.spend(session, home.people.lin.id, OURS)

    first = mini.get("/grants?page=1&page_size=2")
    last = mini.get("/grants?page=2&page_size=2")

    told = json.loads(first.headers["X-Pagination"])
    assert (told["total"], told["total_pages"]) == (3, 2)
    rows = [*first.json(), *last.json()]
    assert [row["template"] for row in rows] == [OURS] * 3
    assert [row["spent_at"] is not None for row in rows] == [False, False, True]
    assert mini.get("/grants?page_size=51").status_code == 422
