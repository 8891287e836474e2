"""The catalogue's file, taken or refused with the reason."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from orders import catalogue
from orders.catalogue import COLUMNS, BadCatalogue, Product

HEAD = ",".join(COLUMNS)


def write(folder: Path, *rows: str) -> Path:
    path = folder / "catalogue.csv"
    path.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    return path


def test_the_pilot_catalogue_is_loaded_whole(session: Session) -> None:
    products = catalogue.on_sale(session)

    assert len(products) == 169
    assert session.get_one(Product, "egg").price == 580


def test_loading_again_changes_prices_and_takes_off_sale_what_is_gone(
    session: Session, tmp_path: Path
) -> None:
    before = catalogue.version(session)

    loaded = catalogue.load(session, write(tmp_path, "egg,goods,蛋奶,鸡蛋,,斤,6.10,0.1,,,"))

    assert (loaded.products, loaded.withdrawn, loaded.version) == (1, 168, before + 1)
    assert [(p.sku, p.price) for p in catalogue.on_sale(session)] == [("egg", 610)]
    assert session.get_one(Product, "potato").on_sale is False


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("egg,goods,蛋奶,鸡蛋,,斤,5.801,,,,", "line 2"),
        ("egg,goods,蛋奶,鸡蛋,,斤,cheap,,,,", "numbers"),
        ("egg,food,蛋奶,鸡蛋,,斤,5.80,,,,", "kind"),
        (",goods,蛋奶,鸡蛋,,斤,5.80,,,,", "sku is empty"),
        ("egg,goods,蛋奶", "fields"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(tmp_path: Path, row: str, why: str) -> None:
    with pytest.raises(BadCatalogue, match=why):
        catalogue.read_csv(write(tmp_path, row))


def test_a_sku_that_stands_twice_is_refused(tmp_path: Path) -> None:
    row = "egg,goods,蛋奶,鸡蛋,,斤,5.80,,,,"

    with pytest.raises(BadCatalogue, match="twice"):
        catalogue.read_csv(write(tmp_path, row, row))


def test_a_file_with_another_head_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text("a,b,c\n1,2,3\n")

    with pytest.raises(BadCatalogue, match="first line"):
        catalogue.read_csv(path)
