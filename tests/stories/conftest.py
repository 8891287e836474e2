"""A town for each story, and a hand on its clock."""

import time as system_time
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta, tzinfo
from pathlib import Path
from types import SimpleNamespace

import pytest

from family_link.cashier import signing as cashier_signing
from tests.stories.building import town
from tests.stories.ears import Told
from tests.stories.town import Passes, Town
from voiceapp import clock
from voiceapp.config import Settings

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
def place(settings: Settings, tmp_path: Path, passes: Passes) -> Iterator[Town]:
    """A town on SQLite and a Redis of its own."""
    with town(settings, tmp_path, Told(), passes) as opened:
        yield opened
