"""The mirror: encrypted, appended to, and never of another ledger."""

from __future__ import annotations

import pytest

from spean.kernel.actor import Actor, Kind
from spean.ledger import mirror
from spean.ledger.actions import record
from spean.ledger.models import Entry
from tests.domain.command import spean

pytestmark = pytest.mark.django_db

ACTOR = Actor(kind=Kind.OPERATOR)


def persons(manifest):
    return mirror.read(manifest, ["person"])["person"].to_pylist()


def test_new_entries_are_appended():
    record("rescued", actor=ACTOR, person="p1")
    first = mirror.up_to_date()
    record("rescued", actor=ACTOR, person="p2")
    second = mirror.up_to_date()
    assert (first.rows, second.rows) == (1, 2)
    assert len(second.segments) == 1  # a small last segment is written again
    assert persons(second) == [mirror.person_key(second, p) for p in ("p1", "p2")]


def test_a_load_comes_with_what_was_recorded_beside_it(tmp_path):
    record("rescued", actor=ACTOR, person="p1")
    path = tmp_path / "x.csv"
    path.write_text("kind,occurred,person\nrescued,2024,p2\n")
    spean("ledger", "load", path)
    record("rescued", actor=ACTOR, person="p3")
    manifest = mirror.up_to_date()
    wanted = {mirror.person_key(manifest, p) for p in ("p1", "p2", "p3")}
    assert set(persons(manifest)) == wanted
    assert mirror.up_to_date().rows == 3


def test_nothing_can_be_read_from_the_files():
    record("rescued", actor=ACTOR, person="a-very-telling-person-key", agency="AN-AGENCY")
    mirror.up_to_date()
    for path in mirror.folder().iterdir():
        content = path.read_bytes()
        assert b"telling" not in content
        assert b"AN-AGENCY" not in content
        assert b"rescued" not in content
        assert path.stat().st_mode & 0o077 == 0 or path.name == "manifest.json"


def test_a_mirror_of_another_ledger_is_made_anew():
    record("rescued", actor=ACTOR, person="p1")
    manifest = mirror.up_to_date()
    manifest.last_loaded = "2020-01-01T00:00:00+00:00"
    mirror._keep(manifest)
    assert mirror.up_to_date().rows == Entry.objects.count()
    assert mirror.up_to_date().last_loaded != "2020-01-01T00:00:00+00:00"


def test_a_segment_changed_on_disk_is_not_read():
    record("rescued", actor=ACTOR, person="p1")
    manifest = mirror.up_to_date()
    path = mirror.folder() / manifest.segments[0].name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(OSError):  # noqa: PT011 - the words are the library's
        persons(manifest)
    assert spean("ledger", "mirror", "--rebuild").code == 0
    assert len(persons(mirror.up_to_date())) == 1


def test_the_command_tells_how_many():
    record("rescued", actor=ACTOR, person="p1")
    assert spean("ledger", "mirror", "--json").out == '{"entries": 1, "segments": 1}\n'
