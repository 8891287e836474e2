"""The relay: fresh events become errands, due errands are handed out, spent patience is swept.

It alone has a clock. RQ runs what it is given and does no scheduling, retrying or de-duplicating,
so an emptied Redis loses nothing: the lease runs out and the errand is handed out again.
"""

import logging
import signal
import threading
import uuid
from datetime import date

import sqlalchemy as sa
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from orders import deadlines, errands
from orders.order import OrderEvent
from voiceapp import clock
from voiceapp.db import Database
from voiceapp.errors import VoiceappError
from voiceapp.reactions import ERRANDS, REACTIONS

log = logging.getLogger(__name__)

PAUSE = 0.2
"""Seconds between turns: what a caller on the line waits at most for her errand to be seen."""

HOUSE = uuid.UUID(int=0)
"""The subject of an errand that is about the whole installation."""

JOB_SECONDS = 110
"""A job is stopped before its lease ends, so that no errand is done by two at once."""


class Relay:
    """One turn does all that is due; turning again at once finds nothing."""

    def __init__(self, db: Database, redis: Redis) -> None:
        self.db = db
        self.queues = {name: Queue(name, connection=redis) for name in _queues_in_use()}
        self.day: date | None = None

    def turn(self) -> int:
        """React, sweep, hand out. Returns how many errands were handed out."""
        self.begin_day()
        self.react()
        self.sweep()
        return self.hand_out()

    def begin_day(self) -> None:
        """Once a day, what the promised days are over for is to be forgotten."""
        today = clock.now().date()
        if today == self.day:
            return
        try:
            with self.db.begin() as session:
                errands.write(session, "forget", HOUSE, key=f"forget {today}")
        except IntegrityError:
            log.info("another relay began the day")
        self.day = today

    def react(self) -> None:
        """One errand row for each reaction to each fresh event."""
        with self.db.begin() as session:
            fresh = session.scalars(
                sa.select(OrderEvent)
                .where(OrderEvent.reacted_at.is_(None))
                .order_by(OrderEvent.at)
                .limit(100)
                .with_for_update(skip_locked=True)
            ).all()
            for event in fresh:
                for name in REACTIONS[event.name]:
                    errands.write(
                        session, name, event.order_id, key=f"{name} {event.id}", cause=event.id
                    )
                event.reacted_at = clock.now()

    def sweep(self) -> None:
        """Look after every order whose patience is spent, each in a transaction of its own."""
        with self.db.reading() as session:
            due = deadlines.due(session)
        for order_id in due:
            try:
                with self.db.begin() as session:
                    deadlines.look_after(session, order_id)
            except (StaleDataError, VoiceappError):
                log.info("an order moved on while it was swept", extra={"order": str(order_id)})

    def hand_out(self) -> int:
        """Lease what is due and give it to the workers."""
        with self.db.begin() as session:
            leased = errands.lease_due(session)
        for errand in leased:
            queue = self.queues[ERRANDS[errand.name].queue]
            # The id is new each time: a job that RQ still remembers must not stand in the way.
            queue.enqueue(
                "voiceapp.jobs.perform",
                str(errand.id),
                job_id=f"{errand.name}-{errand.id}-{uuid.uuid4().hex[:8]}",
                job_timeout=JOB_SECONDS,
                result_ttl=0,
                failure_ttl=3600,
            )
        return len(leased)


def _queues_in_use() -> set[str]:
    return {duty.queue for duty in ERRANDS.values()}


def run(db: Database, redis: Redis, stop: threading.Event | None = None) -> None:
    """Turn until asked to stop. A lost database or Redis is waited for."""
    stopping = stop or threading.Event()
    if stop is None:
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_: stopping.set())
    relay = Relay(db, redis)
    while not stopping.is_set():
        try:
            relay.turn()
        except (sa.exc.OperationalError, RedisError):
            log.warning("the relay cannot reach the database or Redis; trying again")
            stopping.wait(1.0)
        stopping.wait(PAUSE)
