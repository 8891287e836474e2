"""The public suites' cases and when an answer to one is right, as the contract scores them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data" / "peers"
TIME_FILES = ("time", "time_of_day", "time_holiday_lunar", "time_negative")
# Cases without a time of reference are read as said on an ordinary morning.
ANY_MORNING = "2026-11-20T09:30:00"

# Cases that the contract answers otherwise, and by which rule.
OVERRIDDEN = {
    "time_of_day-035": "rule 5: hours 1 to 6 with no part of day are afternoon (从五点半到六点)",
}


@dataclass(frozen=True)
class Case:
    """One case: its text, the part of it that carries the value, its local time, the answer."""

    id: str
    source: str
    text: str
    surface: str
    now: datetime
    expect: Mapping[str, Any]


def cases(name: str) -> Iterator[Case]:
    """The cases of one file, without those that a rule of the contract overrides."""
    for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["id"] not in OVERRIDDEN:
            now = datetime.fromisoformat(row["reference_time"] or ANY_MORNING)
            surface = row.get("surface", row["text"])
            yield Case(row["id"], row["source"], row["text"], surface, now, row["expect"])


def right_numbers(expect: Mapping[str, Any], values: Sequence[str]) -> bool:
    """All numbers in the text, or both ends of a range."""
    said: list[float] = expect["range"] if "range" in expect else expect["values"]
    return [float(value) for value in values] == said


def right_quantity(expect: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> bool:
    """The first amount has the grams or millilitres expected."""
    return any(
        measure in row and all(
            row[measure] == value
            for name, value in expect.items()
            if name.partition("_")[0] == measure
        )
        for row in rows[:1]
        for measure in ("grams", "ml")
    )


def right_time(
    expect: Mapping[str, Any], start: datetime | None, end: datetime | None
) -> bool:
    """Right date, and right clock time where stated; a range also its end, a deadline only that."""
    if "none" in expect:
        return start is None
    if start is None or end is None:
        return False
    from_, to = start.isoformat()[:16], end.isoformat()[:16]
    match expect["type"]:
        case "date" | "date_part":
            return bool(from_[:10] == expect["date"])
        case "datetime":
            return bool(from_ == expect["start"][:16])
        case "date_range":
            return (from_[:10], to[:10]) == (expect["start"], expect["end"])
        case "datetime_range":
            return (from_, to) == (expect["start"][:16], expect["end"][:16])
        case "deadline":
            return to.startswith(expect["by"][:16])
        case "time":
            return from_[11:] in (expect["time"], *expect.get("alternatives", ()))
        case "time_range":
            return (from_[11:], to[11:]) == (expect["start"], expect["end"])
        case "part":  # the hours of a part of the day are the contract's own
            return True
        case other:
            raise ValueError(f"unknown type of time: {other}")
