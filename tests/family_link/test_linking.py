"""No link without the parent's code and her whole yes; a stranger learns nothing."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from family_link import alerts
from family_link.alerts import Alert
from family_link.linking import LinkRequest, RequestState
from orders.consents import Consent
from orders.people import child
from orders.relatives import Link
from orders.wanted_calls import Outcome
from tests.conftest import BO, LIN, MEI
from tests.family_link.linking import answer, ask, bos_link, linked, request_state, wishes
from tests.family_link.town import Family

UNKNOWN = "+12025550177"
A_DAY = timedelta(hours=25)


def test_the_right_code_and_a_whole_yes_make_the_link(home: Family) -> None:
    bo, code = ask(home)
    wish = wishes(home)[0]
    assert wish.facts == {"relation": "儿子", "tail": BO[-4:]}

    answer(home, Outcome.YES, code, "我同意")

    link = bos_link(home)
    assert link is not None and request_state(home) is RequestState.LINKED
    assert link.scopes.split() == ["see", "approve", "pay"]
    with home.db.reading() as session:
        consent = session.scalars(sa.select(Consent)).one()
        assert (consent.words, consent.to_what) == (
            "我同意", "see approve pay order audio address"
        )
    assert "王梅" in bo.get("/family/parents").text
    assert any("同意了" in words for words in home.texts.to(BO))


@pytest.mark.parametrize(
    ("outcome", "right", "state"),
    [
        (Outcome.YES, False, RequestState.WRONG_CODE),
        (Outcome.NO, True, RequestState.REFUSED),
        (Outcome.UNANSWERED, True, RequestState.UNANSWERED),
        (Outcome.NOT_HERSELF, True, RequestState.UNANSWERED),
    ],
)
def test_anything_less_makes_no_link(
    home: Family, outcome: Outcome, right: bool, state: RequestState
) -> None:
    bo, code = ask(home)

    answer(home, outcome, code if right else f"{(int(code) + 1) % 10_000:04d}", "好")

    assert bos_link(home) is None
    assert request_state(home) is state
    assert "还没有和老人关联" in bo.get("/family/").text


def test_a_code_of_yesterday_makes_no_link(home: Family) -> None:
    _, code = ask(home)
    with home.db.begin() as session:
        request = session.scalars(sa.select(LinkRequest)).one()
        request.made_at -= timedelta(hours=25)

    answer(home, Outcome.YES, code, "我同意")

    assert bos_link(home) is None


def test_an_unknown_number_gets_the_same_page_and_nothing_is_dialled(home: Family) -> None:
    known = home.phone()
    known.sign_in(BO)
    pages = [
        re.sub(r'\d{4}</p>|value="[^"]+"', "", page.text)
        for page in (
            known.post("/family/link", number=MEI, relation="儿子"),
            known.post("/family/link", number=UNKNOWN, relation="儿子"),
        )
    ]

    assert pages[0] == pages[1]
    assert len(wishes(home)) == 1


def test_a_child_asks_at_most_three_times_a_day(home: Family) -> None:
    bo, _ = ask(home, number="+12025550171")
    for tail in (2, 3):
        bo.post("/family/link", number=f"+1202555017{tail}", relation="儿子")

    page = bo.post("/family/link", number="+12025550174", relation="儿子")

    assert page.status_code == 429


def test_a_child_who_wants_it_hears_of_a_stranger(home: Family) -> None:
    with home.db.begin() as session:
        link = session.get_one(Link, home.people.link.id)
        alerts.choose(session, link, {Alert.STRANGER}, child(link.relative_id))

    ask(home)
    home.work()

    assert any("有人想和老人关联" in words for words in home.texts.to(LIN))


def test_who_is_linked_already_is_no_stranger(home: Family) -> None:
    with home.db.begin() as session:
        link = session.get_one(Link, home.people.link.id)
        alerts.choose(session, link, {Alert.STRANGER}, child(link.relative_id))
    lin = home.phone()
    lin.sign_in(LIN)

    lin.post("/family/link", number=MEI, relation="女儿")
    home.work()

    assert not any("有人想和老人关联" in words for words in home.texts.to(LIN))


@pytest.mark.parametrize("outcome", [Outcome.NO, Outcome.YES, Outcome.UNANSWERED])
def test_who_is_not_linked_hears_the_same_at_the_same_time_whoever_has_the_number(
    home: Family, outcome: Outcome
) -> None:
    bo, _ = ask(home)
    answer(home, outcome, "no code", "好")
    assert not any("关联" in words for words in home.texts.to(BO))
    bo.post("/family/link", number=UNKNOWN, relation="儿子")

    home.work(ahead=A_DAY)

    told = [words for words in home.texts.to(BO) if "没有关联成功" in words]
    assert len(told) == 2 and told[0] == told[1]
    with home.db.reading() as session:
        states = session.scalars(sa.select(LinkRequest.state)).all()
    assert RequestState.WAITING not in states


def test_who_was_linked_is_not_told_a_day_later_that_he_was_not(home: Family) -> None:
    linked(home)

    home.work(ahead=A_DAY)

    assert not any("没有关联成功" in words for words in home.texts.to(BO))
