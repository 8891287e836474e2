"""A whole town on one machine: the product's processes as threads, and the world outside it.

The web server, the relay and the workers are the product's own, on a real Redis and a real
database. The telephone exchange and the cashier are outsiders that speak the firms' protocols.
"""

import io
import threading
import wave
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from werkzeug.serving import make_server

from ivr.softphone import Exchange, Handset, Number, create_exchange, running
from ivr.speech.transcriber import Audio, Hearing, Quality
from orders import catalogue
from tests.conftest import BO, DESK, LIN, MEI, OURS, settle_in
from voiceapp import relay, worker
from voiceapp.app import create_app
from voiceapp.config import Settings
from voiceapp.console.clerks import enrol_clerk
from voiceapp.db import Database
from voiceapp.embedded import embedded_redis, free_port
from voiceapp.house import House
from voiceapp.jobs import Jobs, employ
from voiceapp.models import metadata
from voiceapp.providers import open_house
from voiceapp.reactions import QUEUES


@dataclass
class Town:
    """Where stories happen. Everything is done through the public endpoints."""

    house: House
    exchange: Exchange
    exchange_url: str
    mei: Handset
    lin: Handset
    bo: Handset
    ana: Handset

    @property
    def url(self) -> str:
        """Where the product is."""
        return self.house.settings.public_url


@contextmanager
def town(settings: Settings, folder: Path, transcriber: Any) -> Iterator[Town]:
    """Build it, open it, and close it again; an error of the exchange fails the story."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with ExitStack() as stack:
        redis_url = stack.enter_context(embedded_redis(folder / "redis"))
        app, exchange = create_exchange(
            settings.twilio_account_sid,
            settings.twilio_auth_token,
            {OURS: Number(f"{url}/ivr/incoming", status_callback=f"{url}/ivr/status")},
        )
        exchange_url = stack.enter_context(running(app, exchange))
        settings = replace(
            settings,
            public_url=url,
            redis_url=redis_url,
            twilio_api_url=exchange_url,
        )
        house = open_house(settings)
        metadata.create_all(house.db.engine)
        _furnish(house.db)
        employ(Jobs(house.db, {**house.providers, "transcriber": transcriber}))
        stack.enter_context(_web(create_app(settings, house), port))
        stack.enter_context(_working(house))
        people = [Handset(exchange_url, number) for number in (MEI, LIN, BO, DESK)]
        yield Town(house, exchange, exchange_url, *people)
        assert exchange.errors == []


def _furnish(db: Database) -> None:
    with db.begin() as session:
        catalogue.load(session)
        settle_in(session)
        enrol_clerk(session, "ana", "安娜", "a-long-password-for-ana", "clerk")


@contextmanager
def _web(app: Any, port: int) -> Iterator[None]:
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def _working(house: House) -> Iterator[None]:
    stop = threading.Event()
    crew = [threading.Thread(target=relay.run, args=(house.db, house.redis, stop), daemon=True)]
    for queue in QUEUES:
        args = (stop, house.redis, (queue,))
        crew.append(threading.Thread(target=worker.work_until, args=args, daemon=True))
    for each in crew:
        each.start()
    try:
        yield
    finally:
        stop.set()
        for each in crew:
            each.join()


class Told:
    """A transcriber that was told what each recording says, by its length in tenths of a second;
    anything else is noise to it."""

    def __init__(self) -> None:
        self.texts: dict[int, str] = {}

    def voice(self, text: str) -> bytes:
        """A recording that says this."""
        length = 10 + len(self.texts)
        self.texts[length] = text
        out = io.BytesIO()
        with wave.open(out, "wb") as file:
            file.setparams((1, 2, 8000, 0, "NONE", ""))
            loud = b"\x00\x40\x00\xc0" * 200
            file.writeframes(loud * (2 * length))
        return out.getvalue()

    def transcribe(self, audio: Audio, hints: Any = None) -> Hearing:
        """What was told of this audio."""
        assert isinstance(audio, bytes)
        with wave.open(io.BytesIO(audio)) as file:
            length = round(10 * file.getnframes() / file.getframerate())
        text = self.texts.get(length)
        if text is None:
            return Hearing(Quality.NOISE, length / 10, model="told")
        return Hearing(Quality.SPEECH, length / 10, text, confidence=0.9, model="told")

    def warm_up(self) -> None:
        """Nothing to load."""
