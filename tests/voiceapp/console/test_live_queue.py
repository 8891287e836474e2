"""The live queue: sent when it changes, while a login lasts and a seat is free."""

import json
import threading
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from orders.escalations import Escalation
from tests.voiceapp.console import scenes
from tests.voiceapp.console.browser import DeskBrowser
from voiceapp.console import live
from voiceapp.house import House


@pytest.fixture
def events(house: House) -> Iterator[Iterator[str]]:
    """A stream of somebody whose login lasts."""
    stream = live.stream(house.db, lambda session: True)
    assert stream is not None
    next(stream)
    yield stream
    stream.close()  # type: ignore[attr-defined]


def next_queue(stream: Iterator[str]) -> Any:
    """The next event that holds the queue."""
    for event in stream:
        if event.startswith("event: queue"):
            return json.loads(event.partition("data: ")[2])
    raise AssertionError("the stream ended")


def test_a_stream_begins_with_the_whole_queue(house: House) -> None:
    with house.db.begin() as session:
        code = scenes.at_desk(session).code
    stream = live.stream(house.db, lambda session: True)
    assert stream is not None

    queue = next_queue(stream)

    assert [(row["code"], row["who"], row["claimed_by"]) for row in queue["rows"]] == [
        (code, "王＊", "")
    ]
    stream.close()  # type: ignore[attr-defined]


def test_a_claim_is_sent_to_every_page(house: House, events: Iterator[str]) -> None:
    with house.db.begin() as session:
        asking = scenes.asked_for_person(session).id
    next_queue(events)

    with house.db.begin() as session:
        session.get_one(Escalation, asking).claim(scenes.somebody())

    assert next_queue(events)["rows"][0]["claimed_by"] == str(scenes.somebody().id)


def test_a_page_that_is_sent_nothing_is_told_that_all_is_well(
    events: Iterator[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "PAUSE", 0.01)
    monkeypatch.setattr(live, "TICK", 0.02)
    next_queue(events)

    assert next(events).startswith("event: tick")


def test_a_stream_ends_with_its_login(house: House) -> None:
    stream = live.stream(house.db, lambda session: False)
    assert stream is not None

    assert [event.splitlines()[0] for event in stream] == ["retry: 1000", "event: ended"]


@pytest.fixture
def seats(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seats of this test's own: a page of another test may hold one for seconds yet."""
    monkeypatch.setattr(live, "_seats", threading.BoundedSemaphore(live.STREAMS))


def test_past_the_last_seat_a_page_asks_for_the_queue_instead(
    seats: None, house: House, ana: DeskBrowser
) -> None:
    streams = [live.stream(house.db, lambda session: True) for _ in range(live.STREAMS)]
    for each in streams:
        assert each is not None
        next(each)

    refused = ana.client.get("/desk/queue/stream")
    asked = ana.client.get("/desk/queue/now")

    assert refused.status_code == 503 and asked.status_code == 200
    for each in streams:
        each.close()  # type: ignore[union-attr]
    again = live.stream(house.db, lambda session: True)
    assert again is not None
    next(again)
    again.close()  # type: ignore[attr-defined]


def test_a_stream_that_nobody_reads_keeps_no_seat(
    seats: None, house: House, ana: DeskBrowser
) -> None:
    for _ in range(live.STREAMS + 1):
        ana.client.head("/desk/queue/stream").close()  # type: ignore[attr-defined]

    stream = live.stream(house.db, lambda session: True)

    assert stream is not None
    stream.close()  # type: ignore[attr-defined]


def test_something_is_handed_over_to_a_colleague_on_duty(
    house: House, ana: DeskBrowser, signed_in: Callable[[str], DeskBrowser]
) -> None:
    signed_in("ivo").send_from("/desk/queue", "/desk/duty", number="+12025550192")
    with house.db.begin() as session:
        asking = scenes.asked_for_person(session).id
    ana.send_from("/desk/queue", f"/desk/escalations/{asking}/claim")
    ivo = uuid.UUID(ana.find(r'name="clerk"><option value="([^"]+)"'))

    ana.send(f"/desk/escalations/{asking}/give", clerk=str(ivo))

    assert "Ivo" in ana.page
    with house.db.reading() as session:
        assert session.get_one(Escalation, asking).claimed_by == ivo
