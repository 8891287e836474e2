"""A clerk's browser: signs in, follows pages and sends their forms, through the public door."""

import html
import re
from typing import Protocol

import pyotp

from voiceapp import clock

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_VERSION = re.compile(r'name="version" value="(\d+)"')
_SECRET = re.compile(r'id="totp-secret">([A-Z2-7]+)<')


class Answer(Protocol):
    """What both a test client and an HTTP library answer."""

    status_code: int

    @property
    def text(self) -> str:
        """The page."""
        ...


class Client(Protocol):
    """Whatever speaks HTTP and keeps cookies."""

    def get(self, path: str, follow_redirects: bool = ...) -> Answer:
        """Fetch a page."""
        ...

    def post(self, path: str, data: dict[str, str], follow_redirects: bool = ...) -> Answer:
        """Send a form."""
        ...


class DeskBrowser:
    """One clerk at one browser. `page` is the last page seen, unescaped; `status` its status."""

    def __init__(self, client: Client) -> None:
        self.client, self.page, self.status = client, "", 0

    def open(self, path: str) -> str:
        """See a page."""
        answer = self.client.get(path, follow_redirects=True)
        self.page, self.status = html.unescape(answer.text), answer.status_code
        return self.page

    def send(self, path: str, **fields: str) -> str:
        """Send a form of the page before us, with its hidden fields."""
        token, version = _TOKEN.search(self.page), _VERSION.search(self.page)
        hidden = {"csrf_token": token[1]} if token else {}
        if version and "version" not in fields:
            hidden["version"] = version[1]
        answer = self.client.post(path, data=hidden | fields, follow_redirects=True)
        self.page, self.status = html.unescape(answer.text), answer.status_code
        return self.page

    def send_from(self, page: str, path: str, **fields: str) -> str:
        """See a page, then send one of its forms."""
        self.open(page)
        return self.send(path, **fields)

    def sign_in(self, login: str, password: str, secret: str | None = None) -> str:
        """Both factors; returns the TOTP secret, read off the page where it is set up."""
        self.open("/desk/login")
        self.send("/desk/login", login=login, password=password)
        shown = _SECRET.search(self.page)
        key = secret or (shown[1] if shown else "")
        assert key, "the second factor was set up before: give its secret"
        self.send("/desk/login/code", code=pyotp.TOTP(key).at(clock.now()))
        return key

    def sign_out(self) -> None:
        """Leave."""
        self.send("/desk/logout")

    def find(self, pattern: str) -> str:
        """The first group of a pattern on the page. Raises AssertionError where it is not."""
        found = re.search(pattern, self.page)
        assert found, f"{pattern} is not on the page"
        return found[1]

    def find_all(self, pattern: str) -> list[str]:
        """Every first group of a pattern on the page."""
        return re.findall(pattern, self.page)
