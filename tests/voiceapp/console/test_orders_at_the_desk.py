"""A clerk puts right what the robot could not: claim, correct, answer, send back, cancel, rule."""

import uuid
from collections.abc import Callable
from decimal import Decimal

import pytest
import sqlalchemy as sa

from orders.access import Look
from orders.escalations import Reason, open_for
from orders.lifecycle import State
from orders.order import Order, OrderEvent
from orders.people import Role
from orders.recordings import Recording
from tests.voiceapp.console import scenes
from tests.voiceapp.console.browser import DeskBrowser
from voiceapp.house import House


@pytest.fixture
def order_id(house: House) -> uuid.UUID:
    """Mei's order, at the desk, with a line and an open question."""
    with house.db.begin() as session:
        return scenes.at_desk(session).id


@pytest.fixture
def taken(ana: DeskBrowser, order_id: uuid.UUID) -> DeskBrowser:
    """Ana's browser with that order in hand and on the screen."""
    ana.open("/desk/queue")
    ana.send(ana.find(r'action="(/desk/escalations/[^"]+/claim)"'))
    return ana


def test_the_queue_says_why_and_how_long(ana: DeskBrowser, order_id: uuid.UUID) -> None:
    ana.open("/desk/queue")

    assert "问了几次都没听明白" in ana.page and "0 分钟" in ana.page


def test_the_queue_masks_names(ana: DeskBrowser, order_id: uuid.UUID) -> None:
    ana.open("/desk/queue")

    assert "王＊" in ana.page and "王梅" not in ana.page


def test_the_most_pressing_stands_first(ana: DeskBrowser, house: House) -> None:
    with house.db.begin() as session:
        scenes.at_desk(session)
        scenes.at_desk(session, Reason.EMERGENCY)

    ana.open("/desk/queue")

    assert ana.page.index("急事") < ana.page.index("问了几次都没听明白")


def test_a_claim_shows_the_caller_her_family_and_what_was_said(taken: DeskBrowser) -> None:
    assert "在您手里" in taken.page
    for shown in ("王梅", "+12025550101", "幸福里3号楼2单元501", "女儿", scenes.SAID, "按读音猜的"):
        assert shown in taken.page


def test_a_look_at_an_order_is_written_down(
    taken: DeskBrowser, house: House, order_id: uuid.UUID
) -> None:
    with house.db.reading() as session:
        look = session.scalars(sa.select(Look).where(Look.subject == order_id)).first()

    assert look is not None and look.role is Role.CLERK and look.what == "order"


def test_of_two_clerks_on_one_order_the_second_is_refused(
    taken: DeskBrowser, signed_in: Callable[[str], DeskBrowser], order_id: uuid.UUID
) -> None:
    ivo = signed_in("ivo")
    ivo.open(f"/desk/orders/{order_id}")
    assert "Ana 在处理" in ivo.page

    ivo.send(f"/desk/orders/{order_id}/send-back")

    assert ivo.status == 409 and "别人刚刚先动了这一单" in ivo.page


def test_given_back_it_can_be_claimed_by_another(
    taken: DeskBrowser, signed_in: Callable[[str], DeskBrowser]
) -> None:
    taken.send(taken.find(r'action="(/desk/escalations/[^"]+/release)"'))
    ivo = signed_in("ivo")
    ivo.open("/desk/queue")

    ivo.send(ivo.find(r'action="(/desk/escalations/[^"]+/claim)"'))

    assert "在您手里" in ivo.page


@pytest.mark.parametrize("typed", ["西红柿", "xihongshi", "xhs", "番茄"])
def test_a_product_is_found_by_chinese_pinyin_and_initials(
    taken: DeskBrowser, order_id: uuid.UUID, typed: str
) -> None:
    taken.open(f"/desk/orders/{order_id}?q={typed}")

    assert 'value="tomato"' in taken.page.split("<fieldset>")[1]


def test_a_line_is_added_changed_and_taken_out(
    taken: DeskBrowser, house: House, order_id: uuid.UUID
) -> None:
    path = f"/desk/orders/{order_id}"
    taken.send(f"{path}/lines", place="new", sku="egg", quantity="3")
    line = taken.find(r'action="(/desk/orders/[^"]+/lines/[^"]+)"')
    taken.send(line, quantity="2", start="2027-01-02T09:00", end="2027-01-02T11:00")
    egg = taken.find_all(r'action="(/desk/orders/[^"]+/lines/[^"]+)"')[1]
    taken.send(egg, quantity="3", drop="1")

    with house.db.reading() as session:
        order = session.get_one(Order, order_id)
        (oil,) = order.lines
        assert (oil.sku, oil.quantity) == ("peanut-oil", Decimal(2))
        assert oil.window_start is not None and oil.window_start.hour == 1
        assert [line.dropped_by for line in order.all_lines if line.sku == "egg"] == [Role.CLERK]


def test_an_open_question_is_answered_with_one_of_its_options(
    taken: DeskBrowser, house: House, order_id: uuid.UUID
) -> None:
    taken.send(
        taken.find(r'action="(/desk/orders/[^"]+/questions/[^"]+)"'), sku="tomato", quantity="2"
    )

    with house.db.reading() as session:
        order = session.get_one(Order, order_id)
        assert order.open_questions == []
        assert [(line.sku, line.heard) for line in order.lines][1] == ("tomato", "两斤洋柿子")


def test_a_corrected_order_goes_back_to_be_read_over(
    taken: DeskBrowser, house: House, order_id: uuid.UUID
) -> None:
    taken.send(f"/desk/orders/{order_id}/send-back")

    assert taken.status == 200
    with house.db.reading() as session:
        order = session.get_one(Order, order_id)
        assert order.state is State.DRAFT
        assert open_for(session, order_id) == []
        last = session.scalars(sa.select(OrderEvent).where(OrderEvent.order_id == order_id)).all()[
            -1
        ]
        assert (last.name, last.role) == ("redrafted", Role.CLERK)


def test_an_order_is_cancelled_by_the_clerk(
    taken: DeskBrowser, house: House, order_id: uuid.UUID
) -> None:
    taken.send(f"/desk/orders/{order_id}/withdraw")

    with house.db.reading() as session:
        assert session.get_one(Order, order_id).state is State.CANCELLED
        assert open_for(session, order_id) == []


def test_a_page_that_is_out_of_date_changes_nothing(
    taken: DeskBrowser, house: House, order_id: uuid.UUID
) -> None:
    old = taken.find(r'name="version" value="(\d+)"')
    taken.send(f"/desk/orders/{order_id}/lines", place="new", sku="egg", quantity="3")

    taken.send(f"/desk/orders/{order_id}/lines", version=old, sku="egg", quantity="30")

    assert taken.status == 409
    with house.db.reading() as session:
        quantities = [line.quantity for line in session.get_one(Order, order_id).lines]
        assert quantities == [Decimal(1), Decimal(3)]


@pytest.mark.parametrize("quantity", ["", "0", "-1", "两", "NaN", "1000"])
def test_an_amount_that_is_none_is_refused(
    taken: DeskBrowser, order_id: uuid.UUID, quantity: str
) -> None:
    taken.send(f"/desk/orders/{order_id}/lines", sku="egg", quantity=quantity)

    assert taken.status == 400


def test_an_order_of_the_robot_is_taken_over(ana: DeskBrowser, house: House) -> None:
    with house.db.begin() as session:
        order = scenes.heard(session)
        order_id = order.id
    ana.open(f"/desk/orders/{order_id}")

    ana.send(f"/desk/orders/{order_id}/take-over")

    assert "等坐席处理" in ana.page and "在您手里" in ana.page


def test_a_question_of_no_order_is_ruled_on(ana: DeskBrowser, house: House) -> None:
    with house.db.begin() as session:
        asking = scenes.asked_for_person(session).id
    ana.open(f"/desk/escalations/{asking}")
    ana.send(f"/desk/escalations/{asking}/claim")

    ana.send(f"/desk/escalations/{asking}/close", ruling="called_back")

    assert "要找人工" not in ana.page


def test_only_who_holds_it_rules_on_it(ana: DeskBrowser, house: House) -> None:
    with house.db.begin() as session:
        asking = scenes.asked_for_person(session).id
    ana.open(f"/desk/escalations/{asking}")

    ana.send(f"/desk/escalations/{asking}/close", ruling="called_back")

    assert ana.status == 409


def test_audio_is_played_and_the_look_written_down(house: House, ana: DeskBrowser) -> None:
    house.providers["store"].kept["one.wav.sealed"] = b"RIFF and so on"
    with house.db.begin() as session:
        order = scenes.heard(session, stored_as="one.wav.sealed")
        order_id, recording_id = order.id, order.recording_id
    ana.open(f"/desk/orders/{order_id}")

    answer = ana.client.get(ana.find(r'<audio[^>]*src="([^"]+)"'))

    assert answer.status_code == 200 and answer.data == b"RIFF and so on"  # type: ignore[attr-defined]
    with house.db.reading() as session:
        looks = session.scalars(sa.select(Look).where(Look.subject == recording_id)).all()
        assert [look.what for look in looks] == ["audio"]
        assert session.get_one(Recording, recording_id).text


def test_a_note_is_kept_with_the_order_and_its_caller(taken: DeskBrowser) -> None:
    taken.send(taken.find(r'action="(/desk/orders/[^"]+/note)"'), words="她孙子明天来")

    assert "她孙子明天来" in taken.page
