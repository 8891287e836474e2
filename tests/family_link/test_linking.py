"""No link without the parent's code and her whole yes, and none that she cannot end."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from family_link import alerts, consenting
from family_link.alerts import Alert
from family_link.linking import LinkRequest, RequestState
from orders import errands
from orders.consents import Consent
from orders.people import child, clerk
from orders.relatives import Link, Scope, standing
from orders.wanted_calls import Outcome, Purpose, WantedCall, want_call
from tests.conftest import BO, LIN, MEI
from tests.family_link.town import Browser, Family
from voiceapp.errors import NotAllowed


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
            known.post("/family/link", number="+12025550177", relation="儿子"),
        )
    ]

    assert pages[0] == pages[1]
    assert len(wishes(home)) == 1


def test_a_parent_is_rung_at_most_twice_a_week(home: Family) -> None:
    for number in (BO, "+12025550105", "+12025550106"):
        ask(home, by=number)
        if wishes(home)[-1].done_at is None:
            answer(home, Outcome.NO)

    assert len(wishes(home)) == 2


def test_a_child_asks_at_most_three_times_a_day(home: Family) -> None:
    bo, _ = ask(home, number="+12025550171")
    for tail in (2, 3):
        bo.post("/family/link", number=f"+1202555017{tail}", relation="儿子")

    page = bo.post("/family/link", number="+12025550174", relation="儿子")

    assert page.status_code == 429


def linked(home: Family) -> tuple[Browser, Link]:
    bo, code = ask(home)
    answer(home, Outcome.YES, code, "我同意")
    link = bos_link(home)
    assert link is not None
    return bo, link


def test_ordering_audio_and_address_open_after_a_day(home: Family) -> None:
    _, link = linked(home)
    assert not link.allows(Scope.ORDER)

    home.work(ahead=timedelta(hours=25))

    opened = bos_link(home)
    assert opened is not None
    assert all(opened.allows(scope) for scope in Scope)


def test_ordering_audio_and_address_open_at_once_when_a_relative_vouches(home: Family) -> None:
    _, link = linked(home)
    lin = home.phone()
    lin.sign_in(LIN)
    page = f"/family/parents/{home.people.link.id}"

    lin.post(f"{page}/vouch/{link.id}", page=page)

    opened = bos_link(home)
    assert opened is not None and opened.allows(Scope.ORDER)


def test_nobody_vouches_for_himself(home: Family) -> None:
    _, link = linked(home)

    with home.db.begin() as session, pytest.raises(NotAllowed):
        row = session.get_one(Link, link.id)
        consenting.vouch(session, row, child(link.relative_id))


def test_a_clerk_may_vouch(home: Family) -> None:
    _, link = linked(home)

    with home.db.begin() as session:
        consenting.vouch(session, session.get_one(Link, link.id), clerk(link.id))

    opened = bos_link(home)
    assert opened is not None and opened.allows(Scope.AUDIO)


def test_a_link_ends_at_once_when_the_parent_says_so_on_the_telephone(home: Family) -> None:
    bo, _ = linked(home)
    order_id = home.confirmed("egg")
    assert bo.get(f"/family/orders/{order_id}").status_code == 200

    with home.db.begin() as session:
        link = bos_link(home)
        assert link is not None
        mei = home.people.mei.id
        wish = want_call(session, Purpose.UNDO, mei, mei, link=str(link.id))
        errands.write(session, "end_links", wish.id)
    home.work()

    assert bo.get(f"/family/orders/{order_id}").status_code == 404
    with home.db.reading() as session:
        assert session.scalars(sa.select(Consent)).one().withdrawn_at is not None
    assert any("已经取消" in words for words in home.texts.to(BO))


def test_a_child_ends_her_own_link_and_the_parent_is_told(home: Family) -> None:
    lin = home.phone()
    lin.sign_in(LIN)
    page = f"/family/parents/{home.people.link.id}"

    lin.post(f"{page}/end", page=page)

    with home.db.reading() as session:
        assert standing(session, home.people.mei.id) == []
        calls = session.scalars(sa.select(WantedCall.purpose)).all()
    assert calls == [Purpose.REVOKED]


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


def test_a_child_who_is_vouched_for_may_be_asked_first(home: Family) -> None:
    bo, link = linked(home)
    page = f"/family/parents/{link.id}"
    early = bo.post(f"{page}/first", page=page)
    home.work(ahead=timedelta(hours=25))

    bo.post(f"{page}/first", page=page)

    assert early.status_code == 409
    with home.db.reading() as session:
        ranked = [row.relative.number for row in standing(session, home.people.mei.id)]
    assert ranked == [BO, LIN]
