"""Signing in at the desk: two factors, sessions that end, guesses that are slowed down."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pyotp
import pytest
import sqlalchemy as sa
from flask import Flask

from tests.voiceapp.console.browser import DeskBrowser
from tests.voiceapp.console.conftest import PASSWORD, SECRET
from voiceapp import clock
from voiceapp.console.clerks import IDLE, LONGEST, STEP, enrol_clerk
from voiceapp.console.models import Clerk
from voiceapp.errors import NotAllowed
from voiceapp.house import House

Browsers = Callable[[], DeskBrowser]


def test_a_password_and_a_code_open_the_desk(ana: DeskBrowser) -> None:
    ana.open("/desk/")

    assert ana.status == 200
    assert "待办" in ana.page and "Ana" in ana.page


def test_without_a_login_every_page_leads_to_the_login(browser: Browsers) -> None:
    desk = browser()

    desk.open("/desk/queue")

    assert 'name="password"' in desk.page


def test_a_wrong_password_opens_nothing(browser: Browsers) -> None:
    desk = browser()
    desk.open("/desk/login")

    desk.send("/desk/login", login="ana", password="a wrong password")

    assert desk.status == 403 and "用户名或密码不对" in desk.page


def test_the_password_alone_opens_nothing(browser: Browsers) -> None:
    desk = browser()
    desk.open("/desk/login")
    desk.send("/desk/login", login="ana", password=PASSWORD)

    desk.open("/desk/queue")

    assert 'name="password"' in desk.page


def test_the_first_login_sets_up_the_second_factor(house: House, browser: Browsers) -> None:
    with house.db.begin() as session:
        enrol_clerk(session, "new", "New", PASSWORD, "clerk")
    desk = browser()

    secret = desk.sign_in("new", PASSWORD)

    assert desk.status == 200 and "待办" in desk.page
    other = browser()
    other.open("/desk/login")
    other.send("/desk/login", login="new", password=PASSWORD)
    assert secret not in other.page


@pytest.fixture
def halfway(browser: Browsers) -> Browsers:
    """A browser on which Ana's password was typed, and no code yet."""

    def type_password() -> DeskBrowser:
        desk = browser()
        desk.open("/desk/login")
        desk.send("/desk/login", login="ana", password=PASSWORD)
        desk.open("/desk/login/code")
        return desk

    return type_password


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> str:
    """Ana's code of a moment at which time stands still."""
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)
    return pyotp.TOTP(SECRET).at(moment)


def test_a_code_works_once(halfway: Browsers, stopped: str) -> None:
    ana, thief = halfway(), halfway()

    ana.send("/desk/login/code", code=stopped)
    thief.send("/desk/login/code", code=stopped)

    assert (ana.status, thief.status) == (200, 403)
    assert "已经用过了" in thief.page


def test_of_two_who_type_one_code_at_once_one_is_let_in(
    house: House, halfway: Browsers, stopped: str
) -> None:
    both = [halfway(), halfway()]
    typing = [
        threading.Thread(target=each.send, args=("/desk/login/code",), kwargs={"code": stopped})
        for each in both
    ]

    with house.db.begin() as session:
        # Whoever would read the clerk before it is her turn is held until both are here.
        session.scalars(sa.select(Clerk).with_for_update()).all()
        for thread in typing:
            thread.start()
        typing[0].join(0.5)
    for thread in typing:
        thread.join()

    assert sorted(each.status for each in both) == [200, 403]


def test_an_older_code_than_the_last_is_not_taken(halfway: Browsers, stopped: str) -> None:
    ana, thief = halfway(), halfway()
    older = pyotp.TOTP(SECRET).at(clock.now() - timedelta(seconds=STEP))

    ana.send("/desk/login/code", code=stopped)
    thief.send("/desk/login/code", code=older)

    assert thief.status == 403


def test_a_session_stolen_after_logout_is_dead(app: Flask, ana: DeskBrowser) -> None:
    stolen = ana.client.get_cookie("session")  # type: ignore[attr-defined]
    thief = app.test_client()
    thief.set_cookie("session", stolen.value)
    assert "待办" in thief.get("/desk/queue").text

    ana.open("/desk/queue")
    ana.sign_out()
    answer = thief.get("/desk/queue")

    assert answer.status_code == 302


@pytest.mark.parametrize("later", [IDLE, LONGEST], ids=["idle", "longest"])
def test_a_login_ends_by_itself(
    later: timedelta, ana: DeskBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    future = clock.now() + later + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: future)

    ana.open("/desk/queue")

    assert 'name="password"' in ana.page


@pytest.mark.parametrize("on_duty", [True, False])
def test_an_open_queue_keeps_a_login_only_while_its_clerk_is_on_duty(
    on_duty: bool, ana: DeskBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    if on_duty:
        ana.send_from("/desk/queue", "/desk/duty", number="+12025550191")
    began = clock.now()

    for minutes in range(5, 60, 5):
        monkeypatch.setattr(clock, "now", lambda at=began + timedelta(minutes=minutes): at)
        last = ana.client.get("/desk/queue/now")

    assert (last.status_code == 200) is on_duty


def test_guessing_passwords_is_slowed_down(browser: Browsers) -> None:
    desk = browser()
    desk.open("/desk/login")

    statuses = []
    for _ in range(7):
        statuses.append(desk.client.post("/desk/login", data=_form(desk)).status_code)

    assert statuses[:5] == [403] * 5
    assert statuses[5:] == [429] * 2


def test_guessing_codes_is_slowed_down(halfway: Browsers) -> None:
    desk = halfway()

    statuses = []
    for _ in range(7):
        desk.send("/desk/login/code", code="000000")
        statuses.append(desk.status)
        desk.open("/desk/login/code")

    assert statuses == [403] * 5 + [429] * 2


def test_one_address_that_tries_many_logins_is_slowed_down(browser: Browsers) -> None:
    desk = browser()
    desk.open("/desk/login")

    statuses = [
        desk.client.post(
            "/desk/login", data=_form(desk) | {"login": f"nobody-{number}"}
        ).status_code
        for number in range(22)
    ]

    assert statuses == [403] * 20 + [429] * 2


def test_a_form_without_its_token_is_refused(app: Flask) -> None:
    answer = app.test_client().post("/desk/login", data={"login": "ana", "password": PASSWORD})

    assert answer.status_code == 400


def test_a_short_password_is_not_taken(house: House) -> None:
    with house.db.begin() as session, pytest.raises(NotAllowed):
        enrol_clerk(session, "short", "Short", "nine char", "clerk")


def _form(desk: DeskBrowser) -> dict[str, str]:
    token = desk.find(r'name="csrf_token"[^>]*value="([^"]+)"')
    return {"csrf_token": token, "login": "ana", "password": "a guess at it"}
