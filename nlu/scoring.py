"""Whether an understanding is right, or silently wrong, as the contract counts it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any


@dataclass
class Score:
    """Counts over many lines; `silent` are wrong lines that asked nothing."""

    lines: int = 0
    right: int = 0
    silent: int = 0
    wrong_ids: list[str] = field(default_factory=list)

    def add(self, row: Mapping[str, Any], out: Mapping[str, Any]) -> None:
        self.lines += 1
        faults = compare(row, out)
        if not faults:
            self.right += 1
            return
        self.wrong_ids.append(str(row["id"]))
        if is_silent(faults, out):
            self.silent += 1

    @property
    def right_share(self) -> float:
        return self.right / self.lines if self.lines else 0.0

    @property
    def silent_share(self) -> float:
        return self.silent / self.lines if self.lines else 0.0


def compare(row: Mapping[str, Any], out: Mapping[str, Any]) -> list[str]:
    """The fields in which `out` differs from `row["expect"]`; empty when the line is right."""
    expect = row["expect"]
    checks = {
        "intent": out["intent"] == expect["intent"],
        "items": _items(out) == _items(expect),
        "window": _windows(out) == _windows(expect),
        "edits": _edits(out) == _edits(expect),
        "rating": _rating_is_right(row, out),
        "clarify": _questions(out, expect),
    }
    return [name for name, right in checks.items() if not right]


def is_silent(faults: Iterable[str], out: Mapping[str, Any]) -> bool:
    """A wrong line that asks nothing, wrong in what would be acted upon."""
    return not out["clarify"] and bool({"intent", "items", "edits", "window"} & set(faults))


def _items(out: Mapping[str, Any]) -> set[tuple[str, Decimal]]:
    return {(item["sku"], Decimal(item["quantity"])) for item in out.get("items") or []}


def _start(window: Mapping[str, str] | None) -> datetime | None:
    return datetime.fromisoformat(window["start"]) if window else None


def _windows(out: Mapping[str, Any]) -> tuple[datetime | None, frozenset[tuple[str, datetime]]]:
    own = frozenset(
        (item["sku"], datetime.fromisoformat(item["window"]["start"]))
        for item in out.get("items") or []
        if item.get("window")
    )
    return _start(out.get("window")), own


def _edits(out: Mapping[str, Any]) -> set[tuple[str, str, Decimal | None]]:
    return {
        (edit["op"], edit["sku"], Decimal(edit["quantity"]) if edit.get("quantity") else None)
        for edit in out.get("edits") or []
    }


def _rating_is_right(row: Mapping[str, Any], out: Mapping[str, Any]) -> bool:
    wanted, got = row["expect"].get("rating"), out.get("rating")
    if wanted is None or got is None or row.get("exact_rating"):
        return bool(wanted == got)
    return bool(abs(wanted - got) <= 1)


def _questions(out: Mapping[str, Any], expect: Mapping[str, Any]) -> bool:
    """The same questions, each as often; options count where some were expected."""
    asked, wanted = (side.get("clarify") or [] for side in (out, expect))
    if Counter(q["about"] for q in asked) != Counter(q["about"] for q in wanted):
        return False
    left = [frozenset(q.get("options") or ()) for q in asked if q["about"] == "product"]
    for question in wanted:
        options = frozenset(question.get("options") or ())
        if question["about"] == "product" and options:
            if options not in left:
                return False
            left.remove(options)
    return True
