"""Everything on one machine, for a person to try: the product as in production, and the outside
world that it needs, which speaks the firms' own protocols to it.

For one machine only, bound to the loopback.
"""

import functools
import secrets
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyotp
import requests
from redis import Redis
from rq import Queue, Worker
from werkzeug.serving import make_server

from family_link.cashier import Merchant, create_cashier
from ivr.softphone import REAL_TIME, Exchange, Number, create_exchange, running
from orders import catalogue
from orders.customers import enrol, household
from orders.relatives import link, register
from voiceapp import migrating
from voiceapp.config import Settings
from voiceapp.console.clerks import by_login, enrol_clerk
from voiceapp.crew import Crew, crew
from voiceapp.crypto import Keyring, use_keys
from voiceapp.db import Database
from voiceapp.embedded import embedded_environment, embedded_redis, free_or, kept
from voiceapp.errors import VoiceappError
from voiceapp.phone import Phone
from voiceapp.providers import transcriber_of
from voiceapp.reactions import QUEUES
from voiceapp.samples import lay_out

MEI, LIN = "+12025550101", "+12025550102"
"""The sample caller, and her daughter. These numbers are kept free for invented people."""

LOGIN = "ana"
SLOWEST_START_S = 90.0

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Laptop:
    """Where everything is, while it runs."""

    settings: Settings
    db: Database
    exchange: Exchange
    crew: Crew
    password: str
    totp_secret: str

    @property
    def url(self) -> str:
        """Where the product's pages are."""
        return self.settings.public_url

    @property
    def exchange_url(self) -> str:
        """Where the telephones are."""
        return self.settings.twilio_api_url


@contextmanager
def laptop(
    folder: Path, port: int, tell: Tell, extra: Mapping[str, str] | None = None
) -> Iterator[Laptop]:
    """Start everything and wait until it is ready; end everything.

    Raises VoiceappError where one of the processes ends, or is not ready in 90 seconds.
    """
    signal.signal(signal.SIGTERM, _end)
    folder.mkdir(parents=True, exist_ok=True)
    port, telephones, till = free_or(port), free_or(port + 1), free_or(port + 2)
    merchant = Merchant.new()
    with ExitStack() as stack:
        tell("starting Redis")
        redis_url = stack.enter_context(embedded_redis(folder / "redis"))
        environment = embedded_environment(folder, redis_url, port)
        environment |= merchant.environment(f"http://127.0.0.1:{till}")
        environment["TWILIO_API_URL"] = f"http://127.0.0.1:{telephones}"
        environment["SOFTPHONE_URL"] = f"http://127.0.0.1:{telephones}/softphone/"
        environment |= extra or {}
        settings = Settings.from_env(environment)
        tell("preparing the database, the catalogue and the sample people")
        password, totp_secret = _furnish(settings, folder)
        tell("starting the web, relay and worker processes; one of them loads Whisper")
        staff = stack.enter_context(crew(environment, folder / "logs"))
        stack.enter_context(_till(create_cashier(merchant, folder / "till.json"), till))
        exchange = stack.enter_context(
            _telephones(settings, telephones, lay_out(folder / "samples"))
        )
        _wait(staff, settings)
        yield Laptop(
            settings, Database(settings.database_url), exchange, staff, password, totp_secret
        )


def _end(number: int, frame: object) -> None:
    """A request to end is an orderly end, as Ctrl-C is: nothing is left behind."""
    raise SystemExit(128 + number)


def _furnish(settings: Settings, folder: Path) -> tuple[str, str]:
    """The tables, the catalogue, Mei with her daughter Lin, and Ana's login at the desk."""
    use_keys(Keyring(settings.data_keys, settings.index_key))
    db = Database(settings.database_url)
    migrating.upgrade(db)
    password = kept(folder, "desk_password", lambda: secrets.token_urlsafe(9))
    totp_secret = kept(folder, "desk_totp", pyotp.random_base32)
    with db.begin() as session:
        if not catalogue.version(session):
            catalogue.load(session)
        if not household(session, Phone(MEI)):
            mei = enrol(session, "王梅", Phone(MEI), "幸福里3号楼2单元501")
            link(session, mei, register(session, "王林", Phone(LIN)), "女儿")
        if by_login(session, LOGIN) is None:
            enrol_clerk(session, LOGIN, "安娜", password, "supervisor", totp_secret)
    db.engine.dispose()
    return password, totp_secret


@contextmanager
def _till(app: object, port: int) -> Iterator[None]:
    server = make_server("127.0.0.1", port, app, threaded=True)  # type: ignore[arg-type]
    thread = threading.Thread(target=server.serve_forever, name="till", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def _telephones(settings: Settings, port: int, samples: Path) -> Iterator[Exchange]:
    ours = Number(
        f"{settings.public_url}/ivr/incoming", status_callback=f"{settings.public_url}/ivr/status"
    )
    app, exchange = create_exchange(
        settings.twilio_account_sid,
        settings.twilio_auth_token,
        {settings.twilio_number: ours},
        recognise=_recogniser(settings),
        tempo=REAL_TIME,
        samples=samples,
    )
    for number, name in ((MEI, "王梅"), (LIN, "王林"), (settings.desk_number, "坐席")):
        exchange.telephone(number).name = name
    with running(app, exchange, port=port):
        yield exchange


def _recogniser(settings: Settings) -> Callable[[bytes], str]:
    """The firm's own recognition of what is said to a prompt, with the model that we ship."""
    transcriber = functools.cache(lambda: transcriber_of(settings))
    return lambda wav: transcriber().transcribe(wav).text


def _wait(staff: Crew, settings: Settings) -> None:
    redis = Redis.from_url(settings.redis_url)
    deadline = time.monotonic() + SLOWEST_START_S
    while time.monotonic() < deadline:
        staff.check()
        if _ready(settings) and all(
            Worker.count(queue=Queue(name, connection=redis)) for name in QUEUES
        ):
            return
        time.sleep(0.2)
    raise VoiceappError(f"not ready after {SLOWEST_START_S:g} s; the logs are in {staff.logs}")


def _ready(settings: Settings) -> bool:
    try:
        return requests.get(f"{settings.public_url}/ready", timeout=2).ok
    except requests.RequestException:
        return False


def where_to_look(running: Laptop) -> list[str]:
    """The addresses and logins, one a line."""
    code = pyotp.TOTP(running.totp_secret).provisioning_uri(name=LOGIN, issuer_name="voiceapp")
    ours = running.settings.twilio_number
    return [
        f"telephone     {running.settings.softphone_url}   pick one up and ring {ours}",
        f"children      {running.url}/f   Lin is {LIN}; her code comes on her telephone",
        f"desk          {running.url}/desk/   {LOGIN} / {running.password}",
        f"              second factor {running.totp_secret}   ({code})",
        f"API           {running.url}/api/openapi.json",
        f"ready         {running.url}/ready   metrics {running.url}/metrics",
        f"logs          {running.crew.logs}",
    ]
