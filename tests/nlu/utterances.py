"""The labelled utterances beside the tests, and the pilot's vocabulary to read them with."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import nlu
from nlu.contract import heard_from
from nlu.scoring import Score

DATA = Path(__file__).parent / "data"
CATALOGUE = Path(__file__).parents[2] / "orders" / "data" / "catalogue.csv"
NOW = "2026-11-20T09:30:00+08:00"  # a Friday


@lru_cache(maxsize=1)
def vocabulary() -> nlu.Vocabulary:
    return nlu.Vocabulary(nlu.load_catalogue(CATALOGUE))


def rows(name: str) -> list[dict[str, Any]]:
    lines = (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def table(name: str) -> list[list[str]]:
    """The columns of a table of tests; lines that begin with # are remarks."""
    lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def understood(row: dict[str, Any]) -> dict[str, Any]:
    return nlu.parse(heard_from(row), vocabulary()).as_dict()


def said(text: str, dialogue: str = "request", **more: Any) -> dict[str, Any]:
    return understood({"text": text, "dialogue": dialogue, "now": NOW, **more})


def items(text: str) -> dict[str, str]:
    """How much of what a request orders, as it is written out."""
    return {item["sku"]: item["quantity"] for item in said(text)["items"]}


def ordered(found: dict[str, Any]) -> dict[str, Decimal]:
    """How much of what."""
    return {item["sku"]: Decimal(item["quantity"]) for item in found["items"]}


def goods(written: str) -> dict[str, Decimal]:
    """The same as the tables write it: egg=2 rice-10=1."""
    lines = (line.split("=") for line in written.split())
    return {sku: Decimal(quantity) for sku, quantity in lines}


def asked(found: dict[str, Any]) -> list[str]:
    """What the questions are about."""
    return [row["about"] for row in found["clarify"]]


def score(name: str) -> Score:
    total = Score()
    for row in rows(name):
        total.add(row, understood(row))
    return total
