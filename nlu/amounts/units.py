"""The measure words: what each weighs or holds, and those that only count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from nlu.lexing import rows

Kind = Literal["weight", "volume", "count"]


@dataclass(frozen=True)
class Unit:
    """A measure word; `grams` or `ml` is what one of a weight or a volume comes to.

    `pieces` is 2 for 对 and 12 for 打, which count pieces by the group, and else 1.
    """

    name: str
    kind: Kind
    grams: Decimal | None = None
    ml: Decimal | None = None
    pieces: int = 1


def _units() -> Iterator[Unit]:
    for kind, size, _, names in rows("units.tsv"):
        for name in names.split():
            if kind == "weight":
                yield Unit(name, "weight", grams=Decimal(size))
            elif kind == "volume":
                yield Unit(name, "volume", ml=Decimal(size))
            else:
                yield Unit(name, "count", pieces=int(size or 1))


UNITS: dict[str, Unit] = {unit.name: unit for unit in _units()}
_LONGEST = max(map(len, UNITS))


def unit_at(text: str, pos: int) -> Unit | None:
    """The longest measure word that starts at `pos`, whether or not a number stands before it."""
    for end in range(min(pos + _LONGEST, len(text)), pos, -1):
        if unit := UNITS.get(text[pos:end]):
            return unit
    return None
