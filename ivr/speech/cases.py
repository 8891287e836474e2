"""An operator's recordings with what is said in them, and what a model made of each."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from ivr.speech.alignment import errors, plain
from ivr.speech.transcriber import Hearing

Verdict = Literal["right", "asked", "wrong"]
Lines = frozenset[tuple[str, Decimal]]
NOON = "2026-11-20T12:00:00+08:00"  # the time of a call whose line of the manifest doesn't say


@dataclass(frozen=True)
class Case:
    """One recording with what is said in it."""

    audio: Path
    text: str
    group: str = "all"
    order: Lines | None = None  # None: not asked for
    now: datetime = datetime.fromisoformat(NOON)


@dataclass(frozen=True)
class Outcome:
    """What one model made of one case."""

    case: Case
    hearing: Hearing
    verdict: Verdict | None  # of the order; None where the case has none

    @property
    def said(self) -> str:
        return plain(self.case.text)

    @property
    def heard(self) -> str:
        return plain(self.hearing.text)

    @property
    def wrong(self) -> int:
        return errors(self.said, self.heard)


def read_manifest(manifest: Path) -> list[Case]:
    """The cases of a JSONL file, their audio beside it.

    A line holds `audio` and `text`, and may hold `group`, `now` and `order`: [{"sku", "quantity"}].

    Raises:
        ValueError: a line is not one of those; the message names its number.
    """
    cases = []
    for number, line in enumerate(manifest.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            cases.append(_case(json.loads(line), manifest.parent))
        except (ValueError, KeyError, TypeError, ArithmeticError) as error:
            raise ValueError(f"{manifest}, line {number}: {error!r}") from error
    if not cases:
        raise ValueError(f"{manifest} holds no recordings")
    return cases


def _case(row: Mapping[str, Any], folder: Path) -> Case:
    audio, text, order = folder / row["audio"], str(row["text"]), row.get("order")
    now = datetime.fromisoformat(row.get("now", NOON))
    if now.tzinfo is None:
        raise ValueError("now is without its offset")
    group = str(row.get("group", "all"))
    return Case(audio, text, group, None if order is None else lines(order), now)


def lines(order: Iterable[Mapping[str, Any]]) -> Lines:
    """An order's lines as they are compared."""
    return frozenset((line["sku"], Decimal(line["quantity"]).normalize()) for line in order)
