"""A worker process that writes a mark at its deadly moment and stays there until it is killed."""

import sys
import time
from pathlib import Path
from typing import Any

from rq import Queue, SimpleWorker

from ivr.telephony import Placement
from voiceapp.config import Settings
from voiceapp.jobs import Jobs, employ
from voiceapp.providers import open_house


class Mortal:
    """Stands before a provider and stops for ever at `moment`: before listening, after dialling."""

    def __init__(self, provider: Any, mark: Path) -> None:
        self._provider, self._mark = provider, mark

    def __getattr__(self, name: str) -> Any:
        return getattr(self._provider, name)

    def transcribe(self, audio: Any, hints: Any = None) -> Any:
        """Listening has begun."""
        self._stop()

    def place_call(self, placement: Placement) -> str:
        """The firm has dialled and said so; nobody has written it down."""
        sid = self._provider.place_call(placement)
        self._stop()
        return str(sid)

    def _stop(self) -> None:
        self._mark.touch()
        time.sleep(120)


def main(queue: str, mark: Path) -> None:
    """Work on one queue until killed."""
    house = open_house(Settings.from_env())
    telephony = Mortal(house.providers["telephony"], mark)
    providers = {**house.providers, "telephony": telephony, "transcriber": Mortal(None, mark)}
    employ(Jobs(house.db, providers))
    mark.with_suffix(".ready").touch()
    SimpleWorker([Queue(queue, connection=house.redis)], connection=house.redis).work()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
