"""Migrations go up and down on both databases, and end where the models are."""

import re
from pathlib import Path

import sqlalchemy as sa

from voiceapp import migrating
from voiceapp.db import Database

VERSIONS = Path(migrating.__file__).parent / "migrations" / "versions"


def test_the_migrations_make_what_the_models_say(bare: Database) -> None:
    migrating.upgrade(bare)

    assert migrating.current(bare) == migrating.newest()
    assert migrating.differences(bare) == []


def test_what_was_made_is_unmade_and_made_again(bare: Database) -> None:
    migrating.upgrade(bare)
    made = set(sa.inspect(bare.engine).get_table_names())

    migrating.downgrade(bare, "base")

    assert set(sa.inspect(bare.engine).get_table_names()) == {"alembic_version"}
    migrating.upgrade(bare)
    assert set(sa.inspect(bare.engine).get_table_names()) == made


def test_migrating_up_twice_changes_nothing(bare: Database) -> None:
    migrating.upgrade(bare)
    migrating.upgrade(bare)

    assert migrating.differences(bare) == []


def test_versions_are_numbered_and_import_nothing_of_ours() -> None:
    names = sorted(path.name for path in VERSIONS.glob("*.py"))

    assert [name[:4] for name in names] == [f"{n:04d}" for n in range(1, len(names) + 1)]
    for name in names:
        text = (VERSIONS / name).read_text("utf-8")
        assert not re.search(r"^(import|from) (voiceapp|orders|ivr|family_link)", text, re.M)
