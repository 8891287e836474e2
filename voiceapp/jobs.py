"""What a worker does with an errand's id."""

import inspect
import logging
import pkgutil
import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm.exc import StaleDataError

from orders.errands import Errand, Work
from orders.escalations import Reason, Subject, escalate
from orders.order import Order
from voiceapp.db import Database
from voiceapp.errors import Conflict, NotAllowed
from voiceapp.reactions import ERRANDS

log = logging.getLogger(__name__)


class Jobs:
    """Does errands with one house's providers."""

    def __init__(self, db: Database, providers: Mapping[str, Any]) -> None:
        self.db = db
        self.providers = providers

    def perform(self, errand_id: uuid.UUID) -> None:
        """Do one errand. Doing a finished one changes nothing.

        An error counts as a failed attempt; when all are spent a person is asked.
        """
        with self.db.reading() as session:
            errand = session.get(Errand, errand_id)
        if errand is None or errand.done_at is not None:
            return
        work = Work(self.db, errand.id, errand.subject, errand.cause)
        try:
            self._do(ERRANDS[errand.name].function, work)
        except Exception as error:
            self._failed(errand.id, expected=isinstance(error, (StaleDataError, Conflict)))
            log.warning(
                "an errand failed",
                extra={"errand": errand.name, "id": str(errand.id)},
                exc_info=True,
            )
        else:
            with self.db.begin() as session:
                row = session.get_one(Errand, errand_id)
                if row.leased_until is not None:
                    row.finish()

    def _do(self, function: str, work: Work) -> None:
        duty = pkgutil.resolve_name(function)
        wanted = list(inspect.signature(duty).parameters)[1:]
        try:
            duty(work, **{name: self.providers[name] for name in wanted})
        except NotAllowed:
            # The order moved on while the errand waited: there is nothing left to do.
            log.info("an errand came too late", extra={"id": str(work.errand_id)})

    def _failed(self, errand_id: uuid.UUID, expected: bool) -> None:
        with self.db.begin() as session:
            errand = session.get_one(Errand, errand_id)
            if errand.done_at is None and not errand.fail() and not expected:
                order = session.get(Order, errand.subject)
                if order is not None:
                    escalate(
                        session, Subject.ORDER, order.id, Reason.ERRAND_FAILED, order.customer_id
                    )
                else:
                    escalate(session, Subject.ERRAND, errand.id, Reason.ERRAND_FAILED)


_employed: list[Jobs] = []


def employ(jobs: Jobs) -> None:
    """Give this worker process its database and providers."""
    _employed[:] = [jobs]


def perform(errand_id: str) -> None:
    """RQ's entry: the id of an errand, and nothing else, travels through the queue."""
    _employed[0].perform(uuid.UUID(errand_id))
