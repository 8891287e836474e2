"""Nobody may ask without end."""

from collections.abc import Iterator

import pytest

from tests.conftest import LIN
from tests.family_link.town import Family, Mini

pytestmark = pytest.mark.parametrize("db", ["sqlite"], indirect=True)


@pytest.fixture
def limited(home: Family) -> Iterator[Family]:
    """The same house, with its limits counted."""
    limiter = home.app.extensions["rate_limiter"]
    limiter.enabled = True
    yield home
    limiter.enabled = False


def test_a_login_takes_twenty_posts_a_minute_from_one_address(limited: Family) -> None:
    lin = limited.phone()

    statuses = [lin.post("/family/login", number=LIN).status_code for _ in range(21)]

    assert statuses[:20] == [200] * 20
    assert statuses[20] == 429


def test_a_token_that_asks_too_often_is_told_so_and_another_is_not(limited: Family) -> None:
    lin, again = Mini(limited), Mini(limited)

    statuses = {lin.get("/slots").status_code for _ in range(240)}
    late = lin.get("/slots")

    assert statuses == {200}
    assert (late.status_code, late.json()["code"]) == (429, "too_many")
    assert again.get("/slots").status_code == 200
