"""Who may see and do what at the desk, cell by cell, through the front door."""

import uuid
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from tests.voiceapp.console.browser import DeskBrowser
from voiceapp.console.rights import RIGHTS, DeskRole, Right

WHO = {"ana": "clerk", "sun": "supervisor", "gao": "coordinator", "adm": "administrator"}

DESK, SENIOR, COUNTER = "ana sun", "sun", "ana sun gao"
OFFICE, WATCH, ALL = "adm", "sun adm", "ana sun gao adm"

CELLS = {
    "home": ALL, "logout": ALL,
    "queue": DESK, "queue_now": DESK, "queue_stream": DESK,
    "escalation": DESK, "claim": DESK, "release": DESK, "give": DESK, "close": DESK,
    "take_from": SENIOR,
    "order": DESK, "audio": DESK, "note": DESK,
    "take_over": DESK, "send_back": DESK, "withdraw": DESK,
    "put_product": DESK, "change_line": DESK, "settle_question": DESK,
    "see_care": DESK, "write_care": DESK,
    "customer": DESK, "put_number": DESK, "forget_word": DESK, "note_about": DESK,
    "go_on_duty": DESK, "go_off_duty": DESK,
    "ring_about": DESK, "ring_customer": DESK, "ring_caller": DESK,
    "confirm": DESK, "raise_emergency": DESK, "note_distress": DESK,
    "board": DESK, "step_visit": DESK, "workers": DESK, "put_worker": DESK,
    "take": COUNTER, "take_order": COUNTER, "taken": COUNTER,
    "take_cash": DESK, "ask_for_more": DESK, "take_her_word": DESK, "photo": DESK, "refund": SENIOR,
    "vouch": DESK, "revoke": DESK,
    "list_cases": DESK, "case": DESK,
    "own_case": DESK, "about_order": DESK,
    "write_entry": DESK, "rule_case": DESK,
    "common": SENIOR, "rule_word": SENIOR,
    "people": OFFICE, "enrol": OFFICE, "change_role": OFFICE, "reset_login": OFFICE,
    "looks": WATCH,
    "figures": "ana sun adm", "picture": "ana sun adm",
}  # fmt: skip
"""Every page and action of the desk, and who may: written by hand, not read off the product."""

OPEN = {"login", "code", "static"}

RIGHT_CELLS = {
    "queue": DESK, "order": DESK, "correct": DESK, "telephone": DESK, "board": DESK,
    "relatives": DESK, "cases": DESK, "take_order": COUNTER, "refund": SENIOR, "numbers": SENIOR,
    "words": SENIOR,
    "take_from": SENIOR,
    "looks": WATCH, "figures": "ana sun adm", "people": OFFICE,
}  # fmt: skip


def test_every_page_and_action_is_in_the_table(app: Flask) -> None:
    ours = [name for name in app.view_functions if name.startswith("desk.")]
    endpoints = {name.removeprefix("desk.") for name in ours}

    assert endpoints == CELLS.keys() | OPEN


@pytest.mark.parametrize("right", list(Right))
@pytest.mark.parametrize("login", WHO)
def test_a_role_has_exactly_these_rights(login: str, right: Right) -> None:
    assert (right in RIGHTS[DeskRole(WHO[login])]) is (login in RIGHT_CELLS[right].split())


@pytest.fixture
def everybody(signed_in: Callable[[str], DeskBrowser]) -> dict[str, DeskBrowser]:
    """One browser for each role, signed in."""
    return {login: signed_in(login) for login in WHO}


def test_every_cell_is_refused_or_open_as_the_table_says(
    app: Flask, everybody: dict[str, DeskBrowser]
) -> None:
    wrong = []
    for endpoint, path, method in _ways_in(app):
        for login, desk in everybody.items():
            if endpoint in ("logout", "queue_stream"):
                continue
            allowed = login in CELLS[endpoint].split()
            if (_knock(desk, path, method) != 403) is not allowed:
                wrong.append((endpoint, login))

    assert wrong == []


def test_without_a_login_every_cell_is_closed(app: Flask) -> None:
    stranger = app.test_client()
    app.config["WTF_CSRF_ENABLED"] = False

    answers = {
        endpoint: stranger.open(path, method=method) for endpoint, path, method in _ways_in(app)
    }

    assert {name for name, answer in answers.items() if "login" not in answer.location} == set()


def _ways_in(app: Flask) -> Iterator[tuple[str, str, str]]:
    nobody = uuid.UUID(int=7)
    values = {"step": "send", "name": "waits", "leg": 1}
    for rule in app.url_map.iter_rules():
        endpoint = rule.endpoint.removeprefix("desk.")
        if endpoint not in CELLS:
            continue
        given = {name: values.get(name, nobody) for name in rule.arguments}
        method = "POST" if "POST" in (rule.methods or ()) else "GET"
        path = app.url_map.bind("localhost").build(rule.endpoint, given, method=method)
        yield endpoint, path, method


def _knock(desk: DeskBrowser, path: str, method: str) -> int:
    if method == "GET":
        answer = desk.client.get(path)
        answer.close()  # type: ignore[attr-defined]  # a stream would go on
        return answer.status_code
    desk.open("/desk/login")
    token = desk.find(r'name="csrf_token"[^>]*value="([^"]+)"')
    return desk.client.post(path, data={"csrf_token": token}).status_code
