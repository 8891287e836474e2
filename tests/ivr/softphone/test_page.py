"""The telephone in a real browser, with a microphone that plays a file."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Page, expect, sync_playwright
from twilio.rest import Client

from ivr.softphone import Exchange, Handset
from tests.conftest import MEI
from tests.ivr.softphone.conftest import ANA, HOTLINE, Product


@pytest.fixture(scope="module")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        pytest.skip("no Chromium on this machine")
    return found


@pytest.fixture
def page(
    chromium: str, exchange: Exchange, mei: Handset, words: bytes, tmp_path: Path
) -> Iterator[Page]:
    """The page with Mei's telephone in hand."""
    spoken = tmp_path / "spoken.wav"
    spoken.write_bytes(words)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=chromium,
            args=[
                "--no-sandbox",
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
                f"--use-file-for-fake-audio-capture={spoken}",
            ],
        )
        page = browser.new_context(viewport={"width": 1366, "height": 860}).new_page()
        troubles: list[str] = []
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(f"{exchange.api_url}/softphone/")
        expect(page.get_by_role("tab", name=MEI)).to_be_visible()
        yield page
        browser.close()
        assert troubles == []


def test_a_caller_presses_speaks_into_the_microphone_and_hangs_up(
    product: Product, exchange: Exchange, page: Page
) -> None:
    product.answers |= {
        "/voice": '<Gather numDigits="1" action="/key"><Say>订东西请按1</Say></Gather>',
        "/key": '<Say>请讲</Say><Record action="/recorded" recordingStatusCallback="/kept"/>',
        "/recorded": '<Say>马上给您打回去</Say><Pause length="60"/>',
    }

    page.get_by_role("button", name="拨号").click()
    expect(page.get_by_text("订东西请按1")).to_be_visible()
    page.get_by_role("button", name="1", exact=True).click()
    expect(page.get_by_text("请讲", exact=True)).to_be_visible()
    page.get_by_role("button", name="开始说话").click()
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="说完了").click()
    expect(page.get_by_text("马上给您打回去")).to_be_visible()
    page.get_by_role("button", name="挂断").click()
    expect(page.get_by_text("待机 Idle")).to_be_visible()
    exchange.settle()

    [told] = product.said_at("/kept")
    wav = requests.get(told["RecordingUrl"] + ".wav", auth=exchange.credentials, timeout=5)
    assert 1 <= int(told["RecordingDuration"]) <= 4
    assert told["RecordingStatus"] == "completed"
    assert len(wav.content) > 8000
    assert exchange.errors == []


def test_it_rings_when_we_call_back_and_what_is_typed_is_said(
    product: Product, exchange: Exchange, client: Client, page: Page
) -> None:
    product.answers |= {
        "/ring": '<Gather input="dtmf speech" action="/yes"><Say>鸡蛋两斤，对吗</Say></Gather>',
        "/yes": "<Say>好的</Say>",
    }

    client.calls.create(to=MEI, from_=HOTLINE, url=f"{product.url}/ring")
    page.get_by_role("button", name="接听").click()
    expect(page.get_by_text("鸡蛋两斤，对吗")).to_be_visible()
    page.get_by_placeholder("把要说的话打在这里").fill("对")
    page.get_by_role("button", name="说 Say").click()

    expect(page.get_by_text("好的")).to_be_visible()
    assert product.said_at("/yes")[0]["SpeechResult"] == "对"


def test_a_call_is_made_with_the_keyboard_alone(
    product: Product, exchange: Exchange, page: Page
) -> None:
    product.answers["/voice"] = '<Gather numDigits="1" action="/key"><Say>请按1</Say></Gather>'
    product.answers["/key"] = '<Say>好的</Say><Pause length="60"/>'

    page.keyboard.press("Enter")
    expect(page.get_by_text("请按1")).to_be_visible()
    page.keyboard.press("1")
    expect(page.get_by_text("好的")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_text("待机 Idle")).to_be_visible()


def test_two_telephones_on_one_page_talk_to_each_other(
    product: Product, exchange: Exchange, page: Page
) -> None:
    product.answers["/voice"] = f'<Dial callerId="{HOTLINE}">{ANA}</Dial>'
    page.get_by_label("新电话的号码").fill(ANA)
    page.get_by_role("button", name="装一部").click()

    page.get_by_role("tab", name=MEI).click()
    page.get_by_role("button", name="拨号").click()
    page.get_by_role("tab", name=ANA).click()
    page.get_by_role("button", name="接听").click()
    page.get_by_placeholder("把要说的话打在这里").fill("您好，我是客服")
    page.keyboard.press("Enter")
    page.get_by_role("tab", name=MEI).click()

    expect(page.locator(".peer")).to_have_text("您好，我是客服")


def test_what_is_spoken_in_one_window_is_heard_in_the_other(
    product: Product, exchange: Exchange, page: Page, ana: Handset
) -> None:
    product.answers["/voice"] = f'<Dial callerId="{HOTLINE}">{ANA}</Dial>'
    desk = page.context.new_page()
    desk.goto(f"{exchange.api_url}/softphone/?telephone={ANA}")
    page.get_by_role("button", name="拨号").click()
    desk.get_by_role("button", name="接听").click()

    with page.expect_response("**/sounds/0.wav") as sound:
        desk.get_by_role("button", name="开始说话").click()
        desk.wait_for_timeout(700)
        desk.get_by_role("button", name="说完了").click()

    assert sound.value.status in (200, 206)


def test_a_page_without_telephones_says_what_to_do(exchange: Exchange, page: Page) -> None:
    exchange.telephones.clear()

    page.reload()

    expect(page.get_by_text("先装一部电话")).to_be_visible()
