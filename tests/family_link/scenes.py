"""What more than one of these tests begins with."""

import uuid
from datetime import timedelta

import sqlalchemy as sa

from family_link.tab import TabEntry
from orders import visits
from orders.order import Order
from orders.people import clerk
from tests.conftest import LIN
from tests.family_link.town import Browser, Family


def delivered(
    home: Family, quantity: int = 1, days_ago: float = 0, private: bool = False
) -> uuid.UUID:
    """The order was brought, so many days ago."""
    order_id = home.confirmed("egg", quantity=quantity, pays_self=True, private=private)
    home.work()
    with home.db.begin() as session:
        for visit in visits.of_order(session, order_id):
            visits.send(session, visit, "小张", clerk(uuid.uuid4()))
            visits.finish(session, visit, clerk(uuid.uuid4()))
        session.get_one(Order, order_id).created_at -= timedelta(days=days_ago)
    home.work()
    return order_id


def lin_with_a_tab(home: Family, limit: str = "200", rule_limit: str = "50") -> Browser:
    """Lin sets a limit and a rule on her phone."""
    lin = home.phone()
    lin.sign_in(LIN)
    page = f"/family/parents/{home.people.link.id}"
    lin.post(f"{page}/tab", limit=limit)
    lin.post(f"{page}/rules", kind="approve", category="", span="order", limit=rule_limit)
    return lin


def entries(home: Family) -> list[tuple[int, bool]]:
    """What is on the tab, oldest first: fen, and whether it was struck off."""
    with home.db.reading() as session:
        rows = session.scalars(sa.select(TabEntry).order_by(TabEntry.at))
        return [(row.fen, row.struck_at is not None) for row in rows]
