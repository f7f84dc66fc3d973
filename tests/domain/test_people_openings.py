"""Identity is opened on purpose: for a shift, in the journal, within a day's measure."""

from __future__ import annotations

from datetime import timedelta

import pytest

from spean.cases import actions as cases
from spean.cases.states import PersonRole
from spean.journal.models import Entry as Fact
from spean.kernel import clock
from spean.kernel.errors import Denied, Invalid
from spean.people import actions, queries
from spean.people.access import BUDGET
from spean.people.models import Opening
from spean.people.states import NameKind
from tests import cast

pytestmark = pytest.mark.django_db


def person(by="rith"):
    return actions.register(actor=cast.actor(by), names=[("Keo Sokha", NameKind.FULL)], born="2004")


def test_a_name_is_closed_until_somebody_opens_it_for_a_purpose():
    her, rith = person(), cast.actor("rith")
    assert queries.shown(her, rith).names == []
    assert queries.shown(her, rith).born == ""
    actions.open_names(her, actor=rith, purpose="assist")
    assert queries.shown(her, rith).name == "Keo Sokha"
    fact = Fact.objects.filter(fact="people.names_opened").get()
    assert (fact.purpose, fact.user_id) == ("assist", rith.user_id)


def test_it_is_open_to_the_one_who_opened_it_alone():
    her = person()
    actions.open_names(her, actor=cast.actor("rith"), purpose="assist")
    assert not queries.is_open(her, cast.actor("vanna"))


def test_it_closes_by_itself_after_a_shift(stopped_clock):
    her, rith = person(), cast.actor("rith")
    actions.open_names(her, actor=rith, purpose="assist")
    clock.advance(timedelta(hours=7, minutes=59))
    assert queries.is_open(her, rith)
    clock.advance(timedelta(minutes=2))
    assert not queries.is_open(her, rith)


def test_without_a_purpose_it_stays_closed():
    with pytest.raises(Invalid, match="why"):
        actions.open_names(person(), actor=cast.actor("rith"), purpose="curious")


def test_a_coordinator_works_without_names():
    with pytest.raises(Denied, match="without names"):
        actions.open_names(person(), actor=cast.actor("nary"), purpose="assist")


def test_one_s_own_records_cost_nothing():
    rith = cast.actor("rith")
    for _ in range(BUDGET + 5):
        actions.open_names(person(), actor=rith, purpose="assist")
    assert not Opening.objects.filter(counted=True).exists()
    assert not Fact.objects.filter(fact="people.budget_exceeded").exists()


def test_persons_of_a_case_one_s_agency_leads_cost_nothing():
    her = person(by="maly")
    rith_s = cast.agency("POL-02")
    cases.open_case(actor=cast.actor("maly"), persons=[her], lead_agency=rith_s)
    actions.open_names(her, actor=cast.actor("rith"), purpose="assist")
    assert not Opening.objects.filter(counted=True).exists()


def test_a_stranger_s_record_is_not_opened_for_nothing_by_adding_it_to_a_case_of_one_s_own():
    her, rith = person(by="maly"), cast.actor("rith")
    with pytest.raises(Denied, match="Open the name first"):
        cases.open_case(actor=rith, persons=[her])
    case = cases.open_case(actor=rith, persons=[person()])
    with pytest.raises(Denied, match="Open the name first"):
        cases.add_person(case, her, actor=rith, role=PersonRole.VICTIM)
    actions.open_names(her, actor=rith, purpose="identify")
    cases.add_person(case, her, actor=rith, role=PersonRole.VICTIM)
    assert Opening.objects.filter(counted=True).count() == 1


def test_opening_one_record_again_and_again_does_not_renew_the_day_s_measure(stopped_clock):
    strangers = [person(by="maly") for _ in range(BUDGET + 1)]
    rith = cast.actor("rith")
    for her in strangers[:BUDGET]:
        actions.open_names(her, actor=rith, purpose="identify")
    for _ in range(BUDGET * 4):
        clock.advance(timedelta(seconds=1))
        actions.open_names(strangers[0], actor=rith, purpose="identify")
    with pytest.raises(Denied, match="Ask your supervisor"):
        actions.open_names(strangers[BUDGET], actor=rith, purpose="identify")


def test_an_agency_sees_only_what_was_shared_and_no_longer_than_that_stands():
    her, rith = person(by="maly"), cast.actor("rith")
    office = cast.agency("POL-02")
    actions.grant(her, actor=cast.actor("maly"), agency=office, basis="test", fields=["born"])
    actions.open_names(her, actor=rith, purpose="assist")
    view = queries.shown(her, rith)
    assert (view.name, view.born, view.is_whole) == ("", "2004", False)
    with pytest.raises(Denied, match="another agency"):
        actions.correct(her, actor=rith, seen=her.version)
    actions.withdraw_grants("test", actor=cast.actor("maly"))
    assert not queries.is_open(her, rith)


def test_a_person_who_comes_into_a_case_later_is_kept_from_the_same_agencies():
    sokha, late = cast.actor("sokha"), person(by="sokha")
    case = cases.open_case(actor=sokha, persons=[])
    cases.exclude(case, actor=sokha, agency=cast.agency("NGO-B"))
    cases.add_person(case, late, actor=sokha, role=PersonRole.VICTIM)
    assert late not in queries.findable_for(cast.actor("stranger"))


def test_more_than_twenty_strangers_a_day_are_refused_with_an_alarm(stopped_clock):
    strangers = [person(by="maly") for _ in range(BUDGET + 1)]
    rith = cast.actor("rith")
    for her in strangers[:BUDGET]:
        actions.open_names(her, actor=rith, purpose="identify")
    with pytest.raises(Denied, match="Ask your supervisor"):
        actions.open_names(strangers[BUDGET], actor=rith, purpose="identify")
    assert not queries.is_open(strangers[BUDGET], rith)
    assert Fact.objects.filter(fact="people.budget_exceeded").count() == 1
    actions.open_names(strangers[0], actor=rith, purpose="identify")  # the same again costs nothing
    clock.advance(timedelta(days=1))
    actions.open_names(strangers[BUDGET], actor=rith, purpose="identify")


def test_comparing_opens_both_at_once_with_one_purpose():
    one, other, rith = person(), person(by="maly"), cast.actor("rith")
    actions.open_both(one, other, actor=rith, purpose="identify")
    assert queries.is_open(one, rith)
    assert queries.is_open(other, rith)
    assert Opening.objects.filter(counted=True).count() == 1


def test_an_agency_kept_from_a_case_neither_finds_nor_opens_its_persons():
    her, sokha = person(by="stranger"), cast.actor("sokha")
    actions.open_names(her, actor=sokha, purpose="assist")
    case = cases.open_case(actor=sokha, persons=[her])
    cases.exclude(case, actor=cast.actor("sokha"), agency=cast.agency("NGO-B"))
    stranger = cast.actor("stranger")
    assert queries.search(stranger, name="Keo Sokha") == []
    assert her not in queries.people_for(stranger)
    with pytest.raises(Denied, match="kept from"):
        actions.open_names(her, actor=stranger, purpose="assist")
