"""From the lines that a caller leaves to the edits of the draft that was read."""

from __future__ import annotations

from decimal import Decimal

from nlu.contract import Clarify, Edit
from nlu.marks.orderlines import Line, Lines
from nlu.sounds.repaired import Repaired
from nlu.vocabulary import Vocabulary
from nlu.wishes.lines import settle


def edits_of(lines: Lines, said: Repaired) -> tuple[list[Edit], list[Clarify]]:
    """What was removed, then what was set or added, in the order said; and what must be asked."""
    edits: list[Edit] = []
    asked: list[Clarify] = []
    kept = {line.base.sku for line in lines.lines if line.base}
    for line in lines.removed:
        if line.base and line.base.sku not in kept:
            _put(edits, Edit("remove", line.base.sku))
    for line in lines.lines:
        _edit(line, said, lines.vocabulary, edits, asked)
    return edits, asked


def _edit(
    line: Line, said: Repaired, vocabulary: Vocabulary, edits: list[Edit], asked: list[Clarify]
) -> None:
    if line.mode == "kept":
        return
    settled = settle(line, said, vocabulary, len(asked) + 1)
    if isinstance(settled, Clarify):
        asked.append(settled)
        return
    base = line.base
    if base is None:
        _put(edits, Edit("add", settled.sku, settled.quantity))
    elif settled.sku != base.sku:
        _put(edits, Edit("remove", base.sku))
        _put(edits, Edit("add", settled.sku, settled.quantity))
    elif line.mode == "more":
        _put(edits, Edit("add", settled.sku, settled.quantity))
    elif line.mode == "less":
        _less(base.sku, base.quantity - settled.quantity, edits)
    elif settled.quantity != base.quantity:
        _put(edits, Edit("set", settled.sku, settled.quantity))


def _less(sku: str, left: Decimal, edits: list[Edit]) -> None:
    _put(edits, Edit("set", sku, left) if left > 0 else Edit("remove", sku))


def _put(edits: list[Edit], edit: Edit) -> None:
    if edit not in edits:
        edits.append(edit)
