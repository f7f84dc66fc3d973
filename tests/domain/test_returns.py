"""The way home: each step by its own role, on its own day, counted once."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from spean.cases import actions as cases
from spean.cases.models import Clock
from spean.cases.queries import cases_for
from spean.journal.models import Entry as Fact
from spean.kernel import clock
from spean.kernel.errors import Denied, IllegalMove, Invalid, Stale
from spean.ledger.models import Entry
from spean.ledger.queries import in_effect
from spean.people import actions as people
from spean.people.models import Grant
from spean.people.queries import people_for
from spean.people.states import ConsentPurpose
from spean.returns import actions, queries
from spean.returns.models import Return
from spean.shell.navigation import work_for
from tests.cast import actor, agency, days
from tests.homeward import (
    a_case,
    ago,
    at_the_embassy,
    handed_over,
    her,
    planned,
    travelling,
    woman,
)

pytestmark = pytest.mark.django_db


def test_every_step_of_the_way_is_in_the_ledger_on_its_own_day():
    ret = handed_over()
    told = {e.kind: e for e in in_effect().filter(return_key=ret.key)}
    assert {kind: e.occurred for kind, e in told.items()} == {
        "located": str(ago(40)),
        "rescued": str(ago(38)),
        "held_waiting": str(ago(37)),
        "departed": str(ago(1)),
        "repatriated": str(ago(0)),
    }
    assert {e.person for e in told.values()} == {ret.person.key}
    assert {e.agency for e in told.values()} == {"AHTJP"}
    assert told["rescued"].province == "CN-HA"
    home = told["repatriated"]
    assert (home.from_country, home.to_country, home.checkpoint) == ("CHN", "KHM", "GDI-PNH")
    assert (home.sex, home.nationality, home.role, home.form) == (
        "female",
        "KHM",
        "victim",
        "forced_marriage",
    )
    assert home.province == ""
    assert home.supporting == "EMB-CHN;GDI-PNH"


def test_the_age_is_the_age_on_that_day():
    day = clock.today()
    birthday = day.replace(year=day.year - 20) if (day.month, day.day) != (2, 29) else day
    case = a_case(woman(born=birthday.isoformat()))
    ret = handed_over(case)
    ages = dict(Entry.objects.filter(return_key=ret.key).values_list("kind", "age"))
    assert (ages["departed"], ages["repatriated"]) == ("19", "20")


@pytest.mark.parametrize("who", ["maly", "stranger", "bopha", "kunthea", "dara", "nary", "pisey"])
def test_who_does_not_work_the_case_plans_no_return(who):
    case = a_case()
    with pytest.raises(Denied):
        actions.plan(case, her(case), actor=actor(who), country="CHN")
    assert not Return.objects.exists()


def test_a_return_is_planned_for_a_person_of_the_case():
    case = a_case()
    at_the_embassy(case)
    with pytest.raises(Invalid, match="not in this case"):
        actions.plan(case, woman(names=[]), actor=actor("lim"), country="CHN")


@pytest.mark.parametrize(
    ("place", "field"),
    [
        ({"country": "KHM"}, "country"),
        ({"country": "ZZZ"}, "country"),
        ({"country": "CHN", "province": "CN-99"}, "province"),
    ],
)
def test_a_place_that_does_not_exist_is_refused(place, field):
    case = a_case()
    with pytest.raises(Invalid) as wrong:
        actions.plan(case, her(case), actor=actor("vanna"), **place)
    assert wrong.value.field == field


def test_one_person_has_one_return_at_a_time_however_many_reports_speak_of_her():
    case = a_case()
    again = woman()
    people.open_names(again, actor=actor("vanna"), purpose="identify")
    cases.add_person(case, again, actor=actor("vanna"), role="victim")
    people.join(case.participants.first().person, again, actor=actor("vanna"), reason="same")
    actions.plan(case, again, actor=actor("vanna"), country="CHN")
    with pytest.raises(Invalid, match="already under way"):
        actions.plan(case, case.participants.first().person, actor=actor("vanna"), country="CHN")
    assert queries.persons_to_return(case) == []


def test_a_rescue_abroad_is_recorded_by_a_consular_officer():
    ret = planned()
    with pytest.raises(Denied, match="recorded by a consular officer"):
        actions.rescue(ret, actor=actor("vanna"), on=ago(0))
    actions.rescue(ret, actor=actor("lim"), on=ago(0))
    assert Clock.objects.get(kind="papers", stopped=None).owner.code == "EMB-CHN"


def test_a_wait_is_looked_at_after_thirty_days_and_papers_are_owed():
    ret = planned()
    actions.wait(ret, actor=actor("lim"), place="shelter", since=ago(10))
    limit = Clock.objects.get(kind="held_waiting", stopped=None)
    assert clock.day_of(limit.due) == ago(10) + days(30)
    assert Clock.objects.filter(kind="papers", stopped=None).exists()
    actions.give_papers(ret, actor=actor("lim"), papers="passport", number="N-1", on=ago(0))
    assert not Clock.objects.filter(kind="papers", stopped=None).exists()
    assert Return.objects.get().papers_number == "N-1"


def test_nothing_is_owed_once_she_has_left():
    ret = travelling()
    assert not Clock.objects.filter(subject=f"returns.return:{ret.pk}", stopped=None).exists()


def test_a_day_to_come_or_before_the_step_before_is_refused():
    ret = planned()
    lim = actor("lim")
    with pytest.raises(Invalid, match="in the future"):
        actions.locate(ret, actor=lim, on=ago(-1))
    actions.locate(ret, actor=lim, on=ago(5))
    with pytest.raises(Invalid, match=f"before {ago(5)}"):
        actions.rescue(ret, actor=lim, on=ago(6))
    ret.refresh_from_db()
    assert ret.state == "located"
    assert not Entry.objects.filter(kind="rescued").exists()


def test_a_step_out_of_its_turn_is_refused():
    with pytest.raises(IllegalMove):
        actions.depart(
            planned(),
            actor=actor("lim"),
            on=ago(0),
            receiver=agency("MOSVY"),
            checkpoint=agency("GDI-PNH").code,
        )


def test_departure_names_a_checkpoint_and_who_receives_people():
    ret = planned()
    lim = actor("lim")
    actions.wait(ret, actor=lim, place="embassy", since=ago(2))
    actions.give_papers(ret, actor=lim, papers="passport", on=ago(1))
    with pytest.raises(Invalid, match="checkpoint is not in the list"):
        actions.depart(ret, actor=lim, on=ago(0), receiver=agency("MOSVY"), checkpoint="NOWHERE")
    with pytest.raises(Invalid, match="does not receive people"):
        actions.depart(
            ret, actor=lim, on=ago(0), receiver=agency("GDI"), checkpoint=agency("GDI-PNH").code
        )


def test_the_checkpoint_sees_only_who_travels_to_it_and_only_until_the_hand_over():
    bopha = actor("bopha")
    ret = planned()
    assert not queries.returns_for(bopha).exists()
    lim = actor("lim")
    actions.wait(ret, actor=lim, place="embassy", since=ago(2))
    actions.give_papers(ret, actor=lim, papers="passport", on=ago(1))
    actions.depart(
        ret, actor=lim, on=ago(1), receiver=agency("MOSVY"), checkpoint=agency("GDI-PNH").code
    )
    assert queries.returns_for(bopha).get() == ret
    assert not cases_for(bopha).exists()
    assert people_for(bopha).get() == ret.person
    actions.arrive(ret, actor=bopha, on=ago(0))
    actions.hand_over(ret, actor=bopha, on=ago(0))
    assert not people_for(bopha).exists()
    clock.set_now(clock.now() + days(1))
    assert not queries.returns_for(bopha).exists()


@pytest.mark.parametrize("who", ["lim", "vanna", "chenda", "dara", "maly"])
def test_only_the_checkpoint_or_the_receiver_notes_the_arrival(who):
    ret = travelling()
    with pytest.raises(Denied, match="border officer"):
        actions.arrive(ret, actor=actor(who), on=ago(0))
    assert not Entry.objects.filter(kind="repatriated").exists()


def test_another_province_s_social_worker_does_not_note_the_arrival():
    with pytest.raises(Denied, match="another checkpoint"):
        actions.arrive(travelling(), actor=actor("thida"), on=ago(0))


def test_the_receiving_agency_may_note_the_arrival_itself():
    ret = actions.arrive(travelling(), actor=actor("kunthea"), on=ago(0), checkpoint="GDI-PNH")
    assert ret.state == "arrived"


def test_an_arrival_elsewhere_than_announced_is_refused():
    with pytest.raises(Invalid, match="announced to GDI-PNH"):
        actions.arrive(travelling(), actor=actor("kunthea"), on=ago(0), checkpoint="POIPET")


def test_a_hand_over_tells_social_affairs_whom_to_expect(run_jobs):
    ret = handed_over()
    run_jobs()
    from spean.care.models import Care

    care = Care.objects.get()
    assert (care.person, care.agency.code, care.return_id) == (ret.person, "MOSVY", ret.pk)
    assert ret.case in cases_for(actor("kunthea"))


def test_two_people_note_a_step_at_once_and_the_second_is_told_who_was_first():
    ret = planned()
    same = Return.objects.get(pk=ret.pk)
    actions.locate(ret, actor=actor("lim"), on=ago(1))
    with pytest.raises(Stale, match="Lim changed this"):
        actions.locate(same, actor=actor("vanna"), on=ago(2))
    with pytest.raises(Stale, match="Lim changed this"):
        actions.rescue(Return.objects.get(), actor=actor("lim"), on=ago(0), seen=1)
    assert Entry.objects.filter(kind="located").count() == 1


def test_contact_lost_on_the_way_is_counted_and_can_be_taken_up():
    ret = travelling()
    actions.fall_out(ret, actor=actor("lim"), on=ago(0), words="She did not board.")
    assert Entry.objects.get(kind="lost_contact").from_country == "CHN"
    assert not queries.returns_for(actor("bopha")).exists()
    assert not Grant.objects.filter(agency=agency("MOSVY"), withdrawn=None).exists()
    actions.take_up(ret, actor=actor("lim"))
    assert Return.objects.get().state == "planned"


def test_a_wish_to_stay_is_kept_in_her_words():
    ret = planned()
    actions.rescue(ret, actor=actor("lim"), on=ago(0))
    with pytest.raises(Invalid, match="in her own words"):
        actions.stay(ret, actor=actor("lim"), words=" ")
    actions.stay(ret, actor=actor("lim"), words="I want to stay with my child.")
    assert Return.objects.get().own_wish == "I want to stay with my child."
    assert not Clock.objects.filter(kind="papers", stopped=None).exists()


def test_without_consent_the_receiver_is_shown_no_identity():
    case = a_case(agreed=(ConsentPurpose.SHARE_EMBASSY, ConsentPurpose.SHARE_HOST_STATE))
    travelling(case)
    assert {tuple(g.fields) for g in Grant.objects.filter(agency=agency("MOSVY"))} == {()}


def test_the_path_says_what_is_done_what_is_next_and_who_owes_it():
    ret = planned()
    actions.locate(ret, actor=actor("lim"), on=ago(3))
    actions.rescue(ret, actor=actor("lim"), on=ago(2))
    states = {step.verb: step.state for step in queries.steps(ret)}
    assert states["rescue"] == "done"
    assert states["wait"] == "now"
    assert states["depart"] == "later"
    owed = next(step for step in queries.steps(ret) if step.verb == "give_papers")
    assert owed.owes == "EMB-CHN"
    assert owed.due


def test_the_next_step_is_closed_with_a_reason_to_the_wrong_role():
    ret = planned()
    actions.locate(ret, actor=actor("lim"), on=ago(3))
    step = queries.next_step(ret, actor("vanna"))
    assert step is not None
    assert step.verb == "rescue"
    assert "consular officer" in (step.reason or "")


def test_arrivals_stand_in_the_work_of_the_gate_and_of_the_receiver():
    ret = travelling()
    for who in ("bopha", "kunthea"):
        assert [line.url for line in work_for(actor(who))["today"]] == [ret.get_absolute_url()]


def test_places_numbers_and_wishes_are_sealed():
    travelling()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT waiting_where, papers_number, travel_words FROM returns_return")
        held = b"".join(bytes(part) for part in cursor.fetchone())
    assert not any(word in held for word in (b"Room 4", b"T-77", b"By air"))
    assert not any("Room" in str(f.codes) for f in Fact.objects.all())


def test_the_database_refuses_a_hand_over_to_nobody():
    ret = planned()
    with pytest.raises(IntegrityError), transaction.atomic():
        Return.objects.filter(pk=ret.pk).update(state="handed_over")


def test_the_database_refuses_an_unknown_state():
    ret = planned()
    with pytest.raises(IntegrityError), transaction.atomic():
        Return.objects.filter(pk=ret.pk).update(state="flown")


def test_the_database_refuses_a_second_return_of_one_row_at_a_time():
    ret = planned()
    with pytest.raises(IntegrityError), transaction.atomic():
        Return.objects.create(
            case=ret.case,
            person=ret.person,
            lead_agency=ret.lead_agency,
            country="THA",
            opened=clock.now(),
        )
