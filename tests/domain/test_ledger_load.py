"""Loading entries in bulk: all or nothing, and every fault with its line."""

from __future__ import annotations

import pytest

from spean.agencies.models import Agency
from spean.kernel.actor import Actor, Kind
from spean.kernel.errors import Denied
from spean.ledger import actions
from spean.ledger.models import Entry, Load
from spean.ledger.queries import entries, timeline_of, written_now
from spean.places.models import Checkpoint
from tests.domain.command import spean

pytestmark = pytest.mark.django_db

OPERATOR = Actor(kind=Kind.OPERATOR)
HEADER = "kind,occurred,recorded,person,sex,age,from,province,agency,role,form,id,supersedes\n"


@pytest.fixture
def load(tmp_path):
    def load(text, *options, name="entries.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return spean("ledger", "load", path, *options)

    return load


def line(**columns):
    names = HEADER.strip().split(",")
    return ",".join(columns.get(n.replace("from", "from_"), "") for n in names) + "\n"


GOOD = line(kind="rescued", occurred="2024-04-22", person="p1")


def test_a_good_file_is_loaded(load):
    answer = load(HEADER + GOOD * 3, "--json")
    assert answer.code == 0
    assert '"entries": 3' in answer.out
    assert entries().count() == 3


def test_columns_stand_in_any_order_and_the_mark_of_utf8_is_no_column(load):
    assert load(b"\xef\xbb\xbfperson,kind,occurred\np1,rescued,2024-04\n").code == 0
    entry = Entry.objects.get()
    assert (entry.person, entry.occurred) == ("p1", "2024-04")
    assert (str(entry.occurred_first), str(entry.occurred_last)) == ("2024-04-01", "2024-04-30")


def test_khmer_digits_are_read(load):
    assert load(HEADER + line(kind="rescued", occurred="២០២៤-០៤-២២", age="១៥-១៧")).code == 0
    entry = Entry.objects.get()
    assert (entry.occurred, entry.age) == ("2024-04-22", "15-17")


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"occurred": "2024-02-31"}, "not in the calendar"),
        ({"occurred": "2567-02-01"}, "Write it as 2024"),
        ({"occurred": "2999-01-01"}, "Buddhist"),
        ({"occurred": ""}, "no day"),
        ({"occurred": "soon"}, "not a date"),
        ({"recorded": "2199-01-01T00:00:00Z"}, "in the future"),
        ({"recorded": "yesterday"}, "not an instant"),
        ({"recorded": "0001-01-01T00:00:00+14:00"}, "too long ago"),
        ({"occurred": "2024-00-15"}, "not in the calendar"),
        ({"kind": "vanished"}, "not a kind"),
        ({"kind": ""}, "no kind"),
        ({"sex": "f"}, "female, male or other"),
        ({"age": "121"}, "not an age"),
        ({"age": "17-15"}, "not an age"),
        ({"from_": "TH"}, "alpha-3"),
        ({"province": "5"}, "01 to 25"),
        ({"province": "CN-XX"}, "ISO 3166-2"),
        ({"agency": "NOBODY"}, "--create-codes"),
        ({"role": "boss"}, "not a role"),
        ({"form": "Forced marriage"}, "forced_marriage"),
        ({"person": "x" * 65}, "64 characters"),
        ({"supersedes": "nobody"}, "no entry"),
        ({"kind": "withdrawn", "occurred": ""}, "names no entry"),
        ({"kind": "persons_joined"}, "two persons"),
    ],
)
def test_a_bad_line_rejects_the_file_with_its_number_and_reason(load, columns, says):
    bad = {"kind": "rescued", "occurred": "2024-04-22", "person": "p1"} | columns
    answer = load(HEADER + GOOD * 5 + line(**bad))
    assert answer.code == 1
    assert "Line 7: " in answer.err
    assert says in answer.err
    assert not Entry.objects.exists()
    assert answer.out == ""


def test_one_bad_line_in_many_is_named(load):
    lines = [GOOD] * 20_000
    lines[12_344] = line(kind="rescued", occurred="2024-13-01")
    answer = load(HEADER + "".join(lines))
    assert answer.code == 1
    assert answer.err.startswith("Line 12346: ")
    assert not Entry.objects.exists()


def test_a_line_with_too_few_values_is_named(load):
    assert "3 values where the header has 13" in load(HEADER + "rescued,2024,\n").err


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\xff\xfek\x00i\x00", "UTF-8"),
        (b"kind,occurred\nrescued," + b"\xe9\n", "UTF-8"),
        (b"kind;occurred\nrescued;2024\n", "commas"),
        (b"kind,occurred,kind\n", "twice"),
        (b"kind,occurred,colour\n", "“colour” is not a column"),
        (b"occurred\n2024\n", "no column “kind”"),
        (b'kind,occurred\n"rescued,2024\n', "quotation"),
        ("kind,occurred\n".encode("utf-16-le"), "UTF-8"),
        (b"kind,occurred,\nrescued,2024,\n", "Column 3 has no name"),
        (b"kind,occurred\nkind,occurred\n", "the header stands here once more"),
    ],
)
def test_a_file_that_is_no_ledger_is_refused_in_a_sentence(load, content, says):
    answer = load(content)
    assert answer.code == 1
    assert says in answer.err
    assert "Traceback" not in answer.err


def test_codes_are_made_only_when_asked(load):
    text = "kind,occurred,agency,supporting,checkpoint\nrescued,2024,AA,BB;CC,PNH\n"
    assert load(text).code == 1
    assert load(text, "--create-codes").code == 0
    assert set(Agency.objects.values_list("code", flat=True)) >= {"AA", "BB", "CC"}
    assert Checkpoint.objects.get().code == "PNH"


def test_an_id_stands_once_in_a_file(load):
    assert "twice" in load(HEADER + line(kind="rescued", occurred="2024", id="a") * 2).err


def test_a_later_line_may_name_an_earlier_and_an_earlier_a_later(load):
    first = line(kind="rescued", occurred="2024", person="p", id="a", supersedes="b")
    second = line(kind="rescued", occurred="2024", person="p", id="b")
    third = line(kind="rescued", occurred="2024", person="p", id="c", supersedes="a")
    assert load(HEADER + first + second + third).code == 0
    by_ref = {entry.ref: entry for entry in Entry.objects.all()}
    assert by_ref["a"].supersedes == by_ref["b"]
    assert [e.ref for e in timeline_of(person="p")] == ["c"]


def test_a_circle_is_refused(load):
    first = line(kind="rescued", occurred="2024", id="a", supersedes="b")
    second = line(kind="rescued", occurred="2024", id="b", supersedes="a")
    assert "circle" in load(HEADER + first + second).err


def test_an_entry_of_an_earlier_file_may_be_named(load):
    load(HEADER + line(kind="rescued", occurred="2024", id="a"))
    correction = line(kind="corrected", occurred="2023", id="x", supersedes="a")
    assert load(HEADER + correction, name="later.csv").code == 0
    entry = Entry.objects.get(ref="x")
    assert (entry.counts_as, entry.supersedes.ref) == ("rescued", "a")


def test_superseding_keeps_kind_and_day(load):
    first = line(kind="rescued", occurred="2024-01-01", id="a")
    for wrong in ({"kind": "placed"}, {"occurred": "2024-01-02"}):
        columns = {"kind": "rescued", "occurred": "2024-01-01", "supersedes": "a"} | wrong
        assert "corrected" in load(HEADER + first + line(**columns)).err


def test_a_withdrawal_takes_the_day_of_what_it_withdraws(load):
    text = HEADER + line(kind="rescued", occurred="2024-05", person="p", id="a")
    assert load(text + line(kind="withdrawn", supersedes="a")).code == 0
    assert Entry.objects.get(kind="withdrawn").occurred == "2024-05"
    assert not timeline_of(person="p")


def test_the_true_time_of_loading_is_kept_beside_the_time_recorded(load):
    before = written_now()
    load(HEADER + line(kind="rescued", occurred="2020", recorded="2020-06-01T10:00:00+07:00"))
    entry = Entry.objects.get()
    assert entry.recorded.isoformat() == "2020-06-01T03:00:00+00:00"
    assert entry.loaded >= before


def test_the_same_file_is_not_loaded_twice(load):
    load(HEADER + GOOD)
    again = load(HEADER + GOOD)
    assert again.code == 0
    assert "nothing was added" in again.out
    assert Entry.objects.count() == 1


def test_a_load_not_yet_shown_is_in_no_answer_and_the_next_load_removes_it(load):
    load(HEADER + GOOD)
    broken = Load.objects.create(source="file:killed.csv", made=written_now())
    whole = Entry.objects.get()
    whole.pk, whole.load = None, broken
    whole.save(force_insert=True)
    assert entries().count() == 1
    assert timeline_of(person="p1").count() == 1
    load(HEADER + GOOD * 2, name="next.csv")
    assert entries().count() == Entry.objects.count() == 3
    assert not Load.objects.filter(shown=None).exists()


def test_only_the_command_line_loads(tmp_path):
    with pytest.raises(Denied, match="on the server"):
        actions.load(tmp_path / "x.csv", actor=Actor(kind=Kind.USER))


def test_rows_of_bare_commas_and_empty_lines_are_no_entries(load):
    assert load("\n,,\nkind,occurred,person\n,,\nrescued,2024,p\n\n , ,\n").code == 0
    assert entries().count() == 1


def test_a_broken_quotation_is_told_by_the_line_it_begins_on(load):
    lines = [GOOD] * 40
    lines[20] = 'rescued,2024-01-01,,"p\n'
    assert load(HEADER + "".join(lines)).err.startswith("Line 22: ")


def test_what_a_broken_off_load_left_is_removed_whoever_supersedes_whom(load, monkeypatch):
    first = line(kind="rescued", occurred="2024", id="a", supersedes="b")
    load(HEADER + first + line(kind="rescued", occurred="2024", id="b"))
    shown = list(Entry.objects.order_by("pk"))
    broken = Load.objects.create(source="file:killed.csv", made=written_now())
    target = Entry.objects.get(ref="b")
    target.pk, target.load = None, broken
    target.save(force_insert=True)
    later = Entry.objects.get(ref="a")
    later.pk, later.load, later.supersedes = None, broken, target
    later.save(force_insert=True)
    monkeypatch.setattr(actions.loading, "BATCH", 1)
    assert actions.remove_broken_off() == 1
    assert list(Entry.objects.order_by("pk")) == shown
    assert actions.remove_broken_off() == 0
