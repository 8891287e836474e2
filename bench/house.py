"""How fast a house answers on this machine: all its processes, SQLite, signed webhooks.

    python -m bench.house [SECONDS]

Each row is asked for by eight clients at once for so many seconds (default 5), without keeping
connections, as the telephone firm does. What it prints is Markdown.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import quantiles

import requests
from twilio.request_validator import RequestValidator

from voiceapp.laptop import Laptop, laptop

CLIENTS = 8
Ask = Callable[[int], requests.Response]


def ring(running: Laptop) -> Ask:
    """Somebody rings: a signed webhook that writes a call and answers with TwiML."""
    settings = running.settings
    url = f"{running.url}/ivr/incoming"
    sign = RequestValidator(settings.twilio_auth_token).compute_signature

    def ask(number: int) -> requests.Response:
        form: Mapping[str, str] = {
            "AccountSid": settings.twilio_account_sid,
            "CallSid": f"CA{os.getpid():016x}{number:016x}",
            "From": f"+1202555{110 + number % 80:04d}",
            "To": settings.twilio_number,
            "CallStatus": "ringing",
            "Direction": "inbound",
        }
        headers = {"X-Twilio-Signature": sign(url, form)}
        return requests.post(url, data=form, headers=headers, timeout=30)

    return ask


def asks(running: Laptop) -> dict[str, Ask]:
    """What is measured, by its name."""
    return {
        "GET /health": lambda _: requests.get(f"{running.url}/health", timeout=30),
        "GET /ready (database, Redis)": lambda _: requests.get(f"{running.url}/ready", timeout=30),
        "GET /family/login (a page)": lambda _: requests.get(
            f"{running.url}/family/login", timeout=30
        ),
        "POST /ivr/incoming (signed, one call written)": ring(running),
    }


def measure(ask: Ask, seconds: float) -> tuple[float, list[float]]:
    """Requests a second, and how many milliseconds each took. Raises HTTPError for a refusal."""
    until = time.monotonic() + seconds

    def client(first: int) -> list[float]:
        took, number = [], first
        while time.monotonic() < until:
            begun = time.monotonic()
            ask(number).raise_for_status()
            took.append(1000 * (time.monotonic() - begun))
            number += CLIENTS
        return took

    with ThreadPoolExecutor(CLIENTS) as pool:
        took = [each for part in pool.map(client, range(CLIENTS)) for each in part]
    return len(took) / seconds, took


def main(seconds: float) -> None:
    """Start a house and measure it."""
    out = sys.stdout
    with (
        tempfile.TemporaryDirectory() as folder,
        laptop(Path(folder), 8900, lambda line: None) as running,
    ):
        out.write(f"{os.cpu_count()} cores, one web process of 16 threads, SQLite\n\n")
        out.write("| request | a second | median ms | 95 % within ms |\n|---|---|---|---|\n")
        for name, ask in asks(running).items():
            rate, took = measure(ask, seconds)
            cuts = quantiles(took, n=20)
            out.write(f"| {name} | {rate:.0f} | {cuts[9]:.0f} | {cuts[18]:.0f} |\n")
            out.flush()


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 5.0)
