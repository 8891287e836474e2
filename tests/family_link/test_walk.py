"""From the parent's yes to the rating, on a child's phone."""

import re
import uuid

import sqlalchemy as sa

from orders import visits
from orders.lifecycle import State
from orders.order import Order
from orders.people import clerk
from orders.ratings import Rating
from tests.conftest import LIN
from tests.family_link.town import Family


def test_a_child_approves_pays_follows_and_rates(home: Family) -> None:
    order_id = home.confirmed("egg", "peanut-oil")
    home.work()
    lin = home.phone()

    assert "要买东西" in home.texts.to(LIN)[0]
    assert lin.sign_in(LIN).status_code == 200
    page = lin.get(f"/family/orders/{order_id}")
    assert "我要两斤鸡蛋" in page.text
    assert lin.get(f"/family/orders/{order_id}/audio").content.startswith(b"RIFF")

    paying = lin.post(f"/family/orders/{order_id}/approve", page=f"/family/orders/{order_id}")
    assert paying.url.endswith("/pay")
    home.work()
    opened = lin.post(f"/family/orders/{order_id}/pay")
    where = re.search(r'class="button" href="([^"]+)"', opened.text)
    assert where is not None
    checkout = lin.http.get(where[1].replace("&amp;", "&"), timeout=10)
    assert "练习" in checkout.text
    hidden = dict(re.findall(r'name="(\w+)" value="([^"]*)"', checkout.text))
    back = lin.http.post(checkout.url.split("?")[0], data=hidden, timeout=20)

    assert back.url.endswith(f"/family/orders/{order_id}")
    assert home.state(order_id) is State.READY

    home.work()
    with home.db.begin() as session:
        for visit in visits.of_order(session, order_id):
            visits.send(session, visit, "小张", clerk(uuid.uuid4()))
            visits.finish(session, visit, clerk(uuid.uuid4()))
            visit_id = visit.id
    page = lin.get(f"/family/orders/{order_id}")
    assert "送到了" in page.text
    lin.post(f"/family/visits/{visit_id}/rate", page=f"/family/orders/{order_id}", stars="5")

    with home.db.reading() as session:
        assert session.scalars(sa.select(Rating.stars)).all() == [5]
        assert session.get_one(Order, order_id).state is State.DELIVERED
