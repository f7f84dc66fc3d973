"""Recording one thing that happened, and what the database refuses for good."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from spean.kernel.actor import Actor, Kind
from spean.kernel.dates import PartialDate
from spean.kernel.errors import Denied, Invalid
from spean.ledger.actions import record
from spean.ledger.models import Entry, Load
from spean.ledger.queries import timeline_of, written_now

pytestmark = pytest.mark.django_db

ACTOR = Actor(kind=Kind.USER, agency_code="POL-02")


def test_an_entry_says_who_reported_and_when(stopped_clock):
    entry = record("rescued", actor=ACTOR, person="p", case="c", from_="CHN", to="KHM")
    assert (entry.agency, entry.recorded, entry.occurred) == ("POL-02", stopped_clock, "2025-03-03")
    assert entry.loaded > stopped_clock


def test_a_day_may_be_partly_known():
    entry = record("located", actor=ACTOR, occurred=PartialDate.parse("2024-02"))
    assert (entry.occurred_first, entry.occurred_last) == (date(2024, 2, 1), date(2024, 2, 29))


def test_who_belongs_to_no_agency_records_nothing():
    with pytest.raises(Denied, match="no agency"):
        record("rescued", actor=Actor(kind=Kind.USER))


def test_the_future_is_refused():
    with pytest.raises(Invalid, match="future"):
        record("rescued", actor=ACTOR, occurred="2442-01-01")


def test_what_is_learnt_later_supersedes():
    first = record("repatriated", actor=ACTOR, person="p", occurred="2025-01-01")
    record(
        "repatriated", actor=ACTOR, person="p", occurred="2025-01-01", placement="home",
        supersedes=first,
    )  # fmt: skip
    assert [entry.placement for entry in timeline_of(person="p")] == ["home"]


def test_what_supersedes_has_the_same_kind_and_day():
    first = record("repatriated", actor=ACTOR, occurred="2025-01-01")
    with pytest.raises(Invalid, match="its kind and its day"):
        record("repatriated", actor=ACTOR, occurred="2025-01-02", supersedes=first)


def test_a_correction_counts_as_what_it_corrects_and_a_withdrawal_as_nothing():
    first = record("rescued", actor=ACTOR, person="p", occurred="2025-01-01")
    second = record("corrected", actor=ACTOR, person="p", occurred="2025-01-02", supersedes=first)
    assert second.counts_as == "rescued"
    third = record("withdrawn", actor=ACTOR, supersedes=second)
    assert third.occurred == "2025-01-02"
    assert not timeline_of(person="p")
    with pytest.raises(Invalid, match="withdrawal"):
        record("corrected", actor=ACTOR, supersedes=third)


def test_no_entry_is_ever_changed_or_deleted():
    entry = record("rescued", actor=ACTOR, person="p")
    for attempt in (
        lambda: Entry.objects.filter(pk=entry.pk).update(person="q"),
        lambda: Entry.objects.filter(pk=entry.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()


def test_a_load_once_shown_stays_shown():
    load = Load.objects.create(source="x", made=written_now())
    Load.objects.filter(pk=load.pk).update(shown=written_now())
    for attempt in (
        lambda: Load.objects.filter(pk=load.pk).update(shown=None),
        lambda: Load.objects.filter(pk=load.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"kind": "vanished"}, "ledger_kind_is_known"),
        ({"sex": "f"}, "ledger_sex_is_known"),
        ({"occurred_last": date(2000, 1, 1)}, "ledger_interval_is_in_order"),
        ({"kind": "withdrawn"}, "ledger_correction_names_an_entry"),
    ],
)
def test_the_database_refuses_what_may_never_be(wrong, constraint):
    entry = record("rescued", actor=ACTOR)
    entry.pk = None
    for name, value in wrong.items():
        setattr(entry, name, value)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        entry.save(force_insert=True)
