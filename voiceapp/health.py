"""Whether we live, whether we are ready, and how we do."""

import hmac
import ipaddress
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, Response, abort, current_app, jsonify, request
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from redis.exceptions import RedisError
from rq import Queue, Worker

from orders import errands
from orders.escalations import Escalation
from orders.order import Order
from voiceapp.house import House
from voiceapp.reactions import QUEUES

blueprint = Blueprint("health", __name__)

TOO_LATE = 60.0
"""Seconds that an errand may be overdue before we are not ready: the relay or workers stand."""


@blueprint.get("/health")
def health() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@blueprint.get("/ready")
def ready() -> tuple[Response, int]:
    """Database, Redis and relay do what they should; 503 and which one where not."""
    checks = _checks(current_app.extensions["house"])
    good = all(check["ok"] for check in checks.values())
    return jsonify(status="ready" if good else "not ready", checks=checks), 200 if good else 503


def _checks(house: House) -> dict[str, dict[str, Any]]:
    checks: dict[str, dict[str, Any]] = {}
    try:
        with house.db.reading() as session:
            lag = errands.lag(session).total_seconds()
        checks["database"] = {"ok": True}
        checks["relay"] = {"ok": lag < TOO_LATE, "lag_seconds": round(lag, 1)}
    except sa.exc.SQLAlchemyError:
        checks["database"] = {"ok": False}
    try:
        house.redis.ping()
        checks["redis"] = {"ok": True}
    except RedisError:
        checks["redis"] = {"ok": False}
    return checks


@blueprint.get("/metrics")
def metrics() -> Response:
    """Prometheus' text: counts and ages, never a person."""
    house: House = current_app.extensions["house"]
    _authorise(house.settings.metrics_token)
    registry = CollectorRegistry()
    orders = Gauge("voiceapp_orders", "Orders by state", ["state"], registry=registry)
    open_now = Gauge("voiceapp_escalations_open", "Open by reason", ["reason"], registry=registry)
    late = Gauge("voiceapp_relay_lag_seconds", "Most overdue errand", registry=registry)
    with house.db.reading() as session:
        for state, count in session.execute(
            sa.select(Order.state, sa.func.count()).group_by(Order.state)
        ):
            orders.labels(state.value).set(count)
        for reason, count in session.execute(
            sa.select(Escalation.reason, sa.func.count())
            .where(Escalation.closed_at.is_(None))
            .group_by(Escalation.reason)
        ):
            open_now.labels(reason.value).set(count)
        late.set(errands.lag(session).total_seconds())
    _queues(house, registry)
    return Response(generate_latest(registry), mimetype="text/plain; version=0.0.4")


def _queues(house: House, registry: CollectorRegistry) -> None:
    waiting = Gauge("voiceapp_queue_jobs", "Jobs waiting", ["queue"], registry=registry)
    workers = Gauge("voiceapp_workers", "Workers by queue", ["queue"], registry=registry)
    age = Gauge("voiceapp_queue_age_seconds", "Oldest waiting", ["queue"], registry=registry)
    from voiceapp import clock

    for name in QUEUES:
        queue = Queue(name, connection=house.redis)
        waiting.labels(name).set(queue.count)
        workers.labels(name).set(Worker.count(queue=queue))
        jobs = queue.get_jobs(0, 1)
        oldest = jobs[0].enqueued_at if jobs else None
        age.labels(name).set((clock.now() - oldest).total_seconds() if oldest else 0)


def _authorise(token: str) -> None:
    if token:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(given, token):
            abort(401)
    elif not ipaddress.ip_address(request.remote_addr or "0.0.0.0").is_loopback:
        abort(403)
