"""She is not content: she talks with a person on this very call, and hears what came of it."""

from datetime import timedelta

from ivr.softphone import Handset
from orders.escalations import Reason
from orders.lifecycle import State
from tests.stories.browsing import Browser, clerk
from tests.stories.desk import hear_each_other, places, takes_the_call
from tests.stories.town import PASSWORD, SECRET, Town
from voiceapp import clock
from voiceapp.console.clerks import enrol_clerk

GRIEVANCE = "上次送的白菜是烂的你们怎么搞的"


def test_a_complaint_waits_with_its_place_and_is_put_through(
    place: Town, ana: Browser, ana_rings: Handset
) -> None:
    place.mei_says(GRIEVANCE)
    place.mei.hears("真对不住")
    place.mei.hears("您是下一位")

    takes_the_call(ana_rings)

    place.mei.hears("工作人员来了")
    (waited,) = places(place)
    assert waited.escalation_id == place.escalated(Reason.COMPLAINT).id


def test_a_complaint_after_hours_is_promised_a_call_with_a_time(place: Town) -> None:
    now = clock.now().astimezone(place.house.settings.timezone)
    place.passes((now.replace(hour=21, minute=0) - now) % timedelta(days=1))

    place.mei_says(GRIEVANCE)

    place.mei.hears("下班了")
    place.mei.hears("最晚明天上午八点")
    place.mei.is_over_within()
    assert place.escalated(Reason.COMPLAINT)


def test_a_complaint_beside_an_order_loses_neither(
    place: Town, ana: Browser, ana_rings: Handset
) -> None:
    place.mei_says("上回的鸡蛋是坏的这回再来三斤鸡蛋")
    place.mei.hears("过会儿打给您核对")
    takes_the_call(ana_rings)
    place.mei.hears("工作人员来了")
    place.mei.says("鸡蛋是坏的")
    ana_rings.hears("鸡蛋是坏的")
    ana_rings.hangs_up()
    place.mei.is_over_within()

    place.mei_confirms()

    assert place.escalated(Reason.COMPLAINT)
    assert [line.sku for line in place.orders()[-1].lines] == ["egg"]


def test_a_complaint_is_refunded_and_both_sides_are_told(
    place: Town, ana: Browser, ana_rings: Handset
) -> None:
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
    place.mei.hears("真对不住")
    takes_the_call(ana_rings)
    hear_each_other(place.mei, ana_rings)
    place.mei.says("鸡蛋磕破了一半")
    ana_rings.hears("磕破了一半")
    ana_rings.hangs_up()
    place.mei.is_over_within()
    ana.opens("/desk/cases").follows("/desk/cases/").sends("/about", order=str(delivered.id))
    with place.house.db.begin() as session:
        enrol_clerk(session, "sun", "老孙", PASSWORD, "supervisor", SECRET)
    sun = clerk(place.url, "sun", PASSWORD, SECRET).opens("/desk/cases").follows("/desk/cases/")
    sun.sends("/take")
    eggs = next(line for line in delivered.lines if line.sku == "egg")
    sun.sends("/rule", ruling="refunded", line=str(eggs.id), yuan="11.60", tell="1")

    assert sun.status == 200
    place.until(lambda: [row.fen for row in place.books.refunds.values()] == [1160])
    place.mei_is_told("退十一块六")
    assert "已经处理好了，已经退款 ¥11.60" in place.lin.reads("处理好了")
