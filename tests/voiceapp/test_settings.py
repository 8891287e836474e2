"""Settings refuse to boot on a wrong value, and name it."""

import pytest

from tests.conftest import ENVIRONMENT
from voiceapp.config import Settings
from voiceapp.errors import SettingsError

WRONG = {
    "PUBLIC_URL": "hotline.example",
    "BIND": "8000",
    "DATABASE_URL": "mysql://somewhere",
    "SECRET_KEY": "short",
    "DATA_KEYS": " , ",
    "INDEX_KEY": "",
    "RECORDINGS_URL": "",
    "RETENTION_DAYS": "forever",
    "TIMEZONE": "Mars/Base",
    "CALLING_HOURS": "20:00-08:00",
    "DESK_HOURS": "all day",
    "DESK_NUMBER": "twelve",
    "TWILIO_ACCOUNT_SID": "AC123",
    "TWILIO_AUTH_TOKEN": "",
    "TWILIO_NUMBER": "",
    "TWILIO_API_URL": "somewhere",
    "WHISPER_ENGINE": "ears",
    "WHISPER_DEVICE": "toaster",
    "WHISPER_THRESHOLD": "sure",
    "LLM_API_URL": "models.example",
    "WECHAT_API_URL": "",
}


def test_the_settings_of_the_tests_boot() -> None:
    assert Settings.from_env(ENVIRONMENT).retention_days == 90


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_value_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_env(ENVIRONMENT | {name: WRONG[name]})

    assert str(refused.value).startswith(name)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "name", [name for name in ENVIRONMENT if name not in ("ALLOWED_PREFIXES", "CALLING_HOURS")]
)
def test_a_missing_value_without_a_default_is_refused_by_its_name(name: str) -> None:
    kept = {key: value for key, value in ENVIRONMENT.items() if key != name}

    with pytest.raises(SettingsError, match=f"{name} is missing"):
        Settings.from_env(kept)


def test_a_secret_is_not_repeated_in_the_refusal() -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_env(ENVIRONMENT | {"SECRET_KEY": "hunter2"})

    assert "hunter2" not in str(refused.value)
