"""The told story: one spoken order from the ring to the rating, through the public endpoints only.

The product runs as in production, in processes of its own. The story's people are outsiders: a
caller with a telephone, her daughter with a browser, a clerk with a browser.
"""

import argparse
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from ivr.softphone import AT_ONCE, REAL_TIME
from voiceapp.demo.story import Story
from voiceapp.demo.telling import Teller
from voiceapp.laptop import laptop, where_to_look

MORNING = 10
"""The sample orders are for today and tomorrow morning, so the story is set in a place where it is
about ten o'clock."""


def demo(chosen: argparse.Namespace) -> int:
    """Tell the story; 0 where the order was rated and its lines are what the caller wanted."""
    tell = Teller()
    with tempfile.TemporaryDirectory(prefix="voiceapp-demo-") as folder:
        extra = {"TIMEZONE": zone_where_it_is_morning(datetime.now(UTC))}
        with laptop(Path(folder), chosen.port, tell, extra) as running:
            running.exchange.tempo = AT_ONCE
            good = Story(running, tell, chosen.caller).run()
            running.crew.check()
            if not chosen.exit:
                running.exchange.tempo = REAL_TIME
                tell.step("Everything stays up. Where to look:")
                for line in where_to_look(running):
                    tell(line, "page")
                tell("Ctrl-C ends it.")
                while True:
                    running.crew.check()
                    time.sleep(1)
    return 0 if good else 1


def zone_where_it_is_morning(moment: datetime) -> str:
    """A time zone in which it is between ten and eleven o'clock; the names count westward."""
    ahead = (MORNING - moment.hour + 12) % 24 - 12
    return f"Etc/GMT{-ahead:+d}"
