"""The community's residents from a table: each row is taken or refused with the reason.

A row that is on file already changes nothing, so the same file can be imported again.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy.orm import Session

from orders.consents import Consent
from orders.customers import Customer, enrol, household
from orders.relatives import Scope, link, link_between, register
from voiceapp.errors import VoiceappError
from voiceapp.phone import BadNumber, Phone, parse_phone

HEADINGS: dict[str, tuple[str, ...]] = {
    "name": ("name", "姓名"),
    "number": ("number", "电话"),
    "address": ("address", "地址"),
    "notes": ("notes", "备注"),
    "relative": ("relative", "家人"),
    "relation": ("relation", "关系"),
    "relative_number": ("relative_number", "家人电话"),
    "at_door": ("pays_at_door", "上门付款"),
}
"""The columns, each by the headings that it may have. The first two are needed."""

YES_NO = {"": False, "no": False, "否": False, "yes": True, "是": True}
ENCODINGS = ("utf-8-sig", "gb18030")
"""What spreadsheets write: the second is what Chinese ones do unless asked."""

SCOPES = (Scope.SEE, Scope.APPROVE, Scope.PAY)
"""What the community's own form lets a relative do; the rest the parent grants by telephone."""

ON_PAPER = "社区登记表"
LONGEST_RELATION = 16


class BadResidents(VoiceappError):
    """The file cannot be read as residents; the message says why."""


class Refused(VoiceappError):
    """One row cannot be taken; the message says why."""


class Outcome(StrEnum):
    """What became of a row."""

    TAKEN = "taken"
    ON_FILE = "on file"
    REFUSED = "refused"


@dataclass(frozen=True)
class Resident:
    """One row of the table, as it was written."""

    line: int
    name: str = ""
    number: str = ""
    address: str = ""
    notes: str = ""
    relative: str = ""
    relation: str = ""
    relative_number: str = ""
    at_door: str = ""


@dataclass(frozen=True)
class Result:
    """A row's line in the file, what became of it, and why."""

    line: int
    outcome: Outcome
    reason: str = ""


def read(path: Path) -> list[Resident]:
    """The rows of a table with headings. Raises BadResidents."""
    reader = csv.DictReader(io.StringIO(_decoded(path), newline=""))
    found = {heading.strip(): heading for heading in reader.fieldnames or ()}
    columns = {
        column: found[heading]
        for column, headings in HEADINGS.items()
        for heading in headings
        if heading in found
    }
    missing = [" or ".join(HEADINGS[each]) for each in ("name", "number") if each not in columns]
    if missing:
        raise BadResidents(f"{path.name}: the first line has no heading {', '.join(missing)}")
    unknown = set(found.values()) - set(columns.values()) - {""}
    if unknown:
        raise BadResidents(f"{path.name}: no such heading: {', '.join(sorted(unknown))}")
    return [
        Resident(reader.line_num, **{key: (row[at] or "").strip() for key, at in columns.items()})
        for row in reader
        if any(value and value.strip() for value in row.values() if isinstance(value, str))
    ]


def _decoded(path: Path) -> str:
    for encoding in ENCODINGS:
        try:
            return path.read_text(encoding)
        except UnicodeDecodeError:
            continue
    raise BadResidents(f"{path.name}: neither UTF-8 nor GB 18030; save it as a CSV in UTF-8")


def take_all(session: Session, rows: list[Resident], prefixes: tuple[str, ...]) -> Iterator[Result]:
    """Put each row on file. `prefixes` begin the numbers that we may ring."""
    for row in rows:
        try:
            with session.begin_nested():
                yield Result(row.line, _take(session, row, prefixes))
        except Refused as refused:
            yield Result(row.line, Outcome.REFUSED, str(refused))


def _take(session: Session, row: Resident, prefixes: tuple[str, ...]) -> Outcome:
    if not row.name:
        raise Refused("no name")
    if row.at_door.lower() not in YES_NO:
        raise Refused("whether she pays at the door is yes or no (是 or 否)")
    phone = _ringable(row.number, "the number", prefixes)
    relative = _relative(row, prefixes)
    known = [each for each in household(session, phone) if each.name == row.name]
    customer = known[0] if known else enrol(session, row.name, phone, row.address)
    if not known:
        customer.notes, customer.pays_at_door = row.notes, YES_NO[row.at_door.lower()]
    linked = relative is not None and _link(session, customer, row, relative)
    return Outcome.ON_FILE if known and not linked else Outcome.TAKEN


def _ringable(text: str, what: str, prefixes: tuple[str, ...]) -> Phone:
    try:
        phone = parse_phone(text)
    except BadNumber as error:
        raise Refused(f"{what}: {error}") from error
    if not phone.rings_at(prefixes):
        raise Refused(f"{what} does not begin as ALLOWED_PREFIXES wants: {', '.join(prefixes)}")
    return phone


def _relative(row: Resident, prefixes: tuple[str, ...]) -> Phone | None:
    given = (row.relative, row.relation, row.relative_number)
    if not any(given):
        return None
    if not all(given):
        raise Refused("a relative needs a name, a relation and a number")
    if len(row.relation) > LONGEST_RELATION:
        raise Refused(f"the relation has more than {LONGEST_RELATION} characters")
    return _ringable(row.relative_number, "the relative's number", prefixes)


def _link(session: Session, customer: Customer, row: Resident, phone: Phone) -> bool:
    relative = register(session, row.relative, phone)
    if link_between(session, relative.id, customer.id) is not None:
        return False
    link(session, customer, relative, row.relation, SCOPES)
    session.add(
        Consent(
            customer_id=customer.id,
            relative_id=relative.id,
            to_what=" ".join(SCOPES),
            words=ON_PAPER,
        )
    )
    return True
