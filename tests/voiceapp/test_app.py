"""The web application as a whole: its headers, and what is there only where chosen."""

from dataclasses import replace

from flask.testing import FlaskClient

from voiceapp.app import create_app
from voiceapp.config import Settings

NOWHERE = "redis://127.0.0.1:1/0"
"""Nobody listens there: pages must come all the same."""


def client(settings: Settings, **chosen: str) -> FlaskClient:
    return create_app(replace(settings, redis_url=NOWHERE, **chosen)).test_client()


def test_every_answer_forbids_what_is_not_ours(settings: Settings) -> None:
    headers = client(settings).get("/health").headers

    assert headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_the_browser_telephone_is_there_only_where_chosen(settings: Settings) -> None:
    telephone = "http://127.0.0.1:8001/softphone"

    assert client(settings).get("/softphone").status_code == 404
    answer = client(settings, softphone_url=telephone).get("/softphone")

    assert (answer.status_code, answer.location) == (302, telephone)


def test_the_desk_and_the_family_ask_who_is_there(settings: Settings) -> None:
    at = client(settings)

    assert "/desk/login" in at.get("/desk/").location
    assert at.get("/family/").status_code in (302, 303)
