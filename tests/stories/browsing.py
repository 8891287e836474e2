"""A person at a browser: sees pages, follows links, fills forms in. Nothing but HTTP."""

import re
import time
from html.parser import HTMLParser
from urllib.parse import urljoin

import pyotp
import requests

from ivr.softphone import Handset
from voiceapp import clock

PATIENCE = 120.0
"""Seconds that anything in a story may take: a machine with more to do is no failure."""


class Form:
    """One form of a page: where it goes and what it already carries."""

    def __init__(self, action: str) -> None:
        self.action = action
        self.fields: dict[str, str] = {}


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self._open: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method") == "post":
            self._open = Form(given.get("action", ""))
            self.forms.append(self._open)
        elif tag == "a":
            self.links.append(given.get("href", ""))
        elif tag == "input" and self._open is not None and given.get("type") == "hidden":
            self._open.fields[given.get("name", "")] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None

    def handle_data(self, data: str) -> None:
        self.words.append(data.strip())


class Browser:
    """`seen` is the text of the page before us, `status` the firm's word for how it went."""

    def __init__(self, url: str) -> None:
        self._http = requests.Session()
        self._http.trust_env = False
        self.url = url
        self._page = _Page()
        self.status = 0

    def opens(self, path: str) -> "Browser":
        """Go to an address."""
        return self._see(self._http.get(urljoin(self.url, path), timeout=PATIENCE))

    def waits_for(self, path: str, part: str, seconds: float = PATIENCE) -> "Browser":
        """Open a page again and again until something on it leads to `part`."""
        deadline = time.monotonic() + seconds
        while not self.opens(path).has(part):
            assert time.monotonic() < deadline, f"no {part!r} on {path}:\n{self.seen}"
            time.sleep(0.1)
        return self

    def follows(self, part: str) -> "Browser":
        """Follow the first link whose address holds `part`."""
        links = [link for link in self._page.links if part in link]
        assert links, f"no link with {part!r} on this page:\n{self.seen}"
        return self.opens(links[0])

    def sends(self, part: str, **typed: str | list[str]) -> "Browser":
        """Fill in and send the first form whose address holds `part`."""
        forms = [form for form in self._page.forms if part in urljoin(self.url, form.action)]
        assert forms, f"no form with {part!r} on this page:\n{self.seen}"
        form = forms[0]
        return self._see(
            self._http.post(
                urljoin(self.url, form.action), data=form.fields | typed, timeout=PATIENCE
            )
        )

    def has(self, part: str) -> bool:
        """Whether a link or a form of the page leads to an address with `part`."""
        targets = [*self._page.links, *(form.action for form in self._page.forms)]
        return any(part in target for target in targets)

    @property
    def seen(self) -> str:
        """What the page says."""
        return " ".join(word for word in self._page.words if word)

    def _see(self, answer: requests.Response) -> "Browser":
        self.url, self.status = answer.url, answer.status_code
        self._page = _Page()
        if "html" in answer.headers.get("Content-Type", ""):
            self._page.feed(answer.text)
        return self


def child(url: str, handset: Handset, number: str) -> Browser:
    """A child who signs in: the number, then the six digits that her telephone gets."""
    browser = Browser(url).opens("/f")
    browser.sends("/family/login", number=number)
    code = re.search(r"\d{6}", handset.reads("验证码"))
    assert code, "the message holds six digits"
    browser.sends("/family/code", code=code[0])
    assert browser.status == 200
    return browser


def clerk(url: str, login: str, password: str, secret: str) -> Browser:
    """Somebody at the desk, signed in with both factors."""
    browser = Browser(url).opens("/desk/login")
    browser.sends("/desk/login", login=login, password=password)
    browser.sends("/desk/login/code", code=pyotp.TOTP(secret).at(clock.now()))
    assert browser.status == 200
    return browser
