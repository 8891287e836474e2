"""What breaks, and what is lost by it: nothing."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

from ivr.softphone import FINE, Weather
from orders.lifecycle import Event, State
from tests.stories.arranging import arrived
from tests.stories.building import town
from tests.stories.ears import Told
from tests.stories.town import PATIENCE, Passes, Town
from voiceapp.config import Hours, Settings
from voiceapp.reactions import CALLS, DEFAULT, LIVE, SPEECH

LEASE_IS_OVER = timedelta(minutes=3)


def test_the_firm_is_down_and_she_is_rung_when_it_is_back(place: Town) -> None:
    place.mei.dial("+12025550100")
    place.mei.hears("录音")
    place.exchange.weather = Weather(api="down")
    place.mei.says_wav(place.ears.voice("两斤鸡蛋"))
    place.mei.hears("您稍等")
    place.passes(timedelta(seconds=PATIENCE))
    place.mei.hears("过会儿给您打回去")
    place.mei.is_over_within()

    place.exchange.weather = FINE
    place.passes(timedelta(minutes=2))
    place.mei_confirms()

    place.reaches(State.AWAITING_APPROVAL)


def test_every_webhook_comes_twice_and_it_is_one_order(place: Town) -> None:
    place.exchange.weather = Weather(webhooks_doubled=True)
    place.mei_orders("两斤鸡蛋一桶花生油")
    place.mei_confirms()

    order = place.reaches(State.AWAITING_APPROVAL)
    names = [event.name for event in order.events]
    assert len(place.orders()) == 1
    assert names == [Event.HEARD, Event.UNDERSTOOD, Event.RUNG, Event.CONFIRMED]


def test_the_firms_answer_is_lost_and_she_is_rung_once(place: Town) -> None:
    place.mei.dial("+12025550100")
    place.mei.hears("录音")
    place.mei.says_wav(place.ears.voice("两斤鸡蛋"))
    place.mei.hears("给您打回去核对")
    place.exchange.weather = Weather(api="answer_lost")
    place.mei.is_over_within()
    place.mei.rings_within(PATIENCE)
    place.exchange.weather = FINE
    place.passes(LEASE_IS_OVER)
    place.mei.answers()
    place.mei.hears("请问是王梅吗")
    place.mei.presses("1")
    place.mei.hears("对吗")
    place.mei.presses("1")

    place.reaches(State.AWAITING_APPROVAL)
    assert place.dialled() == 1


def test_redis_emptied_between_recording_and_transcript_loses_nothing(
    settings: Settings, tmp_path: Path, passes: Passes
) -> None:
    with town(settings, tmp_path, Told(), passes, (CALLS, SPEECH, DEFAULT)) as place:
        place.mei_says("两斤鸡蛋")
        place.until(lambda: place.waiting(LIVE) > 0)
        place.mei.hears("给您打回去核对")
        place.house.redis.flushall()
        assert place.orders()[-1].state is State.HEARD

        place.passes(LEASE_IS_OVER)
        place.hire(LIVE)
        place.mei_confirms()

        assert len(place.orders()) == 1


def test_a_worker_killed_while_it_listens_leaves_one_order(
    settings: Settings, tmp_path: Path, passes: Passes
) -> None:
    with town(settings, tmp_path, Told(), passes, (CALLS, SPEECH, DEFAULT)) as place:
        with mortal_worker(place, LIVE, tmp_path / "listening") as kill:
            place.mei_says("两斤鸡蛋")
            kill()
        place.mei.hears("给您打回去核对")
        place.hire(LIVE)
        place.passes(LEASE_IS_OVER)
        place.mei_confirms()

        heard = [event.name for event in place.orders()[-1].events]
        assert len(place.orders()) == 1
        assert heard.count(Event.UNDERSTOOD) == 1


def she_answers_the_next_worker(place: Town) -> None:
    """Another worker takes the dead one's errand up; the ring that she hears is the first one's."""
    place.hire(CALLS)
    place.passes(LEASE_IS_OVER)
    place.mei.answers()
    place.mei.hears("请问是王梅吗")
    place.mei.presses("1")


def test_a_worker_killed_between_dialling_and_writing_it_down_rings_her_once(
    settings: Settings, tmp_path: Path, passes: Passes
) -> None:
    with town(settings, tmp_path, Told(), passes, (LIVE, SPEECH, DEFAULT)) as place:
        with mortal_worker(place, CALLS, tmp_path / "dialled") as kill:
            place.mei_orders("两斤鸡蛋")
            place.mei.rings_within(PATIENCE)
            kill()
        she_answers_the_next_worker(place)
        place.mei.hears("对吗")
        place.mei.presses("1")
        place.reaches(State.AWAITING_APPROVAL)

        assert place.dialled() == 1


def test_a_worker_killed_after_dialling_for_a_rating_rings_her_once(
    settings: Settings, tmp_path: Path, passes: Passes
) -> None:
    with town(settings, tmp_path, Told(), passes, (LIVE, SPEECH, DEFAULT)) as place:
        with mortal_worker(place, CALLS, tmp_path / "dialled") as kill:
            arrived(place, "egg")
            place.mei.rings_within(PATIENCE)
            kill()
        she_answers_the_next_worker(place)
        place.mei.hears("您满意吗")
        place.mei.presses("5")
        place.mei.hears("谢谢您")

        assert place.dialled() == 1


@contextmanager
def mortal_worker(place: Town, queue: str, mark: Path) -> Iterator["Kill"]:
    """A worker process that stops at its deadly moment, and the way to kill it there."""
    environment = {
        each.name.upper(): _text(getattr(place.house.settings, each.name))
        for each in fields(place.house.settings)
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.stories.mortal_worker", queue, str(mark)],
        env=os.environ | environment,
    )
    try:
        place.until(lambda: mark.with_suffix(".ready").exists(), 60)
        yield Kill(place, process, mark)
    finally:
        process.kill()
        process.wait()


def _text(value: object) -> str:
    if isinstance(value, Hours):
        return f"{value.start:%H:%M}-{value.end:%H:%M}"
    return ",".join(value) if isinstance(value, tuple) else str(value)


class Kill:
    """Waits for the deadly moment and kills the process as a machine would."""

    def __init__(self, place: Town, process: subprocess.Popen[bytes], mark: Path) -> None:
        self.place, self.process, self.mark = place, process, mark

    def __call__(self) -> None:
        self.place.until(self.mark.exists, 30)
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
