"""The shared tables: what they hold, and what they say when something is wrong."""

import csv
import json
import shutil

import pytest

from mlipkit import data, datapackage
from mlipkit.cli import main
from mlipkit.errors import KitError


@pytest.fixture
def tables(tmp_path, monkeypatch):
    """A copy of the data folder that commands use instead of the kit's own."""
    folder = tmp_path / "data"
    shutil.copytree(datapackage.data_folder(), folder)
    monkeypatch.setattr(datapackage, "data_folder", lambda: folder)
    return folder


def change(path, row, column, value):
    """Write `value` into one cell; rows as people count them, the header being row 1."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    rows[row - 1][rows[0].index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows(rows)


def test_the_shared_tables_are_as_described():
    assert datapackage.problems() == []


@pytest.mark.parametrize(
    ("table", "rows"),
    [("papers", 209), ("products", 262), ("chapters", 29), ("lectures", 24), ("labs", 11), ("assignments", 10),
     ("related_courses", 16), ("offerings", 13), ("policies", 231)],
)  # fmt: skip
def test_no_row_of_the_facts_is_lost(table, rows):
    assert len(data.table(table)) == rows


def test_columns_have_the_types_that_a_reader_expects():
    papers = data.papers()
    assert papers.year.dtype == "int64"
    assert papers.annotated.dtype == "bool"
    assert papers.type.dtype == "category"
    hulten = papers.set_index("id").loc["hulten2018building"]
    assert hulten.authors == ["Geoff Hulten"]
    assert hulten.chapter_numbers == [1, 2, 4, 5, 7, 10, 11, 15, 19]
    assert papers.subsection.isna().sum() == 153
    assert data.chapters().last_updated.dt.year.min() >= 2023
    assert data.lectures().lab_same_week.dtype == "Int64"


def test_tables_are_found_from_any_working_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert len(data.papers()) == 209


def test_each_call_gives_a_table_of_its_own():
    changed = data.papers()
    changed["year"] = 0
    assert data.papers().year.min() == 1987


def test_an_unknown_table_is_named_with_the_known_ones():
    with pytest.raises(KitError, match='no table "paper"; the tables are papers, products'):
        data.table("paper")


def test_the_readme_is_made_from_the_description():
    made = datapackage.readme_text(datapackage.read_description())
    assert (datapackage.data_folder() / "README.md").read_text(encoding="utf-8") == made


def test_every_column_is_described_and_every_fact_has_its_source():
    for entry in datapackage.read_description()["resources"]:
        assert entry["class"] in ("facts", "own", "constructed")
        assert all(len(field["description"]) > 5 for field in entry["schema"]["fields"])
        if entry["class"] == "facts":
            for source in entry["sources"]:
                assert len(source["commit"]) == 40
                assert source["licenseChecked"] >= "2026-11-23"


@pytest.mark.parametrize(
    ("table", "row", "column", "value", "said"),
    [
        ("papers", 41, "year", "2018a", '"2018a" does not fit: the type is "integer"'),
        ("papers", 7, "year", "20190", '"20190" breaks the rule "maximum" is "2030"'),
        ("papers", 3, "type", "novel", '"novel" breaks the rule "enum"'),
        ("papers", 5, "chapter_numbers", "1; 77", '"77" is not in column number of chapters'),
        ("lectures", 6, "reading_paper_ids", "nobody1999nothing", '"nobody1999nothing" is not in column id of papers'),
        ("lectures", 2, "lab_same_week", "99", "the key has no match in the table it points to"),
        ("products", 9, "platform", "toaster", '"toaster" is not in the allowed values'),
        ("papers", 10, "id", "hulten2018building", "stands in an earlier row already"),
        ("papers", 12, "title", "", '"" breaks the rule "required"'),
    ],
)
def test_a_bad_cell_is_named_by_file_row_and_column(tables, capsys, table, row, column, value, said):
    change(tables / f"{table}.csv", row, column, value)
    assert main(["data", "check"]) == 1
    lines = [
        line for line in capsys.readouterr().err.splitlines() if f"{table}.csv, row {row}, column {column}" in line
    ]
    assert any(said in line for line in lines), lines


def test_loading_a_broken_table_gives_one_sentence(tables):
    change(tables / "papers.csv", 41, "year", "2018a")
    with pytest.raises(KitError, match=r'papers.csv, row 41, column year: "2018a" does not fit'):
        data.papers()


def test_a_missing_table_is_named(tables, capsys):
    (tables / "labs.csv").unlink()
    assert main(["data", "check"]) == 1
    assert "labs.csv, which holds the table labs, is missing" in capsys.readouterr().err
    with pytest.raises(KitError, match=r"labs.csv, which should hold the table labs, is missing"):
        data.labs()


def test_a_broken_description_is_named(tables, capsys):
    (tables / "datapackage.json").write_text("{", encoding="utf-8")
    assert main(["data", "check"]) == 1
    assert "datapackage.json is not valid JSON" in capsys.readouterr().err


def test_a_meant_change_is_described_by_a_command(tables, capsys):
    change(tables / "papers.csv", 2, "title", "Another title")
    assert main(["data", "check"]) == 1
    assert "run `mlipkit data describe`" in capsys.readouterr().err
    assert main(["data", "describe"]) == 0
    assert main(["data", "check"]) == 0
    assert data.papers().title[0] == "Another title"


def test_describing_twice_changes_nothing(tables):
    datapackage.refresh()
    once = (tables / "datapackage.json").read_bytes()
    datapackage.refresh()
    assert (tables / "datapackage.json").read_bytes() == once


def test_rows_and_hash_of_the_description_are_true():
    for entry in datapackage.read_description()["resources"]:
        facts = datapackage.file_facts(datapackage.data_folder() / entry["path"])
        assert (entry["bytes"], entry["hash"]) == (facts["bytes"], facts["hash"])
        assert entry["rows"] == len(data.table(entry["name"]))


def own_products(folder, name, rows):
    """A CSV with some rows of the products table, ids changed so that they are new."""
    with (datapackage.data_folder() / "products.csv").open(encoding="utf-8", newline="") as lines:
        header, *shared = csv.reader(lines)
    own = [[f"own/{row[0].split('/')[1]}", *row[1:]] for row in shared[:rows]]
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows([header, *own])
    return path


def test_an_own_table_stands_in_or_adds_rows(tmp_path):
    path = own_products(tmp_path, "mine.csv", rows=3)
    assert len(data.products(instead=path)) == 3
    both = data.products(more=path)
    assert len(both) == 265
    assert both.domain.dtype == "category"


def test_an_own_folder_works_by_environment(tmp_path, monkeypatch):
    own_products(tmp_path, "products_more.csv", rows=2)
    monkeypatch.setenv("MLIPKIT_DATA", str(tmp_path))
    assert len(data.products()) == 264
    assert len(data.papers()) == 209


def test_an_own_folder_that_is_none_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("MLIPKIT_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(KitError, match=r"MLIPKIT_DATA names .*nowhere, which is not a folder"):
        data.papers()


def test_several_problems_of_a_table_are_counted(tmp_path):
    path = own_products(tmp_path, "mine.csv", rows=3)
    change(path, 2, "stars_2024_04", "many")
    change(path, 4, "domain", "toys")
    with pytest.raises(KitError, match=r"row 2, .*Correct it, then load it again. It is the first of 2 problems"):
        data.products(instead=path)


def test_an_own_table_is_held_to_the_same_checks(tmp_path):
    path = own_products(tmp_path, "mine.csv", rows=3)
    change(path, 3, "stars_2024_04", "many")
    with pytest.raises(KitError, match=r'mine.csv, row 3, column stars_2024_04: "many" does not fit'):
        data.products(instead=path)


def test_an_added_row_may_not_repeat_a_key(tmp_path):
    path = own_products(tmp_path, "mine.csv", rows=1)
    change(path, 2, "id", "1j01/98")
    with pytest.raises(KitError, match=r'"1j01/98" is in the table products already'):
        data.products(more=path)


def test_missing_columns_are_named(tmp_path):
    path = tmp_path / "labs.csv"
    path.write_text("number,title\n1,One\n", encoding="utf-8")
    with pytest.raises(KitError, match=r"labs.csv.*tools"):
        data.table("labs", instead=path)


def test_a_file_that_is_not_utf8_is_named(tmp_path):
    path = tmp_path / "labs.csv"
    path.write_bytes("number,title\n1,Käse\n".encode("latin-1"))
    with pytest.raises(KitError, match=r"labs.csv"):
        data.table("labs", instead=path)


def test_the_description_is_a_frictionless_package():
    from frictionless import Package

    description = json.loads((datapackage.data_folder() / "datapackage.json").read_text(encoding="utf-8"))
    assert list(Package.metadata_validate(description)) == []
