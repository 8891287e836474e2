"""The board: who is sent, arrives, is done, fails, or will be late."""

from datetime import timedelta

import pytest

from orders.lifecycle import State
from orders.order import Order
from orders.visits import VisitState, of_order
from tests.voiceapp.console import scenes
from tests.voiceapp.console.browser import DeskBrowser
from voiceapp.house import House


def test_a_ready_order_is_sent_arrives_and_is_done(ana: DeskBrowser, house: House) -> None:
    with house.db.begin() as session:
        order_id = scenes.ready(session).id
    ana.open("/desk/board")

    ana.send(ana.find(r'action="(/desk/visits/[^"]+/send)"'), worker="老赵")
    ana.send(ana.find(r'action="(/desk/visits/[^"]+/arrive)"'))
    ana.send(ana.find(r'action="(/desk/visits/[^"]+/done)"'))

    with house.db.reading() as session:
        (visit,) = of_order(session, order_id)
        assert visit.state is VisitState.DONE and visit.worker == "老赵" and visit.arrived_at
        assert session.get_one(Order, order_id).state is State.DELIVERED


def test_a_visit_that_failed_waits_again_and_needs_a_person(ana: DeskBrowser, house: House) -> None:
    with house.db.begin() as session:
        scenes.ready(session)
    ana.open("/desk/board")
    ana.send(ana.find(r'action="(/desk/visits/[^"]+/send)"'), worker="老赵")

    ana.send(ana.find(r'action="(/desk/visits/[^"]+/failed)"'))

    assert "待派" in ana.page
    assert "上门没办成" in ana.open("/desk/queue")


@pytest.mark.parametrize(("minutes", "late"), [(60, False), (20, True)])
def test_a_late_visit_shows_before_the_caller_rings(
    ana: DeskBrowser, house: House, minutes: int, late: bool
) -> None:
    with house.db.begin() as session:
        scenes.ready(session, ends_in=timedelta(minutes=minutes))

    ana.open("/desk/board")

    assert ("要晚了" in ana.page) is late
