"""The doctor says what is wrong and what to do, and goes on to the next thing."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request
from werkzeug.serving import make_server

from family_link.cashier import Merchant
from orders import catalogue
from tests.conftest import DESK, OURS
from tests.ivr.chat_firm import KEY, MODEL, chat_firm, means
from voiceapp import doctor, migrating
from voiceapp.cli import main
from voiceapp.config import Settings
from voiceapp.crypto import Keyring
from voiceapp.db import Database
from voiceapp.doctor import Finding
from voiceapp.embedded import embedded_redis


def of(what: str, settings: Settings) -> Finding:
    """One finding."""
    return next(each for each in doctor.examine(settings) if each.what == what)


def firm(settings: Settings) -> Flask:
    """The telephone firm's list of an account's numbers, with ours on it."""
    app = Flask("firm")
    ours = {
        "phone_number": OURS,
        "voice_url": f"{settings.public_url}/ivr/incoming",
        "status_callback": f"{settings.public_url}/ivr/status",
    }

    @app.get("/2010-04-01/Accounts/<sid>/IncomingPhoneNumbers.json")
    def numbers(sid: str) -> tuple[dict[str, Any], int]:
        given = request.authorization
        if (sid, given and given.password) != (
            settings.twilio_account_sid,
            settings.twilio_auth_token,
        ):
            return {"code": 20003, "message": "Authenticate", "status": 401}, 401
        wanted = request.args["PhoneNumber"] == OURS
        return {"incoming_phone_numbers": [ours] if wanted else []}, 200

    return app


@pytest.fixture
def well(settings: Settings, tmp_path: Path) -> Iterator[Settings]:
    """An installation with a database, a Redis and an account at the telephone firm."""
    db = Database(settings.database_url)
    migrating.upgrade(db)
    with db.begin() as session:
        catalogue.load(session)
    server = make_server("127.0.0.1", 0, firm(settings), threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    with embedded_redis(tmp_path / "redis") as redis_url:
        api = f"http://127.0.0.1:{server.server_port}"
        yield replace(settings, redis_url=redis_url, twilio_api_url=api)
    server.shutdown()
    thread.join()
    server.server_close()
    db.engine.dispose()


def test_a_good_installation_is_told_so(well: Settings) -> None:
    findings = {each.what: each for each in doctor.examine(well)}

    assert {name for name, each in findings.items() if each.good is False} == {"PUBLIC_URL"}
    assert "not https" in findings["PUBLIC_URL"].told
    assert "鸡蛋" in findings["WHISPER_*"].told


def test_what_is_down_is_named_and_the_rest_is_looked_at(settings: Settings) -> None:
    broken = replace(
        settings,
        database_url="postgresql://nobody@127.0.0.1:1/none",
        redis_url="redis://127.0.0.1:1",
        twilio_api_url="http://127.0.0.1:1",
    )

    findings = {each.what: each for each in doctor.examine(broken)}

    assert findings.keys() == doctor.CHECKS.keys()
    for name in ("DATABASE_URL", "REDIS_URL", "TWILIO_*"):
        assert findings[name].good is False
    assert findings["RECORDINGS_URL"].good


def test_an_empty_database_is_to_be_migrated(settings: Settings) -> None:
    assert "voiceapp db upgrade" in of("DATABASE_URL", settings).told


def test_a_refused_token_is_told_apart_from_a_foreign_number(well: Settings) -> None:
    refused = of("TWILIO_*", replace(well, twilio_auth_token="not-the-token-of-it"))
    foreign = of("TWILIO_*", replace(well, twilio_number=DESK))

    assert (refused.good, "are refused" in refused.told) == (False, True)
    assert (foreign.good, "not of this account" in foreign.told) == (False, True)


def test_keys_of_the_merchant_that_cannot_be_read_are_found(settings: Settings) -> None:
    merchant = Merchant.new().environment("http://127.0.0.1:1")
    good = replace(settings, **{name.lower(): value for name, value in merchant.items()})

    assert of("WECHATPAY_*", good).good
    assert of("WECHATPAY_*", replace(good, wechatpay_private_key="nonsense")).good is False


def test_a_number_that_sends_its_calls_elsewhere_is_found(well: Settings) -> None:
    moved = of("TWILIO_*", replace(well, public_url="https://hotline.example"))

    assert (moved.good, "hotline.example/ivr/incoming" in moved.told) == (False, True)


def test_a_desk_that_is_our_own_number_is_wrong(settings: Settings) -> None:
    circle = replace(settings, desk_number=settings.twilio_number)

    assert of("CALLING_HOURS, DESK_NUMBER, ALLOWED_PREFIXES", circle).good is False


def test_a_model_that_cannot_be_loaded_is_told(settings: Settings, tmp_path: Path) -> None:
    assert of("WHISPER_*", replace(settings, whisper_model=str(tmp_path))).good is False


def test_a_model_for_a_second_opinion_is_asked_a_word_of_ours(settings: Settings) -> None:
    with chat_firm(means("soap")) as firm:
        good = replace(settings, llm_api_url=firm.url, llm_api_key=KEY, llm_model=MODEL)

        assert of("LLM_*", settings).good is None
        assert (of("LLM_*", good).good, "soap" in of("LLM_*", good).told) == (True, True)
        refused = of("LLM_*", replace(good, llm_api_key="another"))
        assert (refused.good, "down" in refused.told) == (False, True)
        assert of("LLM_*", replace(good, llm_model="")).good is False


def test_no_secret_is_told(settings: Settings) -> None:
    told = " ".join(each.told for each in doctor.examine(settings))

    for secret in (settings.secret_key, settings.twilio_auth_token, *settings.data_keys):
        assert secret not in told


def test_a_new_key_is_a_key(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--new-key"]) == 0

    Keyring([capsys.readouterr().out.strip()], "an-index-key-of-tests")
