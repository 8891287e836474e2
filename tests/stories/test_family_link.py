"""Children and parents: linking, rules, lines out, and ordering for her."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from orders.escalations import Reason
from orders.lifecycle import State
from orders.wanted_calls import Purpose, WantedCall
from tests.conftest import LIN, MEI
from tests.stories.browsing import Browser
from tests.stories.linking import bo_asks
from tests.stories.town import Town

A_DAY = timedelta(hours=25)
NEXT_RING = timedelta(minutes=21)


def mei_is_asked(place: Town, keys: str) -> None:
    """Mei is rung about it and keys digits in."""
    place.mei_picks_up()
    place.mei.hears("自称是您的儿子")
    place.mei.presses(keys)
    place.mei.hears("同意请按一")


def test_the_code_by_keys_and_a_whole_yes_make_the_link(place: Town) -> None:
    bo, code = bo_asks(place)

    mei_is_asked(place, code)
    place.mei.presses("1")
    place.mei.hears("记下了")

    assert "同意了" in place.bo.reads("同意了")
    assert "王梅" in bo.opens("/family/parents").seen


@pytest.mark.parametrize("right", [True, False])
def test_a_wrong_code_or_a_no_makes_no_link(place: Town, right: bool) -> None:
    bo, code = bo_asks(place)
    wrong = f"{(int(code) + 1) % 10_000:04d}"

    mei_is_asked(place, code if right else wrong)
    place.mei.presses("2" if right else "1")
    place.mei.is_over_within()

    assert "还没有和老人关联" in bo.opens("/family/parents").seen
    place.passes(A_DAY)
    assert place.bo.reads("没有关联成功")


def test_for_an_unknown_number_nobody_is_rung_and_the_asker_hears_what_others_hear(
    place: Town,
) -> None:
    bo, _ = bo_asks(place, "+12025550177")

    assert "请老人自己打热线" in bo.seen
    place.passes(A_DAY)
    assert place.bo.reads("没有关联成功")
    assert place.dialled() == 0


def test_her_telephone_rings_at_most_twice_a_week_however_many_ask(place: Town) -> None:
    bo_asks(place)
    place.mei.rings_within(15).lets_it_ring()
    place.until(lambda: rings_of_wishes(place) == [1])
    place.passes(NEXT_RING)
    place.mei.rings_within(15).lets_it_ring()
    place.until(lambda: rings_of_wishes(place) == [2])

    bo_asks(place)
    place.until(lambda: rings_of_wishes(place) == [2, 0])
    place.passes(A_DAY)
    assert place.dialled(MEI) == 2

    place.passes(timedelta(days=6))
    _, code = bo_asks(place)
    mei_is_asked(place, code)
    place.mei.presses("1")
    assert "同意了" in place.bo.reads("同意了")


def rings_of_wishes(place: Town) -> list[int]:
    """How often each wish for a consent call that is over rang."""
    with place.house.db.reading() as session:
        over = sa.select(WantedCall.rings).where(
            WantedCall.purpose == Purpose.CONSENT,
            sa.or_(WantedCall.done_at.is_not(None), WantedCall.rings > 0),
        )
        return list(session.scalars(over.order_by(WantedCall.wanted_at)))


def lin_goes_to_mei(place: Town) -> Browser:
    return place.lin_signs_in().opens("/family/parents").follows("/family/parents/")


def test_what_a_rule_approves_goes_on_the_tab_and_lin_is_only_told(place: Town) -> None:
    lin = lin_goes_to_mei(place)
    page = lin.url
    lin.follows("/tab").sends("/tab", limit="500")
    lin.opens(page).follows("/rules").sends("/rules", kind="approve", span="order", limit="200")

    place.mei_orders("两斤鸡蛋一桶花生油")
    place.mei_confirms()

    place.reaches(State.READY)
    assert place.lin.reads("按您定的规矩已同意")
    assert "¥140.60" in lin.opens(page).follows("/tab").seen


def test_lines_are_taken_out_and_the_parent_is_told(place: Town) -> None:
    place.mei_orders("两斤鸡蛋一桶花生油")
    place.mei_confirms()
    place.reaches(State.AWAITING_APPROVAL)
    lin = place.lin_signs_in().follows("/family/orders/")

    lin.follows("/trim").sends("/trim", out="1")

    assert "已去掉" in lin.seen and "¥11.60" in lin.seen
    place.mei_is_told("您家里人改了一下，这回送")


def lin_orders(place: Town) -> Browser:
    """Lin orders eggs for her mother."""
    lin = lin_goes_to_mei(place).follows("/order")
    lin.opens(f"{lin.url}?line=egg:2").sends("/orders")
    place.reaches(State.AWAITING_PAYMENT)
    return lin


def test_a_child_orders_and_the_parent_is_told_and_lin_pays(place: Town) -> None:
    lin = lin_orders(place)

    place.mei_picks_up()
    place.mei.hears("您家里人给您订了两斤鸡蛋")
    place.mei.hangs_up()
    lin.follows("/pay").sends("/pay").follows(place.cashier_url)
    lin.sends("/checkout")

    assert place.reaches(State.READY).placed_by is not None


def test_a_child_orders_and_the_parent_objects(place: Town) -> None:
    lin_orders(place)

    place.mei_picks_up()
    place.mei.hears("不要请按二")
    place.mei.presses("2")
    place.mei.hears("先不送了")

    assert place.escalated(Reason.PARENT_OBJECTS).subject_id == place.orders()[-1].id


def test_a_leaked_link_alone_shows_nothing(place: Town) -> None:
    place.mei_orders("两斤鸡蛋")
    place.mei_confirms()
    order = place.reaches(State.AWAITING_APPROVAL)

    stranger = Browser(place.url).opens(f"/family/orders/{order.id}")

    assert stranger.url.endswith("/family/login")
    assert "鸡蛋" not in stranger.seen and LIN not in stranger.seen
