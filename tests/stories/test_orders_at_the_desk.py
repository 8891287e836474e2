"""An order in a clerk's hands: her yes, what is learned from it, and who has it."""

import sqlalchemy as sa

from ivr.softphone import Handset
from orders.lifecycle import State
from orders.order import Order
from orders.recordings import Recording
from tests.conftest import OURS
from tests.stories.browsing import Browser, clerk
from tests.stories.desk import hear_each_other, takes_the_call
from tests.stories.town import PASSWORD, PATIENCE, SECRET, Town
from voiceapp.console.clerks import enrol_clerk


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
    place.mei.rings_within(PATIENCE).answers()
    hear_each_other(place.mei, ana_rings)
    ana.waits_for(page, "/confirm").sends("/confirm", words="对，就这些")

    place.until(lambda: place.orders()[-1].confirmed_words == "对，就这些")
    place.mei.hangs_up()
    place.until(lambda: proof_is_kept(place, place.orders()[-1]))


def proof_is_kept(place: Town, order: Order) -> bool:
    """Whether the call on which she said yes is recorded, in our hands."""
    with place.house.db.reading() as session:
        kept = sa.select(Recording.stored_as).where(Recording.call_id == order.read_call_id)
        return bool(session.scalar(kept))


def says_and_asks_for_a_person(place: Town, text: str) -> Order:
    """Nobody is on duty, so that the desk's own telephone is rung."""
    place.mei.dial(OURS)
    place.mei.hears("录音")
    place.mei.says_wav(place.ears.voice(text), then="0")
    place.ana.rings_within(PATIENCE).answers()
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


def test_the_desk_has_the_open_question_asked_by_a_call(place: Town) -> None:
    place.mei_orders("要几个苹果")
    place.mei.rings_within(PATIENCE).declines()
    order = place.reaches(State.DRAFT)
    ana = place.ana_signs_in().opens(f"/desk/orders/{order.id}")
    ana.sends("/take-over")
    place.reaches(State.WITH_STAFF)

    ana.opens(f"/desk/orders/{order.id}").sends("/send-back")
    place.mei_picks_up()
    place.mei.hears("苹果您要多少")
    place.mei.says("四个")
    place.mei.hears("对吗")
    place.mei.presses("1")

    place.reaches(State.AWAITING_APPROVAL)
