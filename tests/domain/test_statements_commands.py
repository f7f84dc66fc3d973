"""Making, keeping, remaking and checking a statement, as the command line offers it."""

from __future__ import annotations

import csv
import io
import json

import pytest

from spean.kernel.actor import Actor, Kind
from spean.kernel.errors import Denied
from spean.ledger.actions import record
from spean.statistics import queries, rules
from spean.statistics.models import Statement
from tests.domain.command import spean

pytestmark = pytest.mark.django_db

ACTOR = Actor(kind=Kind.OPERATOR, agency_code="GDI")
PERIOD = ("--from", "2025-01-01", "--to", "2025-03-31")


@pytest.fixture(autouse=True)
def returns(stopped_clock):
    """Seven women and two men home from two countries in one quarter, one woman before."""
    for number, (sex, country) in enumerate([("female", "CHN")] * 7 + [("male", "THA")] * 2):
        record(
            "repatriated", actor=ACTOR, occurred="2025-02-01", person=f"p{number}", sex=sex,
            case=f"c{number // 2}", from_=country, role="victim",
        )  # fmt: skip
    record(
        "repatriated", actor=ACTOR, occurred="2024-12-01", person="p9", sex="female",
        from_="CHN", role="victim",
    )  # fmt: skip


def make(*words):
    answer = spean("statement", "make", *PERIOD, "--measures", "victims_repatriated", *words)
    assert answer.err == ""
    return answer.out


def figures(document, key="person"):
    return {tuple(f["by"].items()): f["quantity"] for f in document["figures"] if f["key"] == key}


def test_the_form_is_the_one_people_script_against():
    document = json.loads(make("--by", "sex"))
    assert document["form"] == 1
    assert (document["id"], document["state"]) == (None, "made")
    assert (document["audience"], document["template"]) == ("internal", None)
    assert (document["from"], document["to"]) == ("2025-01-01", "2025-03-31")
    assert document["as_of"] == "2025-03-03"
    assert set(document["definitions"]["victims_repatriated"]) == {"version", "en", "km"}
    assert document["figures"][0] == {
        "measure": "victims_repatriated",
        "key": "person",
        "by": {},
        "quantity": 9,
        "previous": 1,
        "change": 8,
        "masked": False,
    }
    total = {"measure": "victims_repatriated", "key": "person", "by": "sex"}
    assert total | {"parts_sum": 9, "total": 9, "holds": True} in document["sums"]
    assert document["coverage"] == [{"agency": "GDI", "last_recorded": "2025-03-03T02:00:00+00:00"}]
    assert document["digest"] == rules.digest(document["figures"])


def test_each_alone_and_crossed():
    cells = figures(json.loads(make("--by", "sex,sex*from")))
    assert cells[("sex", "female"),] == 7
    assert cells[("sex", "male"), ("from", "THA")] == 2
    assert (("from", "THA"),) not in cells


def test_a_missing_value_is_unknown_and_an_empty_cell_is_absent():
    cells = figures(json.loads(make("--by", "placement")))
    assert cells == {(): 9, (("placement", "unknown"),): 9}
    nothing = json.loads(make("--where", "from=VNM"))
    assert nothing["figures"] == []


def test_nothing_before_leaves_no_change_to_tell():
    document = json.loads(spean("statement", "make", "--from", "2024", "--to", "2024").out)
    assert {(f["previous"], f["change"]) for f in document["figures"]} == {(None, None)}


def test_as_known_at_an_earlier_day_it_was_not_known():
    document = json.loads(make("--as-of", "2025-03-02"))
    assert document["figures"] == []


def test_a_kept_statement_comes_out_the_same_whatever_is_recorded_later(stopped_clock):
    kept = json.loads(make("--keep", "--by", "sex"))
    assert (kept["id"], kept["state"]) == ("ST-2025-0001", "draft")
    record(
        "repatriated", actor=ACTOR, occurred="2025-02-01", person="late", role="victim",
        recorded=stopped_clock,
    )  # fmt: skip
    assert figures(json.loads(make()))[()] == 10
    answer = spean("statement", "remake", "ST-2025-0001")
    assert answer.code == 0
    assert json.loads(answer.out) == kept
    assert Statement.objects.get().digest == kept["digest"]


def test_remaking_says_so_when_the_figures_differ():
    make("--keep")
    Statement.objects.update(digest="sha256:another")
    answer = spean("statement", "remake", "ST-2025-0001")
    assert answer.code == 1
    assert "does not come out the same" in answer.err


def test_a_statement_not_kept_is_refused_in_a_sentence():
    answer = spean("statement", "remake", "ST-2025-0099")
    assert (answer.code, answer.out) == (1, "")
    assert "--keep" in answer.err


@pytest.mark.parametrize(
    "spoil",
    [
        lambda d: d["figures"][0].update(quantity=10),
        lambda d: d["figures"].pop(),
        lambda d: d["figures"].append(d["figures"][0]),
        lambda d: d["sums"][0].update(parts_sum=8),
        lambda d: d.update(digest="sha256:0"),
        lambda d: d.update(form=2),
    ],
)
def test_check_finds_what_was_changed(tmp_path, spoil):
    path = tmp_path / "s.json"
    document = json.loads(make("--by", "sex", "--out", path) or path.read_text())
    assert spean("statement", "check", path).code == 0
    spoil(document)
    path.write_text(json.dumps(document))
    answer = spean("statement", "check", path)
    assert answer.code == 1
    assert answer.err


def test_check_refuses_what_is_no_statement(tmp_path):
    path = tmp_path / "s.json"
    path.write_text("not json")
    assert spean("statement", "check", path).code == 1


def test_csv_has_a_row_a_figure():
    rows = list(csv.DictReader(io.StringIO(make("--by", "sex", "--format", "csv"))))
    first = rows[0]
    assert (first["measure"], first["by"], first["quantity"]) == ("victims_repatriated", "", "9")
    assert any(row["by"] == "sex=male" and row["quantity"] == "2" for row in rows)


def test_the_page_is_complete_and_says_what_it_is():
    page = make("--by", "sex,from", "--format", "html")
    assert "Internal: for official use only" in page
    assert "From 1 January 2025 to 31 March 2025" in page
    assert "Victims repatriated" in page
    assert "China" in page
    assert "Total" in page
    assert rules.digest(json.loads(make("--by", "sex,from"))["figures"]) in page
    assert "http://" not in page
    assert "https://" not in page
    assert "<script" not in page


def test_the_page_speaks_khmer():
    page = make("--by", "from", "--format", "html", "--language", "km")
    assert '<html lang="km">' in page
    assert "ជនរងគ្រោះ" in page
    assert "ចិន" in page
    assert "៩" in page


def test_a_public_statement_hides_small_cells_and_what_would_give_them_away():
    public = json.loads(make("--by", "sex,from", "--public"))
    assert public["audience"] == "public"
    shown = {f["quantity"] for f in public["figures"] if f["by"]}
    assert shown == {None}
    total = next(f for f in public["figures"] if f["key"] == "person" and not f["by"])
    assert (total["quantity"], total["previous"], total["change"]) == (9, None, None)
    assert all(f["change"] is None for f in public["figures"] if f["masked"])
    assert {row["parts_sum"] for row in public["sums"]} == {None}


@pytest.mark.parametrize(
    "words",
    [
        ("--measures", "happiness"),
        ("--by", "shoe"),
        ("--where", "sex"),
        ("--where", "where=nowhere"),
        ("--from", "2025-02-31"),
        ("--from", "2025-12-31"),
        ("--template", "none"),
        ("--format", "doc"),
    ],
)
def test_wrong_usage_is_exit_2_with_a_sentence(words):
    answer = spean("statement", "make", *PERIOD, *words)
    assert (answer.code, answer.out) == (2, "")
    assert "Error: " in answer.err


def test_a_format_that_is_not_there_yet_is_refused():
    answer = spean("statement", "make", *PERIOD, "--format", "pdf")
    assert (answer.code, answer.out) == (1, "")
    assert "html, csv or json" in answer.err


def test_a_template_chooses_measures_and_breakdowns():
    answer = spean("statement", "make", *PERIOD, "--template", "monthly")
    document = json.loads(answer.out)
    assert document["template"] == "monthly"
    assert figures(document)[("sex", "female"),] == 7


def test_statements_are_made_by_those_whose_work_it_is():
    asked = rules.ask(first="2025", last="2025", as_of="", today=rules.day("2025-03-03"))
    with pytest.raises(Denied, match="statistician"):
        queries.statement_for(Actor(kind=Kind.USER), asked)


def test_a_correction_moves_the_figure_from_its_day_on(stopped_clock):
    first = record(
        "repatriated", actor=ACTOR, occurred="2025-02-01", person="x", role="victim", sex="male"
    )
    record(
        "corrected", actor=ACTOR, occurred="2023-02-01", person="x", role="victim",
        supersedes=first,
    )  # fmt: skip
    assert figures(json.loads(make()))[()] == 9


def test_two_records_of_one_person_count_once():
    record("persons_joined", actor=ACTOR, person="p0", other="p1")
    assert figures(json.loads(make()))[()] == 8
    record("persons_parted", actor=ACTOR, person="p1", other="p0")
    assert figures(json.loads(make()))[()] == 9


def test_entries_without_the_key_are_told_not_lost():
    record("repatriated", actor=ACTOR, occurred="2025-02-01", role="victim")
    document = json.loads(make())
    assert document["without_key"] == [
        {"measure": "victims_repatriated", "key": "person", "quantity": 1}
    ]


def test_a_condition_on_what_an_entry_supersedes_names_it_by_its_id(tmp_path):
    path = tmp_path / "later.csv"
    path.write_text(
        "kind,occurred,person,role,id,supersedes,recorded\n"
        "repatriated,2025-03-01,q,victim,one,,2025-03-01T10:00:00Z\n"
        "repatriated,2025-03-01,q,victim,two,one,2025-03-02T10:00:00+07:00\n"
    )
    assert spean("ledger", "load", path).err == ""
    for where in ("supersedes=one", "recorded=2025-03-02T03:00:00Z", "id=two"):
        assert figures(json.loads(make("--where", where))) == {(): 1}
    assert figures(json.loads(make("--where", "supersedes=nobody"))) == {}


def test_a_folder_that_is_not_there_is_told_before_a_statement_is_kept(tmp_path):
    there = tmp_path / "none" / "st.json"
    answer = spean("statement", "make", *PERIOD, "--keep", "--out", there)
    assert answer.code == 1
    assert "There is no folder" in answer.err
    assert not Statement.objects.exists()


def test_a_file_too_deep_to_read_is_no_statement(tmp_path):
    path = tmp_path / "deep.json"
    path.write_text("[" * 100_000)
    assert "not JSON" in spean("statement", "check", path).err
