"""Where Alembic meets our tables. The connection is given by `voiceapp.migrating`, or made from
DATABASE_URL where Alembic's own command writes a new version."""

import os
from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext

from voiceapp.db import Database
from voiceapp.models import metadata


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """A column type of ours as the plain type that it is stored as: versions outlive our code."""
    if isinstance(item, sa.types.TypeDecorator) and type(item).__module__.startswith("voiceapp"):
        return f"sa.{item.impl_instance!r}"
    return False


def migrate(connection: sa.Connection) -> None:
    """Walk the versions on this connection. SQLite changes a table by copying it."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render_item,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    with Database(os.environ["DATABASE_URL"]).engine.begin() as own:
        migrate(own)
