"""The case file: opened, described, closed, opened again; by its own role, and by no other."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from spean.cases import actions, queries
from spean.cases.models import Case, Clock
from spean.cases.states import ClockKind, PersonRole
from spean.journal.models import Entry as Fact
from spean.kernel import clock
from spean.kernel.errors import Denied, IllegalMove, Invalid, Stale
from spean.ledger import actions as ledger
from spean.ledger.models import Entry
from spean.people import actions as people
from spean.people.states import NameKind
from tests import cast

pytestmark = pytest.mark.django_db


def person(by="rith"):
    return people.register(actor=cast.actor(by), names=[("Keo Sokha", NameKind.FULL)])


@pytest.fixture
def case():
    """A case that Vanna's department leads; Sokha is its supervisor."""
    return actions.open_case(
        actor=cast.actor("vanna"),
        persons=[person("vanna")],
        form="forced_marriage",
        country="CHN",
        province="CN-HA",
        summary="deceived into marriage, cannot go out",
    )


def described(case, by="vanna", seen=None, **more):
    given = {
        "form": case.form,
        "country": case.country,
        "province": case.province,
        "summary": "x",
        "own_view": "she wants to come home",
        **more,
    }
    return actions.describe(case, actor=cast.actor(by), seen=seen or case.version, **given)


def test_opening_writes_one_entry_in_the_ledger_and_lets_the_lead_see_the_persons(case):
    entry = Entry.objects.get()
    assert (entry.kind, entry.case, entry.from_country, entry.province, entry.form) == (
        "case_opened", case.key, "CHN", "CN-HA", "forced_marriage",
    )  # fmt: skip
    assert entry.agency == "AHTJP"
    assert Fact.objects.filter(fact="cases.opened").count() == 1


def test_a_case_led_by_another_agency_is_still_seen_by_who_opened_it():
    case = actions.open_case(
        actor=cast.actor("sophal"), persons=[person("sophal")], lead_agency=cast.agency("AHTJP")
    )
    assert case in queries.cases_for(cast.actor("vanna"))
    assert case in queries.cases_for(cast.actor("sophal"))
    assert Entry.objects.get().supporting == "HOTLINE"


def test_a_case_is_not_opened_on_a_day_to_come():
    with pytest.raises(Invalid, match="day to come"):
        actions.open_case(actor=cast.actor("vanna"), persons=[], opened_on=date(2199, 1, 1))


def test_a_place_that_does_not_exist_is_refused():
    with pytest.raises(Invalid, match="not a province"):
        actions.open_case(actor=cast.actor("vanna"), persons=[], province="77")
    with pytest.raises(Invalid, match="country"):
        actions.open_case(actor=cast.actor("vanna"), persons=[], country="CHI")


def test_its_words_stand_in_no_table_in_clear(case):
    with connection.cursor() as cursor:
        cursor.execute("SELECT summary, own_view FROM cases_case")
        rows = b"".join(bytes(value) for row in cursor.fetchall() for value in row)
    assert b"marriage" not in rows


def test_nobody_sees_what_is_not_theirs(case):
    assert case not in queries.cases_for(cast.actor("stranger"))
    assert case not in queries.cases_for(cast.actor("pisey"))
    assert case in queries.cases_for(cast.actor("vanna"))


def test_a_coordinator_sees_every_case_without_its_words(case):
    page = queries.case_page(case, cast.actor("nary"))
    assert case in queries.cases_for(cast.actor("nary"))
    assert not page.reads_words
    assert (page.notes, page.stages, page.tasks, page.consents, page.looks) == ([], [], [], [], [])


def test_an_agency_let_in_sees_it_until_the_ground_is_withdrawn(case):
    stranger, office = cast.actor("stranger"), cast.agency("NGO-B")
    actions.grant(case, actor=cast.actor("vanna"), agency=office, basis="referrals.referral:1")
    assert case in queries.cases_for(stranger)
    assert queries.agencies_on(case) == [office]
    actions.withdraw_grants("referrals.referral:1", actor=cast.actor("vanna"))
    assert case not in queries.cases_for(stranger)


def test_an_agency_kept_out_does_not_come_in_by_another_door(case):
    stranger, office = cast.actor("stranger"), cast.agency("NGO-B")
    actions.exclude(case, actor=cast.actor("sokha"), agency=office)
    actions.grant(case, actor=cast.actor("vanna"), agency=office, basis="x")
    assert case not in queries.cases_for(stranger)


def test_keeping_an_agency_out_needs_a_supervisor_and_is_not_for_the_lead(case):
    with pytest.raises(Denied, match="needs a supervisor"):
        actions.exclude(case, actor=cast.actor("vanna"), agency=cast.agency("NGO-B"))
    with pytest.raises(Invalid, match="leads the case"):
        actions.exclude(case, actor=cast.actor("sokha"), agency=cast.agency("AHTJP"))


def test_two_people_edit_one_case_and_the_second_is_told_who_was_first(case):
    same = Case.objects.get(pk=case.pk)
    described(case, summary="first")
    with pytest.raises(Stale, match="Vanna changed this at"):
        described(same, by="sokha", seen=1, summary="second")
    assert Case.objects.get(pk=case.pk).summary == "first"


def test_what_is_learnt_later_supersedes_the_opening_with_the_same_day(case):
    described(case, country="THA", province="")
    entries = Entry.objects.filter(kind="case_opened").order_by("pk")
    assert [e.from_country for e in entries] == ["CHN", "THA"]
    assert entries[1].supersedes == entries[0]
    assert entries[0].occurred == entries[1].occurred
    assert [told.label for told in queries.story_of(case)] == ["Case opened"]


def test_only_the_lead_agency_changes_the_file(case):
    actions.grant(case, actor=cast.actor("vanna"), agency=cast.agency("NGO-B"), basis="x")
    with pytest.raises(Denied, match="Only the lead agency"):
        described(case, by="stranger")


def test_a_supervisor_closes_the_case_and_it_is_recorded(case):
    described(case)
    actions.close(case, actor=cast.actor("sokha"), seen=2, outcome="safe_return")
    case.refresh_from_db()
    assert (case.state, case.outcome, case.version) == ("closed", "safe_return", 3)
    assert Entry.objects.filter(kind="closed", case=case.key, outcome="safe_return").exists()
    assert Fact.objects.filter(fact="cases.closed").get().codes == {"outcome": "safe_return"}


def test_another_role_or_agency_cannot_close_it(case):
    described(case)
    with pytest.raises(Denied, match="needs a supervisor"):
        actions.close(case, actor=cast.actor("vanna"), seen=2, outcome="safe_return")
    with pytest.raises(Denied, match="Only the lead agency"):
        actions.close(case, actor=cast.actor("sophal"), seen=2, outcome="safe_return")


def test_it_is_not_closed_without_her_own_view(case):
    with pytest.raises(Invalid, match="Her own view is missing"):
        actions.close(case, actor=cast.actor("sokha"), seen=1, outcome="safe_return")


def test_it_is_not_closed_while_somebody_owes_an_answer(case):
    described(case)
    actions.start_clock(
        case,
        kind=ClockKind.REFERRAL_ANSWER,
        owner=cast.agency("EMB-CHN"),
        due=clock.now() + cast.days(1),
        reference=case.ref,
        url="/desk/",
        case=case,
    )
    with pytest.raises(Invalid, match="owes an answer"):
        actions.close(case, actor=cast.actor("sokha"), seen=2, outcome="safe_return")
    actions.stop_clock(case, ClockKind.REFERRAL_ANSWER)
    actions.close(case, actor=cast.actor("sokha"), seen=2, outcome="safe_return")


def test_it_is_not_closed_while_a_task_is_open(case):
    described(case)
    vanna = cast.actor("vanna")
    task = actions.add_task(case, actor=vanna, words="call", due=clock.now() + cast.days(1))
    with pytest.raises(Invalid, match="Tasks are still open: 1"):
        actions.close(case, actor=cast.actor("sokha"), seen=2, outcome="safe_return")
    actions.finish_task(task, actor=vanna)
    actions.close(case, actor=cast.actor("sokha"), seen=2, outcome="safe_return")


def test_a_closed_case_is_opened_again_by_its_lead(case):
    described(case)
    actions.close(case, actor=cast.actor("sokha"), seen=2, outcome="lost_contact")
    with pytest.raises(Denied, match="Open it again"):
        described(case)
    actions.reopen(case, actor=cast.actor("vanna"))
    assert (case.state, case.outcome, case.closed) == ("active", "", None)
    with pytest.raises(IllegalMove):
        actions.reopen(case, actor=cast.actor("vanna"))


def test_a_person_is_in_a_case_once_and_its_lead_may_then_see_her(case):
    her, vanna = person("maly"), cast.actor("vanna")
    people.open_names(her, actor=vanna, purpose="identify")
    actions.add_person(case, her, actor=vanna, role=PersonRole.VICTIM)
    with pytest.raises(Invalid, match="already in this case"):
        actions.add_person(case, her, actor=vanna, role=PersonRole.VICTIM)
    assert people.open_names(her, actor=vanna, purpose="assist").counted is False


def test_whoever_only_sees_a_case_lets_nobody_in_itself_least_of_all(case):
    office = cast.agency("NGO-B")
    actions.grant(case, actor=cast.actor("vanna"), agency=office, basis="referrals.referral:1")
    for let_in in (office, cast.agency("NGO-A")):
        with pytest.raises(Denied, match="Refer it instead"):
            actions.let_in(case, actor=cast.actor("stranger"), agency=let_in)
    actions.withdraw_grants("referrals.referral:1", actor=cast.actor("vanna"))
    assert case not in queries.cases_for(cast.actor("stranger"))


def test_rows_decided_to_be_one_stand_as_one_person_in_the_case(case):
    vanna = cast.actor("vanna")
    first = case.participants.get().person
    second = person("vanna")
    actions.add_person(case, second, actor=vanna, role=PersonRole.VICTIM)
    assert len(queries.people_of(case, vanna)) == 2
    people.join(first, second, actor=vanna, reason="same mother")
    (one,) = queries.people_of(case, vanna)
    assert [view.person for view in one.same] == [second]


def test_tasks_have_a_day_to_come_somebody_who_owes_them_and_words(case):
    vanna = cast.actor("vanna")
    with pytest.raises(Invalid, match="past"):
        actions.add_task(case, actor=vanna, words="x", due=clock.now() - cast.days(1))
    with pytest.raises(Invalid, match="what is to be done"):
        actions.add_task(case, actor=vanna, words=" ", due=clock.now() + cast.days(1))
    with pytest.raises(Invalid, match="does not work at"):
        actions.add_task(
            case,
            actor=vanna,
            words="x",
            due=clock.now() + cast.days(1),
            assignee=cast.user("maly"),
        )


def test_a_task_ends_once_and_by_whoever_has_it(case):
    vanna = cast.actor("vanna")
    task = actions.add_task(case, actor=vanna, words="call", due=clock.now() + cast.days(1))
    actions.grant(case, actor=vanna, agency=cast.agency("NGO-B"), basis="x")
    with pytest.raises(Denied, match="another agency's"):
        actions.finish_task(task, actor=cast.actor("stranger"))
    actions.drop_task(task, actor=vanna)
    with pytest.raises(IllegalMove):
        actions.finish_task(task, actor=vanna)
    assert not Clock.objects.filter(stopped=None).exists()


def test_stages_keep_their_order_and_their_dates_make_sense(case):
    vanna = cast.actor("vanna")
    first = actions.add_stage(case, actor=vanna, kind="recruited", began="2024-11")
    second = actions.add_stage(case, actor=vanna, kind="held", held_by="a family")
    assert [first.order, second.order] == [1, 2]
    for began, ended, says in [
        ("2024-05", "2024-04", "ended before it began"),
        ("2024-02-31", "", "not in the calendar"),
        ("2567", "", "Buddhist-era"),
        ("2199", "", "future"),
    ]:
        with pytest.raises(Invalid, match=says):
            actions.add_stage(case, actor=vanna, kind="held", began=began, ended=ended)
    actions.change_stage(first, actor=vanna, seen=case.version, kind="transported")
    with pytest.raises(Stale):
        actions.change_stage(second, actor=vanna, seen=case.version, kind="held")


def test_the_header_says_where_she_is_and_who_owes_what(case, stopped_clock):
    assert queries.stage_sentence(case).startswith("Opened")
    ledger.record(
        "held_waiting",
        actor=cast.actor("vanna"),
        occurred=clock.today() - cast.days(34),
        case=case.key,
        from_="CHN",
        province="CN-HA",
    )
    actions.start_clock(
        case,
        kind=ClockKind.PAPERS,
        owner=cast.agency("EMB-CHN"),
        due=clock.now() + cast.days(4),
        reference=case.ref,
        url="/desk/",
        case=case,
    )
    sentence = queries.stage_sentence(case)
    assert "Waiting in Henan" in sentence
    assert (
        "for 34 days; Embassy in Beijing owes this by 7 March 2025: Get travel papers." in sentence
    )


def test_the_database_refuses_a_closed_case_without_outcome(case):
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state="closed")


def test_the_database_refuses_an_unknown_state(case):
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state="lost")
