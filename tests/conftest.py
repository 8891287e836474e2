"""What every test may ask for: settings, both databases, and the people."""

import os
import shutil
import uuid
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis
from sqlalchemy.orm import Session

from orders import catalogue
from orders.customers import Customer, enrol
from orders.relatives import Link, Relative, link, register
from voiceapp.config import Settings
from voiceapp.crypto import Keyring, use_keys
from voiceapp.db import Database
from voiceapp.phone import Phone

MEI, LIN, BO, DESK = (f"+1202555{n:04d}" for n in (101, 102, 103, 190))
OURS = "+12025550100"
SERVICES = ("PostgreSQL", "Redis", "Chromium")
"""What a test may be skipped for on a machine that has not got it; its reason names the service."""

# A loaded machine is no fault of a rule: what must be quick is timed on its own.
hypothesis.register_profile(
    "unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis.load_profile("unhurried")

DATA_KEY = "bm90LWEtc2VjcmV0LW9ubHktZm9yLXRlc3RzLTAwMDE="

ENVIRONMENT = {
    "PUBLIC_URL": "http://127.0.0.1:8000",
    "DATABASE_URL": "sqlite:///unused.db",
    "SECRET_KEY": "only-for-tests-only-for-tests",
    "DATA_KEYS": DATA_KEY,
    "INDEX_KEY": "only-for-tests-index-key",
    "RECORDINGS_URL": "memory://recordings",
    "DESK_NUMBER": DESK,
    "ALLOWED_PREFIXES": "+1202555",
    "CALLING_HOURS": "00:00-23:59",
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": "only-for-tests-auth-token-0000",
    "TWILIO_NUMBER": OURS,
}


@dataclass(frozen=True)
class People:
    """Mei calls, Lin is her daughter, Bo is a stranger whom nobody has on file."""

    mei: Customer
    lin: Relative
    link: Link


def postgres_url() -> str | None:
    """A PostgreSQL that tests may make databases in, where the machine has one."""
    url = os.environ.get("TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1/postgres")
    try:
        engine = sa.create_engine(url, connect_args={"connect_timeout": 2}, poolclass=sa.NullPool)
        with engine.connect():
            return url
    except sa.exc.OperationalError:
        return None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where every service must be there (VOICEAPP_REQUIRE_ALL), a test that was skipped for want
    of one has failed."""
    report = yield
    wanting = any(service in str(report.longrepr) for service in SERVICES)
    if report.skipped and wanting and os.environ.get("VOICEAPP_REQUIRE_ALL"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and nothing may be: {report.longrepr}"
    return report


@pytest.fixture(scope="session", autouse=True)
def _keys() -> None:
    use_keys(Keyring([DATA_KEY], ENVIRONMENT["INDEX_KEY"]))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings that boot, on a database and a folder of this test's own."""
    return Settings.from_env(
        ENVIRONMENT
        | {"DATABASE_URL": f"sqlite:///{tmp_path}/v.db", "RECORDINGS_URL": f"file://{tmp_path}/r"}
    )


@pytest.fixture(scope="session")
def postgres() -> str:
    """A reachable PostgreSQL, or a skip that says so."""
    url = postgres_url()
    if url is None:
        pytest.skip("no PostgreSQL server on this machine")
    return url


@contextmanager
def postgres_database(server: str, template: str = "template1") -> Iterator[Database]:
    """A database of its own on a server, copied from another one, dropped in the end."""
    name = f"test_{uuid.uuid4().hex}"
    url = sa.make_url(server)
    admin = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with admin.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    database = Database(url.set(database=name).render_as_string(hide_password=False))
    try:
        yield database
    finally:
        database.engine.dispose()
        with admin.connect() as connection:
            connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))


def _furnish(database: Database) -> None:
    from voiceapp.models import metadata

    metadata.create_all(database.engine)
    # A database that somebody is connected to cannot be copied.
    database.engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables: copying it is quicker than making them."""
    path = tmp_path_factory.mktemp("template") / "all.db"
    _furnish(Database(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres: str) -> Iterator[str]:
    """The name of a PostgreSQL database with all tables."""
    with postgres_database(postgres) as database:
        _furnish(database)
        assert database.url.database is not None
        yield database.url.database


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without tables, once on each kind."""
    if request.param == "sqlite":
        database = Database(f"sqlite:///{tmp_path}/bare.db")
        yield database
        database.engine.dispose()
    else:
        with postgres_database(request.getfixturevalue("postgres")) as database:
            yield database


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database with all tables, once on each kind."""
    if request.param == "sqlite":
        path = shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "test.db")
        database = Database(f"sqlite:///{path}")
        yield database
        database.engine.dispose()
    else:
        server = request.getfixturevalue("postgres")
        template = request.getfixturevalue("postgres_template")
        with postgres_database(server, template) as database:
            yield database


@pytest.fixture
def session(db: Database) -> Iterator[Session]:
    """A session that writes, with the pilot catalogue loaded."""
    with db.begin() as opened:
        catalogue.load(opened)
        yield opened


@pytest.fixture
def people(session: Session) -> People:
    """Mei on file with an address, and Lin linked to her with every scope."""
    return settle_in(session)


def settle_in(session: Session) -> People:
    """Put Mei and Lin on file."""
    mei = enrol(session, "王梅", Phone(MEI), "幸福里3号楼2单元501")
    lin = register(session, "林", Phone(LIN))
    return People(mei, lin, link(session, mei, lin, "女儿"))
