"""New keys for what is stored, on both databases."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from orders.customers import Customer, household
from orders.relatives import Relative
from tests.conftest import DATA_KEY, ENVIRONMENT, LIN, MEI, settle_in
from voiceapp import rekeying
from voiceapp.crypto import Keyring, use_keys
from voiceapp.db import Database
from voiceapp.errors import SettingsError
from voiceapp.models import metadata
from voiceapp.phone import Phone

INDEX_KEY = ENVIRONMENT["INDEX_KEY"]


@pytest.fixture
def settled(db: Database) -> Iterator[Database]:
    """Mei and Lin on file; the tests' keys again afterwards."""
    with db.begin() as session:
        settle_in(session)
    yield db
    use_keys(Keyring([DATA_KEY], INDEX_KEY))


def test_after_rotation_the_new_key_alone_reads_and_the_old_one_does_not(
    settled: Database,
) -> None:
    fresh = Fernet.generate_key().decode()
    use_keys(Keyring([fresh, DATA_KEY], INDEX_KEY))

    with settled.begin() as session:
        done = rekeying.rotate(session)

    assert done > 5
    use_keys(Keyring([fresh], INDEX_KEY))
    with settled.reading() as session:
        mei = household(session, Phone(MEI))[0]
        assert (mei.name, mei.phone, mei.notes) == ("王梅", Phone(MEI), "")
    use_keys(Keyring([DATA_KEY], INDEX_KEY))
    with settled.reading() as session, pytest.raises(SettingsError):
        session.scalars(sa.select(Customer)).all()


def test_after_reindexing_people_are_found_under_the_new_key(settled: Database) -> None:
    use_keys(Keyring([DATA_KEY], "another-index-key"))

    with settled.begin() as session:
        before = household(session, Phone(MEI))
        rekeying.reindex(session)

    assert before == []
    with settled.reading() as session:
        assert [each.name for each in household(session, Phone(MEI))] == ["王梅"]
        assert session.scalars(sa.select(Relative)).one().phone == Phone(LIN)


def test_every_keyed_hash_is_made_of_a_sealed_column_or_named_forgotten() -> None:
    known = {(table.name, index.name) for table, index, _ in rekeying.indexes()}
    every = {
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if column.name.endswith("_index")
    }

    assert known | rekeying.FORGOTTEN == every
