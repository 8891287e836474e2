"""What the desk does beside the queue: cases, orders at the counter, words, numbers, people."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from family_link.payments import Means, owe
from ivr.waiting import DeskCall, Left, Waiting
from orders import duty, ratings
from orders.cases import Case
from orders.consents import Consent
from orders.customers import Customer, enrol
from orders.errands import Errand
from orders.escalations import Reason, Subject, escalate
from orders.lifecycle import State
from orders.order import Order
from orders.people import Author, Role
from orders.visits import of_order
from orders.vocabulary import CallerWord
from orders.wanted_calls import Purpose, WantedCall
from tests.conftest import MEI
from tests.voiceapp.console import scenes
from tests.voiceapp.console.browser import DeskBrowser
from tests.voiceapp.console.conftest import SECRET
from voiceapp import clock
from voiceapp.console import charts, figures
from voiceapp.console.clerks import by_login
from voiceapp.console.models import Correction
from voiceapp.house import House
from voiceapp.phone import Phone

SignIn = Callable[[str], DeskBrowser]


@pytest.fixture
def complaint(house: House, ana: DeskBrowser, mei: uuid.UUID) -> uuid.UUID:
    """A low rating of a delivered order to be paid at the door, as a case in Ana's hand."""
    with house.db.begin() as session:
        order = scenes.delivered(session)
        owe(session, order, order.total, Means.DOOR)
        (visit,) = of_order(session, order.id)
        ratings.rate(session, visit, Author(Role.CALLER, mei), 1, "油漏了一半")
    ana.open("/desk/queue")
    ana.send(ana.find(r'action="(/desk/escalations/[^"]+/claim)"'))
    with house.db.reading() as session:
        return session.scalars(sa.select(Case.id)).one()


def test_a_low_rating_is_a_case_with_its_evidence(ana: DeskBrowser, complaint: uuid.UUID) -> None:
    ana.open(f"/desk/cases/{complaint}")

    for shown in ("投诉", "油漏了一半", "评了 1 分", "已送到", "Ana", scenes.SAID):
        assert shown in ana.page


def test_a_supervisor_refunds_with_the_ruling_and_the_caller_is_told(
    house: House, ana: DeskBrowser, signed_in: SignIn, complaint: uuid.UUID
) -> None:
    ana.open("/desk/queue")
    with house.db.begin() as session:
        session.get_one(Case, complaint).owner = None
    sun = signed_in("sun")
    sun.open(f"/desk/cases/{complaint}")
    line = sun.find(r'name="line"><option value="">[^<]*</option><option value="([^"]+)"')

    sun.send(
        f"/desk/cases/{complaint}/rule",
        ruling="refunded", words="漏油", line=line, yuan="64.50", tell="1",
    )  # fmt: skip

    assert sun.status == 200
    with house.db.reading() as session:
        case = session.get_one(Case, complaint)
        assert case.closed_at is not None and case.refund == 6450
        assert session.scalars(sa.select(WantedCall.purpose)).all() == [Purpose.OUTCOME]


def test_a_clerk_cannot_give_money_back(ana: DeskBrowser, complaint: uuid.UUID) -> None:
    ana.open(f"/desk/cases/{complaint}")

    ana.send(
        f"/desk/cases/{complaint}/rule",
        ruling="refunded", line=str(uuid.uuid4()), yuan="1",
    )  # fmt: skip

    assert ana.status == 403


def test_more_than_the_line_was_is_not_given_back(
    house: House, signed_in: SignIn, complaint: uuid.UUID
) -> None:
    with house.db.begin() as session:
        session.get_one(Case, complaint).owner = None
    sun = signed_in("sun")
    sun.open(f"/desk/cases/{complaint}")
    line = sun.find(r'name="line"><option value="">[^<]*</option><option value="([^"]+)"')

    sun.send(f"/desk/cases/{complaint}/rule", ruling="refunded", line=line, yuan="9999")

    assert sun.status == 409


def test_a_case_that_is_too_old_is_shown_as_late(
    house: House, ana: DeskBrowser, complaint: uuid.UUID
) -> None:
    assert "过时了" not in ana.open("/desk/cases")

    with house.db.begin() as session:
        session.get_one(Case, complaint).due_at = clock.now() - timedelta(minutes=1)

    assert "过时了" in ana.open("/desk/cases")


def test_a_complaint_by_telephone_is_put_to_the_order_it_is_about(
    house: House, ana: DeskBrowser
) -> None:
    with house.db.begin() as session:
        old = scenes.delivered(session).id
        rang = scenes.heard(session, "上回的油是漏的")
        escalate(session, Subject.ORDER, rang.id, Reason.COMPLAINT, rang.customer_id)
    ana.open("/desk/queue")
    ana.send(ana.find(r'action="(/desk/escalations/[^"]+/claim)"'))
    ana.open("/desk/cases")
    ana.open(ana.find(r'href="(/desk/cases/[0-9a-f-]{36})"'))

    ana.send(ana.find(r'action="(/desk/cases/[^"]+/about)"'), order=str(old))

    assert "上回的油是漏的" in ana.page and "花生油 1桶" in ana.page


def test_a_volunteer_orders_for_somebody_with_her_consent(
    house: House, signed_in: SignIn, mei: uuid.UUID
) -> None:
    gao = signed_in("gao")
    gao.open(f"/desk/take?number=%2B{MEI[1:]}")

    gao.send(
        "/desk/take",
        number=MEI, customer=str(mei), said="两斤鸡蛋一桶花生油", consent="本人在柜台说的",
    )  # fmt: skip

    assert "鸡蛋" in gao.page and "花生油" in gao.page
    with house.db.reading() as session:
        order = session.scalars(sa.select(Order)).one()
        assert order.state is State.DRAFT
        assert {line.sku: line.quantity for line in order.lines} == {
            "egg": Decimal(2), "peanut-oil": Decimal(1)
        }  # fmt: skip
        consent = session.scalars(sa.select(Consent)).one()
        assert consent.customer_id == mei and consent.words == "本人在柜台说的"
        assert consent.clerk_id is not None


def test_without_a_consent_no_order_is_taken(
    house: House, signed_in: SignIn, mei: uuid.UUID
) -> None:
    gao = signed_in("gao")
    gao.open("/desk/take")

    gao.send("/desk/take", number=MEI, customer=str(mei), said="两斤鸡蛋", consent=" ")

    assert gao.status == 409
    with house.db.reading() as session:
        assert session.scalars(sa.select(Order)).all() == []


def test_a_volunteer_sees_no_order_that_she_did_not_take(house: House, signed_in: SignIn) -> None:
    with house.db.begin() as session:
        order_id = scenes.at_desk(session).id
    gao = signed_in("gao")

    assert gao.open(f"/desk/taken/{order_id}") and gao.status == 404


def test_a_correction_goes_into_the_callers_own_words_and_out_again(
    house: House, ana: DeskBrowser, mei: uuid.UUID
) -> None:
    with house.db.begin() as session:
        order = scenes.at_desk(session)
        order_id, question_id = order.id, order.open_questions[0].id
    ana.send_from(
        f"/desk/orders/{order_id}",
        f"/desk/orders/{order_id}/questions/{question_id}",
        sku="tomato", quantity="2", learn="1", word="洋柿子",
    )  # fmt: skip
    with house.db.reading() as session:
        (word,) = session.scalars(sa.select(CallerWord))
        (correction,) = session.scalars(sa.select(Correction))
        assert (word.spoken, word.sku, word.customer_id) == ("洋柿子", "tomato", mei)
        assert correction.heard == "洋柿子"

    ana.send_from(f"/desk/customers/{mei}", f"/desk/customers/{mei}/words/{word.id}/forget")

    assert "洋柿子" not in ana.page
    with house.db.reading() as session:
        assert session.scalars(sa.select(CallerWord)).all() == []


def test_a_word_that_many_use_is_proposed_and_accepted_for_everybody(
    house: House, ana: DeskBrowser, signed_in: SignIn
) -> None:
    asked = []
    with house.db.begin() as session:
        for number in ("+12025550111", "+12025550112", "+12025550113"):
            enrol(session, "邻居", Phone(number))
            order = scenes.at_desk(session, who=number)
            asked.append((order.id, order.open_questions[0].id))
    for order_id, question_id in asked:
        ana.send_from(
            f"/desk/orders/{order_id}",
            f"/desk/orders/{order_id}/questions/{question_id}",
            sku="tomato", quantity="2", learn="1", word="洋柿子",
        )  # fmt: skip
    sun = signed_in("sun")
    assert "洋柿子" in sun.open("/desk/words") and "等主管定" in sun.page

    sun.send(sun.find(r'action="(/desk/words/[^"]+)"'), state="accepted")

    assert "大家都能用" in sun.page


def test_a_number_is_changed_only_after_a_call_to_the_old_one(
    house: House, ana: DeskBrowser, mei: uuid.UUID
) -> None:
    change = {"number": "+12025550150", "instead_of": ""}
    ana.send_from(f"/desk/customers/{mei}", f"/desk/customers/{mei}/numbers", **change)
    assert ana.status == 409

    with house.db.begin() as session:
        session.add(_answered_call(session, mei))
    ana.send_from(f"/desk/customers/{mei}", f"/desk/customers/{mei}/numbers", **change)

    assert "+12025550150" in ana.page and "凭电话" in ana.page


def test_a_supervisor_changes_a_number_without_a_call(
    house: House, signed_in: SignIn, mei: uuid.UUID
) -> None:
    sun = signed_in("sun")
    old = sun.open(f"/desk/customers/{mei}") and sun.find(r'<option value="([0-9a-f-]{36})">换掉')

    sun.send(f"/desk/customers/{mei}/numbers", number="+12025550151", instead_of=old)

    with house.db.reading() as session:
        assert session.get_one(Customer, mei).phone == Phone("+12025550151")


def test_a_yes_needs_an_answered_call_from_the_desk(
    house: House, ana: DeskBrowser, mei: uuid.UUID
) -> None:
    with house.db.begin() as session:
        order = scenes.at_desk(session)
        order_id, question_id = order.id, order.open_questions[0].id
    page = f"/desk/orders/{order_id}"
    ana.send_from(page, f"{page}/questions/{question_id}", drop="1")
    ana.send(f"{page}/confirm", words="对")
    assert ana.status == 409

    with house.db.begin() as session:
        call = _answered_call(session, mei)
        call.order_id, call.call_id = order_id, uuid.uuid4()
        session.add(call)
    ana.send_from(page, f"{page}/confirm", words="对，就这些")

    with house.db.reading() as session:
        order = session.get_one(Order, order_id)
        assert order.state is State.AWAITING_APPROVAL
        assert order.confirmed_words == "对，就这些"


def test_a_call_from_the_desk_needs_a_clerk_on_duty(
    house: House, ana: DeskBrowser, mei: uuid.UUID
) -> None:
    ana.send_from(f"/desk/customers/{mei}", f"/desk/customers/{mei}/ring")
    assert ana.status == 409

    ana.send_from("/desk/queue", "/desk/duty", number="+12025550191")
    ana.send_from(f"/desk/customers/{mei}", f"/desk/customers/{mei}/ring")

    with house.db.reading() as session:
        row = session.scalars(sa.select(DeskCall)).one()
        assert row.number == MEI
        assert session.scalars(sa.select(Errand.name)).all() == ["ring_clerk"]


def test_a_clerk_raises_an_emergency_and_the_family_is_rung(
    house: House, ana: DeskBrowser, mei: uuid.UUID
) -> None:
    ana.send_from(f"/desk/customers/{mei}", f"/desk/customers/{mei}/emergency")

    with house.db.reading() as session:
        wish = session.scalars(sa.select(WantedCall)).one()
        assert wish.purpose is Purpose.EMERGENCY and wish.number == "+12025550102"
        assert session.scalars(sa.select(Case.kind)).one() == "emergency"


def test_a_false_alarm_is_closed_in_two_steps(
    house: House, ana: DeskBrowser, mei: uuid.UUID
) -> None:
    ana.send_from(f"/desk/customers/{mei}", f"/desk/customers/{mei}/emergency")
    ana.open("/desk/cases")
    case = ana.find(r'href="(/desk/cases/[0-9a-f-]{36})"')

    ana.send_from(case, f"{case}/rule", ruling="false_alarm")

    assert "虚惊一场" in ana.page


def test_duty_begins_and_ends(house: House, ana: DeskBrowser) -> None:
    ana.send_from("/desk/queue", "/desk/duty", number="+12025550191")
    with house.db.reading() as session:
        assert [shift.number for shift in duty.present(session)] == ["+12025550191"]

    ana.send("/desk/duty/end")

    with house.db.reading() as session:
        assert duty.present(session) == []


def test_a_number_that_we_may_not_ring_is_no_clerks(ana: DeskBrowser) -> None:
    ana.send_from("/desk/queue", "/desk/duty", number="+442079460000")

    assert ana.status == 409


def test_an_administrator_enrols_changes_and_resets(
    signed_in: SignIn, browser: Callable[[], DeskBrowser]
) -> None:
    adm = signed_in("adm")
    adm.send_from(
        "/desk/people", "/desk/people",
        login="new", name="新来的", password="ten characters", role="clerk",
    )  # fmt: skip
    new = browser()
    new.sign_in("new", "ten characters")
    row = adm.find(r">new</th>(?s:.*?)/desk/people/([0-9a-f-]+)/role")

    adm.send(f"/desk/people/{row}/role", role="supervisor")

    assert 'name="password"' in new.open("/desk/queue")


def test_a_reset_takes_the_old_second_factor_away(
    signed_in: SignIn, browser: Callable[[], DeskBrowser]
) -> None:
    adm = signed_in("adm")
    adm.open("/desk/people")
    row = adm.find(r">ana</th>(?s:.*?)/desk/people/([0-9a-f-]+)/role")

    adm.send(f"/desk/people/{row}/reset", password="another password")

    ana = browser()
    assert ana.sign_in("ana", "another password") != SECRET


def test_a_supervisor_reads_who_looked_at_what(
    house: House, ana: DeskBrowser, signed_in: SignIn, mei: uuid.UUID
) -> None:
    ana.open(f"/desk/customers/{mei}")

    sun = signed_in("sun")
    sun.open("/desk/looks")

    assert "Ana" in sun.page and "老人档案" in sun.page and str(mei) in sun.page


def test_the_figures_count_waits_reasons_and_corrections(
    house: House, ana: DeskBrowser, mei: uuid.UUID
) -> None:
    moment = clock.now()
    with house.db.begin() as session:
        scenes.at_desk(session)
        for wait, left in ((10, Left.BRIDGED), (45, Left.BRIDGED), (None, Left.HUNG_UP)):
            place = Waiting(call_id=uuid.uuid4(), priority=2, enqueued_at=moment)
            place.answered_at = moment + timedelta(seconds=wait) if wait else None
            place.left, place.left_at = left, moment
            session.add(place)
        scenes.delivered(session)

    with house.db.reading() as session:
        found = figures.gather(session, 7, house.settings.timezone)

    assert (found.answered, found.prompt, found.abandoned) == (2, 1, 1)
    assert found.waits == (1, 0, 0, 1, 0, 0, 0)
    assert found.reasons == ((Reason.MISSED_TOO_OFTEN, 1),)
    assert sum(found.by_day.values()) == 1 and found.orders == 1
    assert found.cost_per_order(figures.Prices()) == 0
    assert "机器人为什么办不了" in ana.open("/desk/figures")
    picture = ana.open("/desk/figures/reasons.svg")
    assert picture.startswith("<svg") and "问了几次都没听明白" in picture


def test_a_picture_escapes_what_callers_say() -> None:
    assert "<b>" not in charts.bars("words", [("<b>油</b>", 2)])


def _answered_call(session: Session, mei: uuid.UUID) -> DeskCall:
    ana = by_login(session, "ana")
    assert ana is not None
    return DeskCall(clerk_id=ana.id, customer_id=mei, number=MEI, answered_at=clock.now())
