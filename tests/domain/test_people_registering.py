"""Registering a person, correcting what is known, erasing."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection

from spean.journal.models import Entry as Fact
from spean.kernel import clock
from spean.kernel.actor import Actor, Capability, Kind
from spean.kernel.errors import Denied, Invalid, Stale
from spean.ledger.models import Entry
from spean.people import actions, queries
from spean.people.models import Person, Token
from spean.people.states import Channel, ErasureReason, NameKind
from tests import cast

pytestmark = pytest.mark.django_db
OPERATOR = Actor(kind=Kind.OPERATOR, capabilities=frozenset(Capability), label="operator")


def sokha(by="rith", **more):
    known = {
        "names": [("Keo Sokha", NameKind.FULL), ("កែវ សុខា", NameKind.FULL)],
        "sex": "female",
        "born": "2004-06-03",
        "nationality": "KHM",
        "home_province": "02",
        "home_place": "Phum Ta Sda",
    }
    return actions.register(actor=cast.actor(by), **{**known, **more})


def test_every_written_form_is_kept_with_its_script():
    person = sokha()
    assert [(n.written, n.script) for n in queries.names_of(person)] == [
        ("Keo Sokha", "latin"),
        ("កែវ សុខា", "km"),
    ]
    assert Fact.objects.filter(fact="people.registered").count() == 1


def test_the_table_holds_no_name_in_clear():
    sokha()
    with connection.cursor() as cursor:
        cursor.execute("SELECT written FROM people_name")
        rows = b"".join(bytes(row[0]) for row in cursor.fetchall())
        cursor.execute("SELECT born, home_place FROM people_person")
        rows += b"".join(bytes(v) for row in cursor.fetchall() for v in row)
    assert all(text.encode() not in rows for text in ("Sokha", "សុខា", "2004", "Ta Sda"))


def test_a_date_of_birth_is_written_as_people_write_it():
    assert sokha(born="២០០៤").born == "2004"
    assert sokha(born="2004/6").born == "2004-06"


@pytest.mark.parametrize(
    ("born", "says"),
    [
        ("2004-02-31", "not in the calendar"),
        ("2547", "Buddhist-era"),
        ("2199-01-01", "future"),
        ("last year", "not a date"),
    ],
)
def test_a_date_that_cannot_be_is_refused_with_a_sentence(born, says):
    with pytest.raises(Invalid, match=says) as refusal:
        sokha(born=born)
    assert refusal.value.field == "born"
    assert not Person.objects.exists()


def test_a_province_or_country_that_does_not_exist_is_refused():
    with pytest.raises(Invalid, match="not a province"):
        sokha(home_province="77")
    with pytest.raises(Invalid, match="country"):
        sokha(nationality="XXX")


def test_a_child_is_told_by_the_date_of_birth_and_presumed_if_in_doubt(stopped_clock):
    assert sokha(born="2010").is_minor is True
    assert sokha(born="2007").is_minor is True  # perhaps 17 still
    assert sokha(born="1990").is_minor is False
    assert sokha(born="").is_minor is None


def test_a_statistician_registers_nobody():
    with pytest.raises(Denied, match="does not register"):
        sokha(by="pisey")


def test_another_agency_does_not_correct_the_record():
    with pytest.raises(Denied, match="another agency's record"):
        actions.add_name(sokha(), actor=cast.actor("stranger"), written="X", kind=NameKind.ALIAS)


def test_two_people_correct_one_record_and_the_second_is_told_who_was_first():
    person = sokha()
    same = Person.objects.get(pk=person.pk)
    given = {"sex": "female", "born": "2003", "home_province": "02"}
    actions.correct(person, actor=cast.actor("rith"), seen=1, **given)
    with pytest.raises(Stale, match="Rith"):
        actions.correct(same, actor=cast.actor("rith"), seen=1, **given)
    assert Person.objects.get(pk=person.pk).born == "2003"


def test_correcting_renews_what_the_search_asks():
    person = sokha(born="1980")
    before = set(Token.objects.values_list("value", flat=True))
    actions.correct(person, actor=cast.actor("rith"), seen=1, born="2004", sex="female")
    assert set(Token.objects.values_list("value", flat=True)) != before


def test_no_message_may_be_left_unless_the_plan_says_so():
    contact = actions.note_contact(
        sokha(),
        actor=cast.actor("rith"),
        whose="mother",
        channel=Channel.PHONE,
        address="012345678",
    )
    assert contact.may_leave_message is False


def test_erased_is_erased_and_what_happened_still_counts():
    person = sokha()
    other = sokha()
    actions.join(person, other, actor=cast.actor("rith"), reason="same mother")
    counted = Entry.objects.count()
    actions.erase(person, actor=OPERATOR, reason=ErasureReason.ASKED)
    fresh = Person.objects.get(pk=person.pk)
    assert "Sokha" not in str(fresh.names.first().written)
    assert fresh.born != "2004-06-03"
    assert not Token.objects.filter(person=person).exists()
    assert Entry.objects.count() == counted
    assert Fact.objects.filter(fact="people.erased").get().codes == {"reason": "asked"}
    found = queries.search(cast.actor("rith"), name="Keo Sokha")
    assert [m.person.pk for m in found] == [other.pk]


def test_nobody_at_a_desk_erases_a_record():
    with pytest.raises(Denied, match="keeps the keys"):
        actions.erase(sokha(), actor=cast.actor("sokha"), reason=ErasureReason.ASKED)


def test_the_database_refuses_a_sex_that_is_not_one():
    with pytest.raises(IntegrityError):
        Person.objects.create(sex="x", made=clock.now())


def test_a_reference_that_is_taken_is_drawn_again(monkeypatch):
    drawn = iter(["P-AAAAAA", "P-AAAAAA", "P-BBBBBB"])
    monkeypatch.setattr("spean.shell.references.reference", lambda prefix: next(drawn))
    refs = [actions.register(actor=cast.actor("dara")).ref for _ in range(2)]
    assert refs == ["P-AAAAAA", "P-BBBBBB"]
