"""Somebody is in danger: everybody is rung at once, and a lost line is rung back."""

import sqlalchemy as sa

from ivr.softphone import Handset
from orders.cases import Case, CaseKind
from orders.customers import household
from orders.escalations import Reason
from orders.lifecycle import State
from orders.order import Order
from orders.relatives import link, register
from tests.conftest import BO, MEI
from tests.stories.browsing import Browser
from tests.stories.desk import asks_for_a_person, hear_each_other, takes_the_call
from tests.stories.town import PATIENCE, Town
from voiceapp.phone import Phone


def test_an_emergency_rings_every_clerk_and_the_family_and_ends_with_a_ruling(
    place: Town, ana: Browser, ana_rings: Handset, ivo_rings: Handset
) -> None:
    place.mei_says("我摔倒了快来人")
    place.mei.hears("别着急")
    place.mei.hears("幺二零")
    ivo_rings.rings_within(PATIENCE)
    ana_rings.rings_within(PATIENCE)
    place.lin.rings_within(PATIENCE).answers()
    place.lin.hears("急事")
    takes_the_call(ana_rings, "急事来电")
    hear_each_other(place.mei, ana_rings)
    ana_rings.hangs_up()

    assert place.escalated(Reason.EMERGENCY).closed_at is None
    ana.opens("/desk/cases").follows("/desk/cases/")
    assert "幸福里3号楼2单元501" in ana.seen
    ana.sends("/rule", ruling="emergency_services", words="120 已到")

    with place.house.db.reading() as session:
        (case,) = session.scalars(sa.select(Case))
        assert case.kind is CaseKind.EMERGENCY and case.ruling == "emergency_services"
        assert place.escalated(Reason.EMERGENCY).closed_at is not None
        order = session.scalars(sa.select(Order)).one()
        assert order.state is State.CLOSED


def test_a_false_alarm_costs_nothing_and_is_said_so(
    place: Town, ana: Browser, ana_rings: Handset
) -> None:
    place.mei_says("我摔倒了快来人")
    takes_the_call(ana_rings, "急事来电")
    hear_each_other(place.mei, ana_rings)
    place.mei.says("没摔着，按错了")
    ana_rings.hears("按错了")
    ana_rings.hangs_up()
    place.mei.is_over_within()

    ana.opens("/desk/cases").follows("/desk/cases/")
    ana.sends("/rule", ruling="false_alarm", tell="1")

    place.mei_is_told("虚惊一场，没事就好")
    assert "虚惊一场" in place.lin.reads("处理好了")
    assert place.escalated(Reason.EMERGENCY).closed_at is not None


def test_an_emergency_passes_before_whoever_waits_already(
    place: Town, ana: Browser, ana_rings: Handset
) -> None:
    ana_rings.is_owned_by("busy")
    asks_for_a_person(place, place.bo)
    place.bo.hears("您是下一位")

    place.mei_says("我摔倒了快来人")
    place.mei.hears("幺二零")

    place.bo.hears("前面还有一位")
    ana_rings.is_owned_by("person")
    takes_the_call(ana_rings, "急事来电")
    hear_each_other(place.mei, ana_rings)


def test_an_order_that_waits_is_left_as_it_is_by_an_emergency(
    place: Town, ana: Browser, ana_rings: Handset
) -> None:
    place.mei_orders("两斤鸡蛋")
    order = place.reaches(State.DRAFT)

    place.mei_says("我摔倒了快来人")
    takes_the_call(ana_rings, "急事来电")
    hear_each_other(place.mei, ana_rings)

    assert next(each for each in place.orders() if each.id == order.id).state is State.DRAFT
    with place.house.db.reading() as session:
        assert place.escalated(Reason.EMERGENCY).subject_id == household(session, Phone(MEI))[0].id


def test_an_emergency_whose_line_was_lost_is_rung_back_at_once(
    place: Town, ana: Browser, ana_rings: Handset
) -> None:
    ana_rings.is_owned_by("nobody")
    place.mei_says("我摔倒了快来人")
    place.mei.hears("幺二零")

    place.mei.hangs_up()

    place.mei.rings_within(PATIENCE).answers()
    place.mei.hears("刚才电话断了")


def test_nine_nine_nine_while_waiting_is_an_emergency(
    place: Town, ana: Browser, ana_rings: Handset
) -> None:
    ana_rings.is_owned_by("nobody")
    asks_for_a_person(place, place.mei)
    place.mei.hears("您是下一位")
    place.mei.presses("999")

    place.mei.hears("幺二零")

    assert place.escalated(Reason.EMERGENCY)


def test_a_relative_who_is_not_reached_is_followed_by_the_next(place: Town) -> None:
    with place.house.db.begin() as session:
        mei = household(session, Phone(MEI))[0]
        link(session, mei, register(session, "伯", Phone(BO)), "侄子")
    place.lin.is_owned_by("unreachable")
    place.mei_says("我摔倒了快来人")

    place.bo.rings_within(PATIENCE).answers()

    place.bo.hears("急事")


def test_of_two_on_one_line_the_family_is_rung_before_anybody_asks_which(place: Town) -> None:
    place.enrols("李刚", Phone(MEI))

    place.mei_says("我摔倒了快来人")
    place.mei.hears("别着急")

    place.lin.rings_within(PATIENCE).answers()
    place.lin.hears("王梅家里刚才打电话说有急事")
