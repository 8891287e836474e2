"""The telephones' own web API, and the page that shows one in a browser.

Under `/softphone`: `/softphone/api/…` is JSON. It stands for people's hands and ears, not for the
firm, so it asks for no login; the server binds to loopback.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, request, send_file

from ivr.softphone.acts import ACTS, PATIENCE_S, Refused, speak
from ivr.softphone.exchange import Exchange
from ivr.softphone.handset import LONGEST_POLL_S
from ivr.softphone.sound import telephone_sound, wav_file
from ivr.softphone.telephone import MANNERS, Telephone

Json = dict[str, Any]


def blueprint(exchange: Exchange, samples: Path | None) -> Blueprint:
    """The telephones of one exchange; `samples` is a folder of WAVs to speak with."""
    page = Blueprint("softphone", __name__, url_prefix="/softphone", static_folder="static")

    @page.errorhandler(Refused)
    def _refused(refused: Refused) -> tuple[Json, int]:
        return {"error": str(refused)}, 409

    @page.errorhandler(TypeError)
    @page.errorhandler(ValueError)
    def _wrong(error: Exception) -> tuple[Json, int]:
        return {"error": str(error)}, 400

    @page.get("/")
    def show() -> Response:
        return page.send_static_file("softphone.html")

    @page.get("/api/exchange")
    def show_exchange() -> Json:
        return {
            "numbers": list(exchange.numbers),
            "telephones": [each.shown(len(each.entries)) for each in exchange.telephones.values()],
            "errors": exchange.errors,
            "requests": exchange.requests,
            "tempo": asdict(exchange.tempo),
            "weather": asdict(exchange.weather),
            "samples": sorted(each.stem for each in samples.glob("*.wav")) if samples else [],
        }

    @page.patch("/api/exchange")
    def set_conditions() -> Json:
        """Changes named parts of the tempo and the weather."""
        wanted = request.get_json()
        exchange.tempo = replace(exchange.tempo, **wanted.get("tempo", {}))
        exchange.weather = replace(exchange.weather, **wanted.get("weather", {}))
        return show_exchange()

    @page.post("/api/settle")
    def settle() -> Json:
        """Waits until no call and no callback is under way."""
        return {"settled": exchange.settle(float(request.get_json().get("seconds", 10)))}

    @page.get("/samples/<name>.wav")
    def sample(name: str) -> Response:
        known = {each.stem: each for each in samples.glob("*.wav")} if samples else {}
        if name not in known:
            abort(404)
        return send_file(known[name], mimetype="audio/wav")

    @page.get("/api/telephones")
    def look_at_all() -> Json:
        """What every telephone shows; with `version` it waits until there is something newer."""

        def version() -> int:
            return sum(each.version + 1 for each in exchange.telephones.values())

        with exchange.changed:
            exchange.changed.wait_for(lambda: version() > _seen(), _seconds())
            shown = [each.shown() for each in exchange.telephones.values()]
            return {"version": version(), "telephones": shown}

    @page.put("/api/telephones/<number>")
    def put_up(number: str) -> Json:
        """Puts up a telephone, or changes its name or its owner's manner."""
        wanted = request.get_json()
        telephone = exchange.telephone(number)
        if wanted.get("manner", "person") not in MANNERS:
            raise ValueError(f"a manner is one of {', '.join(MANNERS)}")
        with exchange.changed:
            telephone.name = wanted.get("name", telephone.name)
            telephone.manner = wanted.get("manner", telephone.manner)
            telephone.version += 1
            exchange.changed.notify_all()
        return telephone.shown()

    @page.get("/api/telephones/<number>")
    def look(number: str) -> Json:
        """What a telephone shows; with `version` it waits until there is something newer."""
        telephone = _telephone(exchange, number)
        with exchange.changed:
            exchange.changed.wait_for(lambda: telephone.version > _seen(), _seconds())
            return telephone.shown(int(request.args.get("after", 0)))

    @page.get("/api/telephones/<number>/sounds/<int:at>.wav")
    def hear(number: str, at: int) -> Response:
        """What the other person said into the microphone."""
        sounds = _telephone(exchange, number).sounds
        if at >= len(sounds):
            abort(404)
        return Response(wav_file(sounds[at]), mimetype="audio/wav")

    @page.post("/api/telephones/<number>/<act>")
    def act(number: str, act: str) -> Json:
        """Does something with a telephone."""
        if act not in ACTS:
            abort(404)
        telephone = _telephone(exchange, number)
        ACTS[act](exchange, telephone, request.get_json())
        return telephone.shown(len(telephone.entries))

    @page.post("/api/telephones/<number>/sound")
    def sound(number: str) -> Json:
        """Speaks the WAV in the body; `then` is a key, `hang up`, or nothing for a silence."""
        if request.mimetype != "audio/wav":
            abort(415)
        telephone = _telephone(exchange, number)
        asked = request.args
        patience_s = float(asked.get("seconds", PATIENCE_S))
        speak(
            exchange, telephone, telephone_sound(request.get_data()), asked.get("then"), patience_s
        )
        return telephone.shown(len(telephone.entries))

    return page


def _seen() -> int:
    return int(request.args.get("version", -1))


def _seconds() -> float:
    return min(LONGEST_POLL_S, float(request.args.get("seconds", 0)))


def _telephone(exchange: Exchange, number: str) -> Telephone:
    if number not in exchange.telephones:
        abort(404)
    return exchange.telephones[number]
