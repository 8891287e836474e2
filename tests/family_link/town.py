"""A family at its phones: the room's pages on a test house, and the firms that stand outside."""

import re
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from flask import Flask, Response, request
from flask_babel import Babel
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect
from redis import Redis
from werkzeug.serving import make_server

from family_link import routes
from family_link.cashier import Books, Merchant, create_cashier
from family_link.gateway_wechatpay import open_gateway
from family_link.notifier_wechat import open_wechat
from orders import catalogue, errands
from orders.drafting import add_line, digest
from orders.lifecycle import Event, State
from orders.order import Order
from orders.people import ROBOT, caller
from orders.recordings import Recording
from tests.conftest import People
from tests.family_link.phones import Browser, Mini
from voiceapp import clock
from voiceapp.config import Settings
from voiceapp.db import Database
from voiceapp.house import House
from voiceapp.jobs import Jobs
from voiceapp.phone import Phone
from voiceapp.reactions import ERRANDS
from voiceapp.relay import Relay

__all__ = ["Browser", "Family", "Mini", "family", "moment_in"]

OURS_TO_DO = ("family_link.", "orders.")
MERCHANT = Merchant.new()


@dataclass
class Texts:
    """The text messages that were sent, newest last."""

    sent: list[tuple[str, str]] = field(default_factory=list)
    trouble: Exception | None = None

    def send_message(self, to: Phone, words: str) -> str:
        """Remember it, or be in trouble."""
        if self.trouble is not None:
            raise self.trouble
        self.sent.append((to.e164, words))
        return f"SM{len(self.sent)}"

    def to(self, number: str) -> list[str]:
        """What one number was sent."""
        return [words for other, words in self.sent if other == number]

    def code(self, number: str) -> str:
        """The digits that one number was sent last."""
        codes = [re.search(r"验证码 (\d{6})", words) for words in self.to(number)]
        return [found[1] for found in codes if found][-1]


class Shelf:
    """Recordings by name."""

    def read(self, name: str) -> bytes:
        """A recording's bytes."""
        return b"RIFF" + name.encode()


@contextmanager
def served(app: Flask, port: int = 0) -> Iterator[str]:
    """An application on a loopback port; its address."""
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass
class Family:
    """The house, what stands outside it, and the hands that move it on."""

    house: House
    app: Flask
    people: People
    texts: Texts
    cashier: Flask
    relay: Relay

    @property
    def db(self) -> Database:
        """The house's database."""
        return self.house.db

    @property
    def books(self) -> Books:
        """What the firm has written down."""
        found: Books = self.cashier.extensions["books"]
        return found

    @property
    def wechat(self) -> list[dict[str, Any]]:
        """The subscription messages that WeChat took."""
        found: list[dict[str, Any]] = self.cashier.extensions.get("sent", [])
        return found

    def refuse_messages(self) -> None:
        """WeChat sends no more messages to anybody."""
        self.cashier.extensions["refused"] = True

    def forget_token(self) -> None:
        """WeChat ends our access token before its time."""
        self.cashier.extensions.pop("access_token", None)

    def work(self, ahead: timedelta = timedelta(0)) -> None:
        """Do all errands of this room that are due within `ahead`, and what follows from them."""
        providers = dict(self.house.providers)
        jobs = Jobs(self.db, providers)
        for _ in range(20):
            self.relay.react()
            with self.db.begin() as session:
                due = self._due(session, ahead)
            if not due:
                return
            for errand_id in due:
                jobs.perform(errand_id)

    def _due(self, session: Any, ahead: timedelta) -> list[uuid.UUID]:
        ours = [name for name, duty in ERRANDS.items() if duty.function.startswith(OURS_TO_DO)]
        rows = session.scalars(
            sa.select(errands.Errand).where(
                errands.Errand.name.in_(ours),
                errands.Errand.done_at.is_(None),
                errands.Errand.next_try_at <= clock.now() + ahead,
            )
        ).all()
        for row in rows:
            row.attempts += 1
            row.leased_until = clock.now() + errands.LEASE
        return [row.id for row in rows]

    def confirmed(
        self,
        *skus: str,
        quantity: int = 2,
        within: timedelta | None = None,
        **columns: Any,
    ) -> uuid.UUID:
        """Mei's order, said, understood and confirmed on the telephone."""
        with self.db.begin() as session:
            products = catalogue.by_sku(session, set(skus))
            recording = Recording(call_id=uuid.uuid4(), text="我要两斤鸡蛋", stored_as="mei.wav")
            session.add(recording)
            session.flush()
            order = Order.born(
                session,
                Event.HEARD,
                caller(self.people.mei.id),
                customer_id=self.people.mei.id,
                recording_id=recording.id,
                **columns,
            )
            for sku in skus:
                line = add_line(order, products[sku], Decimal(quantity))
                if within is not None:
                    line.window_start = clock.now()
                    line.window_end = clock.now() + within
            order.move(Event.UNDERSTOOD, ROBOT)
            order.move(Event.RUNG, ROBOT)
            order.read_digest = digest([order])
            order.move(Event.CONFIRMED, caller(self.people.mei.id))
            return order.id

    def state(self, order_id: uuid.UUID) -> State:
        """Where an order stands."""
        with self.db.reading() as session:
            return session.get_one(Order, order_id).state

    def phone(self) -> Browser:
        """A phone's browser that nobody signed in on."""
        return Browser(self)


def small_app(house: House) -> Flask:
    """The family's room alone, furnished as the roof does it."""
    app = Flask("test")
    app.extensions["house"] = house
    app.config.update(
        SECRET_KEY=house.settings.secret_key,
        BABEL_DEFAULT_LOCALE="zh_CN",
        API_TITLE="voiceapp",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
    )
    languages = ("zh_CN", "en")
    Babel(app, locale_selector=lambda: request.accept_languages.best_match(languages))
    csrf = CSRFProtect(app)
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://")
    # Most stories ask more often in a second than a family does in a day.
    limiter.enabled = False
    app.extensions["rate_limiter"] = limiter
    routes.open_room(app, csrf)

    @app.after_request
    def forbid_strangers(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = (
            "default-src 'self'; form-action 'self'; frame-ancestors 'none'"
        )
        return response

    return app


@contextmanager
def family(settings: Settings, db: Database, people: People) -> Iterator[Family]:
    """Build it, open it, close it."""
    cashier = create_cashier(MERCHANT)
    with served(cashier) as cashier_url:
        environment = MERCHANT.environment(cashier_url)
        settings = replace(settings, **{name.lower(): each for name, each in environment.items()})
        house = House(settings, db, Redis(), {})
        app = small_app(house)
        with served(app) as url:
            settings = replace(settings, public_url=url)
            texts = Texts()
            providers = {
                "settings": settings,
                "texts": texts,
                "wechat": open_wechat(settings),
                "gateway": open_gateway(settings),
                "store": Shelf(),
            }
            house = House(settings, db, Redis(), providers)
            app.extensions["house"] = house
            yield Family(house, app, people, texts, cashier, Relay(db, Redis()))


def moment_in(hours: float) -> datetime:
    """So many hours from this moment."""
    return clock.now() + timedelta(hours=hours)
