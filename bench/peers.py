"""Our numbers, quantities and times beside those libraries' on the public suites' cases.

    python -m bench.peers            a table of right answers by suite, in Markdown
    python -m bench.peers --wrong    and each of our own errors

The libraries are in the dependency group `bench`. Each is asked in the ways that suit it best:
cn2an by its smart mode and by `transform`, jionlp on the whole text, on the part that carries the
value and by its extractor, preferring the future or not, dateparser likewise. Theirs is right where
any of these answers is; ours is given the text once.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import re
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from nlu.amounts import numerals, quantities
from nlu.times.finding import window
from tests.nlu.peers import (
    OVERRIDDEN,
    TIME_FILES,
    Case,
    cases,
    right_numbers,
    right_quantity,
    right_time,
)

Judge = Callable[[Case], bool]


def our_numbers(case: Case) -> bool:
    return right_numbers(case.expect, numerals.values(case.text))


def our_quantities(case: Case) -> bool:
    return right_quantity(case.expect, quantities.values(case.text))


def our_times(case: Case) -> bool:
    found = window(case.text, case.now)
    return right_time(case.expect, *((found.start, found.end) if found else (None, None)))


def cn2an_numbers(case: Case) -> bool:
    import cn2an

    with contextlib.suppress(ValueError):
        if right_numbers(case.expect, [str(cn2an.cn2an(case.text, "smart"))]):
            return True
    written = cn2an.transform(case.text, "cn2an")
    return right_numbers(case.expect, re.findall(r"-?\d+(?:\.\d+)?", written))




def jionlp_times(case: Case) -> bool:
    import jionlp

    return _any_right(case, _jionlp(jionlp, case))


def _jionlp(jionlp: Any, case: Case) -> Iterator[tuple[datetime | None, datetime | None]]:
    base = case.now.timestamp()
    for future in (False, True):  # its future skips the coming one of many days
        for text in (case.text, case.surface):
            with contextlib.suppress(Exception), contextlib.redirect_stdout(io.StringIO()):
                start, end = jionlp.parse_time(text, time_base=base, ret_future=future)["time"]
                yield _moment(start), _moment(end)
        with contextlib.suppress(Exception), contextlib.redirect_stdout(io.StringIO()):
            for found in jionlp.ner.extract_time(case.text, time_base=base, ret_future=future):
                start, end = found["detail"]["time"]
                yield _moment(start), _moment(end)


def _moment(written: str) -> datetime | None:
    with contextlib.suppress(ValueError):
        return datetime.fromisoformat(written)
    return None


def dateparser_times(case: Case) -> bool:
    import dateparser
    from dateparser.search import search_dates

    settings = {"RELATIVE_BASE": case.now, "PREFER_DATES_FROM": "future"}
    found = [dateparser.parse(text, languages=["zh"], settings=settings)
             for text in (case.text, case.surface)]
    searched = search_dates(case.text, languages=["zh"], settings=settings) or []
    return _any_right(case, ((day, day) for day in [*found, *(day for _, day in searched)] if day))


def _any_right(
    case: Case, answers: Iterable[tuple[datetime | None, datetime | None]]
) -> bool:
    given = list(answers)
    if "none" in case.expect:
        return not given
    return any(right_time(case.expect, *answer) for answer in given)


ASKED: dict[str, tuple[tuple[str, ...], dict[str, Judge]]] = {
    "numbers": (("number",), {"ours": our_numbers, "cn2an": cn2an_numbers}),
    "quantities": (("quantity",), {"ours": our_quantities}),
    "times": (
        TIME_FILES, {"ours": our_times, "jionlp": jionlp_times, "dateparser": dateparser_times}
    ),
}
COLUMNS = ("ours", "cn2an", "jionlp", "dateparser")


def table() -> Iterator[str]:
    """Right answers of each library, by what was asked and by suite, as lines of Markdown."""
    yield "| asked | suite | cases | " + " | ".join(COLUMNS) + " |"
    yield "|---|---|---|" + "---|" * len(COLUMNS)
    for asked, (names, judges) in ASKED.items():
        told = [case for name in names for case in cases(name)]
        right = {who: {case.id for case in told if judge(case)} for who, judge in judges.items()}
        suites = Counter(case.source.split("/")[0] for case in told)
        for suite, count in [*suites.items(), ("all", len(told))]:
            ids = {case.id for case in told if suite in ("all", case.source.split("/")[0])}
            shares = [
                f"{len(ids & right[who]) / count:.1%}" if who in right else "" for who in COLUMNS
            ]
            yield f"| {asked} | {suite} | {count} | " + " | ".join(shares) + " |"


def errors() -> Iterator[str]:
    for names, judges in ASKED.values():
        for case in (case for name in names for case in cases(name)):
            if not judges["ours"](case):
                yield f"{case.id} {case.text} {case.now:%Y-%m-%dT%H:%M} {dict(case.expect)}"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--wrong", action="store_true", help="print our own errors too")
    wanted = arguments.parse_args()
    warnings.simplefilter("ignore")
    lines = [*table(), "", *(f"not scored: {case}, {why}" for case, why in OVERRIDDEN.items())]
    sys.stdout.write("\n".join([*lines, *(errors() if wanted.wrong else ())]) + "\n")


if __name__ == "__main__":
    main()
