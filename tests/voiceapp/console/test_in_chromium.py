"""The desk in a real browser: 200 orders without flicker, keys, staleness, no barrier by axe.

With DESK_PICTURES set to a folder, the pictures of docs/desk.md are taken into it.
"""

import json
import os
import shutil
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from flask import Flask, Response
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server

from orders.cases import Case
from orders.customers import household
from orders.escalations import Escalation, Reason, Subject, open_for
from tests.conftest import MEI
from tests.voiceapp.console import scenes
from tests.voiceapp.console.conftest import PASSWORD, SECRET
from tests.voiceapp.console.furnishing import furnish
from voiceapp import clock
from voiceapp.app import HEADERS
from voiceapp.console import live
from voiceapp.console.models import Clerk
from voiceapp.db import Database
from voiceapp.house import House
from voiceapp.models import metadata
from voiceapp.phone import Phone

MANY = 200
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """The embedded database: what a browser sees does not depend on the kind."""
    database = Database(f"sqlite:///{tmp_path}/test.db")
    metadata.create_all(database.engine)
    yield database
    database.engine.dispose()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for all tests of this file."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def url(app: Flask) -> Iterator[str]:
    """The desk on a port of its own, with the headers that the product sends."""

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    server = make_server("127.0.0.1", 0, app, threaded=True)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(chromium: Browser, url: str) -> Iterator[Page]:
    """Ana's screen, signed in. An error of a script or of the content policy fails the test."""
    context = chromium.new_context(
        viewport={"width": 1366, "height": 768}, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "console",
        lambda said: troubles.append(said.text) if "Content Security" in said.text else None,
    )
    sign_in(page, url, "ana")
    yield page
    context.close()
    assert troubles == []


def sign_in(page: Page, url: str, login: str) -> None:
    """Both factors, by hand."""
    page.goto(f"{url}/desk/login")
    page.get_by_label("用户名").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("六位验证码").fill(pyotp.TOTP(SECRET).at(clock.now()))
    page.get_by_role("button", name="登录").click()
    page.wait_for_load_state()


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


def test_a_page_that_hears_nothing_says_so_and_recovers(
    page: Page, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "PAUSE", 9.0)
    page.goto(page.url)
    expect(page.locator("#live")).to_contain_text("断线了", timeout=12_000)

    monkeypatch.setattr(live, "PAUSE", 0.5)

    expect(page.locator("#live")).to_have_text("实时", timeout=12_000)


def test_a_stream_that_ends_is_opened_again_by_the_page(
    page: Page, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "LONGEST", 1.0)
    page.goto(page.url)
    page.wait_for_timeout(2500)

    with house.db.begin() as session:
        scenes.at_desk(session)

    expect(page.locator("#queue tbody tr")).to_have_count(1, timeout=8000)


def test_without_a_free_stream_the_page_asks_again_and_again(
    page: Page, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "_seats", threading.BoundedSemaphore(1))
    taken = live.stream(house.db, lambda session: True)
    assert taken is not None
    page.goto(page.url)
    expect(page.locator("#live")).to_have_text("每 5 秒更新", timeout=10_000)

    with house.db.begin() as session:
        scenes.at_desk(session)

    expect(page.locator("#queue tbody tr")).to_have_count(1, timeout=10_000)


def test_a_word_that_is_clicked_plays_from_there(page: Page, url: str, house: House) -> None:
    order_id = furnish(house)
    page.goto(f"{url}/desk/orders/{order_id}")

    page.get_by_role("button", name="洋", exact=True).click()
    page.get_by_label("速度").select_option("0.75")

    audio = page.locator("audio")
    page.wait_for_function("document.querySelector('audio').currentTime >= 1.4")
    assert audio.evaluate("player => player.playbackRate") == 0.75


def test_the_order_page_has_keys_of_its_own(page: Page, url: str, house: House) -> None:
    order_id = furnish(house)
    page.goto(f"{url}/desk/orders/{order_id}")

    page.keyboard.press("/")
    page.keyboard.type("xhs")
    page.keyboard.press("Enter")

    expect(page.get_by_role("radio").first).to_have_value("tomato")


def test_axe_finds_no_barrier_on_any_page(
    chromium: Browser, page: Page, url: str, house: House, app: Flask
) -> None:
    order_id = furnish(house)
    found = {}
    for login, names in (("ana", CLERKS), ("sun", ("words", "looks")), ("adm", ("people",))):
        context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        screen = context.new_page()
        with house.db.begin() as session:
            for clerk in session.scalars(sa.select(Clerk)):
                clerk.totp_step = 0
        sign_in(screen, url, login)
        for name in names:
            screen.goto(url + addresses(house, order_id)[name])
            screen.wait_for_timeout(300)
            take_picture(screen, name)
            result = Axe().run(screen)
            if result.violations_count:
                found[name] = [each["id"] for each in result.response["violations"]]
        context.close()
    page.goto(f"{url}/desk/login")
    take_picture(page, "login")
    assert Axe().run(page).violations_count == 0
    assert found == {}, json.dumps(found)


def test_no_page_is_wider_than_a_clerks_screen(page: Page, url: str, house: House) -> None:
    order_id = furnish(house)

    wide = []
    for name in CLERKS:
        page.goto(url + addresses(house, order_id)[name])
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(name)

    assert wide == []


CLERKS = (
    "queue", "order", "search", "escalation", "person", "board", "workers", "take", "take-order",
    "cases", "case", "figures",
)  # fmt: skip


def addresses(house: House, order_id: uuid.UUID) -> dict[str, str]:
    """Every page of the desk by a short name."""
    with house.db.reading() as session:
        mei = household(session, Phone(MEI))[0].id
        case = session.scalars(sa.select(Case)).one()
        call = session.scalars(
            sa.select(Escalation).where(Escalation.subject_kind == Subject.CALL)
        ).one()
    return {
        "queue": "/desk/queue",
        "order": f"/desk/orders/{order_id}",
        "search": f"/desk/orders/{order_id}?q=xhs#lines",
        "escalation": f"/desk/escalations/{call.id}",
        "person": f"/desk/customers/{mei}",
        "board": "/desk/board",
        "workers": "/desk/workers",
        "take": "/desk/take",
        "take-order": f"/desk/take?number=%2B{MEI[1:]}",
        "cases": "/desk/cases",
        "case": f"/desk/cases/{case.id}",
        "figures": "/desk/figures",
        "words": "/desk/words",
        "looks": "/desk/looks",
        "people": "/desk/people",
    }


def take_picture(page: Page, name: str) -> None:
    """A picture for the documents, where a folder is named."""
    folder = os.environ.get("DESK_PICTURES")
    if folder:
        page.screenshot(path=f"{folder}/desk-{name}.png")
