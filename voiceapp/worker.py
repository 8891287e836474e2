"""Workers: RQ's, in one process each, so that a model is loaded once and kept.

CTranslate2's threads do not survive a fork, and what RQ's forking worker guards against (a job
that takes its process with it) the errand's lease guards against here.
"""

import gc
import logging
import os
import threading

from redis import Redis
from rq import Queue, SimpleWorker
from rq.timeouts import TimerDeathPenalty

from orders import vocabulary
from voiceapp.house import House
from voiceapp.jobs import Jobs, employ
from voiceapp.providers import transcriber_of
from voiceapp.reactions import LIVE, QUEUES, SPEECH

log = logging.getLogger(__name__)


IDLE = 0.05
"""Seconds between looks of a worker on a thread, which cannot wait for Redis and be stopped."""


class ThreadWorker(SimpleWorker):
    """RQ's worker on a thread of another process; signals belong to the main thread."""

    death_penalty_class = TimerDeathPenalty

    def _install_signal_handlers(self) -> None:
        """Whoever runs the thread stops it."""

    def subscribe(self) -> None:
        """Hear no commands: a burst ends by itself, and RQ's listener, ending on a thread of its
        own, may close the connection that the worker is closing (an exception in that thread).
        """


def run(house: House, queues: tuple[str, ...] = QUEUES) -> None:
    """Be one worker process for these queues, until a signal.

    A worker for `live` or `speech` warms its model up before it takes the first job.
    """
    prepare(house, queues)
    worker = SimpleWorker(
        [Queue(name, connection=house.redis) for name in queues], connection=house.redis
    )
    # Without its scheduler: the relay has the one clock.
    worker.work(with_scheduler=False, logging_level="WARNING")


def prepare(house: House, queues: tuple[str, ...]) -> None:
    """Give this process what its jobs need, loaded and warm."""
    providers = dict(house.providers)
    if LIVE in queues or SPEECH in queues:
        providers["transcriber"] = transcriber_of(house.settings)
        providers["transcriber"].warm_up()
        with house.db.reading() as session:
            vocabulary.shared(session)
        log.info("the model is loaded and warm", extra={"pid": os.getpid()})
    employ(Jobs(house.db, providers))
    # What was just loaded stays: without it in every full collection a sentence is not held up.
    gc.collect()
    gc.freeze()


def work_until(redis: Redis, queues: tuple[str, ...], stop: threading.Event) -> None:
    """Work on this thread until asked to stop (the tests' way, and a small machine's)."""
    mine = [Queue(name, connection=redis) for name in queues]
    while not stop.wait(IDLE):
        ThreadWorker(mine, connection=redis).work(burst=True, logging_level="ERROR")
