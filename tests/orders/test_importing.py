"""Residents from a table: taken, on file already, or refused with the reason."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from orders import importing
from orders.consents import Consent
from orders.customers import Customer, household
from orders.importing import BadResidents, Outcome, Result
from orders.relatives import Scope, standing
from tests.conftest import BO, LIN, MEI
from voiceapp.phone import Phone

HEAD = "姓名,电话,地址,备注,家人,关系,家人电话,上门付款\n"
Import = Callable[[str], list[Result]]


@pytest.fixture
def imported(session: Session, tmp_path: Path) -> Import:
    """Import a table that is given as text."""

    def do(text: str) -> list[Result]:
        path = tmp_path / "residents.csv"
        path.write_text(text, "utf-8")
        return list(importing.take_all(session, importing.read(path), ("+1202555",)))

    return do


def test_a_resident_is_put_on_file_with_everything(imported: Import, session: Session) -> None:
    results = imported(f"{HEAD}王梅,{MEI},幸福里3号楼,左耳听不清,王林,女儿,{LIN},是\n")

    assert results == [Result(2, Outcome.TAKEN)]
    (mei,) = household(session, Phone(MEI))
    assert (mei.name, mei.address, mei.notes) == ("王梅", "幸福里3号楼", "左耳听不清")
    assert mei.pays_at_door
    (link,) = standing(session, mei.id)
    assert (link.relation, link.relative.phone) == ("女儿", Phone(LIN))


def test_the_form_on_paper_lets_a_relative_see_approve_and_pay_and_no_more(
    imported: Import, session: Session
) -> None:
    imported(f"{HEAD}王梅,{MEI},,,王林,女儿,{LIN},\n")

    (mei,) = household(session, Phone(MEI))
    (link,) = standing(session, mei.id)
    assert [scope for scope in Scope if link.allows(scope)] == [
        Scope.SEE,
        Scope.APPROVE,
        Scope.PAY,
    ]
    assert session.scalars(sa.select(Consent)).one().customer_id == mei.id


def test_the_same_table_again_changes_nothing(imported: Import, session: Session) -> None:
    table = f"{HEAD}王梅,{MEI},幸福里3号楼,,王林,女儿,{LIN},否\n"
    imported(table)
    (mei,) = household(session, Phone(MEI))
    mei.notes = "牙不好"

    results = imported(table)

    assert [each.outcome for each in results] == [Outcome.ON_FILE]
    assert session.scalar(sa.select(sa.func.count()).select_from(Customer)) == 1
    assert len(standing(session, mei.id)) == 1
    assert mei.notes == "牙不好"


def test_two_people_on_one_line_are_one_household(imported: Import, session: Session) -> None:
    imported(f"{HEAD}王梅,{MEI},,,,,,\n李福,{MEI},,,,,,\n")

    assert {each.name for each in household(session, Phone(MEI))} == {"王梅", "李福"}


def test_a_relative_who_is_known_later_is_linked_then(imported: Import, session: Session) -> None:
    imported(f"{HEAD}王梅,{MEI},,,,,,\n")

    results = imported(f"{HEAD}王梅,{MEI},,,王林,女儿,{LIN},\n")

    assert [each.outcome for each in results] == [Outcome.TAKEN]
    assert len(standing(session, household(session, Phone(MEI))[0].id)) == 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (f",{MEI},,,,,,", "no name"),
        ("王梅,twelve,,,,,,", "the number: not a telephone number"),
        ("王梅,,,,,,,", "the number"),
        ("王梅,+442079460000,,,,,,", "ALLOWED_PREFIXES"),
        (f"王梅,{MEI},,,王林,,,", "a name, a relation and a number"),
        (f"王梅,{MEI},,,王林,女儿,nobody,", "the relative's number"),
        (f"王梅,{MEI},,,王林,{'女' * 17},{LIN},", "more than 16"),
        (f"王梅,{MEI},,,,,,maybe", "yes or no"),
    ],
)
def test_a_row_is_refused_with_the_reason_and_the_others_are_taken(
    imported: Import, session: Session, row: str, reason: str
) -> None:
    results = imported(f"{HEAD}{row}\n李福,{BO},,,,,,\n")

    assert (results[0].line, results[0].outcome) == (2, Outcome.REFUSED)
    assert reason in results[0].reason
    assert results[1].outcome is Outcome.TAKEN
    assert household(session, Phone(MEI)) == []


def test_a_table_as_chinese_spreadsheets_save_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "residents.csv"
    path.write_bytes(f"{HEAD}王梅,{MEI},幸福里,,,,,\n".encode("gb18030"))

    assert importing.read(path)[0].name == "王梅"


def test_english_headings_empty_lines_and_fewer_columns_are_read(tmp_path: Path) -> None:
    path = tmp_path / "residents.csv"
    path.write_text(f"number,name\n{MEI},Mei\n,\n", "utf-8-sig")

    assert [(each.line, each.name) for each in importing.read(path)] == [(2, "Mei")]


@pytest.mark.parametrize(
    ("head", "reason"),
    [("姓名,地址", "number or 电话"), ("姓名,电话,微信", "no such heading: 微信"), ("", "name")],
)
def test_a_table_with_other_headings_is_refused(tmp_path: Path, head: str, reason: str) -> None:
    path = tmp_path / "residents.csv"
    path.write_text(f"{head}\n", "utf-8")

    with pytest.raises(BadResidents, match=reason):
        importing.read(path)
