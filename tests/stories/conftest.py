"""A town for each story, and a hand on its clock."""

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import pytest

from tests.stories.town import Passes, Told, Town, town
from voiceapp import clock
from voiceapp.config import Settings


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> Passes:
    """Let time pass, for everybody at once."""
    ahead = [timedelta(0)]

    class Later(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime.now(tz) + ahead[0]

    monkeypatch.setattr(clock, "datetime", Later)

    def wait(span: timedelta) -> None:
        ahead[0] += span

    return wait


@pytest.fixture
def place(settings: Settings, tmp_path: Path, passes: Passes) -> Iterator[Town]:
    """A town on SQLite and a Redis of its own."""
    with town(settings, tmp_path, Told(), passes) as opened:
        yield opened
