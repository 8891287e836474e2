"""A whole town on one machine: the product's processes as threads, and the world outside it.

The web server, the relay and the workers are the product's own, on a real Redis and a real
database. The telephone exchange and the cashier are outsiders that speak the firms' protocols.
"""

import io
import threading
import time
import uuid
import wave
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from rq import Queue
from werkzeug.serving import make_server

from family_link.cashier import Books, Merchant, create_cashier
from ivr.calls import SPACING
from ivr.softphone import Exchange, Handset, Number, create_exchange, running
from ivr.speech.transcriber import Audio, Hearing, Quality
from orders import catalogue
from orders.customers import enrol
from orders.escalations import Escalation, Reason
from orders.lifecycle import State
from orders.order import Order
from tests.conftest import BO, DESK, LIN, MEI, OURS, settle_in
from tests.stories.browsing import Browser, child, clerk
from tests.twilio.openapi import check_requests
from voiceapp import clock, relay, worker
from voiceapp.app import create_app
from voiceapp.config import Settings
from voiceapp.console.clerks import enrol_clerk
from voiceapp.console.rights import DeskRole
from voiceapp.db import Database
from voiceapp.embedded import embedded_redis, free_port
from voiceapp.house import House
from voiceapp.jobs import Jobs, employ
from voiceapp.models import metadata
from voiceapp.phone import Phone
from voiceapp.providers import open_house
from voiceapp.reactions import QUEUES

PASSWORD = "only for tests, for Ana"
SECRET = "ONLYFORTESTSONLYFORTESTSONLYFORT"
MERCHANT = Merchant.new()


Passes = Callable[[timedelta], None]


@dataclass
class Town:
    """Where stories happen. Everything is done through the public endpoints."""

    house: House
    exchange: Exchange
    exchange_url: str
    cashier_url: str
    told: "Told"
    books: Books
    passes: Passes
    stack: ExitStack
    folder: Path
    mei: Handset
    lin: Handset
    bo: Handset
    ana: Handset

    @property
    def url(self) -> str:
        """Where the product is."""
        return self.house.settings.public_url

    def mei_says(self, text: str) -> None:
        """Mei rings us and says something after the beep."""
        self.mei.dial(OURS)
        self.mei.hears("录音")
        self.mei.says_wav(self.told.voice(text))

    def mei_orders(self, text: str) -> None:
        """Mei says what she wants, and we say that we ring back."""
        self.mei_says(text)
        self.mei.hears("给您打回去核对")
        self.mei.is_over_within()

    def mei_picks_up(self) -> None:
        """We ring, Mei answers and says that she is herself."""
        self.passes(SPACING)
        self.mei.rings_within(15).answers()
        self.mei.hears("请问是王梅吗")
        self.mei.presses("1")

    def mei_confirms(self) -> None:
        """Mei is read her order and says a whole yes."""
        self.mei_picks_up()
        self.mei.hears("对吗")
        self.mei.says("对，没错")
        self.mei.hears("记下了")
        self.mei.is_over_within()

    def mei_is_told(self, words: str) -> None:
        """We ring only to tell her something."""
        self.mei_picks_up()
        self.mei.hears(words)
        self.mei.is_over_within()

    def lin_pays(self, lin: Browser) -> None:
        """Lin, on the page of an order, says yes and pays at the cashier's."""
        lin.sends("/approve")
        lin.sends("/pay")
        lin.follows(self.cashier_url)
        lin.sends("/checkout")

    def orders(self) -> list[Order]:
        """All orders, oldest first, to look at and not to touch."""
        with self.house.db.reading() as session:
            rows = list(session.scalars(sa.select(Order).order_by(Order.created_at)))
            for order in rows:
                session.refresh(order, ["all_lines", "events", "questions"])
            return rows

    def until(self, true: Callable[[], bool], seconds: float = 15) -> None:
        """Wait until something is so."""
        deadline = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < deadline, f"not so within {seconds:g} s"
            time.sleep(0.05)

    def reaches(self, state: State) -> Order:
        """Wait until the newest order is in a state."""
        self.until(lambda: bool(self.orders()) and self.orders()[-1].state is state)
        return self.orders()[-1]

    def escalated(self, reason: Reason) -> Escalation:
        """Wait until a person is asked for this reason."""
        found: list[Escalation] = []

        def asked() -> bool:
            with self.house.db.reading() as session:
                found[:] = session.scalars(
                    sa.select(Escalation).where(Escalation.reason == reason)
                ).all()
            return bool(found)

        self.until(asked)
        return found[0]

    def waiting(self, queue: str) -> int:
        """How many jobs wait on a queue."""
        return Queue(queue, connection=self.house.redis).count

    def dialled(self) -> int:
        """How often the firm was asked to ring somebody."""
        asked = [(verb, path) for verb, path, _ in self.exchange.requests]
        return len([path for verb, path in asked if verb == "POST" and path.endswith("Calls.json")])

    def enrols(self, name: str, phone: Phone) -> uuid.UUID:
        """Somebody else on file."""
        with self.house.db.begin() as session:
            return enrol(session, name, phone).id

    def hire(self, queue: str) -> None:
        """One more worker."""
        self.stack.enter_context(_crew(self.house, (queue,)))

    def lin_signs_in(self) -> Browser:
        """Lin at her phone's browser."""
        return child(self.url, self.lin, LIN)

    def ana_signs_in(self) -> Browser:
        """Ana at the desk."""
        return clerk(self.url, "ana", PASSWORD, SECRET)


@contextmanager
def town(
    settings: Settings, folder: Path, told: "Told", passes: Passes, queues: tuple[str, ...] = QUEUES
) -> Iterator[Town]:
    """Build it, open it, and close it again; an error of the exchange fails the story."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with ExitStack() as stack:
        redis_url = stack.enter_context(embedded_redis(folder / "redis"))
        app, exchange = create_exchange(
            settings.twilio_account_sid,
            settings.twilio_auth_token,
            {OURS: Number(f"{url}/ivr/incoming", status_callback=f"{url}/ivr/status")},
            now=clock.now,
        )
        exchange_url = stack.enter_context(running(app, exchange))
        cashier = create_cashier(MERCHANT)
        cashier_url = stack.enter_context(_web(cashier, free_port()))
        firm = MERCHANT.environment(cashier_url)
        settings = replace(
            settings,
            **{name.lower(): value for name, value in firm.items()},
            public_url=url,
            redis_url=redis_url,
            twilio_api_url=exchange_url,
        )
        house = open_house(settings)
        metadata.create_all(house.db.engine)
        _furnish(house.db)
        employ(Jobs(house.db, {**house.providers, "transcriber": told}))
        stack.enter_context(_web(create_app(settings, house), port))
        stack.enter_context(_relaying(house))
        stack.enter_context(_crew(house, queues))
        people = [Handset(exchange_url, number) for number in (MEI, LIN, BO, DESK)]
        books = cashier.extensions["books"]
        yield Town(
            house, exchange, exchange_url, cashier_url, told, books, passes, stack, folder, *people
        )
        assert exchange.errors == []
        assert check_requests(exchange.requests) == []


def _furnish(db: Database) -> None:
    with db.begin() as session:
        catalogue.load(session)
        settle_in(session)
        enrol_clerk(session, "ana", "安娜", PASSWORD, DeskRole.CLERK, SECRET)


@contextmanager
def _web(app: Any, port: int) -> Iterator[str]:
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def _relaying(house: House) -> Iterator[None]:
    with _thread(relay.run, house.db, house.redis):
        yield


@contextmanager
def _crew(house: House, queues: tuple[str, ...]) -> Iterator[None]:
    with ExitStack() as stack:
        for queue in queues:
            stack.enter_context(_thread(worker.work_until, house.redis, (queue,)))
        yield


@contextmanager
def _thread(run: Callable[..., None], *given: Any) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=run, args=(*given, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


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
