"""Every id of another family is not found, on every route."""

from typing import Any

import pytest
import requests

from family_link import billing, rules, tab
from orders import visits
from orders.customers import enrol
from orders.relatives import Link, Scope, link, register
from tests.conftest import BO
from tests.family_link.town import Family, Mini
from voiceapp.phone import Phone


@pytest.fixture
def others(home: Family) -> dict[str, str]:
    """Ids of everything that another family has."""
    order_id = home.confirmed("egg", pays_self=True)
    home.work()
    with home.db.begin() as session:
        mine = session.get_one(Link, home.people.link.id)
        rule = rules.SpendingRule(kind=rules.Kind.APPROVE, limit_fen=1000)
        rule_id = rules.make(session, mine, rule).id
        account = billing.open_tab(session, mine, 10_000)
        session.add(tab.TabEntry(tab_id=account.id, order_id=order_id, fen=100))
        session.flush()
        bill = billing.make_bill(session, home.house.settings, account, mine)
        assert bill is not None
        visit = visits.of_order(session, order_id)[0]
        ids = {
            "order_id": order_id,
            "link_id": mine.id,
            "other_id": mine.id,
            "rule_id": rule_id,
            "bill_id": bill.id,
            "visit_id": visit.id,
        }
    return {name: str(value) for name, value in ids.items()}


BODIES: dict[str, Any] = {
    "PATCH": {"without": [0]},
    "decision": {"answer": "approve"},
    "payments": {"door": "page"},
    "ratings": {"stars": 5},
    "alerts": {"on": []},
    "rules": {"kind": "ask"},
    "rule": {"kind": "ask"},
    "trial": {"rules": []},
    "tab": {"limit_fen": 1},
    "orders": {"lines": [{"sku": "egg", "quantity": "1"}]},
}


def test_every_id_of_another_family_is_not_found_on_every_route_of_the_api(
    home: Family, others: dict[str, str]
) -> None:
    with home.db.begin() as session:
        bo = register(session, "波", Phone(BO))
        her = enrol(session, "钱", Phone("+12025550150"))
        link(session, her, bo, "儿子", tuple(Scope))
    bo_s = Mini(home, BO)
    url = home.house.settings.public_url
    paths = requests.get(f"{url}/api/openapi.json", timeout=10).json()["paths"]

    tried = {}
    for path, item in paths.items():
        if "{" not in path:
            continue
        for method in set(item) & {"get", "post", "put", "patch", "delete"}:
            filled = path.removeprefix("/api/v1").format_map(others)
            last = path.rstrip("/").rsplit("/", 1)[1]
            body = BODIES.get(method.upper() if method == "patch" else last)
            body = BODIES["rule"] if last == "{rule_id}" and method == "put" else body
            answer = bo_s.ask(method.upper(), filled, body, If_Match='"x"')
            tried[f"{method} {path}"] = answer.status_code

    assert len(tried) > 20
    assert {name: status for name, status in tried.items() if status != 404} == {}


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
def test_what_is_not_there_is_said_on_a_page_of_ours(home: Family) -> None:
    bo = home.phone()
    bo.sign_in(BO)

    page = bo.get(f"/family/orders/{home.people.link.id}")

    assert (page.status_code, "没有这个，或者不是您的" in page.text) == (404, True)


def test_every_id_of_another_family_is_not_found_on_every_page(
    home: Family, others: dict[str, str]
) -> None:
    bo = home.phone()
    bo.sign_in(BO)
    csrf = bo.get("/family/link").text.split('csrf_token" value="')[1].split('"')[0]

    known, tried = others | {"leg": "1"}, {}
    for rule in home.app.url_map.iter_rules():
        if not rule.rule.startswith("/family/") or "uuid:" not in rule.rule:
            continue
        assert rule.arguments <= set(known), f"no id of another family's for {rule}"
        path = "/" + "/".join(
            known[part.split(":")[1].rstrip(">")] if part.startswith("<") else part
            for part in rule.rule.strip("/").split("/")
        )
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            form = {"csrf_token": csrf, "shown": "", "reason": "too_dear", "stars": "5"}
            form |= {"limit": "1", "kind": "ask", "line": "egg:1"}
            answer = bo.http.request(
                method, bo.url + path, data=form if method == "POST" else None, timeout=10
            )
            tried[f"{method} {rule.rule}"] = answer.status_code

    assert len(tried) > 20
    assert {name: status for name, status in tried.items() if status != 404} == {}
