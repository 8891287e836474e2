"""An order taken at the counter, read over to her, sent, and told: who comes, and when."""

import sqlalchemy as sa

from orders.consents import Consent
from orders.customers import household
from orders.lifecycle import State
from orders.visits import VisitState, of_order
from tests.conftest import MEI
from tests.stories.browsing import Browser, clerk
from tests.stories.town import PASSWORD, SECRET, Town
from voiceapp.console.clerks import enrol_clerk
from voiceapp.phone import Phone


def volunteer(place: Town) -> Browser:
    """Gao, of the community, at a browser."""
    with place.house.db.begin() as session:
        enrol_clerk(session, "gao", "老高", PASSWORD, "coordinator", SECRET)
    return clerk(place.url, "gao", PASSWORD, SECRET)


def test_a_volunteer_orders_for_her_and_she_says_the_yes_herself(place: Town) -> None:
    gao = volunteer(place).opens(f"/desk/take?number=%2B{MEI[1:]}")
    with place.house.db.reading() as session:
        mei = household(session, Phone(MEI))[0].id
    gao.sends("/take", customer=str(mei), said="明天上午送两斤鸡蛋", consent="她在柜台说由我来写")
    assert "鸡蛋" in gao.seen

    place.mei_confirms()

    order = place.reaches(State.AWAITING_APPROVAL)
    assert order.confirmed_words and [line.sku for line in order.lines] == ["egg"]
    with place.house.db.reading() as session:
        (consent,) = session.scalars(sa.select(Consent))
        assert (consent.customer_id, consent.words) == (mei, "她在柜台说由我来写")


def test_the_caller_hears_who_comes_and_when_and_each_step_has_its_time(place: Town) -> None:
    place.mei_orders("明天上午送两斤鸡蛋")
    place.mei_confirms()
    place.lin_pays(place.lin_signs_in().follows("/family/orders/"))
    ana = place.ana_signs_in().waits_for("/desk/board", "/send")

    ana.sends("/send", worker="小张")
    place.mei_is_told("明天上午，小张给您送鸡蛋")
    ana.opens("/desk/board").sends("/arrive")
    ana.opens("/desk/board").sends("/done")

    order = place.reaches(State.DELIVERED)
    with place.house.db.reading() as session:
        (visit,) = of_order(session, order.id)
        assert visit.state is VisitState.DONE
        assert visit.sent_at and visit.arrived_at and visit.done_at
        assert visit.sent_at <= visit.arrived_at <= visit.done_at
