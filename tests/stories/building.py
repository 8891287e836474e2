"""Puts a town up: the product's processes as threads, and the firms outside it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from werkzeug.serving import make_server

from family_link.cashier import Merchant, create_cashier
from ivr.softphone import AT_ONCE, Handset, Number, create_exchange, running
from orders import catalogue
from tests.conftest import BO, DESK, LIN, MEI, OURS, settle_in
from tests.stories.ears import Ears
from tests.stories.town import PASSWORD, PATIENCE, SECRET, Passes, Town
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
from voiceapp.providers import open_house
from voiceapp.reactions import QUEUES

MERCHANT = Merchant.new()


@contextmanager
def town(
    settings: Settings, folder: Path, ears: Ears, passes: Passes, queues: tuple[str, ...] = QUEUES
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
            tempo=replace(AT_ONCE, webhook_s=PATIENCE),
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
        employ(Jobs(house.db, {**house.providers, "transcriber": ears}))
        stack.enter_context(_web(create_app(settings, house), port))
        stack.enter_context(_relaying(house))
        stack.enter_context(_crew(house, queues))
        people = [
            Handset(exchange_url, number, patience_s=PATIENCE) for number in (MEI, LIN, BO, DESK)
        ]

        def hire(queue: str) -> None:
            stack.enter_context(_crew(house, (queue,)))

        books = cashier.extensions["books"]
        yield Town(
            house, exchange, exchange_url, cashier_url, ears, books, passes, hire, folder, *people
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
