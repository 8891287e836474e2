"""What children hold in their hands: a phone's browser, and the mini-program."""

import re
from typing import TYPE_CHECKING, Any

import requests

from family_link import login
from orders.relatives import register
from tests.conftest import LIN
from voiceapp.phone import Phone

if TYPE_CHECKING:
    from tests.family_link.town import Family


class Browser:
    """A phone's browser: cookies, forms, and the token in each form."""

    def __init__(self, family: "Family") -> None:
        self.family = family
        self.http = requests.Session()
        self.url = family.house.settings.public_url

    def get(self, path: str) -> requests.Response:
        """Open a page."""
        return self.http.get(self.url + path, timeout=10)

    def post(self, path: str, page: str = "", **form: Any) -> requests.Response:
        """Send a form with the hidden fields that `page` (the path itself, else) carries."""
        hidden = dict(
            re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', self.get(page or path).text)
        )
        return self.http.post(self.url + path, data=hidden | form, timeout=20)

    def sign_in(self, number: str) -> requests.Response:
        """Number, then the digits that came by text message."""
        self.post("/family/login", number=number)
        self.family.work()
        return self.post("/family/code", code=self.family.texts.code(number))


class Mini:
    """A child's mini-program."""

    def __init__(self, home: "Family", number: str = LIN) -> None:
        self.url = f"{home.house.settings.public_url}/api/v1"
        with home.db.begin() as session:
            relative = register(session, "", Phone(number))
            token = login.open_mini(session, relative).token
        self.http = requests.Session()
        self.http.headers["Authorization"] = f"Bearer {token}"

    def get(self, path: str) -> requests.Response:
        """Read something."""
        return self.http.get(self.url + path, timeout=10)

    def ask(
        self, method: str, path: str, body: Any = None, **headers: str
    ) -> requests.Response:
        """Ask for something, with headers by their names."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.http.request(
            method, self.url + path, json=body, headers=named, timeout=10
        )
