"""What the command line says to a file or a code it cannot use."""

from __future__ import annotations

import pytest

from tests.domain.command import spean

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfe", "is not TOML"),
        (b"agency = 5\n", "holds no [[agency]]"),
        (b"agency = [5]\n", "holds no [[agency]]"),
        (b"", "holds no [[agency]]"),
    ],
)
def test_a_file_without_agencies_is_refused(tmp_path, content, says):
    path = tmp_path / "agencies.toml"
    path.write_bytes(content)
    answer = spean("agency", "load", path)
    assert answer.code == 1
    assert says in answer.err


@pytest.mark.parametrize(
    ("option", "value"), [("--country", "TH"), ("--covers", "Siam"), ("--province", "99")]
)
def test_an_agency_stands_in_a_place_that_exists(option, value):
    answer = spean("agency", "add", "NGO-D", "--name", "D", "--kind", "ngo", option, value)
    assert answer.code == 1
    assert f"“{value}” is not a" in answer.err


@pytest.mark.parametrize("content", [b"{}", b"xx", b"[]", b"\xff"])
def test_a_file_that_is_no_checkpoint_is_told(tmp_path, content):
    path = tmp_path / "kept.json"
    path.write_bytes(content)
    answer = spean("journal", "verify", "--checkpoint", path)
    assert answer.code == 1
    assert "kept.json is not a checkpoint" in answer.err


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfe\x00", "not in UTF-8"),
        (b"", "no column to search by"),
        (b"foo,bar\n1,A\n", "no column to search by"),
        (b"id,full_name,sex\n1,A,robot\n", "Line 2: “robot” is not a sex"),
    ],
)
def test_questions_that_cannot_be_read_are_refused(tmp_path, content, says):
    path = tmp_path / "questions.csv"
    path.write_bytes(content)
    answer = spean("people", "find", "--queries", path, "--json")
    assert answer.code == 1
    assert says in answer.err


def test_a_tick_removes_what_a_broken_off_load_left():
    from spean.ledger.models import Load
    from spean.ledger.queries import written_now

    Load.objects.create(source="file:killed.csv", made=written_now())
    assert "broken_off_loads" in spean("tick", "--json").out
    assert not Load.objects.exists()
