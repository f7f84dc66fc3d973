"""Three pleas for one person: linked by a decision, standing in one case."""

from __future__ import annotations

import pytest

from spean.cases import actions as cases
from spean.cases.models import Case
from spean.cases.queries import cases_for
from spean.intake.actions import desk, portal
from spean.intake.actions.desk import Claim
from spean.intake.models import Request
from spean.intake.queries import cases_suggested, known_persons, suggestions
from spean.intake.states import Channel
from spean.kernel.errors import Denied, Invalid
from spean.ledger.queries import timeline_of
from spean.people import actions as people
from spean.people.states import Decision
from tests.cast import actor, agency

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cast(stopped_clock):
    for name in ("sophal", "dara", "sokha", "vanna"):
        actor(name)


def fresh(request):
    return Request.objects.select_related("owner", "case__lead_agency").get(pk=request.pk)


@pytest.fixture
def three():
    """Return the woman's plea, her mother's and the NGO's, all at the front desk."""
    hers, _ = portal.receive(words="married by force, cannot go out", language="en", for_whom="me")
    desk.add_person(
        hers, actor=actor("dara"), claim=Claim(names=[("Sophea", "alias")], sex="female")
    )
    mothers = desk.record(
        actor=actor("rith"),
        channel=Channel.WALK_IN,
        words="My daughter",
        requester_relation="mother",
        persons=[
            Claim(names=[("Chan Sophea", "full")], sex="female", born="2004", home_province="02")
        ],
        send_to=agency("HOTLINE"),
    )
    ngos = desk.record(
        actor=actor("maly"),
        channel=Channel.NGO,
        words="Three women",
        persons=[
            Claim(names=[("ចាន់ សុភា", "full"), ("Sophea", "alias")], born="2004", sex="female"),
            Claim(names=[("Kim Lina", "full")], sex="female"),
            Claim(names=[("Srey Pov", "full")], sex="female"),
        ],
        send_to=agency("HOTLINE"),
    )
    return [fresh(row) for row in (hers, mothers, ngos)]


def link(one, other):
    people.decide(
        one,
        other,
        actor=actor("dara"),
        decision=Decision.SAME,
        reason="the same face, the same mother",
    )


def test_the_front_desk_sees_that_the_three_may_be_one(three):
    found = {s.match.person.pk for s in suggestions(three[1], actor("dara"))}
    assert three[2].persons.order_by("pk").first().person_id in found


def test_three_pleas_stand_in_one_case_and_the_woman_counts_once(three):
    hers, mothers, ngos = three
    one, two = hers.persons.get().person, mothers.persons.get().person
    three_ = ngos.persons.order_by("pk").first().person
    link(one, two)
    link(two, three_)
    case = desk.accept(mothers, actor=actor("dara"), country="CHN", lead_agency=agency("AHTJP"))
    assert cases_suggested(hers, actor("dara")) == [case]
    desk.accept(hers, actor=actor("dara"), case=case)
    assert Case.objects.count() == 1
    assert case.participants.count() == 1
    assert case in cases_for(actor("vanna"))
    others = known_persons(fresh(hers), actor("dara"))[0].requests
    assert set(others) == {mothers, ngos}


def test_a_plea_with_other_persons_joins_a_case_that_ones_own_office_leads(three):
    _hers, mothers, ngos = three
    link(mothers.persons.get().person, ngos.persons.order_by("pk").first().person)
    case = desk.accept(mothers, actor=actor("dara"))
    desk.accept(ngos, actor=actor("dara"), case=case)
    assert case.participants.count() == 3
    assert fresh(ngos).state == "accepted"


def test_a_case_is_about_somebody():
    plea, _ = portal.receive(words="help", language="en", for_whom="me")
    with pytest.raises(Invalid, match="even without a name"):
        desk.accept(plea, actor=actor("dara"))
    tip, _ = portal.receive(words="a house by the river", language="en", for_whom="tip")
    assert desk.accept(tip, actor=actor("dara")).participants.count() == 0


def test_adding_the_first_person_takes_the_place_of_the_nameless_entry(three):
    entries = timeline_of(request=three[0].key).filter(kind="request_received")
    assert [e.person for e in entries] == [three[0].persons.get().person.key]


def test_a_plea_in_an_open_case_closes_with_it_and_not_before(three, run_jobs):
    mothers = three[1]
    case = desk.accept(mothers, actor=actor("sophal"))
    with pytest.raises(Denied, match="open case"):
        desk.close(fresh(mothers), actor=actor("sophal"), reason="already_home")
    cases.describe(
        case,
        actor=actor("sophal"),
        seen=case.version,
        form="",
        country="",
        province="",
        summary="",
        own_view="She wants to be at home.",
    )
    cases.close(case, actor=actor("sophal"), seen=case.version, outcome="safe_return")
    run_jobs()
    held = fresh(mothers)
    assert (held.state, held.reason) == ("closed", "helped")
    run_jobs()
    assert fresh(mothers).version == held.version


def test_what_is_missing_is_asked_also_once_the_plea_stands_in_a_case(three):
    hers = three[0]
    case = desk.accept(hers, actor=actor("dara"), lead_agency=agency("AHTJP"))
    desk.ask(fresh(hers), actor=actor("vanna"), missing="place")
    held = fresh(hers)
    assert (held.state, held.case, held.missing) == ("accepted", case, ["place"])


def test_another_office_does_not_open_a_case_from_ones_plea(three):
    with pytest.raises(Denied):
        desk.accept(three[1], actor=actor("stranger"))
