"""The desk line: those who want a person wait, are put through, rung back, never left alone."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from ivr.softphone import Handset
from ivr.waiting import Left, Waiting
from orders.cases import Case, CaseKind
from orders.customers import household
from orders.escalations import Escalation, Reason
from orders.lifecycle import State
from orders.order import Order
from orders.relatives import link, register
from tests.conftest import BO, MEI, OURS
from tests.stories.browsing import Browser, clerk
from tests.stories.town import PASSWORD, SECRET, Town
from voiceapp import clock
from voiceapp.console.clerks import enrol_clerk
from voiceapp.phone import Phone

ANA_RINGS_AT, IVO_RINGS_AT = "+12025550191", "+12025550192"


@pytest.fixture
def ana(place: Town) -> Browser:
    """Ana's browser; she is on duty."""
    browser = place.ana_signs_in()
    browser.opens("/desk/queue").sends("/duty", number=ANA_RINGS_AT)
    return browser


@pytest.fixture
def ana_rings(place: Town, ana: Browser) -> Handset:
    """Ana's telephone."""
    return Handset(place.exchange_url, ANA_RINGS_AT)


@pytest.fixture
def ivo_rings(place: Town) -> Handset:
    """Ivo's telephone; he is on duty too."""
    with place.house.db.begin() as session:
        enrol_clerk(session, "ivo", "伊沃", PASSWORD, "clerk", SECRET)
    browser = clerk(place.url, "ivo", PASSWORD, SECRET)
    browser.opens("/desk/queue").sends("/duty", number=IVO_RINGS_AT)
    return Handset(place.exchange_url, IVO_RINGS_AT)


def asks_for_a_person(place: Town, who: Handset) -> None:
    who.dial(OURS)
    who.hears("要人工请按零")
    who.presses("0")
    who.hears("我给您转人工")


def takes_the_call(telephone: Handset, words: str = "接听请按一") -> None:
    telephone.rings_within(15).answers()
    telephone.hears(words)
    telephone.presses("1")


def places(place: Town) -> list[Waiting]:
    with place.house.db.reading() as session:
        return list(session.scalars(sa.select(Waiting).order_by(Waiting.enqueued_at)))


def test_a_caller_hears_her_place_and_is_put_through(
    place: Town, ana: Browser, ana_rings: Handset
) -> None:
    asks_for_a_person(place, place.mei)
    place.mei.hears("您是下一位")
    takes_the_call(ana_rings)
    place.mei.hears("工作人员来了")
    place.mei.is_connected_within()
    place.mei.says("我的鸡蛋还没到")
    ana_rings.hears("我的鸡蛋还没到")
    assert "安娜" in ana.opens("/desk/queue").seen

    ana_rings.hangs_up()

    place.mei.hears("再见")
    place.until(lambda: places(place)[0].left is Left.BRIDGED)


def test_the_second_caller_is_told_that_one_is_before_her(
    place: Town, ana: Browser, ana_rings: Handset
) -> None:
    asks_for_a_person(place, place.bo)
    takes_the_call_soon = ana_rings.rings_within(15)
    asks_for_a_person(place, place.mei)

    place.mei.hears("前面还有一位")

    takes_the_call_soon.answers()
    ana_rings.presses("1")
    place.bo.is_connected_within()
    place.bo.hangs_up()
    takes_the_call(ana_rings)
    place.mei.is_connected_within()


def test_a_clerk_who_does_not_answer_is_followed_by_the_next(
    place: Town, ana_rings: Handset, ivo_rings: Handset
) -> None:
    asks_for_a_person(place, place.mei)
    ana_rings.rings_within(15).declines()

    takes_the_call(ivo_rings)

    place.mei.is_connected_within()


def test_a_call_back_in_place_of_waiting_keeps_the_place(
    place: Town, ana: Browser, ana_rings: Handset
) -> None:
    ana_rings.is_owned_by("busy")
    asks_for_a_person(place, place.mei)
    place.mei.hears("不想等，请按一")
    place.mei.presses("1")
    place.mei.hears("位置给您留着")
    place.mei.is_over_within()

    ana_rings.is_owned_by("person")
    place.passes(timedelta(seconds=40))
    place.mei.rings_within(30).answers()
    place.mei.hears("您刚才要找人")
    takes_the_call(ana_rings)

    place.mei.is_connected_within()
    assert len(places(place)) == 1 and places(place)[0].promised_for is not None


def test_nobody_on_duty_and_no_answer_is_a_promise_with_a_time(place: Town) -> None:
    place.ana.is_owned_by("nobody")

    asks_for_a_person(place, place.mei)

    place.mei.hears("会尽快给您回电话", 20)
    place.mei.hears("最晚")
    place.mei.is_over_within()
    place.until(lambda: places(place)[0].promised_for is not None)


def test_what_she_says_when_nobody_can_be_had_is_heard(place: Town) -> None:
    place.ana.is_owned_by("nobody")
    asks_for_a_person(place, place.mei)
    place.mei.hears("有什么事请在嘀声后说", 20)

    place.mei.says_wav(place.ears.voice("两斤鸡蛋"))

    place.until(lambda: bool(place.orders()) and bool(place.orders()[-1].lines))
    assert [line.sku for line in place.orders()[-1].lines] == ["egg"]


def test_a_promise_that_is_late_stands_at_the_top(place: Town) -> None:
    place.ana.is_owned_by("nobody")
    asks_for_a_person(place, place.mei)
    place.mei.is_over_within(30)
    place.until(lambda: places(place)[0].promised_for is not None)

    place.passes(timedelta(hours=20))

    def raised() -> bool:
        with place.house.db.reading() as session:
            row = session.scalars(sa.select(Escalation)).first()
            return row is not None and row.priority == 1

    place.until(raised, 30)


def test_a_transfer_that_fails_comes_back_to_the_caller(
    place: Town, ana: Browser, ana_rings: Handset, ivo_rings: Handset
) -> None:
    asks_for_a_person(place, place.mei)
    ana_rings.rings_within(15).answers()
    ana_rings.hangs_up()

    place.mei.hears("您是下一位")
    takes_the_call(ivo_rings)

    place.mei.is_connected_within()


def test_a_clerk_whose_line_breaks_leaves_the_caller_to_the_next(
    place: Town, ana: Browser, ana_rings: Handset, ivo_rings: Handset
) -> None:
    asks_for_a_person(place, place.mei)
    place.mei.hears("您是下一位")
    ana_rings.rings_within(15).answers()
    ana_rings.hears("接听请按一")
    ana_rings.presses("1").hangs_up()

    takes_the_call(ivo_rings)

    place.mei.hears("工作人员来了")


def test_an_emergency_rings_every_clerk_and_the_family_and_ends_with_a_ruling(
    place: Town, ana: Browser, ana_rings: Handset, ivo_rings: Handset
) -> None:
    place.mei_says("我摔倒了快来人")
    place.mei.hears("别着急")
    place.mei.hears("一二零")
    ivo_rings.rings_within(15)
    ana_rings.rings_within(15)
    place.lin.rings_within(15).answers()
    place.lin.hears("急事")
    takes_the_call(ana_rings, "急事来电")
    place.mei.is_connected_within()
    ana_rings.hangs_up()

    ana.opens("/desk/cases").follows("/desk/cases/")
    assert "幸福里3号楼2单元501" in ana.seen
    ana.sends("/rule", ruling="emergency_services", words="120 已到")

    with place.house.db.reading() as session:
        (case,) = session.scalars(sa.select(Case))
        assert case.kind is CaseKind.EMERGENCY and case.ruling == "emergency_services"
        assert place.escalated(Reason.EMERGENCY).closed_at is not None
        order = session.scalars(sa.select(Order)).one()
        assert order.state is State.CLOSED


def test_an_emergency_whose_line_was_lost_is_rung_back_at_once(
    place: Town, ana: Browser, ana_rings: Handset
) -> None:
    ana_rings.is_owned_by("nobody")
    place.mei_says("我摔倒了快来人")
    place.mei.hears("一二零")

    place.mei.hangs_up()

    place.mei.rings_within(20).answers()
    place.mei.hears("刚才电话断了")


def test_nine_nine_nine_while_waiting_is_an_emergency(
    place: Town, ana: Browser, ana_rings: Handset
) -> None:
    ana_rings.is_owned_by("nobody")
    asks_for_a_person(place, place.mei)
    place.mei.hears("您是下一位")
    place.mei.presses("999")

    place.mei.hears("一二零", 20)

    assert place.escalated(Reason.EMERGENCY)


def test_a_relative_who_is_not_reached_is_followed_by_the_next(place: Town) -> None:
    with place.house.db.begin() as session:
        mei = household(session, Phone(MEI))[0]
        link(session, mei, register(session, "伯", Phone(BO)), "侄子")
    place.lin.is_owned_by("unreachable")
    place.mei_says("我摔倒了快来人")

    place.bo.rings_within(30).answers()

    place.bo.hears("急事")


def test_after_hours_a_call_back_is_promised_for_the_morning(place: Town) -> None:
    now = clock.now().astimezone(place.house.settings.timezone)
    night = now.replace(hour=21, minute=0)
    place.passes((night - now) % timedelta(days=1))

    asks_for_a_person(place, place.mei)

    place.mei.hears("下班了")
    place.mei.hears("明天上午八点")
    place.mei.is_over_within()


def test_a_yes_is_taken_by_a_clerk_only_on_a_call_from_the_desk(
    place: Town, ana: Browser, ana_rings: Handset
) -> None:
    place.mei.dial(OURS)
    place.mei.hears("录音")
    place.mei.says_wav(place.ears.voice("两斤鸡蛋"), then="0")
    takes_the_call(ana_rings)
    place.mei.hears("工作人员来了")
    ana_rings.hangs_up()
    place.mei.is_over_within()
    order = place.reaches(State.WITH_STAFF)
    page = f"/desk/orders/{order.id}"
    ana.opens(f"{page}?q=jd").sends("/lines", sku="egg", quantity="2")
    assert not ana.opens(page).has("/confirm")

    ana.sends("/ring")
    takes_the_call(ana_rings, "给对方拨过去")
    place.mei.rings_within(15).answers()
    place.mei.is_connected_within()
    ana.waits_for(page, "/confirm").sends("/confirm", words="对，就这些")

    place.until(lambda: place.orders()[-1].confirmed_words == "对，就这些")


def says_and_asks_for_a_person(place: Town, text: str) -> Order:
    """Nobody is on duty, so that the desk's own telephone is rung."""
    place.mei.dial(OURS)
    place.mei.hears("录音")
    place.mei.says_wav(place.ears.voice(text), then="0")
    place.ana.rings_within(15).answers()
    place.ana.hangs_up()
    place.mei.is_over_within()
    return place.reaches(State.WITH_STAFF)


def test_a_correction_teaches_and_the_next_call_is_understood(place: Town) -> None:
    order = says_and_asks_for_a_person(place, "两斤红果果")
    ana = place.ana_signs_in()
    ana.opens(f"/desk/orders/{order.id}?q=xihongshi")
    ana.sends("/lines", sku="tomato", quantity="2", place="new", learn="1", word="红果果")
    ana.sends("/withdraw")

    place.mei_says("三斤红果果")
    place.mei.hears("给您打回去核对")

    place.until(lambda: len(place.orders()) == 2 and bool(place.orders()[-1].lines))
    (line,) = place.orders()[-1].lines
    assert (line.sku, line.quantity) == ("tomato", 3)


def test_two_clerks_grab_one_order_and_one_has_it(place: Town) -> None:
    order = says_and_asks_for_a_person(place, "两斤鸡蛋")
    with place.house.db.begin() as session:
        enrol_clerk(session, "ivo", "伊沃", PASSWORD, "clerk", SECRET)
    ana, ivo = place.ana_signs_in(), clerk(place.url, "ivo", PASSWORD, SECRET)
    for browser in (ana, ivo):
        browser.opens(f"/desk/orders/{order.id}?q=jd")

    ana.sends("/claim")
    ivo.sends("/lines", sku="egg", quantity="2")

    assert ivo.status == 409
    ivo.opens(f"/desk/orders/{order.id}")
    assert "安娜 在处理" in ivo.seen


def test_a_complaint_is_refunded_and_both_sides_are_told(place: Town, ana: Browser) -> None:
    place.mei_orders("我要两斤鸡蛋一桶花生油")
    place.mei_confirms()
    place.lin_pays(place.lin_signs_in().follows("/family/orders/"))
    ana.waits_for("/desk/board", "/send").sends("/send", worker="小张")
    place.mei_is_told("小张给您送鸡蛋")
    ana.opens("/desk/board").sends("/done")
    delivered = place.reaches(State.DELIVERED)
    place.mei_picks_up()
    place.mei.hears("您满意吗")
    place.mei.presses("3")
    place.mei.is_over_within()

    place.mei_says("上回送的鸡蛋是坏的我要投诉")
    place.mei.is_over_within()
    asked = place.escalated(Reason.COMPLAINT)
    ana.opens("/desk/queue").sends(f"/{asked.id}/claim")
    ana.opens("/desk/cases").follows("/desk/cases/").sends("/about", order=str(delivered.id))
    with place.house.db.begin() as session:
        session.scalars(sa.select(Case)).one().owner = None
        enrol_clerk(session, "sun", "老孙", PASSWORD, "supervisor", SECRET)
    sun = clerk(place.url, "sun", PASSWORD, SECRET).opens("/desk/cases").follows("/desk/cases/")
    eggs = next(line for line in delivered.lines if line.sku == "egg")
    sun.sends("/rule", ruling="refunded", line=str(eggs.id), yuan="11.60", tell="1")

    assert sun.status == 200
    place.until(lambda: [row.fen for row in place.books.refunds.values()] == [1160])
    place.mei_is_told("处理好了")
    assert "已经处理好了" in place.lin.reads("处理好了")
