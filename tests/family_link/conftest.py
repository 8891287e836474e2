"""A family on a test house, once on each database."""

from collections.abc import Iterator

import pytest

from orders import catalogue
from tests.conftest import settle_in
from tests.family_link.town import Family, family
from voiceapp.config import Settings
from voiceapp.db import Database


@pytest.fixture
def home(settings: Settings, db: Database) -> Iterator[Family]:
    """Mei and Lin, linked; the catalogue loaded; the room open."""
    with db.begin() as session:
        catalogue.load(session)
        people = settle_in(session)
    with family(settings, db, people) as opened:
        yield opened
