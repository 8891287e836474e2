"""Who works at the desk, who looked at what, and the figures."""

import uuid
from collections.abc import Callable
from datetime import timedelta

from ivr.waiting import Left, Waiting
from orders.escalations import Reason
from tests.voiceapp.console import scenes
from tests.voiceapp.console.browser import DeskBrowser
from tests.voiceapp.console.conftest import SECRET
from voiceapp import clock
from voiceapp.console import charts, figures
from voiceapp.house import House

SignIn = Callable[[str], DeskBrowser]


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


def test_the_figures_count_waits_reasons_and_corrections(
    house: House, ana: DeskBrowser, mei: uuid.UUID
) -> None:
    moment = clock.now()
    with house.db.begin() as session:
        scenes.at_desk(session)
        for wait, left in ((10, Left.BRIDGED), (45, Left.BRIDGED), (None, Left.HUNG_UP)):
            place = Waiting(call_id=uuid.uuid4(), priority=2, enqueued_at=moment)
            place.answered_at = moment + timedelta(seconds=wait) if wait else None
            place.left, place.left_at = left, moment
            session.add(place)
        scenes.delivered(session)

    with house.db.reading() as session:
        found = figures.gather(session, 7, house.settings.timezone)

    assert (found.answered, found.prompt, found.abandoned) == (2, 1, 1)
    assert found.waits == (1, 0, 0, 1, 0, 0, 0)
    assert found.reasons == ((Reason.MISSED_TOO_OFTEN, 1),)
    assert sum(found.by_day.values()) == 1 and found.orders == 1
    assert found.cost_per_order(figures.Prices()) == 0
    assert "机器人为什么办不了" in ana.open("/desk/figures")
    picture = ana.open("/desk/figures/reasons.svg")
    assert picture.startswith("<svg") and "问了几次都没听明白" in picture


def test_a_picture_escapes_what_callers_say() -> None:
    assert "<b>" not in charts.bars("words", [("<b>油</b>", 2)])
