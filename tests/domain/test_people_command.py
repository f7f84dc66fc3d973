"""``spean people …`` as a script meets it."""

from __future__ import annotations

import json

import pytest

from spean.journal.models import Entry as Fact
from spean.people import actions
from spean.people.models import Person
from spean.people.states import NameKind
from tests import cast
from tests.domain.command import spean

pytestmark = pytest.mark.django_db


@pytest.fixture
def her():
    return actions.register(
        actor=cast.actor("rith"),
        names=[("Keo Sokha", NameKind.FULL), ("កែវ សុខា", NameKind.FULL)],
        born="2004-06-03",
        sex="female",
        home_province="02",
    )


def test_find_answers_with_refs_names_reasons_and_time(her):
    done = spean("people", "find", "Sokha Kev", "--born", "2004", "--place", "0201", "--json")
    answer = json.loads(done.out)
    assert set(answer) == {"query", "results", "candidates", "ms"}
    (result,) = answer["results"]
    assert set(result) == {
        "ref", "source_ids", "probability", "names", "born", "sex", "place", "reasons",
    }  # fmt: skip
    assert result["ref"] == her.ref
    assert result["source_ids"] == []
    assert result["names"][1] == {"written": "កែវ សុខា", "script": "km"}
    assert (result["born"], result["sex"], result["place"]) == ("2004-06-03", "female", "02")
    assert result["probability"] > 0.9
    assert set(result["reasons"][0]) == {"field", "level", "points", "sentence"}
    assert Fact.objects.filter(fact="people.names_seen", kind="operator").count() == 1


def test_a_file_of_queries_gives_one_line_each_in_order_also_when_nothing_is_found(her, tmp_path):
    path = tmp_path / "q.csv"
    path.write_text(
        "id,family_name,given_name,name_km,born,province\n"
        "1,Keo,Sokha,,2004,Battambang\n2,Mom,Lily,,,\n3,,,កែវ សុខា,,\n",
        encoding="utf-8",
    )
    done = spean("people", "find", "--queries", str(path), "--json", "--limit", "3")
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert [line["query"]["id"] for line in lines] == ["1", "2", "3"]
    assert [len(line["results"]) for line in lines] == [1, 0, 1]


def test_a_bad_line_of_queries_is_told_by_its_number(tmp_path):
    path = tmp_path / "q.csv"
    path.write_text("id,full_name,born\n1,Keo Sokha,2004\n2,Keo Sokha,2004-02-31\n")
    done = spean("people", "find", "--queries", str(path), "--json")
    assert done.code == 1
    assert "Line 3" in done.err
    assert "not in the calendar" in done.err


def test_file_gives_all_that_is_held_and_who_saw_it(her):
    actions.open_names(her, actor=cast.actor("rith"), purpose="assist")
    held = json.loads(spean("people", "file", her.ref, "--json").out)
    assert held["names"][0]["written"] == "Keo Sokha"
    assert [fact["fact"] for fact in held["seen"]] == ["people.names_opened", "people.registered"]


def test_erase_destroys_the_key_and_says_so(her):
    done = spean("people", "erase", her.ref, "--reason", "asked")
    assert done.code == 0
    assert "erased" in done.out
    assert Person.objects.get().erased
    again = spean("people", "erase", her.ref, "--reason", "asked")
    assert (again.code, "already erased" in again.err) == (1, True)
    assert "Sokha" not in spean("people", "file", her.ref, "--json").out


def test_an_unknown_reference_is_told(her):
    done = spean("people", "erase", "P-000000", "--reason", "asked")
    assert done.code == 1
    assert "no person with the reference" in done.err
