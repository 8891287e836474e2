"""Who is let in: the digits, five guesses, and a WeChat that is bound."""

import re
import uuid
from datetime import timedelta

import pytest
import requests

from family_link import login
from family_link.login import FamilySession, LoginCode
from orders.messages import Message
from orders.relatives import Relative
from tests.conftest import BO, LIN
from tests.family_link.town import Family


def test_a_known_and_an_unknown_number_get_the_same_answer(home: Family) -> None:
    answers = []
    for number in (LIN, BO):
        phone = home.phone()
        answer = phone.post("/family/login", number=number)
        answers.append((answer.status_code, re.sub(r'value="[^"]+"', "", answer.text)))

    assert answers[0] == answers[1]


def test_a_code_is_guessed_at_most_five_times(home: Family) -> None:
    lin = home.phone()
    lin.post("/family/login", number=LIN)
    home.work()
    code = home.texts.code(LIN)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    guesses = [lin.post("/family/code", code=wrong).status_code for _ in range(5)]

    late = lin.post("/family/code", code=code)

    assert guesses == [422] * 5
    assert late.status_code == 422


def test_a_used_code_opens_nothing(home: Family) -> None:
    lin = home.phone()
    lin.sign_in(LIN)
    with home.db.reading() as session:
        used = session.query(LoginCode).one().id

    assert by_code(home, used, home.texts.code(LIN)) == 401


def test_an_old_code_opens_nothing(home: Family) -> None:
    home.phone().post("/family/login", number=LIN)
    home.work()
    with home.db.begin() as session:
        row = session.query(LoginCode).one()
        row.made_at -= timedelta(minutes=11)
        old = row.id

    assert by_code(home, old, home.texts.code(LIN)) == 401
    assert by_code(home, uuid.uuid4(), home.texts.code(LIN)) == 401


def by_code(home: Family, code_id: uuid.UUID, code: str) -> int:
    url = f"{home.house.settings.public_url}/api/v1/sessions/by-code"
    body = {"id": str(code_id), "code": code}
    return requests.post(url, json=body, timeout=10).status_code


def test_only_five_codes_an_hour_go_to_one_number(home: Family) -> None:
    for _ in range(7):
        home.phone().post("/family/login", number=LIN)
    home.work()

    assert len(home.texts.to(LIN)) == 5


def test_a_number_that_we_may_not_ring_gets_no_code(home: Family) -> None:
    answer = home.phone().post("/family/login", number="+442071234567")

    assert answer.url.endswith("/family/code")
    with home.db.reading() as session:
        assert session.query(Message).count() == 0


@pytest.mark.parametrize("path", ["", "/audio", "/decline", "/trim", "/pay"])
def test_a_leaked_link_alone_shows_nothing(home: Family, path: str) -> None:
    order_id = home.confirmed("egg")
    home.work()

    page = home.phone().get(f"/family/orders/{order_id}{path}")

    assert page.url.endswith("/family/login")
    assert "鸡蛋" not in page.text and "王梅" not in page.text


def test_opening_the_short_address_spends_nothing(home: Family) -> None:
    lin = home.phone()
    lin.post("/family/login", number=LIN)
    home.work()
    code = home.texts.code(LIN)

    for _ in range(7):
        lin.get("/f")
        lin.get("/family/code")

    assert lin.post("/family/code", code=code).status_code == 200


def test_no_page_is_kept_by_the_browser_but_its_style_is(home: Family) -> None:
    lin = home.phone()
    lin.sign_in(LIN)

    page, style = lin.get("/family/"), lin.get("/family/static/family.css")

    assert page.headers["Cache-Control"] == "no-store"
    assert "no-store" not in style.headers.get("Cache-Control", "")


def test_leaving_ends_the_session_everywhere_that_its_cookie_went(home: Family) -> None:
    lin = home.phone()
    lin.sign_in(LIN)
    copied = dict(lin.http.cookies)
    lin.post("/family/leave", page="/family/")

    page = requests.get(f"{lin.url}/family/", cookies=copied, timeout=10)

    assert page.url.endswith("/family/login")


def tokens(home: Family, wx_code: str = "") -> dict[str, str]:
    """Lin signs in to the API with the digits."""
    url = f"{home.house.settings.public_url}/api/v1"
    sent = requests.post(f"{url}/codes", json={"number": LIN}, timeout=10).json()
    home.work()
    code = home.texts.code(LIN)
    body = {"id": sent["id"], "code": code} | ({"wx_code": wx_code} if wx_code else {})
    answer = requests.post(f"{url}/sessions/by-code", json=body, timeout=10)
    assert answer.status_code == 201, answer.text
    told: dict[str, str] = answer.json()
    return told


def test_a_wechat_is_bound_once_and_then_enough(home: Family) -> None:
    url = f"{home.house.settings.public_url}/api/v1"
    unknown = requests.post(f"{url}/sessions", json={"wx_code": "login-lin-1"}, timeout=10)
    tokens(home, "login-lin-2")

    known = requests.post(f"{url}/sessions", json={"wx_code": "login-lin-3"}, timeout=10)
    used = requests.post(f"{url}/sessions", json={"wx_code": "login-lin-3"}, timeout=10)

    assert (unknown.status_code, known.status_code, used.status_code) == (401, 201, 401)
    assert "session_key" not in known.text


def test_a_token_is_short_lived_refreshed_once_and_revocable(home: Family) -> None:
    url = f"{home.house.settings.public_url}/api/v1"
    first = tokens(home)

    def orders(token: str) -> int:
        headers = {"Authorization": f"Bearer {token}"}
        return requests.get(f"{url}/orders", headers=headers, timeout=10).status_code

    assert orders(first["token"]) == 200
    body = {"refresh": first["refresh"]}
    second = requests.post(f"{url}/sessions/refresh", json=body, timeout=10).json()
    again = requests.post(f"{url}/sessions/refresh", json=body, timeout=10)
    assert (orders(first["token"]), orders(second["token"]), again.status_code) == (401, 200, 401)

    with home.db.begin() as session:
        row = session.query(FamilySession).one()
        row.expires_at = row.made_at
    assert orders(second["token"]) == 401

    third = requests.post(
        f"{url}/sessions/refresh", json={"refresh": second["refresh"]}, timeout=10
    ).json()
    headers = {"Authorization": f"Bearer {third['token']}"}
    assert requests.delete(f"{url}/sessions/current", headers=headers, timeout=10).ok
    assert orders(third["token"]) == 401


def test_a_browsers_token_does_not_open_the_api(home: Family) -> None:
    with home.db.begin() as session:
        lin = session.get_one(Relative, home.people.lin.id)
        browser = login.open_browser(session, lin)

    answer = requests.get(
        f"{home.house.settings.public_url}/api/v1/orders",
        headers={"Authorization": f"Bearer {browser}"},
        timeout=10,
    )

    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "not_signed_in"
