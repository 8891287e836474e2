"""Every page in a real browser: keys, audio, no barrier by axe, no wider than the screen.

With DESK_PICTURES set to a folder, the pictures of docs/desk.md are taken into it.
"""

import json
import uuid

import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from orders.cases import Case, CaseKind
from orders.customers import household
from orders.escalations import Escalation, Reason, Subject
from orders.lifecycle import Event, State
from orders.order import Order, OrderEvent
from tests.conftest import MEI
from tests.voiceapp.console.chromium.conftest import first_factor, sign_in, take_picture
from tests.voiceapp.console.furnishing import furnish
from voiceapp.console.models import Clerk
from voiceapp.house import House
from voiceapp.phone import Phone


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


def addresses(house: House, order_id: uuid.UUID) -> dict[str, str]:
    """Every page of the desk by a short name."""
    with house.db.reading() as session:
        mei = household(session, Phone(MEI))[0].id
        case = session.scalars(sa.select(Case).where(Case.kind == CaseKind.COMPLAINT)).one()
        alarm = session.scalars(
            sa.select(Escalation).where(Escalation.reason == Reason.EMERGENCY)
        ).one()
        took = session.scalars(
            sa.select(OrderEvent.order_id).where(OrderEvent.name == Event.TAKEN)
        ).one()
        sent = session.scalars(sa.select(Order.id).where(Order.state == State.DISPATCHED)).one()
        call = session.scalars(
            sa.select(Escalation).where(
                Escalation.subject_kind == Subject.CALL, Escalation.closed_at.is_(None)
            )
        ).one()
    return {
        "queue": "/desk/queue",
        "order": f"/desk/orders/{order_id}",
        "search": f"/desk/orders/{order_id}?q=xhs#lines",
        "escalation": f"/desk/escalations/{call.id}",
        "emergency": f"/desk/escalations/{alarm.id}",
        "care": f"/desk/customers/{mei}/care",
        "money": f"/desk/orders/{sent}#money",
        "gone": f"/desk/orders/{uuid.UUID(int=7)}",
        "person": f"/desk/customers/{mei}",
        "board": "/desk/board",
        "workers": "/desk/workers",
        "take": "/desk/take",
        "take-order": f"/desk/take?number=%2B{MEI[1:]}",
        "taken": f"/desk/taken/{took}",
        "cases": "/desk/cases",
        "case": f"/desk/cases/{case.id}",
        "figures": "/desk/figures",
        "words": "/desk/words",
        "looks": "/desk/looks",
        "people": "/desk/people",
    }
