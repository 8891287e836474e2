"""A tiny product behind the exchange: a table from paths to TwiML, which keeps what it was sent."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pytest
from flask import Flask, Response, request
from twilio.request_validator import RequestValidator
from twilio.rest import Client
from werkzeug.serving import make_server

from ivr.softphone import Exchange, Handset, Number, create_exchange, running
from ivr.softphone.server import POLL_S
from ivr.softphone.sound import RATE, wav_file
from tests.conftest import DESK, MEI, OURS

ACCOUNT, TOKEN = "AC" + "0" * 32, "a token of the tests"
HOTLINE, ANA = OURS, DESK
Twiml = str | Callable[[dict[str, str]], str | Response]


@dataclass
class Product:
    """What the exchange asks for, and what it is told."""

    url: str = ""
    answers: dict[str, Twiml] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    forged: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)

    def said_at(self, path: str) -> list[dict[str, str]]:
        """The fields of every request to a path, in their order."""
        return [fields for asked, fields in self.asked if asked == path]


@pytest.fixture
def product() -> Iterator[Product]:
    app, product = Flask(__name__), Product()

    @app.route("/<path:path>", methods=["GET", "POST"])
    def webhook(path: str) -> Response:
        fields = request.values.to_dict()
        genuine = RequestValidator(TOKEN).validate(
            request.url, request.form.to_dict(), request.headers["X-Twilio-Signature"]
        )
        product.asked.append((f"/{path}", fields))
        product.tokens.append(request.headers["I-Twilio-Idempotency-Token"])
        product.forged += [] if genuine else [path]
        answer = product.answers.get(f"/{path}", "")
        text = answer if isinstance(answer, str) else answer(fields)
        if isinstance(text, Response):
            return text
        return Response(f"<Response>{text}</Response>", mimetype="text/xml")

    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(POLL_S,))
    thread.start()
    product.url = f"http://127.0.0.1:{server.server_port}"
    yield product
    server.shutdown()
    thread.join()
    server.server_close()
    assert product.forged == []


@pytest.fixture
def exchange(product: Product) -> Iterator[Exchange]:
    number = Number(f"{product.url}/voice", f"{product.url}/fallback", f"{product.url}/status")
    app, exchange = create_exchange(
        ACCOUNT, TOKEN, {HOTLINE: number}, recognise=lambda wav: "两斤鸡蛋"
    )
    with running(app, exchange):
        yield exchange


@pytest.fixture
def client(exchange: Exchange) -> Client:
    client = Client(ACCOUNT, TOKEN)
    client.api.base_url = exchange.api_url
    return client


@pytest.fixture
def mei(exchange: Exchange) -> Handset:
    return Handset(exchange.api_url, MEI, "Mei")


@pytest.fixture
def ana(exchange: Exchange) -> Handset:
    return Handset(exchange.api_url, ANA, "Ana")


@pytest.fixture
def words() -> bytes:
    """Two seconds of a tone, in the place of words."""
    return wav_file((8000 * np.sin(np.arange(2 * RATE) / 3)).astype(np.int16))
