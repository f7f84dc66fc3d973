"""The journal cannot be quietly edited: whoever gets past the triggers is named by the chain."""

from __future__ import annotations

import contextlib
import json

import pytest
from django.db import DatabaseError, connection, transaction

from spean import vault
from spean.journal import actions, append_only, queries
from spean.journal.models import Entry
from spean.journal.rules import START, link
from spean.kernel.errors import Denied
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_checkpoints_left_over():
    for path in queries.checkpoint_folder().glob("*.json"):
        path.unlink()


@pytest.fixture
def five():
    """Five facts in the journal."""
    dara = cast.actor("dara")
    return [actions.record(dara, "cases.closed", f"cases.case:{n}", n=n) for n in range(1, 6)]


@pytest.fixture
def untied(five):
    """The same, for a thief who has dropped the triggers."""
    run(append_only.removal(connection.vendor))
    return five


def run(statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_an_honest_journal_holds(five):
    verdict = queries.verify()
    assert (verdict.holds, verdict.entries, verdict.sentence) == (True, 5, None)


@pytest.mark.parametrize(
    "tampering",
    [
        lambda: Entry.objects.filter(pk=3).update(fact="cases.opened"),
        lambda: Entry.objects.filter(pk=3).delete(),
        lambda: Entry.objects.all().delete(),
    ],
    ids=["update", "delete", "delete all"],
)
def test_the_database_itself_refuses(five, tampering):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        tampering()
    assert Entry.objects.count() == 5


def test_an_entry_is_not_written_over_nor_the_whole_emptied(five):
    overwrite = "INSERT OR REPLACE INTO journal_entry SELECT * FROM journal_entry WHERE seq = 3"
    empty = "TRUNCATE journal_entry"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run([overwrite if connection.vendor == "sqlite" else empty])
    assert queries.verify().holds


@pytest.mark.parametrize(
    "change",
    [
        {"key_version": 9},
        {"fact": "cases.opened"},
        {"user_id": 999_999},
        {"subject": "cases.case:99"},
        {"purpose": "assist"},
        {"agency": "NGO-A"},
        {"codes": {"n": 4}},
        {"kind": "system"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_edited_entry_is_named(untied, change):
    Entry.objects.filter(pk=3).update(**change)
    verdict = queries.verify()
    assert (verdict.holds, verdict.bad, verdict.reason) == (False, 3, "changed")
    assert verdict.sentence == "Entry 3 was changed after it was written."


def test_a_deleted_entry_is_named(untied):
    Entry.objects.filter(pk=2).delete()
    verdict = queries.verify()
    assert (verdict.holds, verdict.bad, verdict.reason) == (False, 2, "missing")


def test_two_entries_swapped_are_named(untied):
    facts = {e.pk: e.subject for e in Entry.objects.all()}
    Entry.objects.filter(pk=2).update(subject=facts[3])
    Entry.objects.filter(pk=3).update(subject=facts[2])
    assert queries.verify().bad == 2


def test_a_cut_tail_is_named_by_the_checkpoint(untied):
    assert actions.write_checkpoint() is not None
    Entry.objects.filter(pk__gte=4).delete()
    verdict = queries.verify()
    assert (verdict.holds, verdict.bad, verdict.reason) == (False, 4, "cut")


def test_a_whole_chain_rewritten_by_somebody_with_the_key_is_named_by_the_checkpoint(untied):
    actions.write_checkpoint()
    Entry.objects.filter(pk=2).update(fact="cases.opened")
    before = START
    for entry in Entry.objects.order_by("seq"):
        key = vault.ring().derive("journal", entry.key_version)
        before = link(key, before, entry.sealed_values())
        Entry.objects.filter(pk=entry.pk).update(mac=before)
    verdict = queries.verify()
    assert (verdict.holds, verdict.bad, verdict.reason) == (False, 5, "rewritten")


def test_a_checkpoint_kept_elsewhere_convicts_although_the_one_here_was_taken_away(
    untied, tmp_path
):
    written = actions.write_checkpoint()
    elsewhere = tmp_path / "kept.json"
    elsewhere.write_bytes(written.read_bytes())
    written.unlink()
    Entry.objects.filter(pk=5).delete()
    assert queries.verify().holds
    assert queries.verify(elsewhere).bad == 5


def test_a_forged_checkpoint_is_refused(five, tmp_path):
    written = actions.write_checkpoint()
    held = json.loads(written.read_text())
    held["head"]["seq"] = 4
    forged = tmp_path / "forged.json"
    forged.write_text(json.dumps(held))
    verdict = queries.verify(forged)
    assert (verdict.holds, verdict.reason) == (False, "checkpoint_forged")


def test_a_checkpoint_is_written_once_for_each_head(five):
    assert actions.write_checkpoint() is not None
    assert actions.write_checkpoint() is None
    actions.record(cast.actor("dara"), "cases.closed", "cases.case:6")
    assert actions.write_checkpoint().stem == f"{6:012}"


def test_of_past_days_only_the_last_checkpoint_is_kept(five):
    import os

    folder = queries.checkpoint_folder()
    folder.mkdir(parents=True, exist_ok=True)
    for number in (1, 2, 3):
        path = folder / f"{number:012}.json"
        path.write_text("{}")
        os.utime(path, (1_600_000_000, 1_600_000_000))
    actions.write_checkpoint()
    assert actions.thin_checkpoints() == 2
    assert sorted(int(p.stem) for p in folder.glob("*.json")) == [3, 5]


def test_a_fact_undone_with_its_action_leaves_no_gap():
    dara = cast.actor("dara")
    actions.record(dara, "cases.closed", "cases.case:1")
    with contextlib.suppress(RuntimeError), transaction.atomic():
        actions.record(dara, "cases.closed", "cases.case:2")
        raise RuntimeError
    actions.record(dara, "cases.closed", "cases.case:3")
    assert queries.verify().holds


def test_a_fact_has_a_proper_name():
    with pytest.raises(ValueError, match="not a fact's name"):
        actions.record(cast.actor("dara"), "Sok Chan went home")


def test_only_an_auditor_reads_it(five):
    with pytest.raises(Denied, match="Only an auditor"):
        queries.entries_for(cast.actor("sophal"))
    assert queries.entries_for(cast.actor("oun")).count() == 5


def test_an_auditor_finds_by_fact_person_record_and_day(five):
    oun = cast.actor("oun")
    today = five[0].at.date()
    assert queries.found_for(oun, fact="cases.").count() == 5
    assert queries.found_for(oun, who="dara").count() == 5
    assert queries.found_for(oun, who="nobody").count() == 0
    assert queries.found_for(oun, about="cases.case:3").count() == 1
    assert queries.found_for(oun, purpose="assist").count() == 0
    assert queries.found_for(oun, until=today.replace(year=today.year - 1)).count() == 0
