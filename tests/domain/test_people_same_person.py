"""Same person? A person decides; nothing moves; every decision can be undone."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from spean.kernel import clock
from spean.kernel.errors import Denied, IllegalMove, Invalid, Stale
from spean.ledger.models import Entry
from spean.people import actions, queries
from spean.people.models import Pairing
from spean.people.states import Decision, NameKind
from tests import cast

pytestmark = pytest.mark.django_db


def person(name="Keo Sokha", by="rith", **more):
    return actions.register(actor=cast.actor(by), names=[(name, NameKind.FULL)], **more)


def kinds():
    return list(Entry.objects.order_by("pk").values_list("kind", flat=True))


def test_joining_says_these_are_one_and_the_ledger_counts_accordingly():
    one, other = person(), person(by="maly")
    actions.join(one, other, actor=cast.actor("rith"), reason="same mother, same village")
    assert queries.one_of(one) == [one, other]
    entry = Entry.objects.get()
    assert (entry.kind, entry.person, entry.other) == ("persons_joined", one.key, other.key)


def test_three_reports_joined_two_by_two_are_one_person():
    a, b, c = person(), person(), person()
    actions.join(a, b, actor=cast.actor("rith"), reason="alias")
    actions.join(c, b, actor=cast.actor("rith"), reason="telephone")
    assert {row.pk for row in queries.one_of(a)} == {a.pk, b.pk, c.pk}
    assert [len(group) for group in queries.groups_of([a, b, c])] == [3]


def test_parting_undoes_it_and_both_entries_stay():
    one, other, rith = person(), person(), cast.actor("rith")
    actions.join(one, other, actor=rith, reason="same name")
    actions.part(other, one, actor=rith, reason="another mother")
    assert queries.one_of(one) == [one]
    assert kinds() == ["persons_joined", "persons_parted"]
    assert Pairing.objects.count() == 2


def test_undoing_leaves_them_open_to_decide_again():
    one, other, rith = person(), person(), cast.actor("rith")
    actions.join(one, other, actor=rith, reason="same name")
    actions.undo(one, other, actor=rith)
    assert queries.pairing_of(one, other) is None
    assert kinds() == ["persons_joined", "persons_parted"]


def test_what_was_never_joined_cannot_be_parted():
    with pytest.raises(IllegalMove, match="not joined"):
        actions.part(person(), person(), actor=cast.actor("rith"), reason="x")


def test_different_and_not_sure_count_nothing():
    one, other, rith = person(), person(), cast.actor("rith")
    actions.decide(one, other, actor=rith, decision=Decision.NOT_SURE, reason="ask the mother")
    actions.decide(one, other, actor=rith, decision=Decision.DIFFERENT, reason="other villages")
    assert kinds() == []
    assert queries.pairing_of(other, one).decision == "different"


def test_the_same_decision_twice_tells_who_was_first():
    one, other = person(), person()
    actions.join(one, other, actor=cast.actor("vanna"), reason="same")
    with pytest.raises(Stale, match="Vanna"):
        actions.join(other, one, actor=cast.actor("rith"), reason="same")


def test_a_decision_needs_a_reason_and_two_records():
    one = person()
    with pytest.raises(Invalid, match="Write why"):
        actions.join(one, person(), actor=cast.actor("rith"), reason=" ")
    with pytest.raises(Denied, match="one and the same"):
        actions.join(one, one, actor=cast.actor("rith"), reason="x")


def test_a_border_officer_does_not_decide_it():
    with pytest.raises(Denied, match="does not decide"):
        actions.join(person(), person(), actor=cast.actor("bopha"), reason="x")


def test_the_database_holds_one_standing_decision_a_pair():
    one, other = person(), person()
    actions.join(one, other, actor=cast.actor("rith"), reason="x")
    held = Pairing.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Pairing.objects.create(
            one=held.one, other=held.other, decision="different", decided=clock.now()
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Pairing.objects.create(one=one, other=one, decision="same", decided=clock.now())


def test_a_search_finds_across_scripts_spellings_and_agencies():
    her = person("កែវ សុខា", by="maly", born="2004", sex="female", home_province="02")
    person("Chan Dara", born="1980")
    found = queries.search(cast.actor("dara"), name="Sokha Kev", born="2005", province="02")
    assert found[0].person == her
    assert found[0].probability > 0.5
    assert all(reason.sentence for reason in found[0].reasons)


def test_an_alias_alone_is_found():
    her = person("Srey Pich")
    assert queries.search(cast.actor("rith"), name="Pich")[0].person == her


def test_a_telephone_number_alone_is_found():
    her = person("Keo Sokha")
    actions.note_contact(
        her, actor=cast.actor("rith"), whose="self", channel="phone", address="012 345 678"
    )
    assert queries.search(cast.actor("rith"), phone="+855 12345678")[0].person == her


def test_suggestions_leave_out_what_was_decided():
    rith = cast.actor("rith")
    one, other, third = (person(born="2004", sex="female") for _ in range(3))
    assert {m.person for m in queries.similar_to(one, actor=rith)} == {other, third}
    actions.decide(one, other, actor=rith, decision=Decision.DIFFERENT, reason="x")
    actions.join(one, third, actor=rith, reason="x")
    assert queries.similar_to(one, actor=rith) == []


def test_a_statistician_does_not_search():
    with pytest.raises(Denied, match="does not search"):
        queries.search(cast.actor("pisey"), name="Keo")
