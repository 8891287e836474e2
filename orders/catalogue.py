"""What can be ordered: the catalogue's rows, loaded from CSV and re-loaded while we run."""

import csv
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from importlib.resources import files
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from voiceapp.db import Base
from voiceapp.errors import VoiceappError
from voiceapp.money import Fen, fen_from_yuan

PILOT = Path(str(files("orders") / "data" / "catalogue.csv"))
"""The pilot community's catalogue, shipped with the package."""

COLUMNS = [
    "sku", "kind", "category", "name", "spec", "unit", "price",
    "piece_jin", "pack_jin", "inner", "aliases",
]  # fmt: skip


class BadCatalogue(VoiceappError):
    """The file cannot be loaded; the message names the line and what is wrong with it."""


class Product(Base):
    """One thing or service on sale. `price` is fen for one `unit`."""

    __tablename__ = "products"

    sku: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(16))
    category: Mapped[str] = mapped_column(sa.String(32))
    name: Mapped[str] = mapped_column(sa.String(64))
    spec: Mapped[str] = mapped_column(sa.String(64))
    unit: Mapped[str] = mapped_column(sa.String(8))
    price: Mapped[Fen]
    piece_jin: Mapped[Decimal | None]
    pack_jin: Mapped[Decimal | None]
    inner: Mapped[str] = mapped_column(sa.String(64))
    aliases: Mapped[str] = mapped_column(sa.String(255))
    on_sale: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int]

    @property
    def is_service(self) -> bool:
        """Whether somebody comes to do it, rather than bring it."""
        return self.kind == "service"


class CatalogueVersion(Base):
    """One row, counted up at each load, so that every process sees when to read again."""

    __tablename__ = "catalogue_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]


@dataclass(frozen=True)
class Loaded:
    """What a load did."""

    products: int
    withdrawn: int
    version: int


def read_csv(path: Path) -> list[dict[str, object]]:
    """The rows of a catalogue file, checked. Raises BadCatalogue with the line's number."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if list(reader.fieldnames or ()) != COLUMNS:
            raise BadCatalogue(f"{path.name}: the first line must be {','.join(COLUMNS)}")
        rows, seen = [], set()
        for number, raw in enumerate(reader, start=2):
            row = _read_row(raw, f"{path.name} line {number}")
            if row["sku"] in seen:
                raise BadCatalogue(f"{path.name} line {number}: {row['sku']} stands twice")
            seen.add(row["sku"])
            rows.append(row | {"position": number - 1})
    if not rows:
        raise BadCatalogue(f"{path.name}: no products")
    return rows


def _read_row(raw: dict[str, str], where: str) -> dict[str, object]:
    if None in raw or None in raw.values():
        raise BadCatalogue(f"{where}: needs {len(COLUMNS)} fields")
    row: dict[str, object] = {key: value.strip() for key, value in raw.items()}
    for needed in ("sku", "category", "name", "unit"):
        if not row[needed]:
            raise BadCatalogue(f"{where}: {needed} is empty")
    if row["kind"] not in ("goods", "service"):
        raise BadCatalogue(f"{where}: kind must be goods or service")
    try:
        row["price"] = fen_from_yuan(raw["price"].strip())
        for weight in ("piece_jin", "pack_jin"):
            row[weight] = Decimal(raw[weight].strip()) if raw[weight].strip() else None
    except (ValueError, InvalidOperation) as error:
        raise BadCatalogue(f"{where}: price, piece_jin and pack_jin must be numbers") from error
    return row


def load(session: Session, path: Path = PILOT) -> Loaded:
    """Make the catalogue what the file says.

    Products that the file no longer names go off sale and stay for the orders that hold them.
    """
    rows = read_csv(path)
    known = {product.sku: product for product in session.scalars(sa.select(Product))}
    for row in rows:
        product = known.pop(str(row["sku"]), None)
        if product is None:
            session.add(Product(**row, on_sale=True))
        else:
            for column, value in row.items():
                setattr(product, column, value)
            product.on_sale = True
    for gone in known.values():
        gone.on_sale = False
    version = session.get(CatalogueVersion, 1)
    if version is None:
        version = CatalogueVersion(id=1, number=0)
        session.add(version)
    version.number += 1
    return Loaded(len(rows), len(known), version.number)


def version(session: Session) -> int:
    """The number of the last load; 0 where nothing was loaded yet."""
    return session.scalar(sa.select(CatalogueVersion.number)) or 0


def on_sale(session: Session) -> list[Product]:
    """Every product that can be ordered, in the catalogue's order."""
    return list(
        session.scalars(sa.select(Product).where(Product.on_sale).order_by(Product.position))
    )


def by_sku(session: Session, skus: set[str]) -> dict[str, Product]:
    """The products of these skus that are on sale."""
    found = session.scalars(sa.select(Product).where(Product.on_sale, Product.sku.in_(skus)))
    return {product.sku: product for product in found}
