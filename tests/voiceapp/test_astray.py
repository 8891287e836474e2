"""Whoever strays is told so in both languages, and how to go on."""

import time

import pytest
from flask.testing import FlaskClient
from itsdangerous import TimestampSigner

from tests.conftest import LIN
from tests.voiceapp.test_app import client
from voiceapp.config import Settings


@pytest.fixture
def at(settings: Settings) -> FlaskClient:
    return client(settings)


def token_of(at: FlaskClient) -> str:
    """What the form of the login carries against forgery."""
    return at.get("/family/login").text.split('name="csrf_token" value="')[1].split('"')[0]


def test_the_bare_address_leads_to_the_family(at: FlaskClient) -> None:
    assert at.get("/").location == "/f"


def test_an_address_that_is_not_there_says_so_and_leads_back(at: FlaskClient) -> None:
    shown = at.get("/family/no-such-page")

    assert shown.status_code == 404
    assert "没有这一页" in shown.text and "There is no such page" in shown.text
    assert 'href="/f"' in shown.text


def test_at_the_desk_it_leads_back_to_the_desk(at: FlaskClient) -> None:
    shown = at.get("/desk/no-such-page")

    assert shown.status_code == 404
    assert 'href="/desk/"' in shown.text


def test_a_form_without_its_token_asks_for_another_try(at: FlaskClient) -> None:
    shown = at.post("/family/login", data={"number": "1"})

    assert shown.status_code == 400
    assert "请回去重新打开" in shown.text


def test_a_form_is_good_for_as_long_as_the_session(
    at: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = token_of(at)
    evening = time.time() + 10 * 60 * 60
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda signer: int(evening))

    shown = at.post("/family/login", data={"number": "x", "csrf_token": token})

    assert shown.status_code == 422


def test_what_breaks_on_our_side_is_owned(settings: Settings) -> None:
    at = client(settings, database_url="sqlite:////nowhere/at/all.db")

    shown = at.post("/family/login", data={"number": LIN, "csrf_token": token_of(at)})

    assert shown.status_code == 500
    assert "我们这边出了点问题" in shown.text


def test_programs_are_answered_as_programs(at: FlaskClient) -> None:
    assert at.get("/api/no-such-thing").content_type == "application/problem+json"
    assert "没有这一页" not in at.get("/ivr/no-such-webhook").text
