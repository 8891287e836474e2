"""Every page in a real browser: keys, audio, no barrier by axe, no wider than the screen.

With DESK_PICTURES set to a folder, the pictures of docs/desk.md are taken into it.
"""

import json

import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.voiceapp.console.chromium.conftest import first_factor, sign_in, take_picture
from tests.voiceapp.console.furnishing import addresses, furnish
from voiceapp.console.models import Clerk
from voiceapp.house import House


def test_a_word_that_is_clicked_plays_from_there(page: Page, url: str, house: House) -> None:
    order_id = furnish(house)
    page.goto(f"{url}/desk/orders/{order_id}")

    page.get_by_role("button", name="洋", exact=True).click()

    page.wait_for_function("document.querySelector('audio').currentTime >= 1.4")
    speeds = page.get_by_label("速度")
    assert speeds.locator("option").all_inner_texts() == ["0.75", "1", "1.25", "1.5"]
    for speed in ("0.75", "1.25", "1.5", "1"):
        speeds.select_option(speed)
        rate = page.locator("audio").evaluate("player => player.playbackRate")
        assert rate == float(speed)


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
            for closed in screen.locator("details").all():
                closed.evaluate("element => element.open = true")
            take_picture(screen, name)
            result = Axe().run(screen)
            if result.violations_count:
                found[name] = [each["id"] for each in result.response["violations"]]
        context.close()
    stranger = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    door = stranger.new_page()
    door.goto(f"{url}/desk/login")
    take_picture(door, "login")
    assert Axe().run(door).violations_count == 0
    with house.db.begin() as session:
        session.scalars(sa.select(Clerk).where(Clerk.login == "ivo")).one().totp_secret = None
    first_factor(door, url, "ivo")
    take_picture(door, "code")
    assert Axe().run(door).violations_count == 0
    stranger.close()
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
    "queue", "order", "search", "money", "escalation", "emergency", "person", "care", "board",
    "workers", "take", "take-order", "taken", "cases", "case", "figures", "gone",
)  # fmt: skip
