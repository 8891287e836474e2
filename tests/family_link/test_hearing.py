"""From what was understood to the second at which it was said."""

import re
import uuid

from family_link.hearing import said_at
from orders.order import Order, OrderLine
from orders.recordings import Recording
from orders.relatives import Link
from tests.conftest import LIN
from tests.family_link.town import Family, Mini

WORDS = [
    ("我要", 0.4), ("两斤", 1.9), ("鸡蛋", 2.3), ("还要", 4.1), ("花生油", 4.8), ("香菜", 6.0)
]  # fmt: skip
SAID = {"words": [{"text": text, "start": start} for text, start in WORDS]}


def line(*span: int) -> OrderLine:
    return OrderLine(evidence={"span": list(span)} if span else {"how": "edit"})


def test_a_line_begins_at_the_word_in_which_its_span_begins() -> None:
    heard = Recording(transcript=SAID)

    assert said_at(line(2, 6), heard) == 1.6
    assert said_at(line(3, 6), heard) == 1.6
    assert said_at(line(8, 11), heard) == 4.5
    assert said_at(line(0, 2), heard) == 0.1


def test_what_was_not_said_on_the_recording_has_no_second() -> None:
    assert said_at(line(), Recording(transcript=SAID)) is None
    assert said_at(line(2, 6), Recording(transcript=None)) is None
    assert said_at(line(2, 6), None) is None
    assert said_at(line(40, 42), Recording(transcript=SAID)) is None


def said(home: Family, *more: str) -> uuid.UUID:
    """An order whose lines know where they were said."""
    order_id = home.confirmed("egg", "peanut-oil", *more)
    home.work()
    with home.db.begin() as session:
        order = session.get_one(Order, order_id)
        recording = session.get_one(Recording, order.recording_id)
        recording.text, recording.transcript = "".join(text for text, _ in WORDS), SAID
        for each, span in zip(order.lines, ([2, 6], [8, 11], [11, 13]), strict=False):
            each.evidence = {"span": span}
    return order_id


def test_the_page_plays_each_line_from_its_very_second(home: Family) -> None:
    order_id = said(home)
    lin = home.phone()
    lin.sign_in(LIN)

    page = lin.get(f"/family/orders/{order_id}").text

    audio = f"/family/orders/{order_id}/audio"
    assert re.findall(rf'src="{audio}#t=([\d.]+)"', page) == ["1.6"]
    assert re.findall(rf'href="{audio}#t=([\d.]+)"', page) == ["1.6", "4.5"]


def test_who_may_not_listen_is_offered_nothing_to_play(home: Family) -> None:
    order_id = said(home)
    with home.db.begin() as session:
        session.get_one(Link, home.people.link.id).scopes = "see approve"
    lin = home.phone()
    lin.sign_in(LIN)

    page = lin.get(f"/family/orders/{order_id}").text

    assert "我要两斤鸡蛋" in page
    assert "/audio" not in page


def test_the_api_tells_the_second_of_each_line(home: Family) -> None:
    order_id = said(home)

    told = Mini(home).get(f"/orders/{order_id}").json()

    assert [each["audio_from"] for each in told["lines"]] == [1.6, 4.5]
    assert told["audio_from"] == 1.6
