"""A worker's photo in a real browser: whatever it was, a small JPEG is what is sent."""

import sqlalchemy as sa
from playwright.sync_api import Page, expect

from family_link.payments import Means, owe
from orders.order import Order
from orders.visits import of_order, send
from tests.voiceapp.console import scenes
from voiceapp.house import House


def test_a_photo_is_made_a_jpeg_before_it_is_sent(page: Page, url: str, house: House) -> None:
    with house.db.begin() as session:
        order = scenes.ready(session)
        owe(session, order, order.total, Means.DOOR)
        send(session, of_order(session, order.id)[0], "老赵", scenes.somebody())
    with house.db.reading() as session:
        order_id = session.scalars(sa.select(Order.id)).one()
    page.goto(f"{url}/desk/orders/{order_id}")
    png = page.screenshot()
    page.get_by_text("上门发现要加钱").click()

    page.get_by_label("加多少元").fill("35")
    page.get_by_label("为什么").fill("要换一个阀门")
    photo = page.get_by_label("师傅拍的照片")
    photo.set_input_files({"name": "valve.png", "mimeType": "image/png", "buffer": png})
    for _ in range(600):
        # Not `wait_for_function`: the content policy forbids the page to evaluate text.
        if page.evaluate("document.querySelector('[data-shrink]').files[0].type") == "image/jpeg":
            break
        page.wait_for_timeout(100)
    page.get_by_role("button", name="问家里").click()

    expect(page.get_by_text("等家里同意")).to_be_visible()
    (kept,) = house.providers["store"].kept.values()
    assert kept.startswith(b"\xff\xd8\xff") and len(kept) < len(png) * 3
