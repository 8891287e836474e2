"""The database: engine, sessions, column types, and the conventions of every table."""

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import ConnectionPoolEntry

from voiceapp.crypto import keys


class UtcDateTime(sa.TypeDecorator[datetime]):
    """An aware moment, stored as UTC on every database. A naive one is refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Refuse a moment that does not know its zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment must know its time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Give it back as aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Sealed(sa.TypeDecorator[str]):
    """Text that is personal: encrypted at rest under DATA_KEYS."""

    impl = sa.LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> bytes | None:
        """Encrypt."""
        return None if value is None else keys().seal(value)

    def process_result_value(self, value: bytes | None, dialect: sa.Dialect) -> str | None:
        """Decrypt."""
        return None if value is None else keys().unseal(bytes(value))


class SealedJson(sa.TypeDecorator[Any]):
    """Personal structure (a transcript with its words): JSON, encrypted at rest."""

    impl = sa.LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> bytes | None:
        """Encrypt."""
        return None if value is None else keys().seal(json.dumps(value, ensure_ascii=False))

    def process_result_value(self, value: bytes | None, dialect: sa.Dialect) -> Any:
        """Decrypt."""
        return None if value is None else json.loads(keys().unseal(bytes(value)))


class Quantity(sa.TypeDecorator[Decimal]):
    """A decimal quantity in the product's sale unit, stored as text so that 0.1 stays 0.1."""

    impl = sa.String(24)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: sa.Dialect) -> str | None:
        """Plain digits, never an exponent."""
        return None if value is None else f"{value:f}"

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> Decimal | None:
        """An exact decimal."""
        return None if value is None else Decimal(value)


class Name(sa.TypeDecorator[StrEnum]):
    """A StrEnum stored by its value, readable in any database tool."""

    impl = sa.String(40)
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: StrEnum | None, dialect: sa.Dialect) -> str | None:
        """Only members of the enumeration are stored."""
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> StrEnum | None:
        """The member again."""
        return None if value is None else self.kind(value)


class Base(DeclarativeBase):
    """The root of all tables; the naming rule lets migrations drop what they made."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        datetime: UtcDateTime(),
        uuid.UUID: sa.Uuid(),
        Decimal: Quantity(),
        dict[str, Any]: sa.JSON(),
        list[Any]: sa.JSON(),
    }


def uuid_key() -> Mapped[uuid.UUID]:
    """A primary key that tells a stranger nothing."""
    return mapped_column(primary_key=True, default=uuid.uuid4)


class Database:
    """An engine and the two ways to open a session on it."""

    def __init__(self, url: str) -> None:
        self.url = sa.make_url(url)
        if self.url.get_backend_name() == "postgresql":
            self.url = self.url.set(drivername="postgresql+psycopg")
        self.engine = sa.create_engine(self.url, pool_pre_ping=not self.is_sqlite)
        if self.is_sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """A session that writes: committed at the end, rolled back on any error."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads; on SQLite it does not wait for writers."""
        deferred = self.engine.execution_options(sqlite_begin="DEFERRED")
        with deferred.connect() as connection, Session(
            connection, expire_on_commit=False
        ) as session:
            yield session



def _prepare_sqlite(connection: Any, record: ConnectionPoolEntry) -> None:
    # The driver's own transaction control begins too late; _begin_sqlite does it instead.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("PRAGMA busy_timeout=30000")


def _begin_sqlite(connection: sa.Connection) -> None:
    # A deferred transaction that reads and then writes fails at once when another has written in
    # between, whatever the busy timeout; an immediate one waits its turn.
    mode = connection.get_execution_options().get("sqlite_begin", "IMMEDIATE")
    connection.exec_driver_sql(f"BEGIN {mode}")
