"""Checks of one installation, each of one setting or service. A check that raises is a finding."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import requests
import sqlalchemy as sa
from redis import Redis
from redis.exceptions import RedisError

from ivr.recordings import Store
from voiceapp import migrating
from voiceapp.config import Settings
from voiceapp.crypto import Keyring, use_keys
from voiceapp.db import Database
from voiceapp.errors import VoiceappError
from voiceapp.phone import Phone

OLDEST_REDIS = (6, 2)
SAMPLE = Path(str(files("ivr.speech") / "callers" / "caller-1.wav"))
TWILIO = "https://api.twilio.com"
TIMEOUT_S = 10


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it is (None: worth knowing, not wrong), and what to do."""

    what: str
    good: bool | None
    told: str


def _ok(told: str) -> tuple[bool | None, str]:
    return True, told


def _wrong(told: str) -> tuple[bool | None, str]:
    return False, told


def _note(told: str) -> tuple[bool | None, str]:
    return None, told


Answer = tuple[bool | None, str]


def public_url(settings: Settings) -> Answer:
    """The firms post to it, and sign or verify exactly this address."""
    if not settings.public_url.startswith("https://"):
        return _wrong(f"{settings.public_url} is not https: set the address that Twilio rings")
    try:
        answer = requests.get(f"{settings.public_url}/health", timeout=TIMEOUT_S)
    except requests.RequestException as error:
        return _wrong(f"{settings.public_url} does not answer ({type(error).__name__})")
    if not answer.ok:
        return _wrong(f"{settings.public_url}/health answers {answer.status_code}")
    return _ok(settings.public_url)


def keys(settings: Settings) -> Answer:
    """Encryption and index keys."""
    keyring = Keyring(settings.data_keys, settings.index_key)
    use_keys(keyring)
    keyring.unseal(keyring.seal("probe"))
    return _ok(f"{len(settings.data_keys)} for reading, the first of them for writing")


def database(settings: Settings) -> Answer:
    """Reachable, and at the code's version."""
    db = Database(settings.database_url)
    try:
        at, newest = migrating.current(db), migrating.newest()
    except sa.exc.SQLAlchemyError as error:
        return _wrong(f"{type(error).__name__}: is DATABASE_URL right, and the server up?")
    if at != newest:
        return _wrong(f"at version {at}, the code is at {newest}: run `voiceapp db upgrade`")
    if migrating.differences(db):
        return _wrong("the tables differ from the models: run `voiceapp db check`")
    if db.is_sqlite:
        return _note(f"at version {at}; SQLite is for one machine, PostgreSQL for service")
    return _ok(f"PostgreSQL, at version {at}")


def catalogue(settings: Settings) -> Answer:
    """Something can be ordered."""
    from orders import catalogue as products

    with Database(settings.database_url).reading() as session:
        count = len(products.on_sale(session))
    return _ok(f"{count} on sale") if count else _wrong("empty: run `voiceapp seed`")


def redis(settings: Settings) -> Answer:
    """Reachable and new enough."""
    if not settings.redis_url:
        return _wrong("REDIS_URL is empty; only `voiceapp serve` starts a Redis of its own")
    try:
        version = str(Redis.from_url(settings.redis_url).info("server")["redis_version"])
    except (RedisError, OSError) as error:
        return _wrong(f"{type(error).__name__}: is REDIS_URL right, and the server up?")
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST_REDIS:
        return _wrong(f"{version} is too old; 6.2 or newer is needed")
    return _ok(version)


def recordings(settings: Settings) -> Answer:
    """Written, read and deleted, with a probe of ours."""
    store, name = Store(settings.recordings_url), f"probe-{secrets.token_hex(8)}"
    store.write(name, b"probe")
    read = store.read(name)
    store.delete(name)
    return _ok("written, read, deleted") if read == b"probe" else _wrong("what is read differs")


def twilio(settings: Settings) -> Answer:
    """The account answers to these credentials, and owns the number."""
    auth = settings.twilio_account_sid, settings.twilio_auth_token
    base = f"{settings.twilio_api_url or TWILIO}/2010-04-01/Accounts/{settings.twilio_account_sid}"
    answer = requests.get(
        f"{base}/IncomingPhoneNumbers.json",
        params={"PhoneNumber": settings.twilio_number},
        auth=auth,
        timeout=TIMEOUT_S,
    )
    if answer.status_code == 401:
        return _wrong("TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are refused")
    if not answer.ok:
        return _wrong(f"the firm answers {answer.status_code}")
    owned = answer.json()["incoming_phone_numbers"]
    if not owned:
        return _wrong(f"TWILIO_NUMBER {Phone(settings.twilio_number)} is not of this account")
    voice = str(owned[0].get("voice_url", ""))
    if voice != f"{settings.public_url}/ivr/incoming":
        return _wrong(f"the number's voice URL is not {settings.public_url}/ivr/incoming")
    if str(owned[0].get("status_callback", "")) != f"{settings.public_url}/ivr/status":
        return _wrong(f"the number's status callback is not {settings.public_url}/ivr/status")
    return _ok("the account, the number, and where it sends its calls")


def whisper(settings: Settings) -> Answer:
    """The model loads and hears a recording that is shipped."""
    from voiceapp.providers import transcriber_of

    transcriber = transcriber_of(settings)
    transcriber.warm_up()
    hearing = transcriber.transcribe(SAMPLE)
    heard = f"{hearing.model} hears {hearing.text!r}, sure to {hearing.confidence:.2f}"
    if not hearing.text:
        return _wrong(f"{hearing.model} hears nothing in a sample recording")
    if not settings.whisper_model:
        return _note(f"{heard}; it is the small demo model: set WHISPER_MODEL for service")
    return _ok(heard)


def second_opinion(settings: Settings) -> Answer:
    """The model answers about a word of ours, in the form and the time that a call has."""
    from ivr.second_opinion import Doubt, NoOpinion
    from ivr.second_opinion_openai import open_second_opinion

    model = open_second_opinion(settings)
    if model is None:
        return _note("no model: what the parser does not know is asked without options")
    doubt = Doubt("q1", "两块胰子", {"soap": "肥皂", "towel": "毛巾"})
    try:
        guesses = model.guesses("来两块胰子", (doubt,))
    except NoOpinion as error:
        return _wrong(f"{settings.llm_model} is of no use: {error}")
    said = [sku for guess in guesses for sku in guess.skus]
    return _ok(f"{settings.llm_model} takes 胰子 (肥皂, soap) for {', '.join(said) or 'nothing'}")


def wechat_pay(settings: Settings) -> Answer:
    """The merchant's keys can be read."""
    from family_link.gateway_wechatpay import open_gateway

    if not settings.wechatpay_mch_id:
        return _note("no merchant: everything is paid at the door")
    open_gateway(settings)
    return _ok(f"merchant {settings.wechatpay_mch_id}; its keys can be read")


def wechat(settings: Settings) -> Answer:
    """The mini-program that children are told by."""
    if not settings.wechat_app_id:
        return _note("no mini-program: children are told by text message")
    if not settings.wechat_app_secret or not settings.wechat_template:
        return _wrong("WECHAT_APP_SECRET and WECHAT_TEMPLATE are needed with WECHAT_APP_ID")
    return _ok(settings.wechat_app_id)


def calling(settings: Settings) -> Answer:
    """When and whom we ring, and who takes over."""
    hours = settings.calling_hours
    if settings.desk_number == settings.twilio_number:
        return _wrong("DESK_NUMBER is our own number: a caller would be connected with herself")
    return _ok(
        f"{hours.start:%H:%M}-{hours.end:%H:%M} in {settings.timezone.key}, numbers that begin "
        f"{', '.join(settings.allowed_prefixes)}; the desk is {Phone(settings.desk_number)}"
    )


CHECKS: dict[str, Callable[[Settings], Answer]] = {
    "PUBLIC_URL": public_url,
    "DATA_KEYS, INDEX_KEY": keys,
    "DATABASE_URL": database,
    "catalogue": catalogue,
    "REDIS_URL": redis,
    "RECORDINGS_URL": recordings,
    "TWILIO_*": twilio,
    "CALLING_HOURS, DESK_NUMBER, ALLOWED_PREFIXES": calling,
    "WHISPER_*": whisper,
    "LLM_*": second_opinion,
    "WECHATPAY_*": wechat_pay,
    "WECHAT_*": wechat,
}
"""What is looked at, in the order in which one would put it right."""


def examine(settings: Settings) -> Iterator[Finding]:
    """Every check, one after the other; none keeps the next from being made."""
    for what, check in CHECKS.items():
        try:
            good, told = check(settings)
        except VoiceappError as error:
            good, told = False, str(error)
        except Exception as error:
            # Whatever a service or a library may raise is what the person asked to be told.
            good, told = False, f"{type(error).__name__}: {error}"
        yield Finding(what, good, told)
