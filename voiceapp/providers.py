"""Which adapter stands behind each port: the only place that knows them all."""

from importlib.resources import files
from pathlib import Path
from typing import Any

from redis import Redis

from family_link.gateway_wechatpay import open_gateway
from family_link.notifier_wechat import open_wechat
from ivr.recordings import Store
from ivr.second_opinion_openai import open_second_opinion
from ivr.speech.engines import open_transcriber
from ivr.speech.transcriber import Transcriber
from ivr.telephony_twilio import TwilioTelephony
from voiceapp import models
from voiceapp.config import Settings
from voiceapp.crypto import Keyring, use_keys
from voiceapp.db import Database
from voiceapp.errors import SettingsError
from voiceapp.house import House

DEMO_MODEL = Path(str(files("ivr.speech") / "model"))
"""The small Whisper that is shipped; its card says what it is not for."""


def open_house(settings: Settings) -> House:
    """The installation that these settings describe. Nothing is connected to yet."""
    use_keys(Keyring(settings.data_keys, settings.index_key))
    # A worker that imports only its own room would not find the tables its rows point to.
    assert models.metadata.tables, "every room has its tables"
    if not settings.redis_url:
        raise SettingsError("REDIS_URL is missing: `voiceapp serve` starts one of its own")
    return House(
        settings=settings,
        db=Database(settings.database_url),
        redis=Redis.from_url(settings.redis_url),
        providers=open_providers(settings),
    )


def open_providers(settings: Settings) -> dict[str, Any]:
    """Every port's adapter but the transcriber, which only speech workers load."""
    telephony = TwilioTelephony(settings)
    return {
        "settings": settings,
        "telephony": telephony,
        "texts": telephony,
        "second": open_second_opinion(settings),
        "store": Store(settings.recordings_url),
        "gateway": open_gateway(settings),
        "wechat": open_wechat(settings),
    }


def transcriber_of(settings: Settings) -> Transcriber:
    """Whisper, with the model that the settings name or the one that is shipped."""
    model: str | Path = settings.whisper_model or DEMO_MODEL
    return open_transcriber(
        settings.whisper_engine,
        model,
        settings.whisper_device,
        threshold=settings.whisper_threshold,
    )
