"""Who works at the desk, and who looked at what."""

import uuid
from collections.abc import Callable

import sqlalchemy as sa

from orders.access import Look, note_look
from tests.voiceapp.console import scenes
from tests.voiceapp.console.browser import DeskBrowser
from tests.voiceapp.console.conftest import SECRET
from tests.voiceapp.console.furnishing import addresses, furnish
from voiceapp.console import records
from voiceapp.house import House

SignIn = Callable[[str], DeskBrowser]

MEIS_NAME = "王梅"


def test_an_administrator_enrols_changes_and_resets(
    signed_in: SignIn, browser: Callable[[], DeskBrowser]
) -> None:
    adm = signed_in("adm")
    adm.send_from(
        "/desk/people", "/desk/people",
        login="new", name="新来的", password="ten characters", role="clerk",
    )  # fmt: skip
    new = browser()
    new.sign_in("new", "ten characters")
    row = adm.find(r">new</th>(?s:.*?)/desk/people/([0-9a-f-]+)/role")

    adm.send(f"/desk/people/{row}/role", role="supervisor")

    assert 'name="password"' in new.open("/desk/queue")


def test_a_reset_takes_the_old_second_factor_away(
    signed_in: SignIn, browser: Callable[[], DeskBrowser]
) -> None:
    adm = signed_in("adm")
    adm.open("/desk/people")
    row = adm.find(r">ana</th>(?s:.*?)/desk/people/([0-9a-f-]+)/role")

    adm.send(f"/desk/people/{row}/reset", password="another password")

    ana = browser()
    assert ana.sign_in("ana", "another password") != SECRET


def test_a_supervisor_reads_who_looked_at_what(
    house: House, ana: DeskBrowser, signed_in: SignIn, mei: uuid.UUID
) -> None:
    ana.open(f"/desk/customers/{mei}")

    sun = signed_in("sun")
    sun.open("/desk/looks")

    assert "Ana" in sun.page and "老人档案" in sun.page and str(mei) in sun.page


LISTS = {"queue", "board", "workers", "take", "cases", "figures", "looks", "people", "words"}
"""Pages that name nobody whole."""


def test_each_page_that_names_her_is_a_look_written_down(house: House, signed_in: SignIn) -> None:
    pages = addresses(house, furnish(house))
    ana, sun = signed_in("ana"), signed_in("sun")

    named, unwritten = set(), []
    for name, path in pages.items():
        before = _looks(house)
        page = (sun if name in ("words", "looks") else ana).open(path)
        if MEIS_NAME in page:
            named.add(name)
            if _looks(house) == before:
                unwritten.append(name)

    assert unwritten == []
    assert named == pages.keys() - LISTS - {"gone", "taken"}


def _looks(house: House) -> int:
    with house.db.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(Look)) or 0


def test_looks_further_back_are_on_the_next_page(
    house: House, signed_in: SignIn, mei: uuid.UUID
) -> None:
    with house.db.begin() as session:
        for _ in range(records.MOST + 1):
            note_look(session, scenes.somebody(), "audio", mei)
    sun = signed_in("sun")
    assert sun.open("/desk/looks").count("<td>录音</td>") == records.MOST

    sun.open(sun.find(r'href="(/desk/looks[^"]+page=2)"'))

    assert sun.page.count("<td>录音</td>") == 1
