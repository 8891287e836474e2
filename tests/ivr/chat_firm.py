"""A stand-in for a firm that speaks OpenAI's chat-completions protocol, on the loopback.

It refuses what the firm would refuse, remembers what it was asked, and answers what it was told to.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, request
from werkzeug.serving import make_server

KEY, MODEL = "only-for-tests-model-key", "stand-in"
Reply = Callable[[dict[str, Any]], Response]
"""What is answered to a question as it was put, the user's message read as JSON."""


@dataclass
class Firm:
    """What was asked, and how the next questions are answered."""

    url: str
    reply: Reply
    asked: list[dict[str, Any]] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)


def says(content: str) -> Reply:
    """An answer of the firm's whose message is this text."""

    def reply(asked: dict[str, Any]) -> Response:
        return completion(content)

    return reply


def means(*skus: str, word: str = "") -> Reply:
    """The answer that was asked for: these products, for every stretch that nobody understood."""

    def reply(asked: dict[str, Any]) -> Response:
        guesses = [
            {"question": each["question"], "word": word or each["heard"], "skus": list(skus)}
            for each in asked["doubts"]
        ]
        return completion(json.dumps({"guesses": guesses}))

    return reply


def sleeps(seconds: float) -> Reply:
    """Nothing for a while, and then an empty answer."""

    def reply(asked: dict[str, Any]) -> Response:
        time.sleep(seconds)
        return completion('{"guesses": []}')

    return reply


def drips(every: float, times: int) -> Reply:
    """A byte now and then: no single read is slow, the whole is."""

    def reply(asked: dict[str, Any]) -> Response:
        def body() -> Iterator[bytes]:
            for _ in range(times):
                time.sleep(every)
                yield b" " * 64

        return Response(body(), 200, mimetype="application/json")

    return reply


def raw(body: str, status: int = 200) -> Reply:
    """Exactly this, whatever the protocol says."""

    def reply(asked: dict[str, Any]) -> Response:
        return Response(body, status, mimetype="application/json")

    return reply


def completion(content: str) -> Response:
    """A chat completion as the firm writes it."""
    message = {"role": "assistant", "content": content, "refusal": None}
    body = {
        "id": "chatcmpl-0",
        "object": "chat.completion",
        "created": 1700000000,
        "model": MODEL,
        "choices": [{"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }
    return Response(json.dumps(body, ensure_ascii=False), 200, mimetype="application/json")


def _app(firm: Firm) -> Flask:
    app = Flask("chat firm")

    @app.post("/v1/chat/completions")
    def completions() -> Response:
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return Response('{"error": {"code": "invalid_api_key"}}', 401)
        body = request.get_json()
        roles = [message["role"] for message in body["messages"]]
        prompt = "".join(message["content"] for message in body["messages"])
        wanted = body.get("response_format") == {"type": "json_object"}
        # The firm refuses to answer in JSON where no message says so.
        if body["model"] != MODEL or roles[-1] != "user" or (wanted and "JSON" not in prompt):
            return Response('{"error": {"type": "invalid_request_error"}}', 400)
        firm.asked.append(body)
        firm.sent.append(request.get_data(as_text=True))
        return firm.reply(json.loads(body["messages"][-1]["content"]))

    return app


@contextmanager
def chat_firm(reply: Reply) -> Iterator[Firm]:
    """The firm, up and answering."""
    firm = Firm("", reply)
    server = make_server("127.0.0.1", 0, _app(firm), threaded=True)
    firm.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield firm
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
