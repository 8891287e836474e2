"""A real browser before a desk that is served, with Ana signed in."""

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
from flask import Flask, Response
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server

from tests.voiceapp.console.conftest import PASSWORD, SECRET
from voiceapp import clock
from voiceapp.app import HEADERS
from voiceapp.db import Database
from voiceapp.models import metadata

PATIENCE_MS = 60_000
"""That a page may take: a machine with more to do is no failure."""

expect.set_options(timeout=PATIENCE_MS)

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
    page.set_default_timeout(PATIENCE_MS)
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


def first_factor(page: Page, url: str, login: str) -> None:
    """Login and password, by hand: then the page of the code is there."""
    page.goto(f"{url}/desk/login")
    page.get_by_label("用户名").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("六位验证码").wait_for()


def sign_in(page: Page, url: str, login: str) -> None:
    """Both factors, by hand."""
    first_factor(page, url, login)
    page.get_by_label("六位验证码").fill(pyotp.TOTP(SECRET).at(clock.now()))
    page.get_by_role("button", name="登录").click()
    page.wait_for_load_state()


def take_picture(page: Page, name: str) -> None:
    """A picture for the documents, where a folder is named."""
    folder = os.environ.get("DESK_PICTURES")
    if folder:
        page.screenshot(path=f"{folder}/desk-{name}.png")
