"""Bo asks to be linked to Mei, and what the telephone keeps of her answer."""

import re

import sqlalchemy as sa

from family_link.linking import LinkRequest, RequestState
from orders.relatives import Link, standing
from orders.wanted_calls import Outcome, Purpose, WantedCall
from tests.conftest import BO, MEI
from tests.family_link.town import Browser, Family


def ask(home: Family, number: str = MEI, by: str = BO) -> tuple[Browser, str]:
    """Somebody signs in with a number of his own and asks to be linked; the code he is shown."""
    bo = home.phone()
    bo.sign_in(by)
    page = bo.post("/family/link", number=number, relation="儿子")
    code = re.search(r'class="sum">(\d{4})<', page.text)
    return bo, code[1] if code else ""


def wishes(home: Family) -> list[WantedCall]:
    with home.db.reading() as session:
        rows = session.scalars(
            sa.select(WantedCall).where(WantedCall.purpose == Purpose.CONSENT)
        )
        return list(rows)


def answer(home: Family, outcome: Outcome, keys: str = "", words: str = "") -> None:
    """What the telephone keeps of the consent call."""
    with home.db.begin() as session:
        wish = session.get_one(WantedCall, wishes(home)[-1].id)
        wish.keys = keys
        wish.finish(session, outcome, words=words)
    home.work()


def request_state(home: Family) -> RequestState:
    with home.db.reading() as session:
        return session.scalars(
            sa.select(LinkRequest.state).order_by(LinkRequest.made_at.desc())
        ).first() or RequestState.WAITING


def bos_link(home: Family) -> Link | None:
    with home.db.reading() as session:
        links = standing(session, home.people.mei.id)
        return next((row for row in links if row.relative.number == BO), None)


def linked(home: Family) -> tuple[Browser, Link]:
    bo, code = ask(home)
    answer(home, Outcome.YES, code, "我同意")
    link = bos_link(home)
    assert link is not None
    return bo, link
