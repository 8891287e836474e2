"""Migrations, by Alembic: up, down, and whether the tables are what the code expects."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from voiceapp.db import Database
from voiceapp.models import metadata

VERSIONS = "voiceapp:migrations"


def _config(connection: sa.Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", VERSIONS)
    config.attributes["connection"] = connection
    return config


@contextmanager
def _changing(db: Database) -> Iterator[Config]:
    # A copied table is dropped for a moment, which foreign keys would forbid or cascade from.
    with db.engine.connect() as connection:
        if db.is_sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        try:
            with connection.begin():
                yield _config(connection)
        finally:
            if db.is_sqlite:
                connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]


def newest() -> str | None:
    """The newest version that the code knows."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def current(db: Database) -> str | None:
    """The version that the database is at; None for an empty one."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(db: Database, revision: str = "head") -> None:
    """Migrate up; nothing to do where the database is there already."""
    with _changing(db) as config:
        command.upgrade(config, revision)


def downgrade(db: Database, revision: str) -> None:
    """Migrate down to a revision; `base` leaves no tables."""
    with _changing(db) as config:
        command.downgrade(config, revision)


def differences(db: Database) -> list[str]:
    """What is otherwise in the database than in the models, one line each; empty is well."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        return [str(difference) for difference in compare_metadata(context, metadata)]
