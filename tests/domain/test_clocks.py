"""Time limits remind, climb to the agency above, and are stopped; asking twice raises nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from spean.cases import actions, queries
from spean.cases.actions import Raised
from spean.cases.models import Clock
from spean.cases.states import ClockKind
from spean.journal.models import Entry as Fact
from spean.kernel import clock
from spean.shell.navigation import work_for
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(stopped_clock):
    return actions.open_case(actor=cast.actor("vanna"), persons=[])


def start(case, owner="EMB-CHN", term=timedelta(days=4), kind=ClockKind.REFERRAL_ANSWER, **more):
    return actions.start_clock(
        case,
        kind=kind,
        owner=cast.agency(owner),
        due=clock.now() + term,
        reference=case.ref,
        url=f"/desk/cases/{case.pk}/",
        case=case,
        **more,
    )


def beat():
    return [(r.told, r.level) for r in actions.tick(clock.now())]


def test_a_limit_reminds_its_owner_then_climbs_one_agency_for_each_half_term(case):
    start(case)
    assert beat() == []
    clock.advance(timedelta(days=3))
    assert beat() == [("EMB-CHN", 0)]
    clock.advance(timedelta(days=1))
    assert beat() == [("MFAIC", 1)]
    clock.advance(timedelta(days=2))
    assert beat() == [("NCCT", 2)]
    clock.advance(timedelta(days=30))
    assert beat() == []  # nobody stands above


def test_the_same_beat_twice_raises_nothing_twice(case):
    start(case)
    clock.advance(timedelta(days=4))
    assert beat() == [("EMB-CHN", 0), ("MFAIC", 1)]
    assert beat() == []
    assert Fact.objects.filter(fact="cases.clock_climbed").count() == 1


def test_a_clock_that_was_not_heard_for_days_climbs_all_the_way_at_once(case):
    start(case)
    clock.advance(timedelta(days=20))
    assert beat() == [("EMB-CHN", 0), ("MFAIC", 1), ("NCCT", 2)]


def test_danger_climbs_twice_as_fast(case):
    start(case, danger=True)
    clock.advance(timedelta(days=5))
    assert beat()[-1] == ("NCCT", 2)


def test_who_is_told_may_see_the_case(case):
    assert case not in queries.cases_for(cast.actor("chenda"))
    start(case)
    clock.advance(timedelta(days=4))
    actions.tick(clock.now())
    assert case in queries.cases_for(cast.actor("chenda"))


def test_an_agency_kept_from_the_case_is_not_told(case):
    actions.exclude(case, actor=cast.actor("sokha"), agency=cast.agency("MFAIC"))
    start(case)
    clock.advance(timedelta(days=4))
    assert beat() == [("EMB-CHN", 0), ("NCCT", 1)]


def test_where_nobody_stands_above_the_lead_agency_is_told(case):
    start(case, owner="NGO-A")
    clock.advance(timedelta(days=4))
    assert beat() == [("NGO-A", 0), ("AHTJP", 1)]


def test_a_stopped_limit_is_silent(case):
    start(case)
    assert actions.stop_clock(case, ClockKind.REFERRAL_ANSWER)
    assert not actions.stop_clock(case, ClockKind.REFERRAL_ANSWER)
    clock.advance(timedelta(days=10))
    assert beat() == []


def test_starting_again_replaces_the_limit_that_ran(case):
    start(case)
    start(case, term=timedelta(days=9))
    assert Clock.objects.filter(stopped=None).count() == 1


def test_what_was_raised_is_told_by_reference(case):
    start(case)
    clock.advance(timedelta(days=4))
    assert actions.tick(clock.now())[-1] == Raised(
        reference=case.ref, kind="referral_answer", owner="EMB-CHN", told="MFAIC", level=1
    )


def lists(name):
    return {
        title: [line.what for line in lines]
        for title, lines in work_for(cast.actor(name)).items()
        if lines
    }


def test_my_work_shows_what_i_owe_what_waits_and_what_is_overdue(case):
    start(case)
    answer = "Answer a referral"
    assert lists("lim") == {"new": [answer]}
    assert lists("vanna") == {"new": ["A case was opened"], "waiting": [answer]}
    clock.advance(timedelta(days=4))
    actions.tick(clock.now())
    assert lists("lim") == {"overdue": [answer]}
    assert answer in lists("chenda")["overdue"]
    assert "A limit was not met: you are told of it" in lists("chenda")["new"]
    assert lists("pisey") == {}
    assert lists("samnang") == {}


def test_what_is_due_today_is_listed_under_today(case):
    start(case, term=timedelta(hours=6))
    assert lists("lim") == {"today": ["Answer a referral"]}
