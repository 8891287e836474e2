"""A town for each story, and a hand on its clock."""

import time as system_time
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta, tzinfo
from pathlib import Path
from types import SimpleNamespace

import pytest

from family_link.cashier import signing as cashier_signing
from ivr import ringing_us
from ivr.softphone import Handset
from tests.stories.browsing import Browser, clerk
from tests.stories.building import town
from tests.stories.desk import ANA_RINGS_AT, IVO_RINGS_AT
from tests.stories.ears import Told
from tests.stories.town import PASSWORD, PATIENCE, SECRET, Passes, Town
from voiceapp import clock
from voiceapp.config import Settings
from voiceapp.console.clerks import enrol_clerk

MORNING = time(9, 30)
"""When stories begin, where the community lives, whatever the hour of the machine."""


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Passes:
    """Let time pass, for everybody at once. It begins on a morning."""
    local = datetime.now(settings.timezone)
    morning = datetime.combine(local.date() + timedelta(days=1), MORNING, local.tzinfo)
    ahead = [morning - local]

    class Later(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime.now(tz) + ahead[0]

    def later() -> float:
        return Later.now(UTC).timestamp()

    monkeypatch.setattr(clock, "datetime", Later)
    firm = SimpleNamespace(
        time=later, gmtime=lambda: system_time.gmtime(later()), strftime=system_time.strftime
    )
    monkeypatch.setattr(cashier_signing, "time", firm)

    def wait(span: timedelta) -> None:
        ahead[0] += span

    return wait


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line is held for as long as a slow machine needs to listen."""
    monkeypatch.setattr(ringing_us, "HOLD_SECONDS", PATIENCE)


@pytest.fixture
def place(settings: Settings, tmp_path: Path, passes: Passes, unhurried: None) -> Iterator[Town]:
    """A town on SQLite and a Redis of its own."""
    with town(settings, tmp_path, Told(), passes) as opened:
        yield opened


@pytest.fixture
def ana(place: Town) -> Browser:
    """Ana's browser; she is on duty."""
    browser = place.ana_signs_in()
    browser.opens("/desk/queue").sends("/duty", number=ANA_RINGS_AT)
    return browser


@pytest.fixture
def ana_rings(place: Town, ana: Browser) -> Handset:
    """Ana's telephone."""
    return Handset(place.exchange_url, ANA_RINGS_AT, patience_s=PATIENCE)


@pytest.fixture
def ivo_rings(place: Town) -> Handset:
    """Ivo's telephone; he is on duty too."""
    with place.house.db.begin() as session:
        enrol_clerk(session, "ivo", "伊沃", PASSWORD, "clerk", SECRET)
    browser = clerk(place.url, "ivo", PASSWORD, SECRET)
    browser.opens("/desk/queue").sends("/duty", number=IVO_RINGS_AT)
    return Handset(place.exchange_url, IVO_RINGS_AT, patience_s=PATIENCE)
