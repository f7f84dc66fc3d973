"""A made caseload gives the printed tables back, to the unit, through the real commands."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from spean.ledger.models import Entry
from spean.statistics import caseload
from tests.domain.command import spean

pytestmark = pytest.mark.django_db

SOURCE = (files("spean.statistics") / "published_tables.toml").read_text(encoding="utf-8")
TABLES = caseload.published()
OPERATIONS = ("2022-08-21", "2022-08-26")


def ask(table, only=""):
    figures = [f for f in table.figures if f.only == only]
    first, last = OPERATIONS if only else (table.first, table.last)
    bys = {"*".join(column for column, _ in f.columns) for f in figures if f.columns}
    words = ["--from", first, "--to", last, "--measures", ",".join({f.measure for f in figures})]
    words += ["--where", f"agency={table.agency},where={table.where}"]
    if bys:
        words += ["--by", ",".join(sorted(bys))]
    answer = spean("statement", "make", *words)
    assert answer.err == ""
    found = {
        (f["measure"], f["key"], tuple(sorted(f["by"].items()))): f["quantity"]
        for f in json.loads(answer.out)["figures"]
    }
    return {f.name: found.get((f.measure, f.key, f.columns)) for f in figures}, figures


def assert_tables_come_back(tables):
    for table in tables:
        for only in dict.fromkeys(f.only for f in table.figures):
            found, figures = ask(table, only)
            assert found == {f.name: f.quantity for f in figures}, table.id


def test_the_published_tables_come_back_with_others_beside_them():
    answer = spean("caseload", "make", "--tables", "published", "--persons", 3000, "--seed", 1)
    assert answer.err == ""
    assert_tables_come_back(TABLES)
    assert Entry.objects.filter(person__startswith="other/").count() > 3000


def test_other_numbers_come_back_too(tmp_path):
    text = SOURCE
    for old, new in (
        ("quantity = 986", "quantity = 1986"),
        ("quantity = 288", "quantity = 1288"),
        ("quantity = 97}", "quantity = 90}"),
        ("quantity = 42}", "quantity = 98}"),
        ("quantity = 52}", "quantity = 37}"),
        ("quantity = 6, only", "quantity = 25, only"),
        ("quantity = 17}", "quantity = 1}"),
        ("quantity = 39}", "quantity = 0}"),
    ):
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "tables.toml"
    path.write_text(text, encoding="utf-8")
    assert spean("caseload", "make", "--tables", path, "--seed", 7).err == ""
    tables = [t for t in caseload.read(path) if t.id != "ngo-2020"]  # a zero is an absent cell
    assert_tables_come_back(tables)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("quantity = 986", "quantity = 985", "persons_repatriated"),
        ("quantity = 42}", "quantity = 99}", "victims_repatriated (case)"),
        ("quantity = 97}", "quantity = 99}", "sex=female"),
        ("quantity = 6, only", "quantity = 26, only", "nationality"),
        ("quantity = 36}", "quantity = 53}", "checkpoint=PNH"),
    ],
)
def test_a_figure_that_cannot_be_met_is_named(tmp_path, old, new, named):
    path = tmp_path / "tables.toml"
    path.write_text(SOURCE.replace(old, new), encoding="utf-8")
    answer = spean("caseload", "make", "--tables", path)
    assert answer.code == 1
    assert named in answer.err
    assert "cannot be met" in answer.err
    assert not Entry.objects.exists()


def test_making_it_again_adds_only_what_is_new():
    first = json.loads(
        spean("caseload", "make", "--tables", "published", "--persons", 50, "--json").out
    )
    again = json.loads(
        spean("caseload", "make", "--tables", "published", "--persons", 80, "--json").out
    )
    assert all(table["already"] for table in again["tables"])
    assert (first["persons_added"], again["persons_added"]) == (50, 30)
    same = json.loads(
        spean("caseload", "make", "--tables", "published", "--persons", 80, "--json").out
    )
    assert same["entries_added"] == 0


def test_the_same_table_with_other_numbers_needs_another_database(tmp_path):
    spean("caseload", "make", "--tables", "published")
    path = tmp_path / "tables.toml"
    path.write_text(SOURCE.replace("quantity = 7953", "quantity = 7954"), encoding="utf-8")
    answer = spean("caseload", "make", "--tables", path)
    assert answer.code == 1
    assert "other numbers" in answer.err


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nonsense", "cannot be read"),
        ("a = 1", "no [[table]]"),
        ('[[table]]\nid = "x"\n', "period"),
        (
            '[[table]]\nid = "x"\nperiod = ["2022-01-01", "2022-12-31"]\n'
            'figures = [{measure = "joy", key = "person", quantity = 1}]',
            "joy",
        ),
    ],
)
def test_a_file_of_another_form_is_refused(tmp_path, text, says):
    path = tmp_path / "tables.toml"
    path.write_text(text, encoding="utf-8")
    answer = spean("caseload", "make", "--tables", path)
    assert answer.code == 1
    assert says in answer.err


def test_no_such_file_is_wrong_usage():
    assert spean("caseload", "make", "--tables", "nowhere.toml").code == 2


def test_the_demo_may_walk_whole_cases_and_lay_the_rest():
    table = next(t for t in TABLES if t.id == "returns-from-china-2025")
    units = caseload.units(table, 1)
    walked = caseload.walkable(units, 30)
    assert 30 <= len(walked) < 40
    indexes = {unit.index for unit in walked}
    cases = {unit.columns["case"] for unit in walked}
    assert not any(u.columns["case"] in cases for u in units if u.index not in indexes)
    assert len(list(caseload.rows(units, exclude=indexes))) == 98 - len(walked)
    assert caseload.units(table, 1) == units


def test_a_public_statement_of_the_tables_hides_what_was_printed_small():
    spean("caseload", "make", "--tables", "published")
    for first, last, measure, by, hidden in (
        ("2017-01-01", "2017-12-31", "persons_repatriated", "from", {"from": "MMR"}),
        ("2025-01-01", "2025-04-22", "victims_repatriated", "province", {"province": "20"}),
        ("2025-01-01", "2025-04-22", "departures_stopped", "outcome", {"outcome": "went_home"}),
    ):
        words = ["--from", first, "--to", last, "--measures", measure, "--by", by, "--public"]
        figures = json.loads(spean("statement", "make", *words).out)["figures"]
        masked = [f for f in figures if f["key"] == "person" and f["masked"]]
        assert hidden in [f["by"] for f in masked]
        assert len(masked) >= 2
        assert all(f["quantity"] is None for f in masked)
