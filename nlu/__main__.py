"""The parser on standard input and output, one JSON object a line; the contract's command line."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TextIO

from nlu import NotHeard, Vocabulary, heard_from, load_catalogue, parse
from nlu.amounts import numerals, quantities
from nlu.contract import moment
from nlu.times.finding import window

Reader = Callable[[Mapping[str, Any]], dict[str, Any]]


def _text(row: Mapping[str, Any]) -> str:
    text = row.get("text")
    if not isinstance(text, str):
        raise NotHeard("text is missing")
    return text


def _window(row: Mapping[str, Any]) -> dict[str, str] | None:
    found = window(_text(row), moment(row.get("now")))
    return found.as_dict() if found else None


PARTS: dict[str, Reader] = {
    "numbers": lambda row: {"values": numerals.values(_text(row))},
    "quantities": lambda row: {"values": quantities.values(_text(row))},
    "times": lambda row: {"window": _window(row)},
}


def _answer(line: str, reader: Reader) -> tuple[dict[str, Any], bool]:
    """The row for one line of input, and whether the line was valid."""
    identity: Any = None
    try:
        row = json.loads(line)
        if not isinstance(row, dict):
            raise NotHeard("the line is not an object")
        identity = row.get("id")
        return {"id": identity, **reader(row)}, True
    except ValueError as error:
        return {"id": identity, "error": str(error)}, False


def run(lines: Iterable[str], reader: Reader, out: TextIO) -> int:
    """Answer every line in its order; 1 where one was not valid."""
    status = 0
    for line in lines:
        if not line.strip():
            continue
        row, valid = _answer(line, reader)
        status = status if valid else 1
        out.write(json.dumps(row, ensure_ascii=False) + "\n")
        out.flush()
    return status


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m nlu", description=__doc__)
    parser.add_argument("part", nargs="?", choices=sorted(PARTS), help="one part on its own")
    parser.add_argument("--catalogue", help="the catalogue's CSV file")
    args = parser.parse_args(argv)
    if args.part:
        return run(sys.stdin, PARTS[args.part], sys.stdout)
    if not args.catalogue:
        parser.error("--catalogue is needed")
    vocabulary = Vocabulary(load_catalogue(args.catalogue))
    return run(sys.stdin, lambda row: parse(heard_from(row), vocabulary).as_dict(), sys.stdout)


if __name__ == "__main__":
    sys.exit(main())
