"""The API keeps what its description promises, whoever asks."""

import re
import uuid
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from family_link import billing, login, rules, tab
from orders import visits
from orders.people import clerk
from orders.relatives import Link, Relative
from tests.family_link.town import Family

EXAMPLES = 8
"""Requests tried for each operation in each mode: right ones, and wrong on purpose."""


def token_of(home: Family) -> str:
    with home.db.begin() as session:
        return login.open_mini(session, session.get_one(Relative, home.people.lin.id)).token


def seeded(home: Family) -> dict[str, str]:
    """Ids that exist, so that not every request ends at 404."""
    order_id, done = home.confirmed("egg", "peanut-oil"), home.confirmed("egg", pays_self=True)
    home.work()
    with home.db.begin() as session:
        link = session.get_one(Link, home.people.link.id)
        limit = rules.SpendingRule(kind=rules.Kind.APPROVE, limit_fen=1000)
        rule = rules.make(session, link, limit)
        account = billing.open_tab(session, link, 10_000)
        session.add(tab.TabEntry(tab_id=account.id, order_id=done, fen=1160))
        session.flush()
        bill = billing.make_bill(session, home.house.settings, account, link)
        assert bill is not None
        (visit,) = visits.of_order(session, done)
        visits.send(session, visit, "小张", clerk(uuid.uuid4()))
        visits.finish(session, visit, clerk(uuid.uuid4()))
        known = {"order": order_id, "link": link.id, "rule": rule.id, "bill": bill.id}
        return {f"{name}_id": str(row) for name, row in (known | {"visit": visit.id}).items()}


def described(home: Family) -> dict[str, Any]:
    """The document, with ids that exist among those to be tried."""
    url, known = home.house.settings.public_url, seeded(home)
    document: dict[str, Any] = requests.get(f"{url}/api/openapi.json", timeout=10).json()
    for item in document["paths"].values():
        for parameter in item.get("parameters", []):
            if parameter["name"] in known:
                parameter["schema"]["enum"] = [known[parameter["name"]], str(uuid.uuid4())]
        for operation in (item[method] for method in item if method == "post"):
            # A key that was used for something else is 422 by the book, however right the rest.
            operation.pop("parameters", None)
    return document


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
@pytest.mark.parametrize("signed_in", [True, False])
def test_schemathesis_finds_nothing(home: Family, signed_in: bool) -> None:
    headers = {"Authorization": f"Bearer {token_of(home)}"} if signed_in else {}
    schema = schemathesis.openapi.from_dict(described(home))
    # A made-up If-Match is right by the description, and an old tag all the same.
    accepted = schema.config.checks.positive_data_acceptance
    accepted.expected_statuses = [*accepted.expected_statuses, "412"]
    operations = [found.ok() for found in schema.get_all_operations()]

    found: list[str] = []
    for operation in operations:
        # Signing out would end the session that all other operations are tried with.
        if operation.label.startswith("DELETE /api/v1/sessions"):
            continue
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            found += _try(home, operation, mode, headers)

    assert len(operations) > 30
    assert not found, "\n\n".join(found)


def _try(
    home: Family, operation: Any, mode: GenerationMode, headers: dict[str, str]
) -> list[str]:
    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def each(case: Any) -> None:
        case.call_and_validate(base_url=home.house.settings.public_url, headers=headers)

    try:
        each()
    except (Exception, BaseExceptionGroup) as error:
        return [f"{operation.label} {mode.value}: {type(error).__name__} {str(error)[:1500]}"]
    return []


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
def test_every_route_of_the_api_is_in_its_description(home: Family) -> None:
    url = home.house.settings.public_url
    paths = requests.get(f"{url}/api/openapi.json", timeout=10).json()["paths"]

    routes = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        for rule in home.app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
    }

    assert routes == set(paths)
