"""The live queue in a real browser: 200 orders without flicker, keys, staleness."""

import re
import threading
import uuid

import pytest
from playwright.sync_api import Page, expect

from orders.escalations import Escalation, Reason, open_for
from tests.voiceapp.console import scenes
from voiceapp.console import live
from voiceapp.house import House

MANY = 200


@pytest.fixture
def crowd(house: House) -> list[uuid.UUID]:
    """Two hundred orders at the desk."""
    with house.db.begin() as session:
        return [scenes.at_desk(session).id for _ in range(MANY)]


def escalation_of(house: House, order_id: uuid.UUID) -> uuid.UUID:
    """The open escalation of an order."""
    with house.db.reading() as session:
        return open_for(session, order_id)[0].id


MARK = "for (const row of document.querySelectorAll('#queue tbody tr')) row.mark = row.dataset.id"
KEPT = (
    "[...document.querySelectorAll('#queue tbody tr')].filter(r => r.mark === r.dataset.id).length"
)
WATCH = """
window.changes = {added: 0, removed: 0, shift: 0};
new MutationObserver(all => { for (const one of all) {
  for (const node of one.addedNodes) if (node.nodeName === 'TR') window.changes.added += 1;
  for (const node of one.removedNodes) if (node.nodeName === 'TR') window.changes.removed += 1;
} }).observe(document.querySelector('#queue tbody'), {childList: true});
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) window.changes.shift += entry.value;
}).observe({type: 'layout-shift'});
"""


def test_a_claim_among_200_touches_one_row_and_moves_nothing(
    page: Page, house: House, crowd: list[uuid.UUID]
) -> None:
    page.goto(page.url)
    expect(page.locator("#queue tbody tr")).to_have_count(MANY)
    expect(page.locator("#live")).to_have_text("实时")
    page.evaluate(MARK)
    page.evaluate(WATCH)

    asked = escalation_of(house, crowd[100])
    with house.db.begin() as session:
        session.get_one(Escalation, asked).claim(scenes.somebody())

    expect(page.locator(f"tr[data-id='{asked}'] form")).to_have_count(0)
    assert page.evaluate(KEPT) == MANY
    assert page.evaluate("window.changes") == {"added": 0, "removed": 0, "shift": 0}


def test_a_new_one_and_a_closed_one_leave_the_other_rows_alone(
    page: Page, house: House, crowd: list[uuid.UUID]
) -> None:
    page.goto(page.url)
    expect(page.locator("#live")).to_have_text("实时")
    page.evaluate(MARK)
    page.evaluate(WATCH)

    asked = escalation_of(house, crowd[0])
    with house.db.begin() as session:
        session.get_one(Escalation, asked).close(scenes.somebody(), "helped")
        scenes.at_desk(session, Reason.EMERGENCY)

    expect(page.locator("#queue tbody tr").first).to_contain_text("急事")
    expect(page.locator(f"tr[data-id='{asked}']")).to_have_count(0)
    assert page.evaluate(KEPT) == MANY - 1
    changes = page.evaluate("window.changes")
    assert (changes["added"], changes["removed"]) == (1, 1)


def test_the_queue_is_worked_with_keys_alone(
    page: Page, house: House, crowd: list[uuid.UUID]
) -> None:
    page.goto(page.url)
    expect(page.locator("#live")).to_have_text("实时")

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("c")

    expect(page.get_by_text("在您手里")).to_be_visible()


def test_enter_opens_the_row_that_was_chosen(
    page: Page, house: House, crowd: list[uuid.UUID]
) -> None:
    page.goto(page.url)
    page.keyboard.press("j")
    page.keyboard.press("j")
    chosen = page.locator("tr.chosen").get_attribute("data-id")

    page.keyboard.press("Enter")

    with house.db.reading() as session:
        of = session.get_one(Escalation, uuid.UUID(chosen)).subject_id
    expect(page).to_have_url(re.compile(f"/orders/{of}$"))


def test_a_page_that_hears_nothing_says_so_and_recovers(
    page: Page, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "PAUSE", 9.0)
    page.goto(page.url)
    expect(page.locator("#live")).to_contain_text("断线了")

    monkeypatch.setattr(live, "PAUSE", 0.5)

    expect(page.locator("#live")).to_have_text("实时")


def test_a_stream_that_ends_is_opened_again_by_the_page(
    page: Page, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "LONGEST", 1.0)
    page.goto(page.url)
    page.wait_for_timeout(2500)

    with house.db.begin() as session:
        scenes.at_desk(session)

    expect(page.locator("#queue tbody tr")).to_have_count(1)


def test_without_a_free_stream_the_page_asks_again_and_again(
    page: Page, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "_seats", threading.BoundedSemaphore(1))
    taken = live.stream(house.db, lambda session: True)
    assert taken is not None
    page.goto(page.url)
    expect(page.locator("#live")).to_have_text("每 5 秒更新")

    with house.db.begin() as session:
        scenes.at_desk(session)

    expect(page.locator("#queue tbody tr")).to_have_count(1)
