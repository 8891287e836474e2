"""New keys for what is stored: another INDEX_KEY, or a newer first of DATA_KEYS."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from family_link.supplements import Supplement
from orders.recordings import Recording
from voiceapp.crypto import keys
from voiceapp.db import Sealed, SealedJson
from voiceapp.house import House
from voiceapp.models import metadata

SOURCES = {("relatives", "wechat_index"): "wechat_openid"}
"""The sealed column that an index is made of, where it is not the index's name without `_index`."""

FORGOTTEN = frozenset({("kept_answers", "key_index")})
"""Indexes of values that are stored nowhere and soon forgotten: they are left as they are."""


def indexes() -> Iterator[tuple[sa.Table, sa.Column[str], sa.Column[str]]]:
    """Every keyed hash in the database: table, its column, and the sealed column it is made of."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            place = (table.name, column.name)
            if column.name.endswith("_index") and place not in FORGOTTEN:
                source = SOURCES.get(place, column.name.removesuffix("_index"))
                yield table, column, table.columns[source]


def reindex(session: Session) -> int:
    """Hash every such value under the present INDEX_KEY; how many were hashed."""
    done = 0
    for table, index, source in indexes():
        for *key, text in session.execute(sa.select(*table.primary_key, source)).all():
            if text is not None:
                done += 1
                fresh = {index.name: keys().index(text)}
                session.execute(sa.update(table).where(_is(table, key)).values(fresh))
    return done


def rotate(session: Session) -> int:
    """Encrypt every sealed value under the first of DATA_KEYS; how many were encrypted."""
    done = 0
    for table in metadata.sorted_tables:
        sealed = [each for each in table.columns if isinstance(each.type, (Sealed, SealedJson))]
        raw = [sa.type_coerce(each, sa.LargeBinary).label(each.name) for each in sealed]
        if not sealed:
            continue
        for row in session.execute(sa.select(*table.primary_key, *raw)).mappings().all():
            fresh = {
                each: sa.literal(keys().reseal(bytes(row[each.name])), sa.LargeBinary)
                for each in sealed
                if row[each.name] is not None
            }
            if fresh:
                done += len(fresh)
                key = [row[each.name] for each in table.primary_key]
                session.execute(sa.update(table).where(_is(table, key)).values(fresh))
    return done


def rotate_recordings(house: House) -> int:
    """The same for the recordings' folder or bucket, photos among them; how many were encrypted."""
    store = house.providers["store"]
    with house.db.reading() as session:
        kept = (Recording.stored_as, Supplement.photo)
        names = [name for column in kept for name in session.scalars(sa.select(column)) if name]
    for name in names:
        store.write(name, store.read(name))
    return len(names)


def _is(table: sa.Table, key: list[object]) -> sa.ColumnElement[bool]:
    return sa.and_(*(column == value for column, value in zip(table.primary_key, key, strict=True)))
