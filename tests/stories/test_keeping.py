"""What is kept, for how long, and who looked."""

from datetime import timedelta

import sqlalchemy as sa

from orders.access import Look
from orders.lifecycle import State
from orders.people import Role
from orders.recordings import Recording
from tests.conftest import MEI, OURS
from tests.stories.town import PATIENCE, Town
from voiceapp.phone import Phone


def recordings(place: Town) -> list[Recording]:
    """Every recording, oldest first."""
    with place.house.db.reading() as session:
        return list(session.scalars(sa.select(Recording).order_by(Recording.received_at)))


def test_recordings_are_ours_alone_and_gone_when_the_promised_days_are_over(place: Town) -> None:
    place.mei_orders("两斤鸡蛋")
    place.mei_confirms()
    place.until(lambda: len(recordings(place)) == 2)
    place.until(lambda: all(row.deleted_at_firm for row in recordings(place)))
    assert place.exchange.recordings == {}
    said, whole_call = recordings(place)
    assert (said.text, whole_call.whole_call) == ("两斤鸡蛋", True)
    sealed = (place.folder / "r" / said.stored_as).read_bytes()
    assert b"RIFF" not in sealed

    place.passes(timedelta(days=place.house.settings.retention_days, minutes=1))
    place.until(lambda: all(row.deleted_at for row in recordings(place)))

    assert [row.text for row in recordings(place)] == ["", ""]
    assert list((place.folder / "r").iterdir()) == []


def test_each_look_at_what_was_said_is_written_down(place: Town) -> None:
    place.mei_orders("两斤鸡蛋")
    place.mei_confirms()
    lin = place.lin_signs_in().follows("/family/orders/")
    lin.opens(f"{lin.url}/audio")

    with place.house.db.reading() as session:
        looks = session.execute(sa.select(Look.role, Look.what)).all()
    assert (Role.CHILD, "transcript") in looks
    assert (Role.CHILD, "audio") in looks


def test_two_on_one_line_are_asked_which_of_them_it_is(place: Town) -> None:
    old_li = place.enrols("李强", Phone(MEI))

    place.mei_orders("两斤鸡蛋")
    place.mei.rings_within(PATIENCE).answers()
    place.mei.hears("请问您是哪一位？王梅请按一，李强请按二")
    place.mei.presses("2")
    place.mei.hears("对吗")
    place.mei.presses("1")
    place.mei.hears("记下了")

    order = place.reaches(State.READY)
    assert order.customer_id == old_li


def test_the_firm_takes_everything_that_we_ask_of_it(place: Town) -> None:
    place.mei_orders("两斤鸡蛋")
    place.mei_confirms()
    place.lin_signs_in()
    place.mei.dial(OURS)
    place.mei.hangs_up()

    asked = {path.rsplit("/", 1)[-1] for _, path, _ in place.exchange.requests}
    assert {"Calls.json", "Messages.json"} <= asked
