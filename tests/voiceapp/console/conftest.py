"""A desk of its own: the console's room alone, on a test house, and those who work there."""

from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from flask import Flask, request
from flask_babel import Babel
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect
from werkzeug.security import generate_password_hash

from orders import catalogue
from tests.conftest import settle_in
from tests.voiceapp.console.browser import DeskBrowser
from tests.voiceapp.console.scenes import Shelf
from voiceapp import console
from voiceapp.config import Settings
from voiceapp.console.models import Clerk
from voiceapp.console.rights import DeskRole
from voiceapp.db import Database
from voiceapp.house import House

PASSWORD = "not a real password"
SCRAMBLED = generate_password_hash(PASSWORD, method="scrypt:1024:8:1")
"""Cheaper than the product's own, for the tests' sake."""

SECRET = "ONLYFORTESTSONLYFORTESTSONLYFORT"


@pytest.fixture
def house(settings: Settings, db: Database) -> House:
    """A house with the pilot's catalogue, Mei and Lin on file, and one clerk for each role."""
    with db.begin() as session:
        catalogue.load(session)
        settle_in(session)
        for login, role in (
            ("ana", DeskRole.CLERK),
            ("ivo", DeskRole.CLERK),
            ("sun", DeskRole.SUPERVISOR),
            ("gao", DeskRole.COORDINATOR),
            ("adm", DeskRole.ADMINISTRATOR),
        ):
            session.add(
                Clerk(
                    login=login,
                    name=login.title(),
                    password=SCRAMBLED,
                    role=role,
                    totp_secret=SECRET,
                )
            )
    return House(settings=settings, db=db, redis=cast(Any, None), providers={"store": Shelf()})


@pytest.fixture
def app(house: House) -> Iterator[Flask]:
    """The desk, and nothing else of the product."""
    app = Flask("desk_alone")
    app.config.update(SECRET_KEY="only-for-tests", BABEL_DEFAULT_LOCALE="zh_CN", TESTING=True)
    app.extensions["house"] = house
    Babel(app, locale_selector=lambda: request.accept_languages.best_match(("zh_CN", "en")))
    csrf = CSRFProtect(app)
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://")
    app.extensions["rate_limiter"] = limiter
    console.open_room(app, csrf)
    yield app


@pytest.fixture
def browser(app: Flask) -> Callable[[], DeskBrowser]:
    """A browser that nobody has signed in on."""
    return lambda: DeskBrowser(app.test_client())


@pytest.fixture
def signed_in(browser: Callable[[], DeskBrowser], house: House) -> Callable[[str], DeskBrowser]:
    """A browser on which somebody of the desk has signed in."""

    def sign_in(login: str) -> DeskBrowser:
        from voiceapp.console.clerks import by_login

        with house.db.begin() as session:
            clerk = by_login(session, login)
            assert clerk is not None
            clerk.totp_step = 0
        desk = browser()
        desk.sign_in(login, PASSWORD, SECRET)
        return desk

    return sign_in


@pytest.fixture
def ana(signed_in: Callable[[str], DeskBrowser]) -> DeskBrowser:
    """Ana at the desk."""
    return signed_in("ana")


@pytest.fixture
def mei(house: House) -> Any:
    """Mei's id."""
    from orders.customers import household
    from tests.conftest import MEI
    from voiceapp.phone import Phone

    with house.db.reading() as session:
        return household(session, Phone(MEI))[0].id
