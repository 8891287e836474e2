"""The exchange as a small web server of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from flask import Flask
from werkzeug.serving import make_server

from ivr.softphone import control, rest
from ivr.softphone.conditions import AT_ONCE, Tempo
from ivr.softphone.exchange import Exchange, Number, Recognise, utc_now

POLL_S = 0.02  # how soon a server that is told to stop notices it


def create_exchange(
    account_sid: str,
    auth_token: str,
    numbers: Mapping[str, str | Number],
    *,
    recognise: Recognise | None = None,
    tempo: Tempo = AT_ONCE,
    samples: Path | None = None,
    now: Callable[[], datetime] = utc_now,
) -> tuple[Flask, Exchange]:
    """The web application and the exchange behind it.

    `numbers` maps our numbers to their voice URL, or to a Number where there is more to say;
    `samples` is a folder of WAVs that the page offers to those without a microphone; `now` is the
    clock for the times that the firm states.
    """
    known = {
        e164: Number(number) if isinstance(number, str) else number
        for e164, number in numbers.items()
    }
    exchange = Exchange(account_sid, auth_token, known, recognise=recognise, tempo=tempo, now=now)
    app = Flask("ivr.softphone", static_folder=None)
    app.register_blueprint(rest.blueprint(exchange))
    app.register_blueprint(control.blueprint(exchange, samples))
    return app, exchange


@contextmanager
def running(
    app: Flask, exchange: Exchange, *, host: str = "127.0.0.1", port: int = 0
) -> Iterator[str]:
    """Serves from threads of this process while it lasts; gives the URL, TWILIO_API_URL's value."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server(host, port, app, threaded=True)
    exchange.api_url = f"http://{host}:{server.server_port}"
    thread = threading.Thread(
        target=server.serve_forever, args=(POLL_S,), name="exchange", daemon=True
    )
    thread.start()
    try:
        yield exchange.api_url
    finally:
        exchange.close()
        server.shutdown()
        thread.join()
        server.server_close()
