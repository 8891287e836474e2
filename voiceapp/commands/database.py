"""The database: its version, and the keys that its personal columns are under."""

import argparse

from voiceapp import migrating, rekeying
from voiceapp.commands import house, say, settings
from voiceapp.crypto import Keyring, use_keys
from voiceapp.db import Database


def _database() -> Database:
    found = settings()
    use_keys(Keyring(found.data_keys, found.index_key))
    return Database(found.database_url)


def upgrade(chosen: argparse.Namespace) -> None:
    """Migrate up."""
    db = _database()
    migrating.upgrade(db)
    say(f"the database is at {migrating.current(db)}")


def downgrade(chosen: argparse.Namespace) -> None:
    """Migrate down."""
    db = _database()
    migrating.downgrade(db, chosen.revision)
    say(f"the database is at {migrating.current(db) or 'no version: it is empty'}")


def check(chosen: argparse.Namespace) -> int:
    """Whether version and tables are what the code expects."""
    db = _database()
    at, newest = migrating.current(db), migrating.newest()
    if at != newest:
        say(f"the database is at {at}, the code at {newest}: run `voiceapp db upgrade`")
        return 1
    wrong = migrating.differences(db)
    for line in wrong:
        say(line)
    say("the database is what the code expects" if not wrong else "the tables differ")
    return 1 if wrong else 0


def reindex(chosen: argparse.Namespace) -> None:
    """Find every number under the present INDEX_KEY."""
    found = house()
    with found.db.begin() as session:
        say(f"{rekeying.reindex(session)} values indexed anew")


def rotate(chosen: argparse.Namespace) -> None:
    """Encrypt everything anew under the first of DATA_KEYS."""
    found = house()
    with found.db.begin() as session:
        say(f"{rekeying.rotate(session)} values encrypted anew")
    say(f"{rekeying.rotate_recordings(found)} recordings encrypted anew")
