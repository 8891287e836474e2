"""From the ring to the rating."""

import sqlalchemy as sa

from orders.lifecycle import State
from orders.ratings import Rating
from tests.stories.town import PATIENCE, Town


def test_an_order_goes_from_the_ring_to_the_rating(place: Town) -> None:
    place.mei_orders("我要两斤鸡蛋一桶花生油")
    place.mei_confirms()

    assert "要买东西" in place.lin.reads("/f")
    lin = place.lin_signs_in()
    lin.follows("/family/orders/")
    assert "我要两斤鸡蛋一桶花生油" in lin.seen
    assert "¥140.60" in lin.seen
    place.lin_pays(lin)
    place.reaches(State.READY)

    ana = place.ana_signs_in()
    ana.waits_for("/desk/board", "/send").sends("/send", worker="小张")
    place.mei_is_told("小张给您送鸡蛋，花生油")
    ana.opens("/desk/board").sends("/done")
    place.mei_picks_up()
    place.mei.hears("您满意吗")
    place.mei.says("挺好的，五分")
    place.mei.hears("谢谢您")
    place.mei.is_over_within()

    order = place.reaches(State.DELIVERED)
    assert [(line.sku, str(line.quantity)) for line in order.lines] == [
        ("egg", "2"),
        ("peanut-oil", "1"),
    ]
    with place.house.db.reading() as session:
        rating = session.scalars(sa.select(Rating)).one()
    assert (rating.stars, rating.words) == (5, "挺好的，五分")


def test_goods_today_and_a_plumber_tomorrow_are_two_visits(place: Town) -> None:
    place.mei_orders("今天送两斤鸡蛋一桶菜籽油明天上午再找个人来修水管")
    place.mei_picks_up()
    place.mei.hears("今天，两斤鸡蛋，一桶菜籽油")
    place.mei.hears("明天上午，水管维修")
    place.mei.hears("一百五十一块五")
    place.mei.presses("1")
    place.mei.hears("记下了")

    lin = place.lin_signs_in().follows("/family/orders/")
    place.lin_pays(lin)
    ana = place.ana_signs_in().waits_for("/desk/board", "/send")
    ana.sends("/send", worker="小张")
    place.reaches(State.DISPATCHED)
    ana.opens("/desk/board").sends("/done")
    assert place.orders()[-1].state is State.DISPATCHED
    ana.opens("/desk/board").sends("/send", worker="老李")
    ana.opens("/desk/board").sends("/done")

    place.reaches(State.DELIVERED)


def test_a_second_call_adds_to_the_draft(place: Town) -> None:
    place.mei_orders("两斤鸡蛋")
    place.mei.rings_within(PATIENCE).declines()
    place.reaches(State.DRAFT)

    place.mei.dial("+12025550100")
    place.mei.hears("您刚才订的还没跟您核对")
    place.mei.says_wav(place.ears.voice("再来一桶花生油"))
    place.mei.hears("给您打回去核对")
    place.mei.is_over_within()

    place.mei_picks_up()
    place.mei.hears("两斤鸡蛋，一桶花生油")
    place.mei.hears("一百四十块六")
    place.mei.presses("1")
    place.mei.hears("记下了")
    place.reaches(State.AWAITING_APPROVAL)
    assert {order.state for order in place.orders()} == {State.AWAITING_APPROVAL}
