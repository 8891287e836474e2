"""The products and services that can be asked for, as the catalogue's file lists them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Literal, cast


@dataclass(frozen=True)
class Product:
    """One row of the catalogue.

    `price_fen`: fen for one sale `unit`. `piece_jin`: 斤 of one piece of what is sold by the 斤.
    `pack_jin`: 斤 of one sale unit of something packed. `inner`: what one sale unit holds,
    measure word to count.
    """

    sku: str
    kind: Literal["goods", "service"]
    category: str
    name: str
    spec: str
    unit: str
    price_fen: int | None = None
    piece_jin: Decimal | None = None
    pack_jin: Decimal | None = None
    inner: Mapping[str, int] = field(default_factory=dict, hash=False)
    aliases: tuple[str, ...] = ()

    @property
    def short_name(self) -> str:
        """The name without the part in （）."""
        return self.name.split("（")[0]

    @property
    def is_service(self) -> bool:
        return self.kind == "service"


def load_catalogue(path: str | Path) -> tuple[Product, ...]:
    """Read a catalogue file. Raises OSError, KeyError or ValueError where it is not one."""
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return tuple(_product(row) for row in csv.DictReader(file))


def _product(row: Mapping[str, str]) -> Product:
    if row["kind"] not in ("goods", "service"):
        raise ValueError(f"{row['sku']}: kind is neither goods nor service")
    return Product(
        sku=row["sku"],
        kind=cast(Literal["goods", "service"], row["kind"]),
        category=row["category"],
        name=row["name"],
        spec=row["spec"],
        unit=row["unit"],
        price_fen=int(Decimal(row["price"]) * 100) if row["price"] else None,
        piece_jin=Decimal(row["piece_jin"]) if row["piece_jin"] else None,
        pack_jin=Decimal(row["pack_jin"]) if row["pack_jin"] else None,
        inner=_inner(row["inner"]),
        aliases=tuple(name for name in row["aliases"].split("|") if name),
    )


def _inner(text: str) -> dict[str, int]:
    pairs = (pair.split(":") for pair in text.split("|") if pair)
    return {measure: int(count) for measure, count in pairs}
