"""The firm's requests to us: signed, impatient, and sometimes sent twice."""

import base64
import hmac
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests

from ivr.softphone.callbacks import Callbacks, Unanswered
from ivr.softphone.conditions import Tempo, Weather

TOO_LARGE, FETCH_FAILED, BAD_CONTENT_TYPE, UNPARSED = 11750, 11200, 12300, 12100
_XML = ("text/xml", "application/xml", "text/html")


@dataclass(frozen=True)
class Answer:
    """What a webhook answered: the document, and the URL that relative URLs in it start from."""

    text: str
    url: str
    content_type: str


@dataclass(frozen=True)
class Sent:
    """One request that was made, an attempt or a repeat each for itself."""

    url: str
    params: Mapping[str, str]
    method: str


class Webhooks:
    """Sends requests as the firm does, in whatever the weather is.

    A connection that fails or stays silent is tried once more with the same
    `I-Twilio-Idempotency-Token`, which is where genuine duplicates come from; an answer of 4xx or
    5xx goes straight to the fallback URL. https://www.twilio.com/docs/usage/webhooks
    """

    def __init__(
        self,
        auth_token: str,
        *,
        tempo: Callable[[], Tempo],
        weather: Callable[[], Weather],
    ) -> None:
        self._auth_token = auth_token
        self._tempo = tempo
        self._weather = weather
        self.callbacks = Callbacks(self._deliver)
        self.sent: list[Sent] = []
        self.closed = False

    def fetch(
        self,
        url: str,
        params: Mapping[str, str],
        *,
        method: str = "POST",
        fallback_url: str = "",
        session: requests.Session | None = None,
    ) -> Answer:
        """The document at `url`, else at `fallback_url`. Raises Unanswered."""
        session = session or new_session()
        if not url.startswith(("http://", "https://")):
            raise Unanswered(f"{url!r} is no URL")
        try:
            return self._ask(session, url, params, method)
        except Unanswered as failure:
            if not fallback_url:
                raise
            told = {**params, "ErrorCode": str(FETCH_FAILED), "ErrorUrl": url}
            try:
                return self._ask(session, fallback_url, told, method)
            except Unanswered as again:
                raise Unanswered(f"{failure}; fallback: {again}") from again

    def send_again(self, path: str) -> Answer:
        """Repeats the last request to a path, as late as you like. Raises Unanswered."""
        last = next(each for each in reversed(self.sent) if urlsplit(each.url).path == path)
        return self.fetch(last.url, last.params, method=last.method)

    def fetch_sound(self, url: str) -> bytes:
        """What Play plays. Raises Unanswered."""
        try:
            response = new_session().get(
                url, headers=self._headers(url, {}), timeout=self._tempo().webhook_s
            )
        except requests.RequestException as error:
            raise Unanswered(f"{url}: {type(error).__name__}") from error
        if not response.ok or not _type(response).startswith("audio/"):
            raise Unanswered(f"{url}: HTTP {response.status_code} {_type(response)}")
        return response.content

    def _ask(
        self, session: requests.Session, url: str, params: Mapping[str, str], method: str
    ) -> Answer:
        if method == "GET":
            url = requests.Request("GET", url, params=params).prepare().url or url
            params = {}
        headers = self._headers(url, params)
        deadline = time.monotonic() + self._tempo().webhook_s
        attempts = [False, True] if self._weather().webhooks_doubled else [True]
        retried = False
        while True:
            try:
                for last in attempts:
                    time.sleep(self._weather().webhook_delay_s)
                    answer = self._send(session, Sent(url, params, method), headers, deadline)
                    if last:
                        return answer
            except requests.RequestException as error:
                silent = isinstance(error, requests.ConnectionError | requests.Timeout)
                if retried or not silent or time.monotonic() >= deadline:
                    raise Unanswered(f"{url}: {type(error).__name__}") from error
                retried = True

    def _send(
        self,
        session: requests.Session,
        sent: Sent,
        headers: Mapping[str, str],
        deadline: float,
    ) -> Answer:
        if self.closed:
            raise Unanswered(f"{sent.url}: the exchange is closed")
        self.sent.append(sent)
        response = session.request(
            sent.method,
            sent.url,
            data=dict(sent.params) or None,
            headers=dict(headers),
            timeout=max(0.05, deadline - time.monotonic()),
        )
        if not response.ok:
            raise Unanswered(f"{sent.url}: HTTP {response.status_code}")
        response.encoding = response.encoding if "charset" in _type(response) else "utf-8"
        return Answer(response.text, response.url, _type(response).partition(";")[0])

    def _headers(self, url: str, params: Mapping[str, str]) -> dict[str, str]:
        return {
            "X-Twilio-Signature": signature(self._auth_token, url, params),
            "I-Twilio-Idempotency-Token": str(uuid.uuid4()),
        }

    def _deliver(self, url: str, params: Mapping[str, str], method: str) -> None:
        time.sleep(self._weather().callback_delay_s)
        if not self.closed:
            self.fetch(url, params, method=method)


def signature(auth_token: str, url: str, params: Mapping[str, str]) -> str:
    """The firm's signature of a request: of its URL with the sorted fields of its form behind.

    https://www.twilio.com/docs/usage/security#validating-requests
    """
    signed = url + "".join(f"{name}{params[name]}" for name in sorted(params))
    return base64.b64encode(hmac.digest(auth_token.encode(), signed.encode(), "sha1")).decode()


def _type(response: requests.Response) -> str:
    return response.headers.get("Content-Type", "")


def new_session() -> requests.Session:
    """A session keeps cookies, which the firm does within one call."""
    session: Any = requests.Session()
    session.trust_env = False  # a proxy of the machine is not on the firm's way to us
    return session  # type: ignore[no-any-return]


def is_xml(answer: Answer) -> bool:
    return answer.content_type in _XML
