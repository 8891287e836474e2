"""Whether we live, are ready, and how we do."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from redis import Redis

from orders import errands
from voiceapp import health
from voiceapp.config import Settings
from voiceapp.db import Database
from voiceapp.embedded import embedded_redis
from voiceapp.house import House


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redis]:
    with embedded_redis(tmp_path_factory.mktemp("redis")) as url:
        yield Redis.from_url(url)


def client(settings: Settings, db: Database, redis: Any) -> Any:
    app = Flask("health_alone")
    app.extensions["house"] = House(settings, db, redis, {})
    app.register_blueprint(health.blueprint)
    return app.test_client()


def test_a_house_that_works_is_ready(settings: Settings, db: Database, redis: Redis) -> None:
    answer = client(settings, db, redis).get("/ready")

    assert answer.status_code == 200
    assert answer.json["checks"]["relay"]["ok"]


def test_errands_that_nobody_does_make_us_not_ready(
    settings: Settings, db: Database, redis: Redis
) -> None:
    with db.begin() as session:
        late = datetime.now(UTC) - timedelta(minutes=5)
        errands.write(session, "listen", uuid.uuid4(), at=late)

    answer = client(settings, db, redis).get("/ready")

    assert answer.status_code == 503
    assert not answer.json["checks"]["relay"]["ok"]
    assert client(settings, db, redis).get("/health").status_code == 200


def test_a_lost_redis_makes_us_not_ready(settings: Settings, db: Database) -> None:
    gone = Redis.from_url("unix:///nowhere/redis.sock")

    answer = client(settings, db, gone).get("/ready")

    assert answer.status_code == 503
    assert answer.json["checks"]["redis"] == {"ok": False}


def test_a_lost_database_makes_us_not_ready(
    settings: Settings, redis: Redis, tmp_path: Path
) -> None:
    gone = Database(f"sqlite:///{tmp_path}/no/such/folder/v.db")

    answer = client(settings, gone, redis).get("/ready")

    assert answer.status_code == 503
    assert answer.json["checks"]["database"] == {"ok": False}


def test_metrics_count_without_naming_anybody(
    settings: Settings, db: Database, redis: Redis
) -> None:
    with db.begin() as session:
        errands.write(session, "listen", uuid.uuid4())

    text = client(settings, db, redis).get("/metrics").text

    assert "voiceapp_relay_lag_seconds" in text
    assert 'voiceapp_queue_jobs{queue="live"} 0.0' in text
    assert "+1202" not in text


def test_metrics_need_the_token_or_the_loopback(
    settings: Settings, db: Database, redis: Redis
) -> None:
    away = {"REMOTE_ADDR": "192.0.2.1"}
    guarded = client(replace(settings, metrics_token="a-token-for-tests"), db, redis)

    assert client(settings, db, redis).get("/metrics", environ_base=away).status_code == 403
    assert guarded.get("/metrics").status_code == 401
    allowed = {"Authorization": "Bearer a-token-for-tests"}
    assert guarded.get("/metrics", headers=allowed, environ_base=away).status_code == 200


