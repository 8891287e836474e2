"""The pages in a real browser: small, large, by keyboard, and read aloud."""

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

from family_link import billing, tab
from orders import visits
from orders.lifecycle import Event
from orders.order import Order
from orders.people import FIRM, clerk
from orders.relatives import Link
from tests.conftest import LIN
from tests.family_link.supplements import at_the_door
from tests.family_link.test_hearing import said
from tests.family_link.town import Family

pytestmark = pytest.mark.parametrize("db", ["sqlite"], indirect=True)

PHONE = {"width": 360, "height": 740}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(params=["zh-CN", "en"])
def page(request: pytest.FixtureRequest) -> Iterator[Page]:
    """A phone's browser, once for each language."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        context = browser.new_context(viewport=PHONE, locale=request.param)
        yield context.new_page()
        browser.close()


def look(page: Page, name: str) -> None:
    """No violation, nothing wider than the phone, also with type of twice the size."""
    page.wait_for_load_state()
    assert page.evaluate("getComputedStyle(document.querySelector('header')).display") == "flex"
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    _fits(page)
    folder = os.environ.get("PICTURES")
    if folder:
        language = page.evaluate("document.documentElement.lang")
        page.screenshot(path=str(Path(folder) / f"family-{name}-{language}.png"))
    page.evaluate("document.documentElement.style.fontSize = '225%'")
    _fits(page)
    page.evaluate("document.documentElement.style.fontSize = ''")


def _fits(page: Page) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"], f"{page.url} is {wide} wide"


def sign_in(page: Page, home: Family) -> None:
    """By keyboard alone."""
    page.goto(f"{home.house.settings.public_url}/f")
    look(page, "number")
    page.keyboard.type(LIN)
    page.keyboard.press("Enter")
    page.wait_for_url("**/family/code")
    home.work()
    look(page, "code")
    page.keyboard.type(home.texts.code(LIN))
    page.keyboard.press("Enter")
    page.wait_for_url("**/family/")


def test_every_page_of_an_order_can_be_read_and_used(page: Page, home: Family) -> None:
    order_id = said(home, "cilantro")
    sign_in(page, home)
    look(page, "orders")
    page.locator(".cards a").first.click()
    look(page, "order")
    page.goto(f"{home.house.settings.public_url}/family/orders/{order_id}/decline")
    look(page, "decline")
    page.goto(f"{home.house.settings.public_url}/family/orders/{order_id}/trim")
    look(page, "trim")
    page.locator("input[type=checkbox]").nth(1).check()
    page.locator("main button").click()
    page.locator("main form[action$=approve] button").click()
    page.wait_for_url("**/pay")
    look(page, "pay")

    page.locator("main form button").click()
    page.locator("main a.button").click()
    page.locator("main button").click()
    page.wait_for_url(f"**/family/orders/{order_id}")

    look(page, "paid")
    assert home.state(order_id) == "ready"
    home.work()
    at_the_door(home, order_id)
    page.reload()
    look(page, "supplement")
    page.locator("main form[action$=approve] button").click()
    home.work()
    with home.db.begin() as session:
        session.get_one(Order, order_id).move(Event.PAID, FIRM)
    home.work()
    with home.db.begin() as session:
        for visit in visits.of_order(session, order_id):
            visits.finish(session, visit, clerk(uuid.uuid4()))
    page.goto(f"{home.house.settings.public_url}/family/orders/{order_id}")
    look(page, "delivered")
    page.goto(f"{home.house.settings.public_url}/family/orders/{uuid.uuid4()}")
    look(page, "missing")


def test_every_page_about_a_parent_can_be_read_and_used(page: Page, home: Family) -> None:
    order_id = home.confirmed("egg")
    url, link = home.house.settings.public_url, home.people.link.id
    sign_in(page, home)
    with home.db.begin() as session:
        row = session.get_one(Link, link)
        account = billing.open_tab(session, row, 20_000)
        session.add(tab.TabEntry(tab_id=account.id, order_id=order_id, fen=1160))
        session.flush()
        bill = billing.make_bill(session, home.house.settings, account, row)
        assert bill is not None
        bill_id = bill.id
    for name, path in (
        ("parents", "parents"),
        ("parent", f"parents/{link}"),
        ("rules", f"parents/{link}/rules"),
        ("tab", f"parents/{link}/tab"),
        ("bill", f"bills/{bill_id}"),
        ("link", "link"),
        ("shop-empty", f"parents/{link}/order"),
        ("shop", f"parents/{link}/order?line=egg:2&line=svc-plumb:1&q=jidan"),
    ):
        page.goto(f"{url}/family/{path}")
        look(page, name)
    page.goto(f"{url}/family/parents/{link}/rules")
    page.locator("#product").fill("油")
    page.locator("main form").last.locator("button").last.click()
    look(page, "rules-which")
    page.locator("input[name=sku]").first.check()
    page.locator("#kind").select_option("never")
    page.locator("main form").last.locator("button").first.click()
    look(page, "rules-one")
    page.goto(f"{url}/family/link")
    page.locator("#number").fill("+12025550177")
    page.locator("main button").click()
    look(page, "link-code")

