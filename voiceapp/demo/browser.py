"""A browser without a screen: pages, their forms with all hidden fields, cookies."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

import requests

TIMEOUT_S = 30
ROWS = frozenset({"tr", "li", "blockquote", "p", "h1", "h2"})
"""What a page's words are told apart by."""


@dataclass
class Form:
    """One form of a page: where it goes, and what it sends unless told otherwise."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


class Page(HTMLParser):
    """What a reader takes from a page: its words, its links and its forms."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.sounds: list[str] = []
        self.rows: list[str] = []
        self.words = ""
        self._marks: list[tuple[str, int]] = []
        self._inside: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notice links, forms and fields."""
        known = {name: value or "" for name, value in attrs}
        match tag:
            case "form":
                self.forms.append(Form(known.get("action", "")))
            case "input" if self.forms and known.get("name"):
                if known.get("type") not in ("radio", "checkbox"):
                    self.forms[-1].fields.setdefault(known["name"], known.get("value", ""))
            case "a":
                self.links.append(known.get("href", ""))
            case "audio":
                self.sounds.append(known.get("src", ""))
            case _ if tag in ROWS:
                self._marks.append((known.get("class", ""), len(self.rows)))
                self.rows.append("")
            case "script" | "style":
                self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave what is not read; a row's words end with it."""
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()
        if tag in ROWS:
            self.rows.append("")

    def handle_data(self, data: str) -> None:
        """Words, by the row that they stand in."""
        text = " ".join(data.split())
        if text and not self._inside:
            self.words += text + " "
            if self.rows:
                self.rows[-1] = f"{self.rows[-1]}{text} "

    def marked(self, name: str) -> list[str]:
        """The words of the rows with this class."""
        rows = [self.rows[at] for classes, at in self._marks if name in classes.split()]
        return [row.replace(" ", "") for row in rows]

    def link(self, part: str) -> str:
        """The first link to an address with this part. Raises LookupError."""
        for each in self.links:
            if part in each:
                return each
        raise LookupError(f"no link of the page goes to …{part}…: {self.words[:400]}")

    def form(self, part: str) -> Form:
        """The first form that goes to an address with this part (with this end, where the part
        ends in $). Raises LookupError."""
        for each in self.forms:
            if f"{each.action}$".find(part) >= 0:
                return each
        raise LookupError(f"no form of the page goes to …{part}…: {self.words[:400]}")


class Browser:
    """One person's browser at one site."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.page = Page("")
        self.html = ""
        self._http = requests.Session()
        self._http.trust_env = False

    def open(self, path: str) -> Page:
        """Go somewhere."""
        return self._seen(self._http.get(urljoin(self.url, path), timeout=TIMEOUT_S))

    def send(self, part: str, **filled: str) -> Page:
        """Fill in and send the form that goes to an address with this part."""
        form = self.page.form(part)
        where = urljoin(self.url, form.action) if form.action else self.url
        answer = self._http.post(where, data=form.fields | filled, timeout=TIMEOUT_S)
        return self._seen(answer)

    def fetch(self, path: str) -> bytes:
        """Something that is no page: a recording."""
        answer = self._http.get(urljoin(self.url, path), timeout=TIMEOUT_S)
        answer.raise_for_status()
        return answer.content

    def _seen(self, answer: requests.Response) -> Page:
        if answer.status_code >= 500:
            answer.raise_for_status()
        self.url, self.html = answer.url, answer.text
        self.page = Page(answer.text)
        return self.page
